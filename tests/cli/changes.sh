# What changed is marked in the PDF, and listed in an annex if that is wanted.
mkdir old
cat >old/part.yaml <<'EOF'
title: Results
body: The list is published every month.
EOF
cat >old/report.yaml <<'EOF'
report: {title: Work, language: en, status-date: 2025-01-31}
sections:
  - include: part.yaml
EOF
sed 's/every/each/' old/part.yaml >part.yaml
sed 's/2025-01-31/2025-02-28/' old/report.yaml >report.yaml
build() {
	"$RAPPORTEUR" build report.yaml "$@"
	status=$?
	[ $status -eq 0 ] || echo "status $status"
}
words() {
	pdftotext -layout "$1" - | grep -o 'The list.*\|.*Changes since.*\|Annex.*'
}

echo '== marks'
build -o marks.pdf --changes-since old/report.yaml --deps marks.d
words marks.pdf
grep -o 'old/[a-z.]*:$' marks.d | sort
"$RAPPORTEUR" verify marks.pdf report.yaml | grep -v '^file\|attachment'
build -o again.pdf --changes-since old/report.yaml --jobs 1
cmp marks.pdf again.pdf
echo '== an annex'
build -o annex.pdf --changes-since old/report.yaml --changes annex
words annex.pdf
"$RAPPORTEUR" verify annex.pdf report.yaml | tail -n 1
build -o only.pdf --changes-since old/report.yaml --changes annex --only changes
words only.pdf
echo 'changes: annex' >>report.yaml
build -o key.pdf --changes-since old/report.yaml
words key.pdf
build -o plain.pdf --changes-since old/report.yaml --changes marks
words plain.pdf
echo '== the report of a day'
build -o day.pdf --changes-since 2025-01-31
words day.pdf
pdftotext -layout day.pdf - | grep status-date
echo '== nothing'
build -o none.pdf --changes-since report.yaml
words none.pdf
pdftotext none.pdf - | grep Nothing
build -o unknown.pdf
echo '== faults'
"$RAPPORTEUR" check report.yaml --changes-since old/report.yaml || echo "status $?"
echo 'secions: []' >>old/report.yaml
cp marks.pdf kept.pdf
build -o marks.pdf --changes-since old/report.yaml
cmp marks.pdf kept.pdf
build -o marks.pdf --changes-since old/none.yaml
build --changes annex
build --changes-since old/report.yaml --changes all
