# Either all that was asked for is written, or nothing is touched.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
echo earlier >x.pdf
try() {
	"$RAPPORTEUR" build r.yaml "$@" 2>err
	echo "$?: $(cat err)"
	cat x.pdf
}
try -o x.pdf --deps nowhere/x.d
try -o x.pdf --deps x.pdf
try -o x.pdf --deps ./x.pdf
ln -s . here
try -o here/x.pdf --deps x.pdf
rm here
try -o - --deps -
try -o x.pdf --deps r.yaml
try -o nowhere/x.pdf --deps x.d
sed 's/Text/[](#x)/' r.yaml >bad.yaml
"$RAPPORTEUR" build bad.yaml -o x.pdf --deps x.d 2>err
echo "$?"
cat x.pdf
ls -A
head -n 1 r.yaml
