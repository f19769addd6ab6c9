"""The structure of a tagged PDF, and what is wrong with it as such."""

import pdffile

# Elements that are part of a text, not a text of their own.
INLINE = {"Span", "Link", "Reference", "Em", "Strong", "Code", "Quote", "Annot", "Sub"}


class Element:
    """A structure element: `kids` are elements and Content, in order."""

    def __init__(self, tree, reference, parent):
        self.reference, self.parent = reference, parent
        self.dict = tree.file.get(reference)
        self.own_tag = self.dict["/S"][1:]
        self.tag = tree.roles.get(self.own_tag, self.own_tag)
        self.attributes = {}
        for attributes in tree.file.list(self.dict.get("/A")):
            found = tree.file.get(attributes)
            self.attributes.update(found if isinstance(found, dict) else {})
        self.kids = []

    def string(self, key):
        value = self.dict.get(key)
        return None if value is None else pdffile.text_of(value)

    def walk(self):
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def elements(self, *tags):
        found = [kid for kid in self.kids if isinstance(kid, Element)]
        return [kid for kid in found if not tags or kid.tag in tags]

    def contents(self):
        """All content of it and of what is below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            else:
                yield from kid.contents()

    def text(self):
        return "".join(content.text for content in self.contents())

    def __str__(self):
        path = f"{self.parent} > " if self.parent and self.parent.parent else ""
        return f"{path}{self.tag}"


class Content:
    """What a page shows of an element, or an annotation (`object`) of it."""

    def __init__(self, text="", glyphs="", annotation=None):
        self.text, self.glyphs, self.object = text, glyphs, annotation


class Tree:
    """The whole; `faults` says what is wrong with it."""

    def __init__(self, file):
        self.file, self.faults = file, []
        fonts = {}
        self.pages = {page: pdffile.Page(file, page, fonts) for page in file.pages}
        self.texts, self.glyphs = {}, {}  # of (page, mcid)
        for page, content in self.pages.items():
            number = file.pages.index(page) + 1
            self.faults += [f"page {number}: {fault}" for fault in content.faults]
            for mcid in content.mcids:
                self.texts[page, mcid] = self.glyphs[page, mcid] = ""
            for shown in content.shown:
                if shown.mark and shown.mark.mcid is not None:
                    key = page, shown.mark.mcid
                    self.texts[key] += shown.text
                    self.glyphs[key] += shown.glyphs
        self.owners, self.elements = {}, {}
        self.top = file.get(file.root.get("/StructTreeRoot"))
        if not self.top:
            self.faults.append("there is no structure")
            self.document = None
            return
        roles = file.get(self.top.get("/RoleMap", {}))
        self.roles = {key[1:]: value[1:] for key, value in roles.items()}
        kids = file.list(self.top.get("/K"))
        if len(kids) != 1:
            self.faults.append(f"the structure has {len(kids)} roots")
        self.document = self.read(kids[0], file.root["/StructTreeRoot"], None)
        self.check()

    def read(self, reference, above, parent):
        element = Element(self, reference, parent)
        if reference in self.elements:
            self.faults.append(f"{element} stands twice in the structure")
        self.elements[reference] = element
        if element.dict.get("/P") != above:
            self.faults.append(f"{element}: its parent is not where it stands")
        page = element.dict.get("/Pg")
        for kid in self.file.list(element.dict.get("/K")):
            element.kids.append(self.kid(kid, reference, element, page))
        return element

    def kid(self, kid, reference, element, page):
        if isinstance(kid, int):
            return self.content(page, kid, reference, element)
        part = self.file.get(kid)
        page = part.get("/Pg", page)
        if part.get("/Type") == "/MCR":
            return self.content(page, part["/MCID"], reference, element)
        if part.get("/Type") == "/OBJR":
            key = part["/Obj"]
            if key in self.owners:
                self.faults.append(f"{element}: an annotation of two elements")
            self.owners[key] = reference
            return Content(annotation=self.file.get(key))
        return self.read(kid, reference, element)

    def content(self, page, mcid, reference, element):
        key = page, mcid
        if key in self.owners:
            self.faults.append(f"{element}: content {mcid} of two elements")
        if key not in self.texts:
            self.faults.append(f"{element}: there is no content {mcid}")
        self.owners[key] = reference
        return Content(self.texts.get(key, ""), self.glyphs.get(key, ""))

    def check(self):
        self.check_catalog()
        self.check_parents()
        for reference, value in self.file.objects.items():
            element = isinstance(value, dict) and "/S" in value and "/P" in value
            if element and "/K" in value and reference not in self.elements:
                self.faults.append(f"element {reference} is out of the structure")
        ids = [e.string("/ID") for e in self.document.walk() if "/ID" in e.dict]
        if len(ids) != len(set(ids)):
            self.faults.append("an ID is given twice")
        for element in self.document.walk():
            if not element.kids and element.tag not in ("TD", "TH", "Figure"):
                self.faults.append(f"{element}: nothing in it")

    def check_catalog(self):
        root = self.file.root
        if self.file.get(root.get("/MarkInfo", {})).get("/Marked") is not True:
            self.faults.append("the file does not say that it is tagged")
        if not root.get("/Lang"):
            self.faults.append("the file has no language")
        shows = self.file.get(root.get("/ViewerPreferences", {}))
        if shows.get("/DisplayDocTitle") is not True:
            self.faults.append("readers show the file's name, not its title")

    def check_parents(self):
        """The parent tree and what is in the structure are the same."""
        entries = list(self.file.number_tree(self.top["/ParentTree"]))
        numbers = [number for number, _ in entries]
        if numbers != sorted(set(numbers)):
            self.faults.append("the parent tree is not in order")
        if numbers and self.top.get("/ParentTreeNextKey", 1 << 31) <= numbers[-1]:
            self.faults.append("the next key of the parent tree is taken")
        parents, found = dict(entries), {}
        for number, page in enumerate(self.file.pages, 1):
            value = self.file.get(page)
            if value.get("/Tabs") != "/S":
                self.faults.append(f"page {number}: tabs do not follow the structure")
            listed = self.file.get(parents.pop(value.get("/StructParents"), []))
            for mcid, owner in enumerate(listed):
                if owner is not None:
                    found[page, mcid] = owner
            for annotation in self.file.get(value.get("/Annots", [])):
                key = self.file.get(annotation).get("/StructParent")
                if key in parents:
                    found[annotation] = parents.pop(key)
                else:
                    self.faults.append(f"page {number}: a link out of the structure")
        if parents:
            self.faults.append(f"the parent tree knows more: {sorted(parents)}")
        for key in found.keys() | self.owners.keys() | self.texts.keys():
            have = found.get(key)
            if have is None or have != self.owners.get(key):
                self.faults.append(f"{key}: the parent tree has {have}")

    def artifacts(self):
        """(page, subtype, text) of what is no part of the structure."""
        for number, page in enumerate(self.file.pages, 1):
            for shown in self.pages[page].shown:
                if shown.text and shown.mark and shown.mark.artifact:
                    yield number, shown.mark.subtype, shown.text
