# --timings names every stage and adds them up; -q says nothing where all is well.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
"$RAPPORTEUR" build r.yaml --timings 2>&1 | awk '{print $1, $3, $4, $6, $7, $9, $10}'
"$RAPPORTEUR" build -q r.yaml
