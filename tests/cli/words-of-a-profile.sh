# What is wrong with a profile's own words and families is shown in its file.
cat >base.yaml <<'Y'
extends: plain
labels:
  contents: 中
lists:
  - {mark: 丁}
styles:
  quote: {family: Times}
Y
cat >house.yaml <<'Y'
extends: base.yaml
contents: {depth: 1, leader: 七}
Y
cat >report.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
profile: house.yaml
sections:
  - title: Work
    body: |
      - one
Y
"$RAPPORTEUR" check report.yaml
sed -i s/Times/serif/ base.yaml
"$RAPPORTEUR" check report.yaml
sed -i 's/[中丁]/x/' base.yaml
"$RAPPORTEUR" check report.yaml
