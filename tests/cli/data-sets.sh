# Files of data sets are in the rule and in the PDF, and nothing is written beside an SQLite file.
mkdir -p r/data other
cat >r/report.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31, attach: data}
data:
  states: {file: data/states.json, key: name}
  items: {file: data/items.csv, key: id, types: {status: {in: states.name}}}
  notes: {file: data/notes.yaml}
  tracker: {file: data/tracker.sqlite, table: items}
body: Text.
Y
echo '[{"name": "approved"}]' >r/data/states.json
printf 'id,status\n1,approved\n' >r/data/items.csv
printf -- '- include: more.yaml\n- {a: 1}\n' >r/data/notes.yaml
echo '- {a: 2}' >r/data/more.yaml
cp "$TESTS/diag/data/right.sqlite" r/data/tracker.sqlite
python3 -c "
import sqlite3
c = sqlite3.connect('r/data/tracker.sqlite')
c.execute('pragma journal_mode = wal')
c.execute('create table items(a)')
c.execute('insert into items values (1)')
c.commit()
c.close()"
chmod -w r/data r/data/tracker.sqlite
"$RAPPORTEUR" build r/report.yaml -o x.pdf --deps x.d || exit
ls r/data
sed -n 's/^ \(r[^ ]*\).*/\1/p' x.d | sort
pdfdetach -list x.pdf | sed -n 's/^[0-9]*: //p' | sort
# A change that is not in the file yet; a file elsewhere.
chmod +w r/data
echo 'a change' >r/data/tracker.sqlite-wal
cp r/data/items.csv other
sed -i 's,data/items.csv,../other/items.csv,' r/report.yaml
"$RAPPORTEUR" check r/report.yaml 2>&1 | sed -n 's/^\([^ ]*\).*\(\[[a-z-]*\]\)$/\1 \2/p'
