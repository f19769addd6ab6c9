# Slips of those who write their first report, and what is said to help.
cat >report.yaml <<'Y'
report:
  title: The second half, $(period.to)
  language: pt_BR
  status-date: 31/12/2025
  period: {from: 2025-07-01, to: 2025-11-31}
profile:
  extends: plain
  styles: {body: {hyphenate: yes}}
  page: {duplex: False}
body:
  - See [](results).
  - id: The_results
    text: Text.
  - table:
      columns: [{key: a}]
      rows: {file: data\rows.csv}
Y
"$RAPPORTEUR" check report.yaml
