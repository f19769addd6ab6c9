#!/bin/sh
# valgrind over the examples and the golden cases: silent, nothing leaked.
# usage: tests/valgrind.sh [PATTERN]
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
pattern=${1-}
for file in "$TESTS"/../input/*/report.yaml "$TESTS"/golden/*/*.yaml; do
	name=$(basename "${file%/*}")/$(basename "$file")
	case $name in '*/'*) continue ;; *"$pattern"*) ;; *) continue ;; esac
	set --
	# shellcheck disable=SC2046 # the options are words
	[ ! -f "${file%.yaml}.args" ] || set -- $(cat "${file%.yaml}.args")
	valgrind -q --error-exitcode=99 --leak-check=full \
		--show-leak-kinds=definite,indirect \
		--errors-for-leak-kinds=definite,indirect \
		--log-file="$work/valgrind" \
		"$RAPPORTEUR" build "$@" -o "$work/out.pdf" "$file" >"$work/out" 2>&1
	# Lines with "--" tell of system calls that valgrind does not know.
	if grep -q '^==' "$work/valgrind"; then
		fail "valgrind $name"
		head -n 40 "$work/valgrind"
	else
		ok "valgrind $name"
	fi
done
finish valgrind
