#!/bin/sh
# Every word of a report is in its PDF's text, as often as it should be.
# usage: tests/words.sh [PATTERN]   (the examples in input/, the golden cases)
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
	case " $* " in *" --only "*) continue ;; esac # the model has the whole
	rapporteur build -q "$@" -o "$work/out.pdf" "$file" 2>"$work/err"
	case $?,$file in
	0,*) ;;
	[134],*/golden/*) continue ;; # a case about messages
	*)
		fail "$name: exit status $?"
		cat "$work/err"
		continue
		;;
	esac
	: >"$work/missing"
	if rapporteur build -q "$@" --dump model "$file" >"$work/model" &&
		body_text "$work/out.pdf" "$work/text" &&
		python3 "$TESTS/words.py" "$work/model" "$work/text" >"$work/missing"
	then
		ok "$name"
	else
		fail "$name: words are missing"
		head -n 20 "$work/missing"
	fi
done
finish words
