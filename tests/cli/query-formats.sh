# What query prints can be read back: no empty line for an empty value, numbers
# with the digits that they have, and no column lost to one of the same name.
cat >report.yaml <<'R'
report: {title: Report, language: en, status-date: 2026-01-15}
data:
  items: {file: items.csv, key: id, types: {share: number}}
body: Text.
R
printf 'id,note,share\na,,0.3\nb,x,1e300\n' >items.csv
q() {
	"$RAPPORTEUR" query -q report.yaml "$@" 2>&1
}
q --format csv 'select note from items order by id'
q --format csv 'select note, note from items order by id'
q --format json 'select id as "id:2", id, share as id from items order by id'
q --format json 'select id, id, id as "id:2" from items where share < 1 order by id'
