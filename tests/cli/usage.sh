# What is wrong with a command line: one line, a hint, status 2.
for line in '' 'bild r.yaml' 'build' 'build a.yaml b.yaml' 'build r.yaml --frobnicate' \
	'build r.yaml -o' 'build r.yaml --dump glyphs' 'build r.yaml --limit pages=0' \
	'build r.yaml --limit shoes=3' 'build r.yaml --limit page=3' 'build r.yaml -W' 'build r.yaml -W no-such-name' \
	'build r.yaml -W no-unknown-key' 'build -' 'schema x' 'check r.yaml -o x.pdf' \
	'check r.yaml --deps x.d' 'check --dump pages r.yaml' \
	'build r.yaml --only a --dump lines' 'build r.yaml --jobs 0' 'build r.yaml --jobs=65' \
	'build r.yaml --jobs 2x' 'build r.yaml --jobs'; do
	# shellcheck disable=SC2086
	"$RAPPORTEUR" $line >out 2>err
	echo "$? $(head -1 err)"
	[ -s out ] && echo "something on standard output"
done
exit 0
