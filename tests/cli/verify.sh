# verify says what a PDF claims, and whether its report gives it still.
mkdir -p r/data r/sections
cat >r/report.yaml <<'Y'
report:
  title: Report
  language: en
  status-date: 2026-01-15
  attach: data
profile: style.yaml
sections: [include: sections/one.yaml]
annexes:
  - id: annex-1
    title: Items
    body:
      - table:
          columns: [{key: a, title: A}, {key: b, title: B}]
          rows: {file: data/items.csv}
  - id: annex-2
    title: Second
    body: Text.
Y
printf 'extends: plain\ncover: [text: $(report.title)]\n' >r/style.yaml
printf -- '- {title: One, body: "See [](#annex-1), of $(report.status-date)."}\n' >r/sections/one.yaml
printf 'a,b\n1,2\n3,4\n' >r/data/items.csv
printf 'a,b\n5,6\n' >r/data/unused.csv
v() {
	"$RAPPORTEUR" verify "$@" 2>&1
	echo "= $?"
}
"$RAPPORTEUR" build r/report.yaml -o x.pdf || exit
v x.pdf | sed 's/[0-9a-f]\{64\}/SHA256/'
v x.pdf r/report.yaml | tail -n 2
# From any folder, whatever the environment says.
(cd r && SOURCE_DATE_EPOCH=1 v ../x.pdf report.yaml | tail -n 2)
# With all that decides the bytes.
cp r/style.yaml r/sections/other.yaml
SOURCE_DATE_EPOCH=86400 "$RAPPORTEUR" build r/report.yaml -o y.pdf --only annex-1,annex-2 --profile r/sections/other.yaml \
	--set 'report.title=R&D "<x" \<' --set report.attach=sources --standard ua-2,a-4f || exit
v y.pdf | grep -v attachment
(cd r/sections && v ../../y.pdf ../report.yaml | tail -n 2)
"$RAPPORTEUR" build r/report.yaml -o z.pdf --profile modern || exit
v z.pdf r/report.yaml | tail -n 2
rm r/sections/other.yaml
# What differs: data, pages, their number, metadata, files that come and go.
cp -r r was
sed -i '2s/$/9/' r/data/items.csv
v x.pdf r/report.yaml | sed '1,/^attachment/d'
cp was/data/items.csv r/data
sed -i 's/2026-01-15/2026-01-16/' r/report.yaml
v x.pdf r/report.yaml | sed '1,/^different/d'
cp was/report.yaml r
sed -i 's/attach: data/attach: sources/' r/report.yaml
v x.pdf r/report.yaml | sed '1,/^different/d'
sed -i 's/attach: sources/attach: data/' r/report.yaml
echo '  keywords: x' >words
sed -i '/^report:/r words' r/report.yaml
v x.pdf r/report.yaml | sed '1,/^different/d'
{ cat was/report.yaml && for i in 1 2 3; do printf '      - page-break: true\n      - Text.\n'; done; } |
	sed 's/body: Text\./body:/' >r/report.yaml
v x.pdf r/report.yaml | sed '1,/^different/d'
sed -i '/^annexes:/,$d' r/report.yaml
v x.pdf r/report.yaml | grep ' error: ' | head -n 1
# Another version of the program.
sed 's/:Version>[0-9.]*</:Version>0.0.1</g' x.pdf >old.pdf
v old.pdf was/report.yaml | sed '1,/^different/d'
sed 's/rdf:li>--only /rdf:li>--from /' y.pdf >other.pdf
v other.pdf was/report.yaml | tail -n 2
# Nothing is written, and other files are not taken for ours.
find . -newer other.pdf
v gone.pdf
v .
echo text >text.pdf
v text.pdf
: >empty.pdf
v empty.pdf
head -c 3000 x.pdf >cut.pdf
v cut.pdf
head -c 30 x.pdf >short.pdf
v short.pdf
(cat x.pdf && echo more) >long.pdf
v long.pdf was/report.yaml | tail -n 3
qpdf x.pdf foreign.pdf
v foreign.pdf | grep -v attachment
qpdf --object-streams=disable --static-id x.pdf foreign.pdf
sed -i 's/urn:rapporteur/urn:other/g' foreign.pdf
v foreign.pdf | grep -v attachment
v
v x.pdf was/report.yaml --only annex-1
v x.pdf r/report.yaml --limit pages=1 | tail -n 3
v x.pdf gone.yaml | tail -n 2
