# The files in the PDF are those that it was made from, by their paths.
mkdir -p house/sub/données house/common other
cat >house/sub/r.yaml <<'Y'
report: {title: T, language: fr, status-date: 2025-01-31, attach: sources}
profile: style.yaml
body: [include: données/body.yaml]
Y
cat >house/sub/style.yaml <<'Y'
extends: plain
page: {size: letter}
Y
cat >house/sub/données/body.yaml <<'Y'
- include: a (1) \b.yaml
- table:
    columns: [{key: a}, {key: b}]
    rows: {file: rows.tsv}
- table:
    columns: [{key: a}, {key: b}]
    rows: {file: rows.tsv}
- figure: {file: chart.png, alt: A chart}
- figure: {file: ../données/chart.png, alt: The same}
Y
cp "$TESTS/../input/tour/figures/comments.png" house/sub/données/chart.png
echo '[Text.]' >'house/sub/données/a (1) \b.yaml'
printf 'a\tb\n1\t2\n' >house/sub/données/rows.tsv
LC_ALL=C.UTF-8
export LC_ALL
try() {
	"$RAPPORTEUR" build house/sub/r.yaml -o x.pdf "$@" || exit
	"$RAPPORTEUR" verify x.pdf | sed -n '/png/s/ [0-9]* Supp/ N Supp/;s/^attachment *[0-9a-f]* *//p'
	qpdf --check x.pdf >qpdf.out || cat qpdf.out
}
try
# The bytes and their checksums are those of the files.
number=0
pdfdetach -list x.pdf | sed '1d;s/^[0-9]*: //' | while IFS= read -r file; do
	number=$((number + 1))
	pdfdetach x.pdf -save "$number" -o other/file
	cmp "house/sub/$file" other/file 2>&1 && echo "$file"
	sum=$(sha256sum <"house/sub/$file")
	"$RAPPORTEUR" verify x.pdf | grep -qF "${sum%% *}" || echo "$file: another checksum"
done
echo data
try --set report.attach=data
echo none
try --set report.attach=none
# The same from another folder; from a wider root they are named from there.
"$RAPPORTEUR" build house/sub/r.yaml -o x.pdf
(cd house/sub && "$RAPPORTEUR" build r.yaml -o ../../y.pdf) && cmp x.pdf y.pdf
echo root
try --root house
# Not what came with the program, nor a font, nor a text from the command.
"$RAPPORTEUR" build house/sub/r.yaml -o x.pdf --set report.title=X --profile modern --root / || exit
"$RAPPORTEUR" verify x.pdf | grep -c '^attachment'
