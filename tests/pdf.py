"""Do outline, contents, links, names and labels of a PDF say where things are?

usage: pdf.py FILE.pdf [MODEL.json DEPTH [NUMBER]]    (--dump model; of the contents)

NUMBER is how the profile prints the number of all pages but the first, as a pattern.
Prints what is wrong, then how many there are of each. Without a model only
links and labels are looked at: for a part of a report. Needs qpdf, pdftotext.
"""

import json
import re
import sys

from pdffile import File, run


def bare(text):
    """Without blanks and hyphens, which line ends add or take."""
    return re.sub("[-\u00ad\\s]", "", text)


def headings(sections, level=1):
    """(level, id, "1.1 Title") of every heading of the model, in order."""
    for one in sections:
        title = f"{one['label']} {one['title']}".strip()
        yield level, one["id"], title
        yield from headings(one["sections"], level + 1)


def ids(value):
    """Every id of the model."""
    if isinstance(value, dict):
        if value.get("id"):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from ids(item)


def outline(entries, level=1):
    for entry in entries:
        yield level, entry["title"], entry["destpageposfrom1"]
        yield from outline(entry["kids"], level + 1)


class Pdf(File):
    def __init__(self, path):
        super().__init__(path)
        self.outline = list(outline(self.dump["outlines"]))
        text = run("pdftotext", "-raw", path, "-").split("\f")
        self.text = text[: len(self.pages)]
        self.names = {}
        if "/Names" in self.root:
            self.read_names(self.get(self.get(self.root["/Names"])["/Dests"]))

    def read_names(self, node):
        leaf = self.get(node.get("/Names", []))
        for name, dest in zip(leaf[::2], leaf[1::2]):
            self.names[name[2:]] = self.page_of(self.get(dest))
        for kid in node.get("/Kids", []):
            self.read_names(self.get(kid))

    def page_of(self, dest):
        """The number, from 1, of the page that a destination names."""
        if isinstance(dest, str):
            return self.names.get(dest[2:])
        return self.pages.index(dest[0]) + 1 if dest[0] in self.pages else None

    def links(self):
        for number, page in enumerate(self.pages, 1):
            for link in self.get(self.objects[page].get("/Annots", [])):
                yield number, self.get(link)

    def labels(self):
        """What each page is called; decimal numbers only."""
        nums = self.get(self.get(self.root["/PageLabels"])["/Nums"])
        called = []
        for first, end, style in zip(
            nums[::2], nums[2::2] + [len(self.pages)], nums[1::2]
        ):
            start = self.get(style).get("/St", 1)
            called += [start + i for i in range(end - first)]
        return called


def check_outline(pdf, wanted):
    have = [(level, title) for level, title, _ in pdf.outline]
    if have != [(level, title) for level, _, title in wanted]:
        yield f"the outline has {have}"
    for _, title, page in pdf.outline:
        if page is None or bare(title) not in bare(pdf.text[page - 1]):
            yield f"{title!r} is not on page {page}, where the outline leads"


def check_contents(pdf, depth):
    """The numbers of the contents are those to which the outline leads."""
    found = re.findall(r"^((?:.*\n)??.*?)(?: ?\.){4,} (\d+)$", "\n".join(pdf.text), re.M)
    wanted = [one for one in pdf.outline if one[0] <= depth]
    if len(found) != len(wanted):
        yield f"{len(found)} lines of contents, not {len(wanted)}"
    for (_, title, page), (text, number) in zip(wanted, found):
        if not bare(text).endswith(bare(title)[-20:]):
            yield f"the contents have {text!r} for {title!r}"
        if int(number) != page:
            yield f"the contents have {number} for {title!r}, on page {page}"


def check_links(pdf):
    for number, link in pdf.links():
        action = pdf.get(link.get("/A"))
        if action and action["/S"] == "/URI":
            if not re.match("u:(https?|mailto):", action["/URI"]):
                yield f"page {number}: a link to {action['/URI']}"
        elif not pdf.page_of(pdf.get((action or link).get("/D", link.get("/Dest")))):
            yield f"page {number}: a link that leads nowhere: {link}"


def check_labels(pdf, pattern):
    for number, label in enumerate(pdf.labels(), 1):
        if number == 1 and pattern:
            continue
        printed = (pattern or r"^Page NUMBER of \d+$").replace("NUMBER", str(label))
        if not re.search(printed, pdf.text[number - 1], re.M):
            yield f"page {number} is called {label}, but prints something else"


def check_model(pdf, path, depth):
    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    wanted = list(headings(model["sections"] + model["annexes"]))
    yield from check_outline(pdf, wanted)
    yield from check_contents(pdf, depth)
    for name in ids(model):
        if not pdf.names.get(name):
            yield f"no destination is called {name}"


def main():
    pdf = Pdf(sys.argv[1])
    faults = list(check_links(pdf)) + list(check_labels(pdf, sys.argv[4] if len(sys.argv) > 4 else ""))
    if len(sys.argv) > 2:
        faults += check_model(pdf, sys.argv[2], int(sys.argv[3]))
    for fault in faults:
        print(fault)
    title = run("pdfinfo", sys.argv[1]).split("\n")[0].split(":", 1)[1].strip()
    print(f"{title} ({pdf.root['/Lang'][2:]})")
    inner = sum("/Dest" in link for _, link in pdf.links())
    outer = len(list(pdf.links())) - inner
    pages = ", ".join(str(label) for label in pdf.labels())
    print(f"pages {pages}")
    print(f"{len(pdf.outline)} headings, {len(pdf.names)} names")
    print(f"{inner} links inside, {outer} out, {len(faults)} faults")


main()
