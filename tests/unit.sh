#!/bin/sh
# Run cmocka programs, each in at most 60 s, and count what they report.
# usage: tests/unit.sh PROGRAM...
set -u
passed=0 failed=0
for program in "$@"; do
	# By its whole path: tests change folders, and /proc may not be mounted.
	case $program in /*) ;; *) program=$PWD/$program ;; esac
	log=$program.log
	timeout 60 "$program" >"$log" 2>&1
	status=$?
	good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log")
	bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log")
	: "${good:=0}" "${bad:=0}"
	if [ "$status" -ne 0 ]; then
		grep -v '^\[\(==========\| RUN  \|       OK \)' "$log"
		echo "FAIL ${program##*/} (exit status $status)"
		[ "$bad" -ne 0 ] || bad=1
	fi
	passed=$((passed + good)) failed=$((failed + bad))
done
echo "unit: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
