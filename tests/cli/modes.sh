# A new PDF follows the umask; an old one keeps its mode.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
umask 027
"$RAPPORTEUR" build r.yaml && stat -c %a r.pdf
chmod 604 r.pdf
"$RAPPORTEUR" build r.yaml && stat -c %a r.pdf
