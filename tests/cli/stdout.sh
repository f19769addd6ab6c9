# -o - gives the same bytes as a file, and nothing at all on an error.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
"$RAPPORTEUR" build r.yaml -o a.pdf || exit
"$RAPPORTEUR" build r.yaml -o - >b.pdf || exit
cmp a.pdf b.pdf || exit 8
sed 's/Text/[](#x)/' r.yaml >bad.yaml
"$RAPPORTEUR" build bad.yaml -o - 2>/dev/null | wc -c
