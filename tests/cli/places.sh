# A message about a value that came through a query names the row that it came
# from, though another has the same value; of a set that is read twice, too.
cat >report.yaml <<'R'
report: {title: Report, language: en, status-date: 2026-01-15}
data: {items: {file: items.csv}}
body:
  - table:
      columns: [{key: id, title: Id}, {key: name, title: Name}]
      rows: {query: QUERY}
R
printf 'id,name,next\na,\346\227\245,b\nb,\346\227\245,c\nc,\346\234\254,a\n' >items.csv
try() {
	sed "s/QUERY/$1/" report.yaml >one.yaml
	"$RAPPORTEUR" check one.yaml 2>&1 | grep missing-glyph
}
try '"select id, name from items where id = '"'b'"' order by id"'
try '"select i.id, n.name from items i join items n on n.id = i.next where i.id = '"'b'"' order by i.id"'
