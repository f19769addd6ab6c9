#!/bin/sh
# Every message has a smallest report that fires it, and only it.
# usage: tests/diag.sh [PATTERN]
#
# tests/diag/NAME.yaml (or NAME.VARIANT.yaml) must give the one message [NAME],
# the exit status of its class, and no PDF if that is not 0; `check` says the
# same. A warning is an error under --strict. A fault of the report has a place, unless an option led to it.
# right.yaml looks alike and gives none. NAME.args holds more options;
# what a trigger reads stands in data/. tests/diag/elsewhere has a line "NAME
# FILE" for a message that no report fires: the file in tests/ that does.
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
cd "$TESTS/diag" || exit 3
pattern=${1-}

# Each message of the program: name, level, class.
sed -n 's/.*X([A-Z0-9_]*, *\([A-Z]*\), *\([A-Z]*\), *"\([a-z0-9-]*\)".*/\3 \1 \2/p' \
	../../src/base/diag_list.h >"$work/messages"
[ -s "$work/messages" ] || fail "no messages in src/base/diag_list.h"

# The exit status that a message calls for.
status_of() {
	case $(grep "^$1 " "$work/messages") in
	*" ERROR INPUT") echo 1 ;;
	*" ERROR SYSTEM") echo 3 ;;
	*" ERROR LIMIT") echo 4 ;;
	*) echo 0 ;;
	esac
}

# The names of the messages in $work/err, in brackets.
names() {
	sed -nE 's/.*(error|warning|note): .*(\[[a-z0-9-]*\])$/\2/p' "$work/err" |
		tr -d '\n'
}

# try FILE STATUS WANTED [OPTION...]: build and check it; WANTED is one name
# in brackets, or empty.
try() {
	file=$1 want="$2 $3"
	shift 3
	rm -f "$work/out.pdf"
	rapporteur build "$@" -o "$work/out.pdf" "$file" >"$work/out" 2>"$work/err"
	have="$? $(names)"
	if [ "$have" != "$want" ]; then
		fail "diag/$file $*: exit status and messages $have, not $want"
		cat "$work/err"
	elif [ "${have%% *}" != 0 ] && [ -e "$work/out.pdf" ]; then
		fail "diag/$file: a PDF in spite of exit status $have"
	elif [ "${have%% *}" = 1 ] && [ $# = 0 ] &&
		! grep -qE '^[^ :]+:[0-9]+:[0-9]+: error: ' "$work/err"; then
		fail "diag/$file: a fault of the report without a place"
		cat "$work/err"
	else
		ok "diag/$file $*"
	fi
	case $want in *"[limit-output]") return ;; esac # check writes nothing
	rapporteur check "$@" "$file" >"$work/out" 2>"$work/err"
	have="$? $(names)"
	[ "$have" = "$want" ] || fail "diag/$file $*: check says $have, not $want"
}

for file in *"$pattern"*.yaml; do
	[ -f "$file" ] || continue
	name=${file%%.*}
	set --
	# shellcheck disable=SC2046 # the options are words
	[ ! -f "${file%.yaml}.args" ] || set -- $(cat "${file%.yaml}.args")
	if [ "$name" = right ]; then
		try "$file" 0 "" --strict "$@"
	elif grep -qE "^$name (WARNING|OFF)" "$work/messages"; then
		try "$file" 0 "[$name]" "$@"
		try "$file" 1 "[$name]" --strict "$@"
	elif grep -q "^$name " "$work/messages"; then
		try "$file" "$(status_of "$name")" "[$name]" "$@"
	else
		fail "diag/$file: no message has that name"
	fi
done

[ -n "$pattern" ] || while read -r name level class; do
	elsewhere=$(sed -n "s/^$name  *//p" elsewhere 2>/dev/null)
	set -- "$name".yaml "$name".*.yaml
	if [ -n "$elsewhere" ]; then
		grep -qsF "[$name]" "../${elsewhere%.*}".* ||
			fail "[$name] ($level $class): not in tests/$elsewhere"
	elif [ ! -f "$1" ] && [ ! -f "$2" ]; then
		fail "[$name] ($level $class): nothing in tests/diag fires it"
	fi
done <"$work/messages"
finish diag
