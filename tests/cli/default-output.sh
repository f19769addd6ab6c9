# Without -o the PDF stands beside the report; nothing else is left there.
mkdir r && cat >r/my.report.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
"$RAPPORTEUR" build r/my.report.yaml || exit
ls -A r
head -c 5 r/my.report.pdf
