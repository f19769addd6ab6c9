# The next edition beside the last one: paths are those of the file that they
# stand in, and the PDF and the rule know all that was read.
mkdir -p old/parts old/style new/data
font=$(find /usr/share/fonts/truetype -name LiberationSans-Regular.ttf | head -n 1)
cp "$font" old/style/Body.ttf
cat >old/report.yaml <<'Y'
report: {title: Old, language: en, status-date: 2025-01-31, attach: sources}
profile: style/house.yaml
sections:
  - include: parts/section.yaml
Y
cat >old/style/house.yaml <<'Y'
extends: plain
fonts: {families: {Body: {regular: Body.ttf}}}
styles: {body: {family: Body}}
Y
cat >old/parts/section.yaml <<'Y'
id: section
title: Section
body:
  - table:
      id: list
      columns: [{key: a, title: A}]
      rows: {file: rows.csv}
Y
printf 'a\nold row\n' >old/parts/rows.csv
printf 'a\nnew row\n' >new/data/rows.csv
cat >new/report.yaml <<'Y'
extends: ../old/report.yaml
report: {title: New, status-date: 2026-01-31}
profile: {extends: ../old/style/house.yaml, page: {size: letter}}
after: [include: end.yaml]
Y
echo 'The end.' >new/end.yaml
cat >new/next.yaml <<'Y'
extends: report.yaml
parts:
  list: {rows: {file: data/rows.csv}}
after: Another end.
Y
show() {
	"$RAPPORTEUR" build --root . "$1" -o x.pdf --deps x.d || return
	pdftotext -layout x.pdf - | grep -oE 'Old|New|(old|new) row|The end|Another end' | sort -u | tr '\n' ';'
	pdfinfo x.pdf | sed -n 's/Page size: */ /p'
	"$RAPPORTEUR" verify x.pdf | sed -n 's/^attachment *[0-9a-f]* */  carries /p'
	"$RAPPORTEUR" verify x.pdf "$1" --root . | tail -n 1
	sed -n 's|^ \([on][a-z]*/[^ ]*\).*|\1|p' x.d | sort -u | tr '\n' ' '
	echo
}
show old/report.yaml
show new/report.yaml
show new/next.yaml
# What is set stands over all of them.
"$RAPPORTEUR" build --root . new/next.yaml -o x.pdf --set report.title=Set --profile plain
pdfinfo x.pdf | sed -n '/^Title\|^Page size/p'
# What is wrong is said where it stands.
sed -i 's/old row/old\x01row/' old/parts/rows.csv
"$RAPPORTEUR" check --root . new/report.yaml 2>&1
"$RAPPORTEUR" check --root . new/next.yaml && echo 'not read any more'
"$RAPPORTEUR" check new/next.yaml 2>&1
true
