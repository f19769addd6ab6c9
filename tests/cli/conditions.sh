# What SQL says of a condition is of what the report has, not of what is put
# around it.
try() {
	printf 'report: {title: T, language: en, status-date: 2026-01-15}\nbody: [{when: "%s", text: T}]\n' "$1" >report.yaml
	"$RAPPORTEUR" check report.yaml 2>&1 | sed -n '1p;4p'
}
try '1 ='
try '(1'
try '1)'
try '1 -- one'
