# query asks the data sets as they are by the status date, updates included.
mkdir -p r/data
cat >r/report.yaml <<'Y'
report: {title: Report, language: en, status-date: 2026-01-15}
data:
  items:
    file: data/items.csv
    key: id
    types: {position: integer, share: number, due: date}
    updates: data/changes.yaml
values: {most: {query: select max(position) from items}}
body: Text.
Y
printf 'id,title,position,share,due\na,"One, with a ""quote""",10,2.5,2026-01-01\nb,Zwei Straßen 漢字,2,3,\n' >r/data/items.csv
cat >r/data/changes.yaml <<'Y'
- {date: 2026-01-10, source: mail, dataset: items, add: [{id: c, title: Added, position: "7"}]}
- {date: 2026-02-01, source: mail, dataset: items, remove: [a]}
Y
q() {
	"$RAPPORTEUR" query "$@" 2>&1
	echo "= $?"
}
q r/report.yaml 'select * from items order by position'
q -q --format csv r/report.yaml 'select * from items order by id'
q -q --format=json r/report.yaml 'select id, position, share, due as x, id from items order by id limit 2'
q -q r/report.yaml 'select id from items where position = $(values.most) and $(report.status-date) > due'
q -q --as-of 2026-03-01 r/report.yaml 'select count(*) as n from items'
q -q r/report.yaml 'select id from items where id is null'
# what is wrong with it is said, and nothing else
q -q r/report.yaml 'select titel,
  position from items'
q -q r/report.yaml 'delete from items'
q -q r/report.yaml "select random()"
q -q --limit query-steps=1000 r/report.yaml 'with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r'
q -q r/report.yaml "$(printf 'select \007')"
printf 'body: [' >r/broken.yaml
q r/broken.yaml 'select 1'
q r/none.yaml 'select 1'
q r/report.yaml
q r/report.yaml 'select 1' 'select 2'
q r/report.yaml 'select 1' -o x
q r/report.yaml 'select 1' --format markdown
"$RAPPORTEUR" query -q r/report.yaml 'select id from items' >/dev/full 2>err
echo "= $?" && cat err
