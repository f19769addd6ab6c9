# lint sets the levels of the built-in checks; the command line goes first.
report() {
	cat >r.yaml <<Y
report: {title: T, language: en, status-date: 2025-01-31}
lint: {vague-link: $1}
body: See [here](https://example.org/).
Y
}
try() {
	"$RAPPORTEUR" check r.yaml "$@" 2>err
	echo "$* $? $(grep -o 'vague-link\]' err)$(grep -o ': [a-z]*: the' err)"
}
for level in off warning error '{level: error}' '{level: off}'; do
	echo "$level"
	report "$level"
	try
	try --strict
	try -W vague-link
	try -E vague-link
	try -W no-vague-link
done
# What is accepted is silent; the first finding says how to accept it.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
lint:
  vague-link:
    accept:
      - https://example.org/a
      - https://example.org/c
    because: |
      It is the name
      of the place.
body: "[here](https://example.org/a) [here](https://example.org/b) [this](https://example.org/d)"
Y
"$RAPPORTEUR" check r.yaml 2>&1 | grep -v '^    '
# One that is off by default is on when it is asked for in any way.
printf 'id,day\na,2024-01-31\n' >days.csv
for rule in off '{span: 365}' '{span: 366}' '{level: off, span: 1}' warning; do
	cat >r.yaml <<Y
report: {title: T, language: en, status-date: 2025-01-31}
data: {days: {file: days.csv, types: {day: date}}}
lint: {stale-data: $rule}
body: Text.
Y
	echo "$rule: $("$RAPPORTEUR" check r.yaml 2>&1 | grep -c 'stale-data\]')"
done
