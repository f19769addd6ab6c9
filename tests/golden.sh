#!/bin/sh
# Compare what the stages print with the files beside each case.
# usage: tests/golden.sh [--accept] [PATTERN]
#
# A case is tests/golden/TOPIC/CASE.yaml; CASE.args may hold more options. A
# sibling's ending names what it is compared with, and a stage is compared if
# its file exists: CASE.nodes .model .lines .boxes .pages (--dump), .diag (the
# messages), .txt (pdftotext -layout; its blanks differ between versions and are
# taken out), .struct (pdfinfo -struct-text). --accept rewrites those that exist.
# What a case reads besides stands in TOPIC/data/.
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
accept=
[ "${1-}" != --accept ] || {
	accept=1
	shift
}

# What the stage of that ending prints for $case, with the options in "$@".
print_stage() {
	ending=$1
	shift
	case $ending in
	nodes | model | lines | boxes | pages)
		rapporteur build "$@" --dump "$ending" "$case.yaml" ;;
	diag)
		rapporteur build "$@" -o "$work/out.pdf" "$case.yaml" \
			>"$work/out" 2>"$work/messages"
		cat "$work/messages"
		;;
	txt | struct)
		rapporteur build "$@" -o "$work/out.pdf" "$case.yaml" || return
		case $ending in
		txt) pdftotext -layout "$work/out.pdf" - | sed -E 's/ +/ /g; s/^ //; /^$/d' ;;
		struct) pdfinfo -struct-text "$work/out.pdf" ;;
		esac
		;;
	esac
}

pattern=${1-}
for file in "$TESTS"/golden/*/*.yaml; do
	case=$(basename "$file" .yaml)
	name=$(basename "${file%/*}")/$case
	case $name in '*/*') continue ;; *"$pattern"*) ;; *) continue ;; esac
	cd "${file%/*}" || exit 3
	set --
	# shellcheck disable=SC2046 # the options are words
	[ ! -f "$case.args" ] || set -- $(cat "$case.args")
	stages=0
	for wanted in "$case".*; do
		ending=${wanted#"$case".}
		case $ending in
		yaml | args) continue ;;
		nodes | model | lines | boxes | pages | diag | txt | struct) ;;
		*)
			# Not ours if CASE.MORE is a case of its own.
			case $ending in
			*.*) [ -f "${wanted%.*}.yaml" ] && continue ;;
			esac
			fail "$name: what is $wanted?"
			continue
			;;
		esac
		stages=$((stages + 1))
		if print_stage "$ending" "$@" >"$work/have" 2>"$work/err"; then
			same "$name.$ending" "$wanted" "$work/have"
		else
			fail "$name.$ending: exit status $?"
			cat "$work/err"
		fi
	done
	[ "$stages" -gt 0 ] || fail "$name: nothing to compare it with"
done

# Every file belongs to a case.
for file in "$TESTS"/golden/*/*; do
	[ ! -f "$file" ] || [ -f "${file%.*}.yaml" ] ||
		fail "${file#"$TESTS/"} belongs to no case"
done
finish golden
