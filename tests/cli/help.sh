# --help and --version answer on standard output, and each option is in the manual.
"$RAPPORTEUR" --version || exit
"$RAPPORTEUR" --help >help || exit
grep -o -- '--[a-z][a-z]*' help | sort -u | while read -r option; do
	grep -qE -- "(Fl|\|) -${option#--}" "$TESTS/../src/rapporteur.1" || echo "$option is not in rapporteur.1"
done
"$RAPPORTEUR" build --help | cmp - help
