"""What other readers make of a PDF: poppler and MuPDF."""

import re
import unicodedata

import pdffile
from pdffile import run
from tagged import INLINE


def struct_text(path):
    """(indent, text or None, other line) of `pdfinfo -struct-text`."""
    lines = iter(run("pdfinfo", "-struct-text", path).splitlines())
    for line in lines:
        rest = line.lstrip(" ")
        indent = line[: len(line) - len(rest)]
        if rest[:1] != '"':
            yield indent, None, rest
            continue
        while len(rest) < 2 or rest[-1] != '"':
            rest += "\n" + next(lines)
        yield indent, rest[1:-1], None


def structure(path):
    """The structure as text, without what may differ where nothing changed.

    Texts of one element that stand in a row are one, as are blanks; numbers of
    objects and the places of figures are left out.
    """
    lines = []
    for indent, text, other in struct_text(path):
        if text is None and not other.startswith("Object "):
            lines.append([indent + re.sub(r"/BBox .*", "/BBox", other)])
        elif text is not None and lines[-1][0] != indent:
            lines.append([indent, text])
        elif text is not None:
            lines[-1].append(text)
    for line in lines:
        text = " ".join("".join(line[1:]).split())
        yield f'{line[0]}"{text}"' if line[1:] else line[0]


def unseen(tree):
    """What pdfinfo does not print: languages, and texts in place of others."""
    root = tree.file.root["/Lang"]
    yield f"Lang {pdffile.text_of(root)}"
    for element in tree.document.walk():
        for key in ("/Lang", "/Alt", "/ActualText", "/E"):
            said = element.string(key)
            if said is not None:
                text = " ".join(element.text().split())
                yield f'{element.tag} {key[1:]} {said}: "{text}"'


def check_structure(tree):
    """Poppler reads the same texts in the structure, in the same order."""
    have = "".join(text or "" for _, text, _ in struct_text(tree.file.path))
    wanted = "".join(content.glyphs for content in tree.document.contents())
    have, wanted = "".join(have.split()), "".join(wanted.split())
    if have != wanted:
        yield f"pdfinfo reads {difference(have, wanted)}"


def difference(have, wanted):
    pairs = enumerate(zip(have, wanted))
    at = next((i for i, (a, b) in pairs if a != b), min(len(have), len(wanted)))
    around = slice(max(0, at - 20), at + 30)
    return f"{have[around]!r}, not {wanted[around]!r}"


class Spaced:
    """A text without blanks and hyphens, and where it had them."""

    def __init__(self):
        self.text, self.spaces, self.line_ends, self.loose = "", set(), set(), set()

    def add(self, text):
        text = unicodedata.normalize("NFKC", text)
        for char in re.sub("[-\u00ad\u200b-\u200d\u2010\u2011\u2060]", "", text):
            if char == "\n":
                self.line_ends.add(len(self.text))
            elif char.isspace():
                self.spaces.add(len(self.text))
            else:
                self.text += char
        return self

    def place(self, places):
        return {place for place in places if 0 < place < len(self.text)}


def owner(tree, page, mcid):
    """The element whose text this content is a part of."""
    element = tree.elements.get(tree.owners.get((page, mcid)))
    while element and element.parent and element.tag in INLINE:
        element = element.parent
    return element


def shown(tree, page):
    """What a page shows, with a blank between texts of different elements."""
    out, last = Spaced(), None
    for part in tree.pages[page].shown:
        if not part.glyphs and not part.text:
            continue
        mark = part.mark
        of = part.start
        if mark and not mark.artifact:
            of = owner(tree, page, mark.mcid)
        elif out.text:
            out.loose.add(len(out.text))
        if of is not last:
            out.add(" ")
        last = of
        before = len(out.text)
        out.add(part.text)
        if not mark or mark.artifact:
            out.loose.update(range(before, len(out.text) + 1))
    return out


def check_reader(tree, name, text):
    """A reader finds the words of each page, whole and in order.

    A line may end within a word; what is no part of the text counts by its
    characters alone.
    """
    pages = text.split("\f")
    for number, page in enumerate(tree.file.pages, 1):
        wanted = shown(tree, page)
        have = Spaced().add(pages[number - 1] if number <= len(pages) else "")
        if have.text != wanted.text:
            yield f"page {number}: {name} reads {difference(have.text, wanted.text)}"
            continue
        glued = wanted.spaces - have.spaces - have.line_ends
        torn = have.spaces - wanted.spaces - have.line_ends
        for at in sorted(have.place((glued | torn) - wanted.loose))[:3]:
            around = f"{have.text[max(0, at - 15):at]}|{have.text[at:at + 15]}"
            verb = "glues" if at in glued else "tears"
            yield f"page {number}: {name} {verb} {around!r}"


def check(tree):
    path = tree.file.path
    yield from check_reader(tree, "poppler", run("pdftotext", "-raw", path, "-"))
    command = "mutool", "draw", "-q", "-F", "txt", "-o", "-", path
    yield from check_reader(tree, "MuPDF", run(*command))
