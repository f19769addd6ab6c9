#!/bin/sh
# Is each image of PngSuite in the PDF as it is, and each corrupt one refused?
# usage: tests/pngsuite.sh [FOLDER]   (default: tests/pngsuite)
#
# The suite (by Willem van Schaik, http://www.schaik.com/pngsuite/) has 161
# files that every reader of PNG should read, and 14, whose names begin with x,
# that it should refuse. png.py, which knows PNG by zlib alone, says what is right.
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
folder=${1-$TESTS/pngsuite}
cp "$folder"/*.png "$work"
cd "$work" || exit 3

# A report with a figure for each file.
report() {
	echo 'report: {title: PngSuite, language: en, status-date: 2025-01-31}'
	echo 'body:'
	printf '  - figure: {file: %s, alt: An image}\n' "$@"
}

report [!x]*.png >right.yaml
if rapporteur build right.yaml; then
	python3 "$TESTS/png.py" right.pdf [!x]*.png >found ||
		fail "the images are not understood"
	passed=$(sed -n 's/ images are right$//p' found)
	sed '$d' found | while read -r line; do echo "FAIL $line"; done
	failed=$((failed + $(sed '$d' found | wc -l)))
	[ "$passed" = 161 ] || fail "$passed images, not 161"
else
	fail "PngSuite's right images are refused"
fi

for file in x*.png; do
	report "$file" >wrong.yaml
	rapporteur build wrong.yaml 2>messages
	status=$?
	if [ "$status" = 1 ] && [ ! -e wrong.pdf ] &&
		grep -qE '^wrong.yaml:3:20: error: .*-image\]$' messages; then
		ok "$file"
	else
		fail "$file: exit status $status"
		cat messages
	fi
done
finish pngsuite
