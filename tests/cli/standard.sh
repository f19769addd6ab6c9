# What is claimed is what the report or the command says, and where it stands.
cat >r.yaml <<'Y'
report:
  title: A & B
  language: en
  status-date: 2025-01-31
  author: Ann Author
  keywords: one, two
body:
  - table:
      columns: [{key: a}, {key: b}]
      rows: {file: r.csv}
Y
printf 'a,b\n1,2\n' >r.csv
claims() {
	"$RAPPORTEUR" build r.yaml -o x.pdf "$@" || exit
	head -c 8 x.pdf
	grep -aoE '<pdf(u?a)id:[a-z]*>[^<]*' x.pdf | sed 's/.*://' | tr '\n' ' '
	echo "$(pdfdetach -list x.pdf | head -n 1)"
}
claims
claims --set report.attach=data
claims --set report.attach=sources --standard=ua-2,a-4f
claims --set report.attach=sources --set report.standard=none
claims --standard none
claims --set report.attach=none --standard ua-1,a-3a
pdfinfo x.pdf | grep -E '^(Title|Author|Keywords|Producer|PDF version)'
"$RAPPORTEUR" build r.yaml -o x.pdf --set report.attach=sources --standard ua-2,a-4f
pdfinfo x.pdf | grep -E '^(Title|PDF version)'
# Nothing else is taken, and no file is written that claims what it is not.
rm x.pdf
"$RAPPORTEUR" build r.yaml -o x.pdf --standard ua-1 2>err
echo "$?: $(head -n 1 err)"
sed 's/  title/  attach: sources\n  standard: ua-1,a-2a\n  title/' r.yaml >bad.yaml
"$RAPPORTEUR" build bad.yaml -o x.pdf
echo "$?"
"$RAPPORTEUR" build bad.yaml -o x.pdf --standard ua-1,a-3a || exit
"$RAPPORTEUR" build r.yaml -o y.pdf --standard ua-2,a-4f
echo "$?"
ls
