# The rule names the report, its includes, its data, the profile and the fonts.
cp -r "$TESTS/../input/tour" r
"$RAPPORTEUR" build r/report.yaml -o x.pdf --deps x.d || exit
head -c 6 x.d
echo
find r -type f ! -name '*.pdf' | while read -r file; do
	grep -q -- "${file#r/}" x.d || echo "$file is not in the rule"
done
grep -q plain.yaml x.d || echo 'no profile'
grep -q families.yaml x.d || echo 'no families'
grep -q LiberationSerif-Regular.ttf x.d || echo 'no font'
printf 'include x.d\nx.pdf: ; @echo made\n' >Makefile
make -q x.pdf && echo 'up to date'
touch r/data/drafts.csv
make --no-print-directory x.pdf
