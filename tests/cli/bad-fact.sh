# A fact that is wrong hides no other mistake in the texts that print it.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-13-04}
body: "As of $(report.status-date), see [](#nowhere)."
Y
"$RAPPORTEUR" build r.yaml 2>err
echo $?
sed -nE 's/^([^ ]*): error: .*(\[[a-z-]*\])$/\1 \2/p' err
