"""Each key of a profile changes the pages as it says, and each key is tried.

usage: profile.py SCHEMA.json   (the command in $RAPPORTEUR, this folder in $TESTS)

A case sets one key of tests/profile/base.yaml and says what must then be seen in what
`--dump pages` prints of tests/profile/report.yaml. A key of a profile that the JSON Schema
has and that no case sets is a failure.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import pdffile

TESTS = os.environ["TESTS"]
RAPPORTEUR = os.environ["RAPPORTEUR"]
FONT = next(iter(sorted(glob.glob("/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf"))))
PT = 1000
MM = 2834.646


class Draw:
    """A line of a dump: a text or a filled rectangle."""

    TEXT = re.compile(r'  text (-?\d+) (-?\d+) <([^>]*)> ((?:[^" ]+ )*)(\d+) "(.*)"$')
    FILL = re.compile(r"  fill (-?\d+) (-?\d+) (-?\d+) x (-?\d+) (#\w+)$")

    def __init__(self, line, page):
        self.page = page
        self.text, self.fill = self.TEXT.match(line), self.FILL.match(line)
        self.tag = self.s = ""
        found = self.text or self.fill
        self.x, self.y = (int(found[1]), int(found[2])) if found else (0, 0)
        if self.text:
            self.tag, self.look, self.size, self.s = found[3], found[4].split(), int(found[5]), found[6]
        elif self.fill:
            self.width, self.height, self.colour = int(found[3]), int(found[4]), found[5]


class Pages:
    """The pages that a profile gives."""

    def __init__(self, folder, profile):
        with open(os.path.join(folder, "profile.yaml"), "w", encoding="utf-8") as file:
            json.dump({"extends": "base.yaml", **profile}, file, ensure_ascii=False)
        report = os.path.join(folder, "report.yaml")
        self.folder, self.profile = folder, profile
        run = lambda *more: subprocess.run(
            [RAPPORTEUR, "build", report, "--profile", os.path.join(folder, "profile.yaml"), *more],
            capture_output=True, text=True, check=False)
        done = run("--dump", "pages")
        self.error = done.stderr
        self.draws, self.kinds = [], []
        for line in done.stdout.splitlines():
            if line.startswith("page "):
                self.kinds.append(line)
            else:
                self.draws.append(Draw(line, len(self.kinds)))
        self.n = len(self.kinds)
        self.boxes = run("--dump", "boxes").stdout
        self.lines = run("--dump", "lines").stdout

    def changed(self, since, *more):
        """What a report with marked changes prints, or its PDF."""
        with open(os.path.join(self.folder, "profile.yaml"), "w", encoding="utf-8") as file:
            json.dump({"extends": "base.yaml", **self.profile}, file, ensure_ascii=False)
        path = lambda name: os.path.join(self.folder, name)
        return subprocess.run(
            [RAPPORTEUR, "build", path("changes.yaml"), "--changes-since", path(since), "--changes", "annex",
             "--profile", path("profile.yaml"), *more], capture_output=True, text=True, check=True).stdout

    def tells(self, s, since="changes-old.yaml"):
        return s in self.changed(since, "--dump", "pages")

    def hears(self, s):
        pdf = os.path.join(self.folder, "changes.pdf")
        self.changed("changes-old.yaml", "-o", pdf)
        said = [part.get("/Alt") for part in pdffile.File(pdf).objects.values() if isinstance(part, dict)]
        return s in [pdffile.text_of(alt) for alt in said if alt]

    def find(self, s, page=0, tag=None):
        """The first text that begins with s."""
        for d in self.draws:
            if d.text and d.s.startswith(s) and page in (0, d.page) and tag in (None, d.tag):
                return d
        raise LookupError(f"no text '{s}'")

    def has(self, s, page=0):
        try:
            return bool(self.find(s, page))
        except LookupError:
            return False

    def fills(self, colour=None, height=None, width=None):
        return [d for d in self.draws if d.fill and colour in (None, d.colour)
                and height in (None, d.height) and width in (None, d.width)]


def near(a, b):
    return abs(a - b) <= 3


def moved(s, dx=None, dy=None, page=0):
    """The text stands further right, further down than before."""
    def check(old, new):
        a, b = old.find(s, page), new.find(s, page)
        return (dx is None or near(b.x - a.x, dx)) and (dy is None or near(b.y - a.y, dy))
    return check


def shows(s):
    return lambda old, new: new.has(s) and not old.has(s)


def tells(s, *since):
    """What is printed where changes are marked and listed."""
    return lambda old, new: new.tells(s, *since) and not old.tells(s, *since)


def hears(s):
    """What is said of a change to who does not see it."""
    return lambda old, new: new.hears(s) and not old.hears(s)


def hides(s):
    return lambda old, new: old.has(s) and not new.has(s)


def looks(s, what, there=True):
    return lambda old, new: (what in new.find(s).look) is there and (what in old.find(s).look) is not there


def apart(first, second, more):
    """Two texts below one another are further apart by so much."""
    def check(old, new):
        gap = lambda p: p.find(second).y - p.find(first).y
        return near(gap(new) - gap(old), more)
    return check


def fill(**want):
    return lambda old, new: bool(new.fills(**want)) and len(new.fills(**want)) > len(old.fills(**want))


def sized(s, size):
    return lambda old, new: new.find(s).size == size != old.find(s).size


def style(role, **keys):
    return {"styles": {role: {key.replace("_", "-"): value for key, value in keys.items()}}}


def base(**keys):
    return {key.replace("_", "-"): value for key, value in keys.items()}


# What each role's text begins with.
ROLES = {
    "body": "Body two", "title": "The title", "subtitle": "The subtitle", "field": "Source:",
    "abstract": "Abstract:", "heading-1": "Long table", "heading-2": "Heading two",
    "heading-3": "Heading three", "heading-4": "Heading four", "heading-5": "Heading five",
    "heading-6": "Heading six", "annex-label": "Annex 1", "annex-title": "Annex title",
    "annex-subtitle": "The annex subtitle", "section-subtitle": "The section subtitle",
    "list": "Bullet one", "caption": "Table 1", "table-head": "Head A", "table-cell": "Cell A1",
    "note": "Note –", "quote": "A quotation", "code": "the code", "footnote": "The footnote",
    "contents-title": "Contents", "contents-1": "Heading one", "contents-2": "Heading two",
    "contents-3": "Heading three", "header": "Status: 31", "footer": "Page 2",
}
# Texts that stand in the contents too are looked for where they are not.
TAGS = {"heading-1": "H1", "heading-2": "H2", "heading-3": "H3", "annex-label": "H1", "annex-title": "H1",
        "contents-1": "Link", "contents-2": "Link", "contents-3": "Link"}
# Roles that tests/profile/report.yaml has no text of.
UNSEEN = {"contents-4", "contents-5", "contents-6"}


def role_size(role):
    tag = TAGS.get(role)
    page = 2 if role in ("header", "footer") else 0
    return lambda old, new: (new.find(ROLES[role], page, tag).size == 8500
                             != old.find(ROLES[role], page, tag).size)


def role_case(role):
    return ("styles." + role, style(role, size="8.5pt"), role_size(role))


def masthead(role):
    """A role that only a profile's own cover has."""
    cover = [{"grid": {"columns": ["1fr"], "style": role, "rows": [["Masthead"]]}}]
    return ({**style(role, size="8.5pt"), "cover": cover},
            lambda old, new: new.find("Masthead").size == 8500)


CASES = [role_case(role) for role in ROLES] + [
    # The keys of a style.
    ("style.family", style("quote", family="mono"), looks("A quotation", "LiberationMono-Regular.ttf")),
    ("style.size", style("body", size="13pt", leading="14pt"), sized("Body two", 13 * PT)),
    ("style.leading", style("title", leading="30pt"), apart("The title", "enough", 5 * PT)),
    ("style.bold", style("heading-2", bold=False),
     lambda old, new: "bold" not in new.find("Heading two", 0, "H2").look),
    ("style.italic", style("quote", italic=True), looks("A quotation", "italic")),
    ("style.before", style("subtitle", before="40pt"), moved("The subtitle", 0, 32 * PT)),
    ("style.after", style("subtitle", after="22pt"), moved("Source:", 0, 12 * PT)),
    ("style.indent", style("quote", indent="30pt"), moved("A quotation", 14 * PT, 0)),
    ("style.indent-end", style("title", indent_end="200pt"), moved("The subtitle", 0, 25 * PT)),
    ("style.hang", style("heading-3", hang="50pt"),
     lambda old, new: near(new.find("Heading three", 0, "H3").x - old.find("Heading three", 0, "H3").x, 20 * PT)),
    ("style.align", style("subtitle", align="end"),
     lambda old, new: new.find("The subtitle").x > old.find("The subtitle").x + 300 * PT),
    ("style.hyphenate", {"styles": {"body": {"align": "justify", "hyphenate": False}},
                         "page": {"width": "80mm", "margins": {"inner": "10mm", "outer": "10mm"}}},
     lambda old, new: " hyphen " not in new.lines),
    ("style.hang-punctuation", {"styles": {"body": {"align": "justify", "hang-punctuation": True}}},
     lambda old, new: "ratio -" in new.lines and new.lines != old.lines),
    ("style.keep-next", style("body", keep_next=True),
     lambda old, new: new.boxes.count(" keep") > old.boxes.count(" keep")),
    ("style.colour", style("body", colour="#123456"),
     lambda old, new: "#123456" in new.find("Body two").look),
    ("style.rule-before", style("heading-1", rule_before="2.5pt"), fill(height=2500)),
    ("style.rule-after", style("code", rule_after="3.5pt"), fill(height=3500)),
    ("style.rule-colour", style("title", rule_after="1pt", rule_colour="#0a0a0b"), fill(colour="#0a0a0b")),
    ("style.rule-gap", style("quote", fill="#0a0a0b", rule_gap="20pt"), moved("A quotation", 20 * PT)),
    ("style.fill", style("note", fill="#0a0a0b"), fill(colour="#0a0a0b")),
    ("styles.masthead", *masthead("masthead")),
    ("styles.masthead-large", *masthead("masthead-large")),
    ("styles.masthead-small", *masthead("masthead-small")),
    # The page.
    ("page.size", {"page": {"size": "letter"}},
     lambda old, new: new.boxes.startswith(f"area {612 * PT - 2 * 90709} x {792 * PT - 2 * 70866}\n")),
    ("page.width", {"page": {"width": "150mm"}},
     lambda old, new: "area 243779 x" in new.boxes),
    ("page.height", {"page": {"height": "200mm"}},
     lambda old, new: f"x {round(150 * MM)}" in new.boxes and new.n > old.n),
    ("margins.top", {"page": {"margins": {"top": "35mm"}}}, moved("The title", 0, round(10 * MM))),
    ("margins.bottom", {"page": {"margins": {"bottom": "35mm"}}}, moved("Page 1", 0, round(-10 * MM))),
    ("margins.inner", {"page": {"margins": {"inner": "37mm"}}}, moved("The title", round(5 * MM), 0)),
    ("margins.outer", {"page": {"margins": {"outer": "37mm"}}},
     lambda old, new: new.find("Page 1").x < old.find("Page 1").x),
    ("page.duplex", {"page": {"duplex": True, "margins": {"inner": "40mm"}}},
     lambda old, new: "page 2 of" in new.kinds[1] and new.kinds[1].endswith("left")
     and near(new.find("Table 1", 2).x - old.find("Table 1", 2).x, 0)),
    ("page.feather", {"page": {"feather": "40pt"}},
     lambda old, new: max(d.y for d in new.draws if d.page == 1 and d.tag != "pagination" and d.text)
     >= max(d.y for d in old.draws if d.page == 1 and d.text and d.tag != "pagination")
     and new.find("Bullet one").y > old.find("Bullet one").y),
    # Lists.
    ("level.mark", {"lists": [{"mark": "→"}]}, shows("→")),
    ("level.numbering", {"lists": [{"numbering": "roman"}]}, shows("i.")),
    ("level.suffix", {"lists": [{"suffix": "/"}]}, shows("1/")),
    ("level.indent", {"lists": [{"indent": "20pt", "hang": "14pt"}]}, moved("Bullet one", 16 * PT, 0)),
    ("level.hang", {"lists": [{"indent": "4pt", "hang": "30pt"}]}, moved("Bullet one", 16 * PT, 0)),
    ("level.between", {"lists": [{"indent": "4pt", "between": "11pt"}]},
     apart("Bullet four", "Bullet again", 11 * PT)),
    # Tables.
    ("tables.before", {"styles": {"caption": {"before": "0pt"}}, "tables": {"before": "90pt"}},
     lambda old, new: near(new.find("Table 2").y - new.find("Long table", 0, "H1").y
                           - (old.find("Table 2").y - old.find("Long table", 0, "H1").y), 80 * PT)),
    ("tables.after", {"tables": {"after": "50pt"}},
     lambda old, new: near(new.find("Heading two", 0, "H2").y - new.find("Cell A3").y
                           - (old.find("Heading two", 0, "H2").y - old.find("Cell A3").y), 34 * PT)),
    ("tables.rule", {"tables": {"rule": "1pt"}}, fill(height=PT)),
    ("tables.rule-outer", {"tables": {"rule-outer": "2pt"}}, fill(height=2 * PT)),
    ("tables.rule-head", {"tables": {"rule-head": "3pt"}}, fill(height=3 * PT)),
    ("tables.rule-colour", {"tables": {"rule-colour": "#010203"}}, fill(colour="#010203")),
    ("tables.frame", {"tables": {"frame": True}}, fill(width=400)),
    ("tables.padding", {"tables": {"padding": "10pt"}}, moved("Cell A1", 6 * PT, 0)),
    ("tables.padding-top", {"tables": {"padding-top": "6.5pt"}}, moved("Head A", 0, 4 * PT)),
    ("tables.padding-bottom", {"tables": {"padding-bottom": "6.5pt"}}, apart("Head A", "Cell A1", 4 * PT)),
    ("tables.head-fill", {"tables": {"head-fill": "#abcdef"}}, fill(colour="#abcdef")),
    ("tables.head-align", {"tables": {"head-align": "end"}},
     lambda old, new: new.find("Head A").x >= old.find("Head A").x and
     new.find("No", 0, "TH").x > old.find("No", 0, "TH").x),
    ("tables.zebra", {"tables": {"zebra": "#fedcba"}}, fill(colour="#fedcba")),
    # Headers and footers.
    ("furniture.gap", {"header": {"gap": "30pt"}}, moved("Status: 31", 0, -8 * PT, page=2)),
    ("furniture.gap", {"footer": {"gap": "30pt"}}, moved("Page 1", 0, 8 * PT)),
    ("furniture.all", {"header": {"all": {"start": "On all"}}}, shows("On all")),
    ("furniture.first", {"header": {"first": {"end": "On the first"}}},
     lambda old, new: new.has("On the first", 1) and not new.has("On the first", 2)),
    ("furniture.left", {"page": {"duplex": True}, "footer": {"left": {"start": "On the left"}}},
     lambda old, new: new.has("On the left", 2) and not new.has("On the left", 3)),
    ("furniture.right", {"page": {"duplex": True}, "footer": {"right": {"start": "On the right"}}},
     lambda old, new: new.has("On the right", 3) and not new.has("On the right", 2)),
    ("slots.start", {"footer": {"all": {"start": "Start $(page)"}}}, shows("Start 2")),
    ("slots.centre", {"footer": {"all": {"centre": "In $(section)"}}}, shows("In 1 Heading one")),
    ("slots.end", {"footer": {"all": {"end": "$(page)/$(pages)"}}}, hides("Page 2 of")),
    # Labels.
    ("labels.annex", {"labels": {"annex": "Appendix $(n)"}}, shows("Appendix 1")),
    ("labels.table", {"labels": {"table": "Tab. $(n)"}}, shows("Tab. 1 ")),
    ("labels.figure", {"labels": {"figure": "Fig. $(n)"}}, shows("Fig. 1 ")),
    ("labels.continued", {"labels": {"continued": "(suite)"}}, shows("Table 2 – Long (suite)")),
    ("labels.concluded", {"labels": {"concluded": "(fin)"}}, shows("Table 2 – Long (fin)")),
    ("labels.contents", {"labels": {"contents": "Inhalt"}}, shows("Inhalt")),
    ("labels.note-separator", {"labels": {"note-separator": ": "}}, shows("Note: A note")),
    ("labels.note", {"labels": {"note": "NOTE"}}, shows("NOTE –")),
    ("labels.decimal", {"labels": {"decimal": "$(n)."}}, shows("1.1.1.1.1.1.")),
    ("labels.letter", {"labels": {"letter": "($(n))"}, "sections": {"numbering": "letter"}}, shows("(a)")),
    ("labels.roman", {"labels": {"roman": "$(n):"}, "sections": {"numbering": "roman"}}, shows("ii:")),
    ("labels.separator", {"labels": {"separator": ": "}}, shows("Table 1: The caption")),
    ("labels.inserted", {"labels": {"inserted": "ins: $(n)"}}, hears("ins: name")),
    ("labels.deleted", {"labels": {"deleted": "del: $(n)"}}, hears("del: word")),
    ("labels.new", {"labels": {"new": "neu"}}, hears("neu")),
    ("labels.moved-here", {"labels": {"moved-here": "von dort"}}, hears("von dort")),
    ("labels.removed-rows", {"labels": {"removed-rows": "Weg:"}}, tells('"Weg:"')),
    ("labels.removed-section", {"labels": {"removed-section": "Fort: $(n)"}}, tells("Fort: 2 Section gone")),
    ("labels.moved-to", {"labels": {"moved-to": "nun in $(n)"}}, tells("(nun in 3)")),
    ("labels.changes", {"labels": {"changes": "Neu seit $(n)"}}, tells("Neu seit 31 January 2025")),
    ("labels.no-changes", {"labels": {"no-changes": "Nichts."}}, tells('"Nichts."', "changes.yaml")),
    ("labels.added", {"labels": {"added": "Dazu"}}, tells('"Dazu: ')),
    ("labels.removed", {"labels": {"removed": "Weg"}}, tells('"Weg: ')),
    ("labels.moved", {"labels": {"moved": "Bewegt"}}, tells('"Bewegt: ')),
    ("labels.renumbered", {"labels": {"renumbered": "Nummer"}}, tells('"Nummer: ')),
    ("labels.retitled", {"labels": {"retitled": "Titel"}}, tells('"Titel: ')),
    ("labels.changed", {"labels": {"changed": "Anders"}}, tells('"Anders: ')),
    ("labels.reordered", {"labels": {"reordered": "Folge"}}, tells('"Folge"')),
    ("labels.reordered-columns", {"labels": {"reordered-columns": "Spalten"}}, tells('"Spalten"')),
    ("labels.column", {"labels": {"column": "Spalte $(n)"}}, tells("Removed: Spalte Gone")),
    ("labels.moved-from", {"labels": {"moved-from": "aus $(n)"}}, tells("(aus 3)")),
    ("labels.rows", {"labels": {"rows": "Zeilen: $(n)"}}, tells("Zeilen: 4 (was 5)")),
    ("labels.was", {"labels": {"was": "vorher $(n)"}}, tells("Rows: 4 (vorher 5)")),
    ("labels.facts", {"labels": {"facts": "Daten"}}, tells('"Daten"')),
    ("labels.footnotes", {"labels": {"footnotes": "Noten"}}, tells('"Noten"')),
    # Numbering and facts.
    ("sections.numbering", {"sections": {"numbering": "none"}}, hides("1.1")),
    ("annexes.sections-numbering", {"annexes": {"sections-numbering": "letter"}}, shows("a)")),
    ("profile.fields", {"fields": {"docket": {"required": True}}}, None),
    # Fonts.
    ("fonts.families", {"fonts": {"families": {"house": {"regular": "House.ttf"}}},
                        "styles": {"quote": {"family": "house"}}}, looks("A quotation", "House.ttf")),
    ("fonts.folder", {"fonts": {"folder": "faces", "families": {"house": {"regular": "Faces.ttf"}}},
                      "styles": {"quote": {"family": "house"}}}, looks("A quotation", "Faces.ttf")),
    # The rest.
    ("profile.extends", {"extends": "modern"},
     lambda old, new: new.find("The title").size == 23 * PT),
    ("profile.dates", {"dates": "d.M.yyyy"}, shows("Status: 31.1.2025")),
    ("contents.depth", {"contents": {"depth": 1}},
     lambda old, new: old.find("Heading two", 1) and not new.has("Heading two", 1)),
    ("contents.new-page", {"contents": {"new-page": True}},
     lambda old, new: new.has("Body two", 2) and old.has("Body two", 1)),
    ("contents.leader", {"contents": {"leader": "_"}}, shows("_")),
    ("annexes.new-page", {"annexes": {"new-page": False}},
     lambda old, new: new.n == old.n - 2),
    ("annexes.numbering", {"annexes": {"numbering": "roman"}}, shows("Annex II")),
    ("note.bar", {"note": {"bar": "7pt"}}, fill(width=7 * PT)),
    ("note.colour", {"note": {"colour": "#0a0b0c"}}, fill(colour="#0a0b0c")),
    ("end.rule", {"end": {"rule": "1.5pt"}}, fill(height=1500)),
    ("end.width", {"end": {"rule": "1pt", "width": "70pt"}}, fill(width=70 * PT)),
    ("end.before", {"end": {"rule": "1.5pt", "before": "90pt"}},
     lambda old, new: new.fills(height=1500)[-1].y > new.find("More annex text.").y + 90 * PT),
    ("profile.end", {"end": {"rule": "1.5pt"}}, lambda old, new: new.fills(height=1500)[-1].page == new.n),
    ("footnotes.rule", {"footnotes": {"rule": "1.25pt"}}, fill(height=1250)),
    ("links.colour", {"links": {"colour": "#0f0f0f"}},
     lambda old, new: "#0f0f0f" in new.find("address").look),
    ("profile.orphans", {"orphans": 4},
     lambda old, new: new.boxes == old.boxes),
    ("profile.widows", {"widows": 4},
     lambda old, new: new.boxes == old.boxes),
    ("profile.cover", {"cover": [{"style": "title", "text": "Another cover"}]}, shows("Another cover")),
    ("cover.field", {"cover": ["Only $(report.source)"]}, shows("Only The source")),
    ("cover.grid", {"cover": [{"grid": {"columns": ["30mm", "1fr"], "rule-colour": "#0a0a0b", "rows": [
        {"cells": ["Left", "Right"], "rule-after": "1pt"}]}}]},
     lambda old, new: new.fills(colour="#0a0a0b") and new.find("Left").y == new.find("Right").y
     and near(new.find("Right").x - new.find("Left").x, round(33 * MM))),
    ("cover.page-break", {"cover": ["Cover", {"page-break": True}]},
     lambda old, new: new.find("Contents").page == 2),
]


def keys_of(schema):
    """The keys of a profile by the schema, as cases name them."""
    definitions = schema["definitions"]
    found = set()

    def walk(node, name, seen):
        name = {"header": "furniture", "footer": "furniture"}.get(name, name)
        while "$ref" in node:
            ref = node["$ref"].rsplit("/", 1)[1]
            if ref in ("body", "markdown", "cover-entry", "entry", "block"):
                return
            node = definitions[ref]
        for kind in node.get("anyOf", []) + node.get("oneOf", []):
            walk(kind, name, seen)
        if "items" in node and isinstance(node["items"], dict):
            walk(node["items"], {"lists": "level"}.get(name, name), seen)
        for key, value in node.get("properties", {}).items():
            if key == "include":
                continue
            found.add(f"{name}.{key}")
            slots = name == "furniture" and key != "gap"
            inside = "style" if name == "styles" else "slots" if slots else key
            if (name, key) not in seen:
                walk(value, inside, seen | {(name, key)})

    walk(definitions["profile"], "profile", frozenset())
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        wanted = keys_of(json.load(file))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(os.path.join(TESTS, "profile")):
            shutil.copy(os.path.join(TESTS, "profile", name), folder)
        os.mkdir(os.path.join(folder, "faces"))
        shutil.copy(FONT, os.path.join(folder, "House.ttf"))
        shutil.copy(FONT, os.path.join(folder, "faces", "Faces.ttf"))
        old = Pages(folder, {})
        for name, profile, check in CASES:
            new = Pages(folder, profile)
            if check is None:  # it asks for a fact that the report does not have
                passed += "docket" in new.error
                failed += "docket" not in new.error
                continue
            try:
                good = not new.error and check(old, new)
                why = new.error
            except LookupError as error:
                good, why = False, f"{error}\n{new.error}"
            passed += good
            failed += not good
            if not good:
                print(f"FAIL {name}: {json.dumps(profile, ensure_ascii=False)}\n{why}")
    tried = {name for name, _, _ in CASES} | {f"styles.{role}" for role in UNSEEN}
    tried |= {f"profile.{name.split('.')[0]}" for name in tried}
    tried |= {"profile.styles", "profile.lists", "profile.header", "profile.footer", "page.margins"}
    for name in sorted(wanted - tried):
        failed += 1
        print(f"FAIL no case sets {name}")
    print(f"profile: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
