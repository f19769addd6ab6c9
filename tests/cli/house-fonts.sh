# Fonts beside a profile: used, named in the rule for make, refused if damaged.
font() {
	find /usr/share/fonts/truetype -name "$1" | head -n 1
}
mkdir -p house/faces
cp "$(font LiberationSans-Regular.ttf)" house/faces/Regular.ttf
cp "$(font LiberationSans-Bold.ttf)" house/faces/Bold.ttf
cp "$(font NotoSansGeorgian-Regular.ttf)" house/Georgian.ttf
cat >house/base.yaml <<'Y'
extends: plain
fonts:
  folder: faces
  families:
    House: {regular: Regular.ttf, bold: Bold.ttf, italic: Regular.ttf, fallback: [Georgian, serif]}
styles: {body: {family: House}}
Y
cat >house/house.yaml <<'Y'
extends: base.yaml
fonts: {families: {Georgian: {regular: Georgian.ttf}}}
Y
cat >r.yaml <<'Y'
report: {title: Title, language: en, status-date: 2025-01-31}
profile: house/house.yaml
body: Text, *emphasis*, ქართული, ⴀ.
Y
fonts() {
	pdffonts x.pdf | sed -n '3,$s/^[A-Z]*+\([^ ]*\).*/\1/p' | sort
}
"$RAPPORTEUR" build r.yaml -o x.pdf --deps x.d || exit
fonts
grep '^ house' x.d
# A family of the house stands before the installed one of its name.
cat >house/serif.yaml <<'Y'
extends: plain
fonts: {folder: faces, families: {serif: {regular: Regular.ttf, fallback: [serif]}}}
styles: {quote: {family: Liberation Serif}}
Y
cat >s.yaml <<'Y'
report: {title: Title, language: en, status-date: 2025-01-31}
profile: house/serif.yaml
body:
  - Text.
  - quote: Quoted.
Y
"$RAPPORTEUR" build s.yaml -o x.pdf && fonts
# The report is not written over a font.
"$RAPPORTEUR" build s.yaml -o house/faces/Regular.ttf 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
# What is not used is checked too.
try() {
	rm -f x.pdf
	"$RAPPORTEUR" build r.yaml -o x.pdf 2>err
	echo "$1: $?"
	cat err
	ls x.pdf 2>/dev/null
}
cp house/faces/Bold.ttf keep.ttf
head -c 1000 keep.ttf >house/faces/Bold.ttf
try 'cut short'
: >house/faces/Bold.ttf
try empty
rm house/faces/Bold.ttf
try missing
ln -s ../../keep.ttf house/faces/Bold.ttf
try link
mkdir out && mv keep.ttf r.yaml house out && mv out/keep.ttf .
ln -sf ../../../keep.ttf out/house/faces/Bold.ttf
cd out || exit
try 'link outside'
true
