# A write that fails part-way leaves the PDF before as it was: [output-failed].
cp -r "$TESTS/../input/tour" r
echo earlier >r/report.pdf
(
	ulimit -f 8
	trap '' XFSZ
	"$RAPPORTEUR" build r/report.yaml 2>err
	echo "$? $(grep -o '\[[a-z-]*\]$' err)"
)
cat r/report.pdf
find r -name '.*' -type f
