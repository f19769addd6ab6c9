# One entry moves an item to the other annex, and all that follows from it
# follows: counts, "None.", order. A late fault names the update file.
mkdir updates
cat >r.yaml <<'Y'
report: {title: Items, language: en, status-date: 2025-12-03}
data:
  items:
    file: items.csv
    key: id
    types: {status: [under study, approved]}
    updates: updates/*.yaml
values:
  open: {query: select count(*) from items where status = 'under study'}
body:
  - Open are $(values.open), listed [](#open "rows"); done are [](#done "rows").
annexes:
  - title: Approved
    body:
      - table:
          id: done
          columns: [{key: number, title: No}, {key: title, title: Title}]
          rows: {from: items, where: {status: approved}}
          empty: None.
  - title: Under study
    body:
      - table:
          id: open
          columns: [{key: id, title: Id}, {key: title, title: Title}]
          rows: {from: items, where: {status: under study}}
          empty: None.
  - title: Changes
    body:
      - table:
          columns: [{key: date, title: Date}, {key: key, title: Id}, {key: column, title: What}, {key: new, title: Now}, {key: source, title: By}]
          rows: {query: 'select "date", "key", "column", "new", source from items_history order by rowid'}
          empty: No changes.
Y
cat >items.csv <<'C'
id,number,title,status
a,,First,under study
b,,Second,under study
C
# The texts of the model, without what the profile says.
show() {
	"$RAPPORTEUR" build r.yaml --dump model "$@" | python3 -c '
import json, sys
def texts(body):
    for block in body:
        if block["kind"] == "table":
            yield block["rows"] or block["empty"]
        else:
            yield block["text"]
report = json.load(sys.stdin)
for part in [report] + report["annexes"]:
    print(*texts(part["body"]))'
}
show >before
cat before
"$RAPPORTEUR" build r.yaml -o before.pdf
u() {
	"$RAPPORTEUR" update r.yaml items "$@" --source TSAG
}
sed -i 's/2025-12-03/2025-12-04/' r.yaml
u a status=approved number=Y.1 --date 2025-12-04 -q
show
u b status=approved --date 2025-12-05 -q
u c --add title=Third 'status=under study' --date 2025-12-06 -q
show --as-of 2025-12-31
# The same pages, to the last instruction.
show --as-of 2025-12-03 -q | cmp - before
"$RAPPORTEUR" build r.yaml --as-of 2025-12-03 -q -o x.pdf
"$RAPPORTEUR" verify x.pdf r.yaml | tail -n 1
python3 - <<'P'
import re, zlib
def contents(path):
    with open(path, "rb") as file:
        data = file.read()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S)
    for stream in streams:
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in text:
            yield text
before, after = list(contents("before.pdf")), list(contents("x.pdf"))
print(len(before) > 0 and before == after)
P
# A mistyped status fails at its line, also of a later day.
sed -i 's/to: approved}$/to: aproved}/' updates/2025-12-05.yaml
"$RAPPORTEUR" build r.yaml 2>&1
echo "= $?"
