# One entry in a change file, and lists, counts and "None." of the report follow.
cp -r "$TESTS/../input/sg20-2025-12" r
rm r/updates/*
cat >lists.py <<'P'
import json
import sys


def walk(section):
    for block in section["body"]:
        if block["kind"] == "table":
            rows = [" | ".join(row) for row in block["rows"]]
            print(section["title"][:40], len(rows), *rows, sep="\n  ")
        elif "currently working on" in block.get("text", "") or block.get("text") == "None.":
            print(section["title"][:40], block["text"], sep=": ")
    for below in section["sections"]:
        walk(below)


report = json.load(sys.stdin)
for section in report["sections"] + report["annexes"]:
    walk(section)
P
lists() {
	"$RAPPORTEUR" build "$@" --dump model -o model || return
	python3 lists.py <model
}
# What the entry in $1 changes in the lists; $2…: options.
try() {
	printf '%s\n' "$1" >r/updates/a.yaml
	shift
	lists r/report.yaml "$@" >have || return
	diff want have
}
lists r/report.yaml >want || exit
entry='{date: 2025-12-01, source: TD1, dataset: work_items'
echo '== approved'
try "$entry, set: {W030: {status: approved}}}"
echo '== the first item of a Question'
try "$entry, add: [{id: W900, sg: SG20, type: Recommendation, name: Y.new, title: New, question: 11, status: under study}]}"
echo '== deleted'
try "$entry, set: {W001: {status: deleted}}}"
echo '== a list without rows'
try "$entry, remove: [W020, W021, W022]}"
echo '== later: the PDF, with the files that it carries, stays the same'
rm r/updates/*
"$RAPPORTEUR" build r/report.yaml -o old.pdf || exit
try "$(echo "$entry" | sed 's/-12-01/-12-31/'), set: {W030: {status: approved}}}" 2>&1
"$RAPPORTEUR" build r/report.yaml -o new.pdf 2>messages
cmp old.pdf new.pdf && "$RAPPORTEUR" verify old.pdf r/report.yaml 2>messages | tail -n 1
echo '== later, as of then'
try "$(echo "$entry" | sed 's/-12-01/-12-31/'), set: {W030: {status: approved}}}" --as-of 2025-12-31
echo '== a mistyped status'
try "$entry, set: {W030: {status: aproved}}}" 2>&1
true
