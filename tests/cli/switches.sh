# An error stays one; --strict and -q change nothing where all is well.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
try() {
	"$RAPPORTEUR" build r.yaml "$@" 2>err
	echo "$* $? $(cat err)"
}
try --strict -q
try -E unknown-key
try -W unknown-key
try -W no-unknown-key
try -E no-such
echo 'bodi: Text.' >>r.yaml
try -q
