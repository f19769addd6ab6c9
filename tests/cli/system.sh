# What the system refuses is status 3, and names the file: [output-target] [output-failed].
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body: Text.
Y
try() {
	"$RAPPORTEUR" build r.yaml "$@" 2>err >/dev/null
	echo "$? $(grep -o '\[[a-z-]*\]$' err)"
}
try -o nowhere/x.pdf
mkdir folder
try -o folder
try -o /dev/full
try -o r.yaml
ln r.yaml other.pdf
try -o other.pdf
ln -s r.yaml link.pdf
try -o link.pdf
"$RAPPORTEUR" build r.yaml -o - >/dev/full 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
"$RAPPORTEUR" build gone.yaml 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
"$RAPPORTEUR" build folder 2>err
echo "$? $(grep -o '\[[a-z-]*\]$' err)"
# It gives more bytes than it has; it cannot be read from its start.
# A bare chroot has no /proc to show it.
[ -r /proc/version ] || printf '3 [file-changed]\n3 [file-unreadable]\n'
for file in /proc/version /proc/self/mem; do
	[ -r /proc/version ] || break
	"$RAPPORTEUR" build $file -o x.pdf 2>err
	echo "$? $(grep -o '\[[a-z-]*\]$' err)"
done
head -1 r.yaml
ls -A
