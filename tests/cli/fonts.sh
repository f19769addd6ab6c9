# A font that is missing or damaged is status 3, and says what to install.
mkdir -p own/fonts own/input && cp "$RAPPORTEUR" own/rapporteur
cp -r "$TESTS/../input/profiles" own/input
sed "s|^  - /usr/.*|  - $PWD/fonts|" "$TESTS/../fonts/families.yaml" >own/fonts/families.yaml
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
try() {
	own/rapporteur build r.yaml -o x.pdf 2>err
	echo "$1: $?"
	sed "s|$PWD/||" err
}
real=$(find /usr/share/fonts/truetype -name LiberationSerif-Regular.ttf | head -n 1)
mkdir fonts && cp "${real%/*}"/Liberation* fonts
try complete
rm x.pdf
: >fonts/LiberationSerif-Regular.ttf
try empty
echo 'not a font' >fonts/LiberationSerif-Regular.ttf
try text
for n in 5 100 1000 100000; do
	head -c $n "$real" >fonts/LiberationSerif-Regular.ttf
	try "cut at $n"
done
rm fonts/LiberationSerif-Regular.ttf
try missing
ls
