# Outline, contents, links, names and page labels lead where they should.
# After the profile: how many levels its contents list, and how it prints numbers (see pdf.py).
while read -r report profile depth number; do
	set -- "$TESTS/../input/$report/report.yaml"
	[ "$profile" = own ] || set -- "$@" --profile "$profile"
	"$RAPPORTEUR" build "$@" -o r.pdf || exit
	"$RAPPORTEUR" build "$@" --dump model -o model.json || exit
	python3 "$TESTS/pdf.py" r.pdf model.json "$depth" "$number"
done <<-X
	tour own 2
	sg20-2025-12 plain 2
	sg20-2025-12 itu-td 0 ^- NUMBER -$
	sg20-2025-12 modern 0 NUMBER / [0-9]+$
X
