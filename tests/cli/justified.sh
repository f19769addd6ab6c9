# A justified report: even spaces, nothing too wide, no ladder of hyphens.
cp -r "$TESTS/../input/sg20-2025-12" r && cat >r/justified.yaml <<'Y'
extends: plain
styles: {body: {align: justify}}
Y
"$RAPPORTEUR" build r/report.yaml --profile r/justified.yaml --dump lines >lines || exit
awk '/^  line / {
	ratio = $0
	sub(/.* ratio /, "", ratio)
	sub(/ .*/, "", ratio)
	ratio += 0
	if (ratio != 0) {
		justified++
		if (ratio >= -100 && ratio <= 100)
			even++
	}
	if ($0 ~ /line 1\//)
		run = 0
	run = ($0 ~ / hyphen (over )?"/) ? run + 1 : 0
	if (run > most)
		most = run
	wide += ($0 ~ / over "/)
}
END {
	print (justified > 150 ? "justified" : "hardly any line is justified")
	print (even >= 0.95 * justified ? "even" : "uneven: " even " of " justified)
	print (most <= 2 ? "no ladder" : "hyphens in a row: " most)
	print wide + 0 " too wide"
}' lines
