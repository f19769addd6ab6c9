#!/bin/sh
# Give each fuzz target the files of its folder in tests/fuzz/corpus.
# usage: tests/replay.sh PROGRAM...   (replay_NAME reads corpus/NAME)
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
for program in "$@"; do
	name=${program##*/replay_}
	for file in "$TESTS/fuzz/corpus/$name"/*; do
		timeout "$SECONDS_EACH" "$program" "$file" >"$work/out" 2>&1
		status=$?
		if [ "$status" -eq 0 ]; then
			ok "replay $name ${file##*/}"
		else
			fail "replay $name ${file##*/}: exit status $status"
			head -n 40 "$work/out"
		fi
	done
done
finish replay
