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
# So does one of the rule for make, which is longer than the PDF here.
{
	echo 'report: {title: T, language: en}'
	echo 'body:'
} >r.yaml
long=$(awk 'BEGIN { for (i = 0; i < 200; i++) printf "x" }')
i=0
while [ $i -lt 250 ]; do
	i=$((i + 1))
	echo text >"$long-$i.yaml"
	echo "- include: $long-$i.yaml" >>r.yaml
done
echo earlier >r.pdf
(
	ulimit -f 64
	trap '' XFSZ
	"$RAPPORTEUR" build r.yaml --deps r.d 2>err
	echo "$? $(grep -o '\[[a-z-]*\]$' err)"
)
cat r.pdf
find . -name '.*' -type f
[ ! -e r.d ]
