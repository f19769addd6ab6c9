"""Faults put into a good PDF, to see that the checks of check-pdf notice them."""

import base64
import json
import re

import pdffile
import reading
import readers
import tagged


def elements(file, tag):
    """Structure elements of that type, in the order of their objects."""
    for value in file.objects.values():
        element = isinstance(value, dict) and value.get("/S") == tag
        if element and "/P" in value and "/K" in value:
            yield value


def first(file, tag, kids=1):
    """The first with so many kids."""
    found = elements(file, tag)
    return next(one for one in found if len(file.list(one["/K"])) >= kids)


def change_content(file, pattern, replacement):
    """Of the first page that has it."""
    for page in file.pages:
        content = file.get(page)["/Contents"]
        data = file.stream(content)
        new = re.sub(pattern, replacement, data, count=1, flags=re.S)
        if new != data:
            file.data[content] = base64.b64encode(new).decode()
            return
    raise LookupError(pattern)


def parent_tree(file):
    top = file.get(file.root["/StructTreeRoot"])
    return dict(file.number_tree(top["/ParentTree"]))


def no_tabs(file):
    del file.get(file.pages[0])["/Tabs"]


def not_marked(file):
    file.get(file.root["/MarkInfo"])["/Marked"] = False


def no_language(file):
    del file.root["/Lang"]


def wrong_parent(file):
    next(elements(file, "/TD"))["/P"] = file.root["/StructTreeRoot"]


def lost_element(file):
    del file.list(first(file, "/L", 2)["/K"])[1]


def doubled_element(file):
    kids = file.list(first(file, "/L", 2)["/K"])
    kids[1] = kids[0]


def wrong_owners(file):
    listed = file.get(parent_tree(file)[0])
    other = next(i for i, owner in enumerate(listed) if owner != listed[0])
    listed[0], listed[other] = listed[other], listed[0]


def link_outside(file):
    page = next(p for p in file.pages if "/Annots" in file.get(p))
    link = file.get(file.get(file.get(page)["/Annots"])[0])
    del link["/StructParent"]


def silent_link(file):
    page = next(p for p in file.pages if "/Annots" in file.get(p))
    file.get(file.get(file.get(page)["/Annots"])[0])["/Contents"] = "u:"


def text_as_artifact(file):
    change_content(file, rb"/P<</MCID \d+ >>BDC", b"/Artifact BMC")


def furniture_in_structure(file):
    change_content(file, rb"/Artifact<<[^>]*Footer>>BDC", b"/P<</MCID 99 >>BDC")


def unmarked_text(file):
    change_content(file, rb"/Artifact<<[^>]*Footer>>BDC(.*?)EMC", rb"\1")


def texts(file):
    """The kids of the Document element."""
    top = file.get(file.root["/StructTreeRoot"])
    return file.list(file.get(file.list(top["/K"])[0])["/K"])


def lost_text(file):
    texts(file).pop()


def swapped_texts(file):
    kids = texts(file)
    kids[-1], kids[-2] = kids[-2], kids[-1]


def skipped_level(file):
    next(elements(file, "/H2"))["/S"] = "/H3"


def other_heading(file):
    next(elements(file, "/H2"))["/S"] = "/P"


def lost_cell(file):
    file.list(first(file, "/TR", 2)["/K"]).pop()


def header_of_nothing(file):
    next(elements(file, "/TH"))["/A"] = None


def two_header_rows(file):
    rows = file.list(first(file, "/THead")["/K"])
    rows.append(file.list(first(file, "/TBody")["/K"])[0])


def item_without_label(file):
    del file.list(first(file, "/LI", 2)["/K"])[0]


def bullets_for_numbers(file):
    for element in elements(file, "/L"):
        element["/A"] = None


def lost_note(file):
    next(elements(file, "/Note"))["/S"] = "/P"


def silent_figure(file):
    del next(elements(file, "/Figure"))["/Alt"]


def other_figure(file):
    next(elements(file, "/Figure"))["/Alt"] = "u:Something else"


def other_words(file):
    """A word's first two glyphs change places: readers find the real ones."""
    change_content(file, rb"\((\0[^\0()\\])(\0[^\0()\\])", rb"(\2\1")


# Each with the check that has to notice it.
ALL = {
    "structure": [
        no_tabs, not_marked, no_language, wrong_parent, lost_element,
        doubled_element, wrong_owners, link_outside, text_as_artifact,
        furniture_in_structure, unmarked_text,
    ],
    "reading": [
        silent_link, swapped_texts, skipped_level, other_heading, lost_cell,
        header_of_nothing, two_header_rows, item_without_label,
        bullets_for_numbers, lost_note, lost_text,
        text_as_artifact, silent_figure, other_figure,
    ],
    "readers": [other_words],
}  # fmt: skip


def faults(check, tree, model):
    if check == "structure":
        return tree.faults
    if check == "reading":
        return list(reading.check(tree, model))
    return [*readers.check(tree), *readers.check_structure(tree)]


def unnoticed(path, model):
    """(name, [what is wrong]) of each mutation of a file that is right."""
    source = pdffile.File(path, streams=True)
    whole = json.dumps([source.objects, source.data])
    for check, mutations in ALL.items():
        for mutate in mutations:
            source.objects, source.data = json.loads(whole)
            source.root = source.objects[source.trailer["/Root"]]
            mutate(source)
            found = faults(check, tagged.Tree(source), model)
            name = mutate.__name__.replace("_", " ")
            yield f"{check} notices: {name}", [] if found else ["not noticed"]
