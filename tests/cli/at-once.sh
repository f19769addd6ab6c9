# Builds of one report at the same time: the PDF is always a whole one.
cp -r "$TESTS/../input/tour" r
"$RAPPORTEUR" build r/report.yaml || exit
cp r/report.pdf whole.pdf
i=0
while [ $i -lt 10 ]; do
	"$RAPPORTEUR" build r/report.yaml &
	one=$!
	"$RAPPORTEUR" build r/report.yaml &
	two=$!
	cmp r/report.pdf whole.pdf
	wait $one || echo "the first: $?"
	wait $two || echo "the second: $?"
	cmp r/report.pdf whole.pdf
	i=$((i + 1))
done
find r -name '.*' -type f
