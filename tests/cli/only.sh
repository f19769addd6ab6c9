# One annex alone: the numbers are those of the whole.
cp -r "$TESTS/../input/tour" r
cd r || exit 9
"$RAPPORTEUR" build report.yaml -o whole.pdf || exit
"$RAPPORTEUR" build report.yaml -o annex.pdf --only annex-2 || exit
pages=$(pdfinfo whole.pdf | sed -n 's/^Pages: *//p')
pdftotext -layout annex.pdf annex.txt
grep -q 'Annex 2' annex.txt || echo 'no label'
grep -q 'Annex 1$' annex.txt && echo 'another annex'
grep -q "of $pages" annex.txt || echo "not 'of $pages'"
last=$(pdfinfo annex.pdf | sed -n 's/^Pages: *//p')
grep -q "$pages of $pages" annex.txt || echo "its $last pages do not end with $pages of $pages"
qpdf --check annex.pdf >/dev/null || echo 'qpdf complains'
python3 "$TESTS/pdf.py" annex.pdf
"$RAPPORTEUR" build report.yaml -o two.pdf --only formats,annex-2 || exit
python3 "$TESTS/pdf.py" two.pdf
"$RAPPORTEUR" build report.yaml -o x.pdf --only anex-2 2>err
echo "$?"
cat err
"$RAPPORTEUR" build report.yaml -o x.pdf --only q 2>&1
echo "$?"
