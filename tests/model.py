"""The texts of a resolved report (--dump model), in reading order."""

import re
import unicodedata

# In a text of blocks(): words of the profile, which the model does not have.
WORDS = "\0"


def bare(text):
    """Ligatures taken apart, without hyphens of any kind."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub("[-\u00ad\u2010\u2011]", "", text)


def in_table(table):
    """A table is what `empty` says alone, or its caption, titles and cells."""
    if "empty" in table:
        yield "P", table["empty"]
        return
    caption = table["label"] + WORDS + table["caption"]
    yield from [("Caption", caption)] if table["caption"] else []
    if any(table["columns"]):
        yield from (("TH", title) for title in table["columns"])
    blank = [""] * len(table["columns"])
    for row in table["rows"] or [blank]:
        yield from (("TD", cell) for cell in row)


def in_body(body):
    for block in body:
        kind = block["kind"]
        if kind == "paragraph":
            yield "P", block["text"]
        elif kind == "code":
            yield "P", block["text"]
        elif kind == "quote":
            yield from in_body(block["body"])
        elif kind == "note":
            yield from in_note(block["body"])
        elif kind == "list":
            for item in block["items"]:
                yield "Lbl", item["label"]
                yield from in_body(item["body"])
        elif kind == "table":
            yield from in_table(block)
        elif kind == "figure":
            yield from in_figure(block)
        elif kind not in ("page-break", "grid"):
            raise ValueError(f"a block of kind {kind}")


def in_figure(figure):
    """What it shows; nothing of one that is an ornament."""
    yield from [("Figure", figure["text"])] if figure["text"] else []
    caption = figure["label"] + WORDS + figure["caption"]
    yield from [("Caption", caption)] if figure["caption"] else []


def in_note(body):
    """The profile's word stands before a first paragraph, or by itself."""
    if body and body[0]["kind"] == "paragraph":
        yield "P", WORDS + body[0]["text"]
        body = body[1:]
    else:
        yield "P", WORDS
    yield from in_body(body)


def in_sections(sections, level=1):
    for one in sections:
        yield f"H{level}", f"{one['label']} {one['title']}".strip()
        if one["subtitle"]:
            yield "P", one["subtitle"]
        yield from in_body(one["body"])
        yield from in_sections(one["sections"], level + 1)
        yield from in_body(one["after"])


def blocks(model):
    """(tag, text) of all but the cover, the contents and footnotes, in order."""
    yield from in_body(model["body"])
    yield from in_sections(model["sections"])
    yield from in_body(model["after"])
    yield from in_sections(model["annexes"])


def notes(model):
    """(number, text) of the footnotes."""
    for note in model.get("notes", []):
        yield str(note["number"]), note["text"]


def headings(model):
    """(level, text) of all sections and annexes."""
    for tag, text in blocks(model):
        if tag[0] == "H":
            yield int(tag[1:]), text
