# Killed at any moment: the PDF before or after, whole, and nothing beside it.
cp -r "$TESTS/../input/tour" r
"$RAPPORTEUR" build r/report.yaml || exit
cp r/report.pdf whole.pdf
ls -A r >before
i=0
while [ $i -lt 40 ]; do
	"$RAPPORTEUR" build r/report.yaml &
	pid=$!
	sleep "0.0$((i % 4))$((i % 10))"
	kill -TERM $pid 2>/dev/null
	wait $pid 2>/dev/null
	cmp r/report.pdf whole.pdf || exit 8
	i=$((i + 1))
done 2>/dev/null
ls -A r | cmp - before
