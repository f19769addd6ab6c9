# --as-of gives the report as it was on that day, whatever came after; the PDF
# says so, and verify builds it again. Update files are data, and watched.
mkdir updates
cat >r.yaml <<'Y'
report:
  title: Items
  language: en
  status-date: 2025-12-04
  attach: data
data:
  items: {file: items.csv, key: id, updates: updates/*.yaml}
body: As of $(report.status-date).
Y
printf 'id,title\na,First\nb,Second\n' >items.csv
echo '- {date: 2025-12-01, source: S, dataset: items, set: {a: {title: New}}}' >updates/1.yaml
"$RAPPORTEUR" build r.yaml --deps r.d || exit
grep -E '^(updates|updates/1.yaml|items.csv):$' r.d
"$RAPPORTEUR" build r.yaml --dump pages >before
# What is later is told, and nothing else changes.
echo '- {date: 2026-01-10, source: S, dataset: items, remove: [a, b]}' >updates/2.yaml
"$RAPPORTEUR" build r.yaml --dump pages 2>&1 >same
cmp before same
"$RAPPORTEUR" build r.yaml -q
"$RAPPORTEUR" build r.yaml -W no-later-updates
# The next status date, and the day before.
sed -i 's/2025-12-04/2026-01-15/' r.yaml
"$RAPPORTEUR" build r.yaml --dump pages | cmp -s - before && echo 'no change'
"$RAPPORTEUR" build r.yaml --dump pages --as-of 2025-12-04 -q | cmp - before
"$RAPPORTEUR" build r.yaml --as-of 2025-12-04 -q -o old.pdf || exit
pdftotext old.pdf - | grep 'As of'
"$RAPPORTEUR" verify old.pdf r.yaml | sed 's/[0-9a-f]\{64\} *[0-9]*/SUM/'
# A file of later ones is no part of it, one that was applied is.
echo '# more' >>updates/2.yaml
"$RAPPORTEUR" verify old.pdf r.yaml | tail -n 1
echo '# more' >>updates/1.yaml
"$RAPPORTEUR" verify old.pdf r.yaml | sed '1,/^attachment/d; s/[0-9a-f]\{64\} *[0-9]*/SUM/'
# What came since is marked, not told of as if it were later.
"$RAPPORTEUR" build r.yaml --changes-since 2025-12-04 --strict -o marked.pdf 2>&1
pdftotext marked.pdf - | grep 'As of'
# A day that there is not.
"$RAPPORTEUR" build r.yaml --as-of 2025-02-29 2>&1
echo "= $?"
"$RAPPORTEUR" build r.yaml --as-of 2025-12-04 --set report.status-date=2025-12-04 2>&1
echo "= $?"
"$RAPPORTEUR" verify old.pdf r.yaml --as-of 2025-12-04 2>&1
echo "= $?"
