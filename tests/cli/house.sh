# A house style of another body, in another language: its own letters, facts,
# words and pages, and what a report must give it.
mkdir -p maison/polices
for cut in Regular Bold Italic; do
	cp "$(find /usr/share/fonts/truetype -name "LiberationSans-$cut.ttf" | head -n 1)" \
		"maison/polices/$cut.ttf"
done
cat >maison/style.yaml <<'Y'
extends: plain
fields:
  reference: {required: true}
  adoption: {type: date}
  exercice: {type: period}
dates: d MMMM yyyy
fonts:
  folder: polices
  families:
    Agence: {regular: Regular.ttf, bold: Bold.ttf, italic: Italic.ttf}
    mono: {regular: Regular.ttf}  # the family of plain.yaml's code
page: {size: a4, duplex: true, margins: {inner: 40mm, outer: 20mm}}
styles:
  body: {family: Agence, size: 10pt, leading: 14pt, align: justify, hyphenate: false}
  title: {size: 22pt, bold: true, colour: "#00566b"}
  heading-1: {size: 15pt, leading: 19pt, bold: true, colour: "#00566b", hang: 30pt}
  caption: {size: 9pt, bold: true}
  table-head: {size: 9pt, bold: true, colour: "#ffffff"}
  quote: {italic: true, indent: 20pt, indent-end: 20pt}
  code: {size: 9pt}
lists:
  - {mark: "–", numbering: decimal, suffix: "°", indent: 6pt}
  - {mark: "•", numbering: letter, suffix: ")"}
tables: {rule: 0.3pt, rule-colour: "#00566b", head-fill: "#00566b", zebra: "#eef5f6"}
header:
  first: {}
  left: {start: $(report.organization), end: ""}
  right: {start: "", end: $(section)}
footer:
  first: {}
  left: {start: page $(page) sur $(pages), centre: "", end: $(report.reference)}
  right: {start: $(report.reference), centre: "", end: page $(page) sur $(pages)}
labels:
  annex: Annexe $(n)
  table: Tableau $(n)
  decimal: § $(n)
  continued: (suite)
  concluded: (fin)
  contents: Sommaire
  note: À noter
annexes: {numbering: roman, sections-numbering: letter, new-page: true}
contents: {depth: 1, leader: " ."}
note: {bar: 3pt, colour: "#b5532a"}
cover:
  - {style: title, text: $(report.title)}
  - "**Référence :** $(report.reference)"
  - "**Exercice :** du $(report.exercice.from) au $(report.exercice.to)"
  - "**Adopté le :** $(report.adoption)"
  - page-break: true
Y
cat >projets.csv <<'C'
code,objet
P-1,"Archivage, première partie"
P-2,Éclairage public
C
cat >r.yaml <<'Y'
profile: maison/style.yaml
report:
  title: Rapport semestriel
  language: fr
  status-date: 2025-12-31
  organization: Agence des référentiels
  reference: ANR/2025-118
  exercice: {from: 2025-07-01, to: 2025-12-31}
sections:
  - id: synthese
    title: Synthèse
    body:
      - |
        Au $(report.status-date:EEEE d MMMM yyyy), [2](#projets "rows") projets
        sont suivis : voir le [](#projets) de l’[](#liste).[^avis]

        - les référentiels ;
            - leurs guides ;

        1. prendre acte ;
      - note: Chiffres *provisoires*.
      - quote: |
          « C’est **clair**. »
      - code: sha256sum --check EMPREINTES
    notes:
      avis: Voir aussi [](#delais), `code`.
annexes:
  - id: liste
    title: Projets suivis
    subtitle: (état au $(report.status-date))
    body:
      - table:
          id: projets
          caption: Projets
          columns:
            - {key: code, title: Code, header: row}
            - {key: objet, title: Objet, width: 1fr}
          rows: {file: projets.csv}
    sections:
      - {id: delais, title: Délais, body: "Selon [](#synthese), six mois."}
Y
"$RAPPORTEUR" build r.yaml -o r.pdf
echo "exit status $?"
pdffonts r.pdf | sed -n '3,$s/^[A-Z]*+\([^ ]*\).*/\1/p' | sort
# Side by side on a line: what stands at the left and at the right of a page.
pages() {
	for page in 1 2 3; do
		echo "page $page"
		pdftotext -layout -nopgbrk -f "$page" -l "$page" "$1" - | grep . | sed 's/\( \.\)\{3,\}/ .../; s/   */ | /g'
	done
}
pages r.pdf
# The date of adoption is printed once it is known, the edge is that of binding.
"$RAPPORTEUR" build r.yaml -o s.pdf --set report.adoption=2026-02-09 || exit
pages s.pdf | grep Adopté
for page in 2 3; do
	pdftotext -bbox -f "$page" -l "$page" s.pdf - |
		sed -n 's/.*<word xMin="\([0-9]*\).*/\1/p' | sort -n | head -n 1
done
# What the house asks for and does not get.
try() {
	sed "$1" r.yaml >t.yaml
	"$RAPPORTEUR" build t.yaml
	echo "exit status $?"
	ls t.pdf 2>/dev/null
}
exec 2>&1
try '/reference:/d'
try '/reference:/s/$/\n  adoption: 9 février 2026/'
try '/reference:/s/$/\n  adopton: 2026-02-09/'
true
