#!/bin/sh
# The command line, by scripts that use it.
# usage: tests/cli.sh [--accept] [PATTERN]
#
# tests/cli/CASE.sh runs by sh in a fresh folder, with the command's path in
# $RAPPORTEUR and this folder in $TESTS. CASE.out and CASE.err are compared if
# they exist, the exit status with CASE.exit, else with 0. --accept rewrites
# those that exist.
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
accept=
[ "${1-}" != --accept ] || {
	accept=1
	shift
}

for script in "$TESTS"/cli/*"${1-}"*.sh; do
	[ -f "$script" ] || continue
	name=cli/$(basename "$script" .sh)
	rm -rf "$work/cli"
	mkdir "$work/cli"
	(cd "$work/cli" && timeout 120 sh "$script") \
		>"$work/have.out" 2>"$work/have.err" </dev/null
	status=$?
	# What a machine may lack, and a test cannot do without, it says itself.
	[ "$status" -ne 77 ] || {
		echo "SKIPPED $name: $(tail -n 1 "$work/have.err")"
		continue
	}
	echo "$status" >"$work/have.exit"
	wanted=0
	[ ! -f "${script%.sh}.exit" ] || wanted=$(cat "${script%.sh}.exit")
	before=$failed
	[ "$status" -eq "$wanted" ] || {
		fail "$name: exit status $status, not $wanted"
		tail -n 20 "$work/have.out" "$work/have.err"
	}
	compared=0
	for ending in out err; do
		[ -f "${script%.sh}.$ending" ] || continue
		compared=1
		same "$name.$ending" "${script%.sh}.$ending" "$work/have.$ending"
	done
	[ "$compared" = 1 ] || [ "$failed" -gt "$before" ] || ok "$name"
done

for file in "$TESTS"/cli/*; do
	case $file in
	*.sh | *.out | *.err | *.exit) [ -f "${file%.*}.sh" ] ||
		fail "${file#"$TESTS/"} belongs to no case" ;;
	esac
done
finish cli
