#!/bin/sh
# Validate PDFs by veraPDF against a standard.
# usage: tests/verapdf.sh FLAVOUR FILE...   (ua1 2a 3a ua2 4f ...)
#        tests/verapdf.sh --fetch           (see that it can run, no more)
#
# Prints PASS or FAIL and each file's name, and the rules that it breaks. Exit
# status 0 if all comply, 1 if not, 3 if veraPDF is not there and cannot be
# fetched. Maven fetches it once, into rapporteur/ of XDG_CACHE_HOME or, without
# that, into .build/verapdf; then nothing but Java is needed, and no network.
set -u
version=1.30.2
sha256=287cc9c9757f99dcff4a2d39b68268245b48103fb6af443162d5a29df2afa332
here=$(cd "$(dirname "$0")" && pwd)
folder=${XDG_CACHE_HOME:+$XDG_CACHE_HOME/rapporteur}
: "${folder:=$(dirname "$here")/.build/verapdf}"
jar=$folder/verapdf-$version.jar

# Only a whole file gets the name under which it is looked for.
fetch() {
	[ ! -s "$jar" ] || return 0
	command -v mvn >/dev/null || {
		echo 'verapdf: no Maven (mvn) here to fetch it'
		return 1
	}
	mkdir -p "$folder" || return
	part=$(mktemp -d "$folder/part-XXXXXX") || return
	trap 'rm -rf "$part"' EXIT
	echo "verapdf: fetching veraPDF $version into $folder"
	timeout 240 mvn -q -B -C -Dstyle.color=never -f "$here/verapdf/pom.xml" \
		dependency:copy -Dverapdf.version="$version" -Dverapdf.folder="$part" || return
	echo "$sha256  $part/verapdf.jar" | sha256sum -c --quiet - || return
	mv "$part/verapdf.jar" "$jar"
}

command -v java >/dev/null || {
	echo 'verapdf: no Java here'
	exit 3
}
fetch >&2 || exit 3
[ "$1" != --fetch ] || exit 0

# Of the report on each file: does it comply, and which rules it breaks where.
flavour=$1
shift
java -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-Djava.awt.headless=true -jar "$jar" --flavour "$flavour" \
	--format xml --nonpdfext --loglevel 0 --maxfailuresdisplayed 1 "$@" |
	awk -v files=$# '
	function text() {
		sub(/^[^>]*>/, "")
		sub(/<[^<]*$/, "")
		return $0
	}
	/^ *<name>/ { name = text() }
	/^ *<validationReport / {
		complies = / isCompliant="true"/
		passed += complies
		print (complies ? "PASS " : "FAIL ") name
	}
	/^ *<rule / {
		match($0, /clause="[^"]*" testNumber="[^"]*"/)
		print "  " substr($0, RSTART, RLENGTH)
	}
	/^ *<description>/ || /^ *<errorMessage>/ || /^ *<context>/ {
		print "    " text()
	}
	/^ *<exceptionMessage>/ { print "FAIL " name "\n  " text() }
	END { exit passed != files }
'
