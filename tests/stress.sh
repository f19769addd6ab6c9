#!/bin/sh
# Size and depth: what is large is built, what is too large is refused, both
# within limits of time and memory.
# usage: tests/stress.sh [PATTERN]
set -u
# shellcheck source=count.sh
. "$(dirname "$0")/count.sh"
cd "$work" || exit 3
pattern=${1-}

# expect NAME STATUS MESSAGE SECONDS [OPTION...]: build NAME.yaml; MESSAGE is a
# name in brackets, or empty. 512 MB and 1 MB of stack are enough; sanitizers
# need more of everything.
expect() {
	name=$1 want=$2 message=$3 seconds=$4
	shift 4
	case $name in *"$pattern"*) ;; *) return ;; esac
	rm -f "$name.pdf"
	if [ "${FLAVOR-}" = sanitize ]; then
		timeout $((seconds * 10)) "$RAPPORTEUR" build "$@" "$name.yaml"
	else
		prlimit --as=536870912 --stack=1048576 \
			timeout "$seconds" "$RAPPORTEUR" build "$@" "$name.yaml"
	fi >out 2>err
	have=$?
	if [ "$have" -ne "$want" ]; then
		fail "stress/$name: exit status $have, not $want"
		head -n 20 err
	elif [ -n "$message" ] && ! grep -qF "[$message]" err; then
		fail "stress/$name: no message [$message]"
		head -n 20 err
	elif [ "$want" -eq 0 ] && ! qpdf --check "$name.pdf" >out 2>&1; then
		fail "stress/$name: qpdf --check"
		cat out
	elif [ "$want" -ne 0 ] && [ -e "$name.pdf" ]; then
		fail "stress/$name: a PDF in spite of exit status $have"
	else
		ok "stress/$name"
	fi
}

# has_words NAME: all of them are in NAME.pdf.
has_words() {
	[ -f "$1.pdf" ] || return
	if "$RAPPORTEUR" build -q --dump model "$1.yaml" >dump.json &&
		body_text "$1.pdf" dump.txt &&
		python3 "$TESTS/words.py" dump.json dump.txt >missing; then
		ok "stress/$1: words"
	else
		fail "stress/$1: words"
		head -n 20 missing
	fi
}

# The head of a report, and one with a table: its columns' widths, its rows.
report() {
	printf 'report: {title: Stress, language: en}\nprofile: plain\n'
}
table() {
	report
	printf 'sections:\n  - title: Table\n    body:\n      - table:\n'
	printf '          columns:\n'
	column=0
	for width in $1; do
		column=$((column + 1))
		printf '            - {key: c%s, title: C%s, width: %s}\n' \
			"$column" "$column" "$width"
	done
	printf '          rows: {file: %s}\n' "$2"
}
# repeat N TEXT SEPARATOR
repeat() {
	awk -v n="$1" -v text="$2" -v separator="$3" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "%s%s", i ? separator : "", text
	}'
}
# rows N: a CSV file of that many.
rows() {
	awk -v n="$1" 'BEGIN {
		print "c1,c2,c3"
		for (i = 1; i <= n; i++)
			printf "SG%d,Y.%d,Requirements of case %d for things\n", \
				i % 20, i, i
	}'
}

rows 10000 >many.csv
table '16mm 40mm 1fr' many.csv >many-rows.yaml
expect many-rows 0 '' 10
has_words many-rows

# The same rows by query: half a second more at most, whatever they print.
rows 100000 >items.csv
table '16mm 40mm 1fr' items.csv >by-file.yaml
by_query() {
	report
	printf 'data: {items: {file: items.csv}}\n'
	table "$1" "$2" | sed '1,2d'
}
by_query '16mm 40mm 1fr' items.csv | sed 's/{file: items.csv}$/\
            {from: items, where: {c1: [SG1, SG2, SG3, ""]}, order-by: natural(c2)}/' \
	>some-by-query.yaml
by_query '16mm 40mm 1fr' items.csv | sed 's/{file: items.csv}$/{from: items}/' \
	>all-by-query.yaml
by_query '16mm 40mm 1fr' items.csv | sed -e 's/{file: items.csv}$/\
            {query: select * from items where length(c3) > 0 order by rowid}/' \
	-e 's/key: c2,/text: [{when: $(row.c1) is null, text: $(row.c2)}, $(row.c2) (ex $(row.c1))],/' \
	>texts-by-query.yaml
# The CPU time of the stage that reads data, in ms.
data_cost() {
	sed -nE 's/^data .* ([0-9]+)\.[0-9]+ ms CPU.*/\1/p' err
}
expect by-file 0 '' 60 --timings
if [ -f by-file.pdf ]; then
	base=$(data_cost)
	[ "${FLAVOR-}" = sanitize ] && most=5000 || most=500
	for name in some all texts; do
		expect $name-by-query 0 '' 60 --timings
		cost=$(($(data_cost) - base))
		if [ "$cost" -le "$most" ]; then
			ok "stress/$name-by-query: $cost ms more"
		else
			fail "stress/$name-by-query: $cost ms more, not $most"
		fi
	done
fi

# What would never end, or fill all memory, is refused in time.
hostile() {
	report
	printf 'values:\n  v:\n    query: |\n      %s\nbody: x $(values.v)\n' "$1"
}
numbers='with recursive r(n) as (select 1 union all select n + 1 from r)'
long="with recursive s(n, s) as (select 1, 'xxxxxxxxxxxxxxxx' union all select n + 1, s || s from s where n < 12), r(n) as (select 1 union all select n + 1 from r)"
hostile "$numbers select count(*) from r" >endless.yaml
expect endless 4 limit-query-steps 20
hostile "$numbers select n from r order by n" >endless-sort.yaml
expect endless-sort 4 limit-query-memory 20
hostile "$long select count(*) from r where length((select s || r.n from s where n = 12)) = 1" \
	>long-texts.yaml
expect long-texts 4 limit-query-steps 40
hostile "$long select count(*) from r where (select s from s where n = 12) like '%x%x%x%x%x%y'" \
	>long-search.yaml
expect long-search 4 limit-query-steps 40
hostile "with recursive r(n, s) as (select 1, 'x' union all select n + 1, s || s from r where n < 31) select max(s) from r" \
	>gigabyte.yaml
expect gigabyte 4 limit-cell 5
hostile "select printf('%1000000000d', 1)" >gigabyte-format.yaml
expect gigabyte-format 1 failed-query 5
doubling=$(awk 'BEGIN {
	for (i = 1; i <= 40; i++)
		printf ", t%d as (select x.a from t%d x, t%d y)", i, i - 1, i - 1
}')
hostile "with t0 as (select 1 a)$doubling select count(*) from t40" >doubling.yaml
expect doubling 4 limit-query-memory 20
hostile "select $(repeat 100000 '(' '')1" >brackets.yaml
expect brackets 1 bad-query 5
hostile "select 1 where 1 in ($(repeat 100000 1 ','))" >long-list.yaml
expect long-list 0 '' 5

rows 200001 >more.csv
table '16mm 40mm 1fr' more.csv >too-many-rows.yaml
expect too-many-rows 4 limit-rows 10

{
	echo 'c1,c2,c3'
	printf 'SG20,Y.1,"%s"\n' "$(repeat 3000 'a cell of words' ' ')"
	echo 'SG20,Y.2,after it'
} >tall.csv
table '16mm 40mm 1fr' tall.csv >tall-cell.yaml
expect tall-cell 0 '' 5
has_words tall-cell

{
	echo 'c1,c2,c3'
	printf 'SG20,Y.1,%s\n' "$(repeat 70000 x '')"
} >huge.csv
table '16mm 40mm 1fr' huge.csv >huge-cell.yaml
expect huge-cell 4 limit-cell 5

{
	echo 'c1,c2,c3'
	printf 'SG20,Y.1,%s\n' "$(repeat 200000 word ' ')"
} >megabyte.csv
table '16mm 40mm 1fr' megabyte.csv >megabyte-cell.yaml
expect megabyte-cell 0 '' 10 --limit cell=1048576
expect megabyte-cell 4 limit-cell 5

{
	echo 'c1,c2,c3'
	echo 'SG20,Y.1,Donaudampfschifffahrtsgesellschaftskapitaen'
} >wide.csv
table '16mm 40mm 20mm' wide.csv >wide-word.yaml
expect wide-word 1 word-too-wide 5

{
	report
	printf 'body: |\n  %s\n' "$(repeat 200000 w '')"
} >wide-line.yaml
expect wide-line 1 word-too-wide 5

report >empty.yaml
expect empty 0 '' 5
: >nothing.yaml
expect nothing 1 empty-file 5
{
	report
	echo 'sections: []'
} >no-sections.yaml
expect no-sections 0 '' 5

# Nesting: as deep as may be, and one deeper.
sections() {
	report
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++) {
			printf "%*ssections:\n", 4 * i, ""
			printf "%*s  - title: Level %d\n", 4 * i, "", i + 1
		}
	}'
}
sections 6 >headings.yaml
expect headings 0 '' 5
sections 7 >headings-deeper.yaml
expect headings-deeper 4 limit-headings 5

lists() {
	report
	echo 'body: |'
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "  %*s- level %d\n", 2 * i, "", i + 1
	}'
}
lists 8 >lists.yaml
expect lists 0 '' 5
lists 9 >lists-deeper.yaml
expect lists-deeper 4 limit-lists 5
lists 400 >lists-deepest.yaml
expect lists-deepest 4 limit-lists 5

bullets() {
	report
	printf 'body:\n  - '
	repeat "$1" '{bullets: [[' ''
	printf text
	repeat "$1" ']]}' ''
	echo
}
bullets 8 >bullets.yaml
expect bullets 0 '' 5
bullets 9 >bullets-deeper.yaml
expect bullets-deeper 4 limit-lists 5

# The report's mapping is the first level.
for depth in 63 64 100000; do
	{
		report
		printf 'body: '
		repeat $depth '[' ''
		repeat $depth ']' ''
		echo
	} >depth-$depth.yaml
done
expect depth-63 1 wrong-type 5
expect depth-64 4 limit-depth 5
expect depth-100000 4 limit-depth 5

# includes N: a report that includes N files, each in the one before.
includes() {
	i=1
	while [ $i -lt "$1" ]; do
		printf -- '- include: include-%d.yaml\n' $((i + 1)) >include-$i.yaml
		i=$((i + 1))
	done
	echo '- text' >include-$i.yaml
	report
	printf 'body:\n  - include: include-1.yaml\n'
}
includes 8 >includes.yaml
expect includes 0 '' 5
includes 9 >includes-deeper.yaml
expect includes-deeper 4 limit-includes 5
echo text >text.yaml
for many in 256 257; do
	{
		report
		printf 'body:\n'
		repeat $many '  - include: text.yaml' '
'
		echo
	} >includes-$many.yaml
done
expect includes-256 0 '' 5
expect includes-257 4 limit-includes 5

# columns N: a table of that many, on a page that is wide enough.
columns() {
	report | sed 's/^profile:.*/profile: {extends: plain, page: {width: 3000pt}}/'
	printf 'body:\n  - table:\n      columns:\n'
	repeat "$1" '        - {title: Title}' '
'
	printf '\n      rows:\n        - ['
	repeat "$1" word ', '
	echo ']'
}
columns 64 >columns.yaml
expect columns 0 '' 5
has_words columns
columns 65 >columns-more.yaml
expect columns-more 4 limit-columns 5

# Many of what a report has some of.
{
	report
	echo 'body: |'
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf "  Paragraph %d.\n\n", i }'
} >paragraphs.yaml
expect paragraphs 0 '' 5
has_words paragraphs
# What stands elsewhere in the file than in the text, and values in addresses.
{
	report
	printf 'body: "%s"\n' "$(repeat 20000 '\\"a\\" *b*' '\\n\\n')"
} >escapes.yaml
expect escapes 0 '' 2
{
	report
	printf 'body: >\r\n%s\r\n' "$(repeat 20000 '  a *b*' '\r\n\r\n')"
} >folded.yaml
expect folded 0 '' 2
{
	report
	# shellcheck disable=SC2016 # a value of the report
	printf 'body: |\n  %s\n' "$(repeat 10000 'http://a/$(report.title)' ' ')"
} >addresses.yaml
expect addresses 0 '' 2
{
	report
	echo 'body:'
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "  - Paragraph %d.\n", i }'
} >entries.yaml
expect entries 0 '' 10
{
	report
	echo 'body:'
	awk 'BEGIN { for (i = 0; i < 5000; i++) printf "  - A mark.[^n%d]\n", i }'
	echo 'notes:'
	awk 'BEGIN { for (i = 0; i < 5000; i++) printf "  n%d: Note %d.\n", i, i }'
} >notes.yaml
expect notes 0 '' 10
has_words notes
{
	report
	echo 'sections:'
	awk 'BEGIN { for (i = 0; i < 10000; i++) {
		printf "  - {id: id-%d, title: Section %d, body: ", i, i
		printf "\"See [](#id-%d), page [](#id-%d \\\"page\\\").\"}\n", \
			(i * 7919) % 10000, (i * 7907) % 10000
	} }'
} >references.yaml
expect references 0 '' 20
has_words references
sed 's/#id-/#name-/g' references.yaml >unknown-references.yaml
expect unknown-references 1 unknown-reference 10
{
	report
	printf 'body: "%s x"\n' "$(repeat 50000 '>' ' ')"
} >quotes.yaml
expect quotes 4 '' 5
{
	report
	printf 'body: "%s x"\n' "$(repeat 50000 '[' '')"
} >brackets.yaml
expect brackets 1 word-too-wide 5
{
	report
	printf 'body: "%s"\n' "$(repeat 20000 '*a **b' ' ')"
} >stars.yaml
expect stars 0 '' 5
{
	report
	printf 'body: "%s"\n' "$(repeat 10000 '**$(report.title)** x' ' ')"
} >values.yaml
expect values 0 '' 5
{
	report
	printf 'body: "%s"\n' "$(repeat 50000 '$(x)' ' ')"
} >unknown-values.yaml
expect unknown-values 1 unknown-value 5
{
	report
	printf 'body: "%s"\n' "$(repeat 300000 '$(' '')"
} >open-values.yaml
expect open-values 1 bad-substitution 5
{
	report | sed 's/^profile:.*/profile: derived.yaml/'
} >profiles.yaml
styles() {
	echo 'styles:'
	awk -v n="$1" 'BEGIN { for (i = 0; i < 100000; i++) printf "  %s%d: x\n", n, i }'
}
{
	echo 'extends: base.yaml'
	styles derived
} >derived.yaml
styles base >base.yaml
expect profiles 1 unknown-key 5
{
	report
	echo 'body: [{table: {columns: ['
	awk 'BEGIN { for (i = 0; i < 64; i++) printf "{key: column-%d},\n", i }'
	echo '], rows: [{'
	awk 'BEGIN { for (i = 0; i < 250000; i++) printf "k%d: x,\n", i }'
	echo '}]}}]'
} >unknown-cells.yaml
expect unknown-cells 1 unknown-key 5

# Aliases that multiply: ten of ten of ten ...
{
	echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
	awk 'BEGIN {
		for (i = 1; i < 10; i++) {
			printf "a%d: &a%d [", i, i
			for (k = 0; k < 10; k++)
				printf "%s*a%d", k ? ", " : "", i - 1
			print "]"
		}
	}'
	report
} >aliases.yaml
expect aliases 4 limit-nodes 5

# Data sets: many rows, keys and values that are checked, and all of them wrong.
items() {
	awk -v n="$1" -v key="$2" 'BEGIN {
		print "id,status,question,title"
		for (i = 1; i <= n; i++)
			printf "%s,%s,%d,\"Requirements of case %d, for things\"\n", \
				key ? key : "wi-" i, i % 3 ? "approved" : "under study", i % 7, i
	}'
}
data() {
	report
	printf 'data:\n  items: {file: %s}\n' "$1"
}
items 100000 '' >items.csv
data 'items.csv, key: id, types: {status: [approved, under study], question: integer}' \
	>items.yaml
expect items 0 '' 3
expect items 4 limit-memory 3 --limit memory=16000000
items 100000 same >same.csv
data 'same.csv, key: id' >same-key.yaml
expect same-key 1 duplicate-row 5
data "items.csv, types: {title: [$(repeat 5000 'a value' ', ')]}" >no-choice.yaml
expect no-choice 1 bad-data 5
items 200001 '' >more-items.csv
data more-items.csv >too-many-items.yaml
expect too-many-items 4 limit-rows 5
data "items.csv, types: {$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "c%d: date, ", i }')c: date}" \
	>many-types.yaml
expect many-types 4 limit-columns 5
{
	printf '['
	repeat 50000 '[' ''
} >deep.json
data deep.json >deep-json.yaml
expect deep-json 1 json-syntax 5
{
	printf '[{"a": 1'
	awk 'BEGIN { for (i = 0; i < 200000; i++) printf ", \"k%d\": 1", i }'
	echo '}]'
} >wide.json
data wide.json >wide-json.yaml
expect wide-json 4 limit-columns 5
finish stress
