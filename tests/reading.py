"""Does a tagged PDF read as its report: the same texts, in order, each once?"""

import itertools
import re

import model as resolved
import pdffile
from tagged import INLINE, Content

NOTES = {"Note", "FENote"}
PAGE_REFERENCES = 10  # most in one text


def plain(text):
    """Without what line ends put in; blanks of any kind and number are one."""
    return " ".join(text.replace("\u00ad", "").split())


class Block:
    """The text of an element that is no part of another's, in pieces."""

    def __init__(self, element):
        self.element, self.tag = element, element.tag
        self.pieces = []  # (text, may it be a page number)

    def texts(self):
        """The text as it is, then without any of its page numbers."""
        places = [i for i, piece in enumerate(self.pieces) if piece[1]]
        for left_out in itertools.product((False, True), repeat=len(places)):
            gone = {place for place, out in zip(places, left_out) if out}
            kept = [p[0] for i, p in enumerate(self.pieces) if i not in gone]
            yield plain("".join(kept))

    def text(self):
        return next(self.texts())

    def reads(self, wanted):
        before, words, after = wanted.partition(resolved.WORDS)
        before, after = plain(before), plain(after)
        if not words:
            return before in self.texts()
        return any(
            text.startswith(before) and text.endswith(after) and
            len(text) > len(before) + len(after)
            for text in self.texts()
        )


class Reading:
    """All blocks of a structure in order, with notes and contents aside."""

    def __init__(self, tree):
        self.blocks, self.notes, self.contents = [], [], []
        self.marks, self.faults = [], []
        self.visit(tree.document, None)

    def visit(self, element, block):
        """`block` is what text of this element is a part of."""
        if element.tag in NOTES:
            self.notes.append(element)
            return
        if element.tag == "TOC":
            self.contents.append(element)
            return
        if self.is_mark(element):
            self.marks.append(element)
            return
        if element.tag not in INLINE or not block:
            block = Block(element)
            self.blocks.append(block)
        if element.tag == "Figure":
            block.pieces.append((element.string("/Alt") or "", False))
        number = element.tag == "Link" and element.text().strip().isdigit()
        for kid in element.kids:
            if not isinstance(kid, Content):
                self.visit(kid, block)
            elif kid.text:
                block.pieces.append((kid.text, number))

    def is_mark(self, element):
        """A mark of a footnote: a reference of its own."""
        return element.tag == "Reference"

    def texts(self):
        """The blocks that say something, and cells, which may be empty."""
        for block in self.blocks:
            if block.tag in ("TD", "TH") or plain(block.text()):
                yield block


def check_text(reading, model):
    """The model's texts are the last of the structure, after the cover's."""
    wanted = list(resolved.blocks(model))
    have = list(reading.texts())
    cover = have[: max(0, len(have) - len(wanted))]
    have = have[len(cover) :]
    for (tag, text), block in zip(wanted, have):
        same = tag == block.tag or (tag, block.tag) == ("TD", "TH")
        if not same or not block.reads(text):
            yield f"reads {block.tag} {block.text()!r}, not {tag} {plain(text)!r}"
            break
    if len(wanted) > len(have):
        yield f"reads {len(have)} texts, not {len(wanted)}"
    elif not any(plain(model["report"]["title"]) in one.text() for one in cover):
        yield f"the cover has no title: {[block.text() for block in cover]}"


def check_notes(reading, model):
    """Each note once, in order of its first mark; each mark has a note."""
    have = []
    for note in reading.notes:
        labels = note.elements("Lbl")
        label = plain(labels[0].text()) if labels else ""
        rest = plain(note.text())[len(label) :]
        have.append((label, plain(rest)))
    wanted = [(number, plain(text)) for number, text in resolved.notes(model)]
    if have != wanted:
        yield f"reads the notes {have}, not {wanted}"
    marks = [plain(mark.text()) for mark in reading.marks]
    firsts = list(dict.fromkeys(marks))
    if firsts != [number for number, _ in wanted]:
        yield f"reads the marks {marks}"


def check_headings(reading, model):
    """Headings skip no level; the contents list those down to one level."""
    last = 0
    for block in reading.texts():
        if re.fullmatch("H[1-6]", block.tag):
            level = int(block.tag[1])
            if level > last + 1:
                yield f"{block.tag} {block.text()!r} after level {last}"
            last = level
    items = []
    for contents in reading.contents:
        items += [kid for kid in contents.walk() if kid.tag == "TOCI"]
    have = [plain(re.sub(r"\d+\s*$", "", item.text())) for item in items]
    for depth in range(7) if reading.contents else []:
        listed = [text for level, text in resolved.headings(model) if level <= depth]
        if have == [plain(text) for text in listed]:
            return
    if reading.contents:
        yield f"reads the contents {have}"


def span(cell, key):
    return cell.attributes.get(key, 1)


def check_table(table):
    """One header row at most; rows of as many cells; headers say of what."""
    heads = table.elements("THead")
    bodies = table.elements("TBody")
    rest = [kid.tag for kid in table.elements() if kid not in heads + bodies]
    if len(heads) > 1 or len(bodies) != 1 or rest not in ([], ["Caption"]):
        yield f"a table of {[kid.tag for kid in table.elements()]}"
    rows = [row for group in heads + bodies for row in group.elements()]
    widths = {sum(span(cell, "/ColSpan") for cell in row.elements()) for row in rows}
    if len(widths) != 1:
        yield f"a table's rows have {sorted(widths)} cells"
    for group in heads:
        if len(group.elements("TR")) != 1:
            yield "a table's header row stands there more than once"
        for cell in group.elements("TR")[0].elements():
            if cell.tag != "TH" or cell.attributes.get("/Scope") != "/Column":
                yield f"{cell}: no header of a column"
    for group in bodies:
        for row in group.elements():
            for cell in row.elements():
                if cell.tag == "TH" and cell.attributes.get("/Scope") != "/Row":
                    yield f"{cell}: no header of a row"
                if cell.tag not in ("TH", "TD"):
                    yield f"{cell}: no cell"


def check_list(element):
    """Items of one label and one body; numbers say that they are some."""
    for item in element.elements():
        parts = [part.tag for part in item.elements()]
        if item.tag != "LI" or parts != ["Lbl", "LBody"]:
            yield f"{item}: an item of {parts}"
    labels = [label.text() for item in element.elements() for label in item.elements("Lbl")]
    numbering = element.attributes.get("/ListNumbering", "/None")
    if any(re.search(r"\w", label) for label in labels):
        if numbering not in ("/Decimal", "/LowerAlpha", "/LowerRoman", "/Ordered"):
            yield f"{element}: numbers, but its numbering is {numbering}"


def check_parts(tree):
    for element in tree.document.walk():
        if element.tag == "Table":
            yield from check_table(element)
        elif element.tag == "L":
            yield from check_list(element)
        elif element.tag == "Figure":
            if not element.string("/Alt"):
                yield f"{element}: does not say what it shows"
            if "/BBox" not in element.attributes:
                yield f"{element}: does not say where it is"
        elif element.tag == "Link":
            objects = [kid.object for kid in element.kids if isinstance(kid, Content)]
            for annotation in filter(None, objects):
                if not pdffile.text_of(annotation.get("/Contents", "u:")).strip():
                    yield f"{element}: a link that says nothing"
            if not any(objects):
                yield f"{element}: no annotation"
            if not plain(element.text()):
                yield f"{element}: a link without a text"


def check_artifacts(tree):
    """What is out of the structure is furniture, ornament, or there already."""
    repeated = set()
    for element in tree.document.walk():
        if element.tag in ("Caption", "TH"):
            repeated.update(plain(element.text()).split())
    for page, kind, text in tree.artifacts():
        words = plain(re.sub(r"\(\w+\)$", "", text)).split()  # (continued)
        good = {
            "/Header": True,
            "/Footer": True,
            "/Pagination": repeated.issuperset(words),
            "/Layout": not re.search(r"\w", text),
        }
        if not good.get(kind):
            yield f"page {page}: {text!r} is an artifact ({kind})"


def check(tree, model):
    """What is wrong; without a model, of the parts alone."""
    reading = Reading(tree)
    yield from check_parts(tree)
    yield from check_artifacts(tree)
    if model:
        yield from check_headings(reading, model)
        yield from check_text(reading, model)
        yield from check_notes(reading, model)
