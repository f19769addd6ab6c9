# --timings names every stage and adds them up; -q says nothing where all is well.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
"$RAPPORTEUR" build r.yaml --timings 2>err
awk '{print $1, $3, $4, $6, $7, $9, $10}' err
awk '$1 == "total" { exit wall > $2 || cpu > $5 || peak > $8 }
	{ wall += $2 - .01; cpu += $5 - .01; if ($8 > peak) peak = $8 }' err || echo 'the total is less than its parts'
"$RAPPORTEUR" build -q r.yaml
