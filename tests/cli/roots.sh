# Files outside the root are refused, whatever way leads there; --root widens it.
mkdir -p r/in other
cat >other/part.yaml <<'Y'
title: Outside
Y
ln -s ../other/part.yaml r/link.yaml
ln -s in/part.yaml r/inside.yaml
cp other/part.yaml r/in/part.yaml
mkfifo r/pipe.yaml
try() {
	printf 'report: {title: T, language: en, status-date: 2025-01-31}\nsections:\n  - include: %s\n' "$1" >r/report.yaml
	shift
	timeout 5 "$RAPPORTEUR" build r/report.yaml -o x.pdf "$@" 2>err
	echo "$? $(grep -o '\[[a-z-]*\]$' err)"
}
try ../other/part.yaml
try "$PWD/other/part.yaml"
try link.yaml
try in/../../other/part.yaml
try /etc/passwd
try /proc/self/environ
try https://example.org/part.yaml
try in
try pipe.yaml
try in/../in/part.yaml
try inside.yaml
try ../other/part.yaml --root .
try link.yaml --root .
