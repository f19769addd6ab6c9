#!/bin/sh
# Let each fuzz target run for a while, from its corpus and what it found before.
# usage: [SECONDS_EACH=60] tests/fuzz.sh PROGRAM...   (each named fuzz_NAME)
#
# What breaks a promise is left beside the program as broken_NAME-*: make it
# small (PROGRAM -minimize_crash=1 -runs=10000 FILE), mend the fault, and put
# the file into tests/fuzz/corpus/NAME.
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
for program in "$@"; do
	name=${program##*/fuzz_}
	folder=$(dirname "$program")
	mkdir -p "$folder/found_$name"
	if "$program" -max_total_time="$SECONDS_EACH" -max_len=4096 -timeout=10 \
		-rss_limit_mb=2048 -dict="$TESTS/fuzz/report.dict" \
		-artifact_prefix="$folder/broken_$name-" "$folder/found_$name" \
		"$TESTS/fuzz/corpus/$name" >"$folder/fuzz_$name.log" 2>&1; then
		ok "fuzz $name"
	else
		fail "fuzz $name"
		grep -av '^#\|^ *#.* in fuzzer::' "$folder/fuzz_$name.log" |
			tail -n 40
	fi
	sed -n "s/^Done/$name:/p" "$folder/fuzz_$name.log"
done
finish fuzz
