# The command finds its profiles and fonts from any folder.
mkdir -p a/b && cat >a/r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
profile: plain
body: Text.
Y
cd a/b && "$RAPPORTEUR" build ../r.yaml && cd / && "$RAPPORTEUR" build "$OLDPWD/../r.yaml" -o - | head -c 5
