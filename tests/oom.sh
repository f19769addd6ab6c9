#!/bin/sh
# Each allocation and each call of the system fails once: the command ends by
# itself with a status that says so, its output whole or as it was.
# usage: tests/oom.sh SHIM.so [REPORT [STEP]]   (every STEP-th; default tour, 1)
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
shim=$1
report=${2-$TESTS/../input/tour/report.yaml}
step=${3-1}
cd "$work" || exit 3
export OOM_COUNT="$work/counts"

run() {
	timeout 20 env "$@" LD_PRELOAD="$shim" "$RAPPORTEUR" build "$report" \
		-o out.pdf >messages 2>&1
}

run OOM_AT=0 || {
	fail "oom: the report is not built at all"
	cat messages
	finish oom
	exit 1
}
read -r allocations calls <counts
mv out.pdf whole.pdf

# one VARIABLE NUMBER: fail that one.
one() {
	echo earlier >out.pdf
	run "$1=$2"
	status=$?
	left=$(find . -name '.*' -type f)
	if [ "$status" -eq 0 ] && ! cmp -s out.pdf whole.pdf; then
		fail "$1=$2: exit status 0, but another PDF"
	elif [ "$status" -ne 0 ] && [ "$(cat out.pdf)" != earlier ]; then
		fail "$1=$2: exit status $status, but the PDF before is gone"
	elif [ "$status" -gt 4 ] || [ "$status" -eq 2 ]; then
		fail "$1=$2: exit status $status"
		tail -n 5 messages
	elif [ "$status" -eq 1 ] && ! grep -q 'file-[uc][a-z]*\]$' messages; then
		fail "$1=$2: exit status 1, and no file to blame"
		tail -n 5 messages
	elif [ "$status" -ne 0 ] && [ ! -s messages ]; then
		fail "$1=$2: exit status $status and no message"
	elif [ -n "$left" ]; then
		fail "$1=$2: left $left"
	else
		ok "$1=$2: $status"
	fi
	# shellcheck disable=SC2086 # a list
	rm -f $left
}

n=1
while [ "$n" -le "$allocations" ]; do
	one OOM_AT "$n"
	one OOM_FROM "$n"
	n=$((n + step))
done
n=1
while [ "$n" -le "$calls" ]; do
	one IO_AT "$n"
	n=$((n + 1))
done
echo "oom: $allocations allocations, $calls calls"
finish oom
