# The rule names the report, its includes, its data, the profile and the fonts.
cp -r "$TESTS/../input/tour" r
"$RAPPORTEUR" build r/report.yaml -o x.pdf --deps x.d || exit
head -c 6 x.d
echo
find r -type f ! -name '*.pdf' ! -name '*.py' | while read -r file; do
	grep -q -- "${file#r/}" x.d || echo "$file is not in the rule"
done
grep -q plain.yaml x.d || echo 'no profile'
grep -q families.yaml x.d || echo 'no families'
grep -q LiberationSerif-Regular.ttf x.d || echo 'no font'
printf 'include x.d\nx.pdf: ; @echo made\n' >Makefile
make -q x.pdf && echo 'up to date'
touch r/data/drafts.csv
make --no-print-directory x.pdf
# Whatever a file is called, make is told of it, and does nothing else.
mkdir odd
for name in 'a;echo made up' 'a|b' 'a=b' 'a%b' 'a[1]' 'a b' 'a$b' 'a:b' 'a#b' 'a*b' 'a\;b'; do
	rm -rf odd/* ./*.pdf
	echo text >"odd/$name.yaml"
	{
		echo 'report: {title: T, language: en}'
		printf 'body: [include: "./%s.yaml"]\n' "$name" | sed 's/\\/\\\\/'
	} >odd/r.yaml
	"$RAPPORTEUR" build odd/r.yaml -o x.pdf --deps x.d || echo "$name: no PDF"
	make -q x.pdf || echo "$name: not up to date"
	touch -d tomorrow "odd/$name.yaml"
	make --no-print-directory x.pdf 2>make.err | grep -qx made ||
		echo "$name: up to date"
	rm "odd/$name.yaml"
	touch -d tomorrow x.pdf
	make --no-print-directory x.pdf >out 2>make.err || cat make.err
done
