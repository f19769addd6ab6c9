# Outline, contents, links, names and page labels lead where they should.
for report in tour sg20-2025-12; do
	"$RAPPORTEUR" build "$TESTS/../input/$report/report.yaml" -o r.pdf || exit
	"$RAPPORTEUR" build "$TESTS/../input/$report/report.yaml" --dump model -o model.json || exit
	python3 "$TESTS/pdf.py" r.pdf model.json 2
done
