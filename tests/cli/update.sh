# update adds an entry to a file that keeps all it has, or changes nothing:
# [nothing-to-update] [foreign-updates] [fixed-updates].
mkdir data updates
cat >report.yaml <<'Y'
report: {title: Items, language: en, status-date: 2025-12-04}
data:
  questions: {file: data/questions.csv, key: id}
  items:
    file: data/items.csv
    key: id
    types:
      status: [under study, approved]
      position: integer
      question: {in: questions.id}
    updates: updates/*.yaml
body: Text.
Y
printf 'id,title\nq1,One\n' >data/questions.csv
cat >data/items.csv <<'C'
id,status,position,title,question,number
wi-1,under study,1,First,q1,
wi-2,under study,2,Second,q1,
31,under study,3,Third,,Y.3
C
u() {
	"$RAPPORTEUR" update report.yaml "$@" --source 'TSAG: report' 2>&1
	echo "= $?"
}
u items wi-1 status=approved number=Y.4241 --date 2025-12-01
u items --date 2025-12-01 --add id=wi-4 position=4 'title=A "new" one: ü' question=q1
u --date=2025-12-01 items wi-5 --add question=q1
u items 31 --remove --date 2025-12-02
u items wi-2 position=7 title= --date 2025-12-20
cat updates/*
"$RAPPORTEUR" check report.yaml --as-of 2026-01-01
echo "= $?"
# What is refused leaves all as it is.
cp -r updates was
u items wi-1 status=approved --date 2025-12-03
u items wi-1 status=aproved --date 2025-12-01
u items wi-9 status=approved --date 2025-12-03
u items wi-1 staus=approved --date 2025-12-03
u items wi-4 --add title=Again --date 2025-12-03
u items wi-4 --add id=wi-6 --date 2025-12-03
u items wi-1 question=q9 --date 2025-12-03
u items wi-2 position=8 --date 2025-12-10
u items 31 title=x --date 2025-12-03
u itms wi-1 status=approved --date 2025-12-03
u questions q1 title=x --date 2025-12-03
u items wi-4 status=approved --date 2025-12-03 --file other.yaml
u items wi-4 status=approved --date 2025-12-03 --file updates/other.txt
u items wi-4 status=approved --date 2025-12-03 --file data/items.csv
diff -r updates was && ls -A updates
rm updates/2025-12-20.yaml
# A file of another name; the layout, line ends and comments that it has.
printf '# Of the meeting\r\n-   date: 2025-11-01  # a day\r\n    dataset: items\r\n    set:\r\n        wi-2: {title: New}\r\n\r\n-   {date: 2025-11-02, dataset: items, set: {wi-2: {title: Newer}}}\r\n# The end' >updates/meeting.yaml
cp updates/meeting.yaml m.yaml
u items wi-1 'title=It'\''s "x" \' --date 2025-11-03 --file updates/meeting.yaml
head -c "$(wc -c <m.yaml)" updates/meeting.yaml | cmp - m.yaml
tail -n +8 updates/meeting.yaml | tr '\r' '~'
(cd updates && "$RAPPORTEUR" update ../report.yaml items wi-2 number=Y.5 --date 2025-12-03 --source x --file meeting.yaml)
tail -n 3 updates/meeting.yaml | tr '\r' '~'
# Forms that nothing is added to.
for text in '{date: 2025-12-03, dataset: items, set: {wi-2: {number: Y.1}}}' '[]' \
	'[{date: 2025-12-03, dataset: items, set: {wi-2: {number: Y.1}}}]' \
	'- {date: 2025-12-03, dataset: items, set: {wi-2: {number: Y.1}}}
...'; do
	printf '%s\n' "$text" >updates/2025-12-03.yaml
	u items wi-4 number=Y.2 --date 2025-12-03
	printf '%s\n' "$text" | cmp - updates/2025-12-03.yaml
done
rm updates/2025-12-03.yaml
# A pattern that the day's file does not fit; one file; no folder; no file.
sed 's,updates/\*.yaml,updates/m*.yaml,' report.yaml >other.yaml
v() {
	"$RAPPORTEUR" update other.yaml "$@" --source x 2>&1
	echo "= $?"
}
v items wi-2 number=Y.6 --date 2025-12-03
sed 's,updates/\*.yaml,updates/meeting.yaml,' report.yaml >other.yaml
v items wi-2 number=Y.6 --date 2025-12-03
sed 's,updates/\*.yaml,none/*.yaml,' report.yaml >other.yaml
v items wi-2 number=Y.6 --date 2025-12-03
sed 's,updates/\*.yaml,up.yaml,' report.yaml >other.yaml
v items wi-2 number=Y.6 --date 2025-12-03
# The command line.
"$RAPPORTEUR" update report.yaml items wi-2 number=Y.7 --source x 2>&1
"$RAPPORTEUR" update report.yaml items wi-2 number=Y.7 --date 2025-12-03 2>&1
"$RAPPORTEUR" update report.yaml items --date 2025-12-03 --source x 2>&1
u items wi-2 --date 2025-12-03
u items wi-2 number --date 2025-12-03
u items wi-2 number=1 title=x number=1 --date 2025-12-03
u items wi-2 number=7 --date 3.12.2025
u items wi-2 "number=7$(printf '\t')" --date 2025-12-03
u items wi-2 "number=7$(printf '\377')" --date 2025-12-03
u items wi-2 number=7 --add --remove --date 2025-12-03
u items wi-2 --remove number=7 --date 2025-12-03
u items --add --date 2025-12-03
u items wi-2 number=7 --date 2025-12-03 -o x.pdf
"$RAPPORTEUR" update report.yaml items wi-2 number=Y.7 --date 2025-12-03 --source "$(printf 'x\ny')" 2>&1
ls -A . updates
