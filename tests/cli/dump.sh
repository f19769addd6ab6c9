# Every stage can be dumped, to standard output or to a file, and no PDF comes.
cp -r "$TESTS/../input/tour" r
cd r || exit 9
for stage in nodes model lines boxes pages; do
	"$RAPPORTEUR" build report.yaml --dump $stage -o $stage.txt || exit
	"$RAPPORTEUR" build report.yaml --dump $stage | cmp - $stage.txt
	[ -s $stage.txt ] && grep -q 'Checksums in practice' $stage.txt && echo "$stage"
done
python3 -m json.tool model.txt >/dev/null && echo 'JSON'
"$RAPPORTEUR" build report.yaml --only annex-1 --dump pages | grep '^page'
sed 's/(#annex-2/(#annex-3/g' report.yaml >bad.yaml
"$RAPPORTEUR" build bad.yaml --dump nodes 2>err | grep -c "^  report:"
"$RAPPORTEUR" build bad.yaml --dump model -o bad.txt 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
cat >unprinted.yaml <<-'EOF'
	report: {title: A note that is not printed, language: en}
	body:
	  - table: {columns: [{title: "Title[^x]"}], rows: [], empty: None.}
	notes: {x: Note}
EOF
"$RAPPORTEUR" build unprinted.yaml --dump lines | grep -o None
find . -name '*.pdf' -o -name 'bad.txt' -o -name '.*' -type f
