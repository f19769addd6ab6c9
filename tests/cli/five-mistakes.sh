# Five mistakes, five located messages in one run; the PDF before is untouched.
mkdir r && cd r || exit 9
cat >report.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
profile: plain
bodi: Text.
sections:
  - id: one
    title: First
    body: See [](#nowhere).
  - id: one
    title: Second
    body:
      - table:
          columns: [{key: a, title: A}, {key: b, title: B}]
          rows: {file: gone.csv}
      - table:
          columns: [{key: a, title: A}, {key: b, title: B}]
          rows: {file: rows.csv}
Y
printf 'a,b\n1,2\n1\n' >rows.csv
echo earlier >report.pdf
"$RAPPORTEUR" build report.yaml 2>build.err
echo "build $?"
"$RAPPORTEUR" check report.yaml 2>check.err
echo "check $?"
cmp build.err check.err
sed -nE 's/^([^ ]*): error: .*(\[[a-z-]*\])$/\1 \2/p' build.err
cat report.pdf
ls -A
