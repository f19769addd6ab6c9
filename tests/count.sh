# Sourced by the runners: where things are, what passed, the closing line.
# shellcheck shell=sh
TESTS=$(cd "$(dirname "$0")" && pwd)
: "${RAPPORTEUR:=$(dirname "$TESTS")/.build/release/rapporteur}"
: "${SECONDS_EACH:=60}" # a run that takes longer has failed
export TESTS RAPPORTEUR PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# The command, under the limit of time.
rapporteur() {
	timeout "$SECONDS_EACH" "$RAPPORTEUR" "$@"
}

# One check passed (shown if V is set), or failed.
ok() {
	passed=$((passed + 1))
	[ -z "${V-}" ] || echo "ok $*"
}
fail() {
	failed=$((failed + 1))
	echo "FAIL $*"
}

# same NAME WANTED HAVE: are the two files alike? With accept set, take HAVE.
same() {
	if [ -n "${accept-}" ] && ! cmp -s "$2" "$3"; then
		cp "$3" "$2"
		echo "accepted $1"
		ok "$1"
	elif diff -u "$2" "$3" >"$work/diff"; then
		ok "$1"
	else
		fail "$1"
		sed -n '3,42p' "$work/diff"
	fi
}

# body_text PDF TEXT: its text without header and footer, which stand in the
# margins of 25 mm that the profile `plain` has above and below.
body_text() {
	size=$(pdfinfo "$1" | sed -n 's/^Page size: *\([0-9]*\)[.0-9]* x \([0-9]*\).*/\1 \2/p')
	[ -n "$size" ] || return
	pdftotext -raw -x 0 -y 60 -W $((${size% *} + 1)) \
		-H $((${size#* } + 1 - 120)) "$1" "$2"
}

finish() {
	echo "$1: $passed passed, $failed failed"
	[ "$failed" -eq 0 ]
}
