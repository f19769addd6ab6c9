# What changed from one report to another: eight edits, and the counts that
# follow, in each form.
cat >old.yaml <<'EOF'
report: {title: Work of the group, language: en, status-date: 2025-12-04}
profile: plain
sections:
  - title: Results
    body: |
      The group approved [](#approved "rows") texts and works on
      [](#items "rows") others, listed in [](#current).

      The list of results is published every month.
  - title: Meetings
    body: The group met twice.
  - title: Outlook
    body: Nothing is planned.
annexes:
  - title: Approved texts
    body:
      - table: &table
          id: approved
          columns:
            - {key: number, title: No, break: identifier}
            - {key: title, title: Title, width: 1fr}
          rows:
            - [Y.4238, Requirements of virtual worlds]
  - title: Current work
    id: current
    body:
      - table:
          id: items
          columns:
            - {key: name, title: Provisional name, break: identifier}
            - {key: title, title: Title, width: 1fr}
          rows:
            - [Y.gone, A text that was withdrawn]
            - [Y.twin, Framework of digital twins for smart campus]
            - [Y.energy-storage, Requirements of energy storage service]
            - [Y.IoT-soil, Requirements of soil environmental protection]
            - [Y.stays, A text that stays as it was]
EOF
sed -e 's/published every month/published each month/' \
	-e '/The group met twice/a\
      - text: The next meeting is in Geneva.' \
	-e 's/body: The group met twice\./body:\
      - text: The group met twice./' \
	-e '/Y.gone/d' \
	-e '/Y.twin/d' \
	-e '/Y.4238/a\
            - [Y.twin, Framework of digital twins for smart campus]' \
	-e 's/Y.energy-storage/Y.4242 (ex Y.energy-storage)/' \
	-e 's/of soil environmental/of IoT-based soil environmental/' \
	-e '/Y.stays/a\
            - [Y.fresh, A text that is new]' old.yaml >edited.yaml
# The section on the outlook comes first.
awk '/title: Outlook/ { held = $0; getline; held = held "\n" $0; next } { print }' \
	edited.yaml | sed '/^sections:/a\
  - title: Outlook\
    body: Nothing is planned.' >new.yaml

echo '== itself'
"$RAPPORTEUR" compare --exit-code old.yaml old.yaml
echo "$?"
"$RAPPORTEUR" compare --format json old.yaml old.yaml
echo '== text'
"$RAPPORTEUR" compare old.yaml new.yaml
echo "$?"
echo '== markdown'
"$RAPPORTEUR" compare --format markdown --exit-code old.yaml new.yaml
echo "$?"
echo '== json'
"$RAPPORTEUR" compare --format=json old.yaml new.yaml
echo '== back'
"$RAPPORTEUR" compare new.yaml old.yaml | grep -c '^  [a-z ]* \(added\|removed\|moved\|renumbered\|retitled\|changed\)'

# What Markdown would take for markup: at the start of a line, and beside marks.
cat >signs.yaml <<'EOF'
report: {title: Signs, language: en, status-date: 2025-12-04}
profile: plain
body:
  - text: 'See the archive. A # is a sign.'
  - numbered: [one, two]
  - table:
      id: items
      columns: [{key: name, title: Name}, {key: day, title: Day}, {key: last, title: Gone}]
      rows:
        - [Alpha, Monday, x]
EOF
cat >signs-2.yaml <<'EOF'
report: {title: Signs, language: fr, status-date: 2025-12-04}
profile: plain
body:
  - text: 'See the archive, or (not) it. A # is a sign.'
  - bullets: [two, '\# three', '1\. four', '\- five', one]
  - table:
      id: items
      columns: [{key: day, title: Day}, {key: name, title: Name}]
      rows:
        - [Monday, Alpha]
sections:
  - title: Added
    body: ['\# three', '1\. four', '\- five']
EOF
echo '== signs, a language and columns'
"$RAPPORTEUR" compare --format markdown signs.yaml signs-2.yaml
"$RAPPORTEUR" compare signs.yaml signs-2.yaml

echo '== faults'
echo 'report: {title: T' >broken.yaml
for pair in 'old.yaml broken.yaml' 'broken.yaml old.yaml' 'none.yaml old.yaml' \
	old.yaml 'old.yaml new.yaml new.yaml' '--only annex-1 old.yaml new.yaml' \
	'--format xml old.yaml new.yaml'; do
	# shellcheck disable=SC2086 # words
	"$RAPPORTEUR" compare $pair 2>&1
	echo "$?"
done
"$RAPPORTEUR" build old.yaml --format text 2>&1
echo "$?"
