# update loses no entry and leaves nothing half-written, whatever happens at
# the same time.
mkdir updates
cat >report.yaml <<'Y'
report: {title: Items, language: en, status-date: 2025-12-04}
data:
  items: {file: items.csv, key: id, updates: updates/*.yaml}
body: Text.
Y
{
	echo id,title
	seq 1 40 | sed 's/.*/wi-&,Item &/'
} >items.csv
u() {
	"$RAPPORTEUR" update report.yaml items "$@" --date 2025-12-01 --source S
}
# Many at once: each entry is there, once.
for i in $(seq 1 20); do
	u "wi-$i" title=New -q &
done
wait
sort updates/2025-12-01.yaml | grep -c ' wi-'
sort updates/2025-12-01.yaml | uniq -c | grep -c '^ *1  *wi-'
ls -A updates
"$RAPPORTEUR" check report.yaml && echo sound
# Two who change the same: one after the other, as the history shows.
u wi-21 title=One -q 2>one.err &
u wi-21 title=Two -q 2>two.err &
wait
cat one.err two.err
grep -c 'wi-21' updates/2025-12-01.yaml
"$RAPPORTEUR" check report.yaml && echo sound
# Stopped by signals, at whatever moment: the old file or the new one, whole.
cp updates/2025-12-01.yaml before
for signal in TERM KILL; do
	i=0
	while [ $i -lt 30 ]; do
		cp before updates/2025-12-01.yaml
		"$RAPPORTEUR" update report.yaml items wi-30 title=New -q \
			--date 2025-12-01 --source S &
		sleep "0.00$((i % 10))$i"
		kill -$signal $! 2>/dev/null
		wait $! 2>/dev/null
		cmp -s before updates/2025-12-01.yaml ||
			"$RAPPORTEUR" check report.yaml || echo "torn after $signal"
		head -c "$(wc -c <before)" updates/2025-12-01.yaml | cmp - before
		[ $signal = KILL ] || ls -A updates | grep -v '^2025'
		i=$((i + 1))
	done
done
rm -f updates/.rapporteur-*
cp before updates/2025-12-01.yaml
# A link is not followed, a file that may not be written not replaced.
mv updates/2025-12-01.yaml kept.yaml
ln -s ../kept.yaml updates/2025-12-01.yaml
u wi-31 title=New 2>&1
echo "= $?"
cmp before kept.yaml
rm updates/2025-12-01.yaml
mv kept.yaml updates/2025-12-01.yaml
# A full disk.
(
	ulimit -f 2
	trap '' XFSZ
	u wi-32 title=New 2>&1
	echo "= $?"
)
cmp before updates/2025-12-01.yaml
ls -A updates
# It is done even if nobody can be told.
u wi-33 title=New 2>/dev/full
echo "= $?"
tail -n 2 updates/2025-12-01.yaml
