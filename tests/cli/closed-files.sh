# Closed standard streams: the PDF is not written into one of them.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: "[](#x)"
Y
"$RAPPORTEUR" build r.yaml <&- >&- 2>&-
echo $?
sed -i 's/"\[\](#x)"/Text./' r.yaml
"$RAPPORTEUR" build r.yaml <&- >&- 2>&-
echo $?
qpdf --check r.pdf >/dev/null && ls -A
