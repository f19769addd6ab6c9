"""The report as Typst and groff take it, and how each is best run.

Both are written from the resolved report (rapporteur build --dump model), so
that they hold the same text: masthead, headings with labels, nested lists,
links, tables whose header repeats, bookmarks, page numbers. The look is that
of the profile itu-td, in which the SG20 report is printed: A4, 12 pt, ragged
and not hyphenated, no contents list. The dump is plain: addresses and the
names of annexes become links again, not the counts of rows. Typst's PDF is
tagged, by PDF/UA-1 and PDF/A-2a at once; groff has no tags.
"""

import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys

MASTHEAD = (("Source:", "source"), ("Title:", "title"),
            ("Abstract:", "abstract"))
URL = r"https?://\S*[^\s.,;:)]"
FONTS = "/usr/share/fonts/"
LIBERATION = FONTS + "truetype/liberation/LiberationSerif-{}.ttf"
NIMBUS = FONTS + "type1/urw-base35/NimbusRoman-{}.t1"

TYPST = r"""
#let facts = json("facts.json")
#let tables = json("tables.json")
#set document(title: facts.title, author: facts.source, date: datetime(
  year: facts.date.at(0), month: facts.date.at(1), day: facts.date.at(2)))
#set page(paper: "a4", margin: 20mm, header: context {
  let n = counter(page).get().first()
  if n > 1 { align(center, text(9pt, "- " + str(n) + " -")) }
})
#set text(font: "Liberation Serif", size: 12pt, lang: facts.language,
  hyphenate: false, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: 2pt, spacing: 8pt)
#let mark(level, it) = box(width: if level == 0 { 14mm } else { 7mm },
  align(start, it))
#set list(marker: level => mark(level, [–]), body-indent: 0pt, spacing: 6pt)
#set enum(numbering: n => mark(1, [#n.]), body-indent: 0pt, spacing: 6pt,
  number-align: start)
#show heading: set text(12pt)
#show heading.where(level: 1): set block(above: 20pt, below: 8pt)
#show heading.where(level: 2): set block(above: 14pt, below: 8pt)
#show heading.where(level: 3): set block(above: 10pt, below: 8pt)
#set table(stroke: 0.5pt, inset: (x: 1.9mm, y: 3pt),
  align: (x, y) => if y == 0 { center } else { start })
#show table: set text(11pt)
#let head(level, label, title) = heading(level: level,
  if label == "" { title } else { box(width: 13mm, label) + " " + title })
#let annex(label, title, subtitle) = {
  align(center, heading(level: 1, text(14pt, label + linebreak() + title)))
  align(center, subtitle)
}
#let rows(i) = {
  let t = tables.at(i)
  let n = t.columns.len()
  table(columns: if n == 3 { (16mm, auto, 1fr) } else { (1fr,) * n },
    table.header(..t.columns.map(strong)), ..t.rows.flatten())
}
#let masthead(..facts) = grid(columns: (28mm, 1fr), row-gutter: 6pt,
  ..facts.pos().enumerate().map(((i, it)) =>
    if calc.even(i) { strong(it) } else { it }))
"""

GROFF = r""".nr PO 2c
.nr LL 17c
.nr HM 2c
.nr FM 2c
.nr PS 12
.nr VS 14
.nr PD 6p
.nr PI 1.4c
.nr HY 0
.nr PORPHANS 2
.nr HORPHANS 2
.ad l
.ds CH \s9- \\n[PN] -\s0
.pdfview /PageMode /UseOutlines
.nr PDFHREF.COLOR 0
.de HEAD \" level, bookmark, id, label, title
.SH
.if !'\\$3'' .pdfhref M -N \\$3 --
.pdfhref O \\$1 "\\$2"
.ie '\\$4'' \\$5
.el \\$4\h'|1.4c'\\$5
..
.de ANNEX \" bookmark, id, label, title, subtitle
.bp
.SH
.ps 14
.vs 17
.pdfhref M -N \\$2 --
.pdfhref O 1 "\\$1"
.ce 2
\\$3
\\$4
.LP
.ce 1
\\$5
..
"""


def quoted(text):
    """As a string of Typst."""
    return json.dumps(text, ensure_ascii=False)


class Source:
    """Walks the resolved report; who extends it writes."""

    def __init__(self, model):
        self.out, self.facts = [], model["report"]
        self.ids = {a["label"]: a["id"] for a in model["annexes"]}
        named = "|".join(map(re.escape, self.ids))
        self.link = re.compile(f"({URL})|\\b({named})\\b" if named else
                               f"({URL})|(?!)()")
        self.begin()
        self.blocks(model["body"])
        for section in model["sections"]:
            self.section(1, section)
        for annex in model["annexes"]:
            self.annex(annex)
            self.blocks(annex["body"])
            for section in annex["sections"]:
                self.section(2, section)
            self.blocks(annex["after"])
        self.blocks(model["after"])

    def section(self, level, section):
        self.heading(level, section)
        self.blocks(section["body"])
        for inner in section["sections"]:
            self.section(level + 1, inner)
        self.blocks(section["after"])

    def blocks(self, blocks):
        for block in blocks:
            if block["kind"] == "paragraph":
                self.paragraph(block["text"])
            elif block["kind"] == "list":
                self.list(block["items"])
            elif block["kind"] == "table":
                self.table(block)
            else:
                sys.exit(f"bench: peers cannot write a {block['kind']}")

    def pieces(self, text):
        """The text as (text, address, id) with one or none of these."""
        at = 0
        for match in self.link.finditer(text.replace("\u00a0", " ")):
            if match.start() > at:
                yield text[at:match.start()], None, None
            at = match.end()
            yield (text[match.start():at], match[1],
                   self.ids[match[2]] if match[2] else None)
        if at < len(text):
            yield text[at:], None, None

    def masthead(self):
        return [(name, self.facts[key]) for name, key in MASTHEAD
                if key in self.facts]


class Typst(Source):
    """Texts are strings in its source, which are never markup."""

    def __init__(self, model):
        self.tables = []
        super().__init__(model)

    def begin(self):
        facts = ", ".join(f"{quoted(name)}, {quoted(fact)}"
                          for name, fact in self.masthead())
        self.out.append(f"{TYPST}\n#masthead({facts})\n\n")

    def inline(self, text):
        return "".join(
            f"#link({quoted(url)}, {quoted(text)})" if url else
            f"#link(<{target}>, {quoted(text)})" if target else
            f"#{quoted(text)}" for text, url, target in self.pieces(text))

    def heading(self, level, section):
        label, title = quoted(section["label"]), quoted(section["title"])
        target = f" <{section['id']}>" if section["id"] else ""
        self.out.append(f"#head({level}, {label}, {title}){target}\n\n")

    def annex(self, annex):
        texts = ", ".join(quoted(annex[key])
                          for key in ("label", "title", "subtitle"))
        self.out.append(f"#pagebreak()\n#annex({texts}) <{annex['id']}>\n\n")

    def paragraph(self, text):
        self.out.append(self.inline(text) + "\n\n")

    def list(self, items):
        numbers = items[0]["label"][0].isalnum()
        self.out.append("#enum" if numbers else "#list")
        for item in items:
            self.out.append("[")
            self.blocks(item["body"])
            self.out.append("]")
        self.out.append("\n\n")

    def table(self, table):
        self.out.append(f"#rows({len(self.tables)})\n\n")
        self.tables.append({key: table[key] for key in ("columns", "rows")})

    def write(self, folder):
        facts = {"source": "", **self.facts, "date": [
            int(n) for n in self.facts["status-date"].split("-")]}
        for name, text in (("facts.json", json.dumps(facts)),
                           ("tables.json", json.dumps(self.tables)),
                           ("report.typ", "".join(self.out))):
            (folder / name).write_text(text, encoding="utf-8")


class Groff(Source):
    """For groff -ms with tbl."""

    ESCAPES = {"\\": r"\[rs]", "'": r"\[aq]", "`": r"\[ga]", "^": r"\[ha]",
               "~": r"\[ti]", '"': r"\[dq]", "\u00a0": r"\~",
               "\u00b4": r"\[aa]"}

    PLAIN = str.maketrans("\u2013\u201c\u201d\u2019\u00a0\"", "-''' '")

    def escape(self, text):
        text = "".join(self.ESCAPES.get(c, c) if c < "\u0080" or
                       c in self.ESCAPES else f"\\[u{ord(c):04X}]"
                       for c in text)
        return "\\&" + text if text[:1] == "." else text

    def begin(self):
        title = self.facts["title"].translate(self.PLAIN)
        self.out.append(f"{GROFF}.pdfinfo /Title {title}\n")
        for name, fact in self.masthead():
            self.out.append(f'.IP "\\fB{name}\\fP" 2.8c\n'
                            f"{self.escape(fact)}\n")

    def inline(self, text):
        """A link is a request; what touches it goes along with it."""
        out, after = "", ""
        pieces = list(self.pieces(text))
        for i, (piece, url, target) in enumerate(pieces):
            if not url and not target:
                out += self.escape(piece[len(after):].lstrip(" ") if i else
                                   piece)
                continue
            start, _, before = out.rpartition(" ")
            after = (re.match(r"\S*", pieces[i + 1][0])[0]
                     if i + 1 < len(pieces) else "")
            shown = self.escape(piece).replace("/", "/\\:")
            out = (f"{start}\n.pdfhref {'W' if url else 'L'} "
                   f'-D {url or target} -P "{before}" '
                   f'-A "{self.escape(after)}" -- {shown}\n')
        return out.strip("\n") + "\n"

    def heading(self, level, section):
        self.out.append(f".HEAD {level} "
                        + self.arguments(section, "id", "label", "title"))

    def annex(self, annex):
        self.out.append(".ANNEX " + self.arguments(
            annex, "id", "label", "title", "subtitle"))

    def arguments(self, section, *keys):
        """The bookmark is plain ASCII: it cannot hold special characters."""
        mark = f"{section['label']} {section['title']}".strip()
        return " ".join((
            f'"{mark.translate(self.PLAIN)}"',
            *(f'"{self.escape(section[key])}"' for key in keys))) + "\n"

    def paragraph(self, text):
        self.out.append(".LP\n" + self.inline(text))

    def list(self, items):
        for item in items:
            self.out.append(f".IP {self.escape(item['label'])} 1.4c\n")
            first, *more = item["body"]
            self.out.append(self.inline(first["text"]))
            if more:
                self.out.append(".RS\n")
                self.blocks(more)
                self.out.append(".RE\n")

    def table(self, table):
        """Text blocks, since a cell may take several lines.

        Widths are given: tbl does not find those of text blocks.
        """
        n = len(table["columns"])
        widths = (1.2, 4.2, 9.8) if n == 3 else (15.2 / n,) * n
        form = " ".join(f"lw({width}c)" for width in widths)
        self.out.append(".LP\n.ps 11\n.vs 13\n.TS H\nallbox;\n"
                        + "cB " * n + f"\n{form}.\n"
                        + "\t".join(map(self.escape, table["columns"]))
                        + "\n.TH\n")
        for first, *others in table["rows"]:
            cells = (f"T{{\n{self.escape(cell) or chr(92) + '&'}\nT}}"
                     for cell in others)
            self.out.append("\t".join((self.escape(first), *cells)) + "\n")
        self.out.append(".TE\n")

    def write(self, folder):
        (folder / "report.ms").write_text("".join(self.out), encoding="ascii")


def write(model, folder):
    """The sources for both, into the folder."""
    Typst(model).write(folder)
    Groff(model).write(folder)


def version(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8",
                          check=True).stdout.splitlines()[0]


def typst_version():
    """Of the command, else of the Python module; empty if neither is here."""
    if shutil.which("typst"):
        return version("typst", "--version")
    if importlib.util.find_spec("typst"):
        return f"Typst {importlib.metadata.version('typst')} (Python module)"
    return ""


def typst(folder, output, standards):
    """At its best it looks at one family of fonts and at no other.

    Tagged by the standards, or untagged if there are none.
    """
    fonts = folder / "typst-fonts"
    fonts.mkdir(exist_ok=True)
    for style in ("Regular", "Bold"):
        font = fonts / f"{style}.ttf"
        if not font.is_symlink():
            font.symlink_to(LIBERATION.format(style))
    source = folder / "report.typ"
    if shutil.which("typst"):
        tags = (["--pdf-standard", ",".join(standards)] if standards else
                ["--no-pdf-tags"])
        return ["typst", "compile", "--ignore-system-fonts", "--font-path",
                fonts, *tags, source, output]
    code = ("import sys, typst; typst.compile(sys.argv[2], output=sys.argv[3],"
            " font_paths=[sys.argv[1]], ignore_system_fonts=True,"
            f" pdf_standards={standards}, pdf_tags={bool(standards)})")
    return [sys.executable, "-c", code, fonts, source, output]


def typst_load():
    """What Python does before Typst can begin; None for the command."""
    if shutil.which("typst"):
        return None
    return [sys.executable, "-c", "import typst"]


def groff_version():
    """Empty if groff, or its PDF driver, is not here."""
    if not shutil.which("gropdf"):
        return ""
    embeds = os.path.exists(NIMBUS.format("Regular"))
    return version("groff", "--version") + ("" if embeds else
                                            " (embeds no fonts)")


def groff(folder, output):
    """It embeds the fonts that a folder of ours names, if they are here.

    One pass: nothing in this report waits for a page number.
    """
    fonts = folder / "groff-fonts"
    (fonts / "devpdf").mkdir(parents=True)
    with open(fonts / "devpdf" / "download", "w", encoding="ascii") as file:
        for face, style in (("Times-Roman", "Regular"), ("Times-Bold", "Bold")):
            if os.path.exists(NIMBUS.format(style)):
                file.write(f"\t{face}\t{NIMBUS.format(style)}\n")
    shell = 'exec groff -F "$0" -t -ms -Tpdf -dpaper=a4 -P-pa4 "$1" >"$2"'
    return ["sh", "-c", shell, fonts, folder / "report.ms", output]
