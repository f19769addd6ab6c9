# Memory that runs out: by the limit status 4, by the system status 3: [out-of-memory].
cp -r "$TESTS/../input/tour" r
"$RAPPORTEUR" build r/report.yaml -o x.pdf --limit memory=60000 2>err
echo "$? $(sed -n 's/.*\(\[[a-z-]*\]\)$/\1/p' err)"
if [ "$FLAVOR" = sanitize ]; then
	echo '3 [out-of-memory]' # the sanitizer needs more than it may have
else
	printf 'a\n' >r/long.csv
	awk 'BEGIN { for (i = 0; i < 150000; i++) print "word" i " and so on and more" }' >>r/long.csv
	cat >r/long.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body:
  - table: {columns: [{key: a, title: A}], rows: {file: long.csv}}
Y
	(
		ulimit -v 130000
		"$RAPPORTEUR" build r/long.yaml -o x.pdf 2>err
		echo "$? $(sed -n 's/.*\(\[[a-z-]*\]\)$/\1/p' err)"
	)
fi
ls -A
