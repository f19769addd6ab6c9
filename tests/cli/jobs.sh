# Bytes, messages and exit statuses do not depend on --jobs.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
sections:
  - title: Table
    body:
      - table: {columns: [{key: a, title: A}, {key: b, title: B}], rows: {file: r.csv}}
Y
awk 'BEGIN { print "a,b"; for (i = 0; i < 6000; i++) print "Y." i ",word " i " and " i * 7919 }' >r.csv
for jobs in 1 2 3 8 64; do
	"$RAPPORTEUR" build r.yaml --jobs $jobs -o $jobs.pdf || exit
	cmp 1.pdf $jobs.pdf || exit
done
"$RAPPORTEUR" build r.yaml --jobs 2 -o - >out.pdf || exit
cmp 1.pdf out.pdf || exit
"$RAPPORTEUR" check r.yaml --jobs=2 || exit
qpdf --check 1.pdf | tail -n 2

# What ends the writing half-way: a limit, a full disk, memory.
rm -f ./*.pdf
for jobs in 1 2 8; do
	"$RAPPORTEUR" build r.yaml --jobs $jobs --limit output=50000 2>err
	echo "$? $(grep -c . err) $(head -n 1 err)"
	(
		ulimit -f 64
		"$RAPPORTEUR" build r.yaml --jobs $jobs 2>err
		echo "$? $(grep -c . err) $(head -n 1 err)"
	)
done
ended=0
for memory in $(seq 80 3 170); do
	timeout 60 "$RAPPORTEUR" build r.yaml --jobs 3 -o m.pdf --limit memory="${memory}00000" 2>err
	case $? in
	0) [ -f m.pdf ] && rm m.pdf || echo "no PDF at $memory" ;;
	4) ended=$((ended + 1)) ;;
	*) echo "status at $memory" && cat err ;;
	esac
done
[ $ended -gt 3 ] && [ $ended -lt 31 ] || echo "$ended of 31 ran out"
ls -A
