# --set stands in for a fact; a wrong one is the report's mistake.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: As of $(report.status-date).
Y
"$RAPPORTEUR" build r.yaml --set report.status-date=2026-02-03 --set 'report.title=Other: title' || exit
pdftotext r.pdf - | grep -o 'As of .*'
pdfinfo r.pdf | grep Title
"$RAPPORTEUR" build r.yaml --set report.statusdate=2026-02-03 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
"$RAPPORTEUR" build r.yaml --set report.status-date=soon 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
