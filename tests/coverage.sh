#!/bin/sh
# The share of each source file's lines that the checks ran, the least first.
# usage: tests/coverage.sh FOLDER   (where the coverage objects are)
set -u
find "$1/src" -name '*.gcda' -exec gcov -n -r {} + 2>/dev/null | awk '
/^File / { file = substr($0, 7, length($0) - 7) }
/^Lines executed:/ && file ~ /^src\/.*\.c$/ {
	split($0, part, /[:% ]+/)
	share = part[3]
	lines = part[5]
	printf "%6.2f%% of %4d  %s\n", share, lines, file
	all += lines
	ran += lines * share / 100
	file = ""
}
END { if (all) printf "%6.2f%% of %4d  all\n", 100 * ran / all, all }' |
	sort -n
