# A dictionary that is not installed is told once; a language without one, not.
mkdir -p own/fonts own/input && cp "$RAPPORTEUR" own/rapporteur
cp -r "$TESTS/../input/profiles" own/input
sed "s|/usr/share/hyphen|$PWD/dictionaries|" "$TESTS/../fonts/families.yaml" >own/fonts/families.yaml
report() {
	cat >r.yaml <<-Y
		report: {title: T, language: $1, status-date: 2025-01-31}
		profile: {extends: plain, page: {width: 100mm}, styles: {body: {align: justify}}}
		body: |
		  Representatives internationally acknowledged organizational responsibilities.

		  Representatives internationally acknowledged organizational responsibilities.
	Y
	own/rapporteur build r.yaml -o x.pdf $2
	echo "$1 $2: $?"
	# In the text a hyphen that divides a word is a soft one.
	pdftotext -layout x.pdf - | grep -c "$(printf '\302\255')\$"
}
report en
report en -Emissing-dictionary
report eu
ln -s /usr/share/hyphen dictionaries
report en
