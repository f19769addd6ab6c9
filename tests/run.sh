#!/bin/sh
# Run suites of checks one after another and add up what they report.
# usage: tests/run.sh SUITE...   (targets of the Makefile)
#
# A suite that fails without saying how many failed counts as one failure.
set -u
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
for suite in "$@"; do
	echo "== $suite"
	{
		${MAKE:-make} --no-print-directory "$suite" 2>&1
		echo $? >"$work/status"
	} | tee "$work/log"
	counts=$(sed -n 's/^[a-z-]*: \([0-9]* passed, [0-9]* failed\)$/\1/p' \
		"$work/log" | tail -n 1 | tr -dc '0-9 ')
	# shellcheck disable=SC2086 # two words, or none
	set -- ${counts:-0 0}
	good=$1 bad=$2
	if [ "$(cat "$work/status")" -ne 0 ] && [ "$bad" -eq 0 ]; then
		echo "FAIL $suite"
		bad=1
	fi
	passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
