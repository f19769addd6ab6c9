"""The objects of a PDF and what its pages show, read by way of qpdf."""

import base64
import json
import re
import subprocess

TOKEN = re.compile(
    rb"(?P<space>[\s\0]+|%[^\r\n]*)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<string>\()|/(?P<name>[^\s\0/<>\[\](){}%]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?=[\s\0/<>\[\](){}%]|$))"
    rb"|(?P<operator>[^\s\0/<>\[\](){}%]+)"
)
IN_STRING = re.compile(rb"[()]|\\(?:[0-7]{1,3}|\r\n|.)", re.S)
ESCAPES = dict(zip(b"nrtbf", b"\n\r\t\b\f"))


def run(*command):
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def text_of(value):
    """A text string as qpdf's JSON has it."""
    if value.startswith("u:"):
        return value[2:]
    data = bytes.fromhex(value[2:])
    return data.decode("utf-16" if data[:2] == b"\xfe\xff" else "latin-1")


class File:
    def __init__(self, path, streams=False):
        """Without `streams` only their dictionaries are read."""
        more = ["--json-stream-data=inline", "--decode-level=all"] if streams else []
        dump = json.loads(run("qpdf", "--json=2", *more, path))
        objects = dump["qpdf"][1]
        self.path = path
        self.header = dump["qpdf"][0]["pdfversion"]
        self.objects = {}
        self.data = {}
        for key, part in objects.items():
            if not key.startswith("obj:"):
                continue
            stream = part.get("stream", {})
            self.objects[key[4:]] = part.get("value", stream.get("dict"))
            if "data" in stream:
                self.data[key[4:]] = stream["data"]
        self.trailer = objects["trailer"]["value"]
        self.root = self.objects[self.trailer["/Root"]]
        self.pages = [page["object"] for page in dump["pages"]]
        self.dump = dump

    def get(self, value):
        """What a reference stands for; anything else is itself."""
        return self.objects.get(value, value) if isinstance(value, str) else value

    def stream(self, reference):
        return base64.b64decode(self.data[reference])

    def list(self, value):
        """An array, or one thing in place of it, as a list."""
        value = self.get(value)
        return value if isinstance(value, list) else [] if value is None else [value]

    def number_tree(self, value):
        """(number, value) of each leaf, in order."""
        node = self.get(value)
        nums = self.get(node.get("/Nums", []))
        yield from zip(nums[::2], nums[1::2])
        for kid in self.get(node.get("/Kids", [])):
            yield from self.number_tree(kid)


def literal(data, at):
    """A string in round brackets from `at` on, and where it ends."""
    out, depth = bytearray(), 1
    while True:
        part = IN_STRING.search(data, at)
        out += data[at : part.start()]
        at = part.end()
        found = part[0]
        if found[:1] != b"\\":
            depth += 1 if found == b"(" else -1
            if not depth:
                return bytes(out), at
            out += found
        elif found[1:2].isdigit():
            out.append(int(found[1:], 8) & 255)
        elif found[1] in ESCAPES:
            out.append(ESCAPES[found[1]])
        elif found[1:] not in (b"\n", b"\r", b"\r\n"):
            out += found[1:]


def operations(data):
    """(operator, operands): names as "/Name", strings as bytes."""
    stack, at = [[]], 0
    while at < len(data):
        token = TOKEN.match(data, at)
        at = token.end()
        kind, value = token.lastgroup, token[token.lastgroup]
        if kind == "open":
            stack.append([])
        elif kind == "close":
            done = stack.pop()
            pairs = dict(zip(done[::2], done[1::2])) if value == b">>" else done
            stack[-1].append(pairs)
        elif kind == "hex":
            digits = re.sub(rb"\s", b"", value).decode()
            stack[-1].append(bytes.fromhex(digits + "0" * (len(digits) % 2)))
        elif kind == "string":
            value, at = literal(data, at)
            stack[-1].append(value)
        elif kind == "name":
            stack[-1].append("/" + value.decode())
        elif kind == "number":
            stack[-1].append(float(value) if b"." in value else int(value))
        elif kind == "operator":
            yield value.decode(), stack[0]
            stack = [[]]


def unicode_map(data):
    """What the codes of a font stand for, by its ToUnicode."""
    codes = {}

    def number(code):
        return int.from_bytes(code, "big")

    for operator, operands in operations(data):
        if operator == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2]):
                codes[number(code)] = text.decode("utf-16-be")
        elif operator == "endbfrange":
            for first, last, text in zip(*[iter(operands)] * 3):
                for i in range(number(last) - number(first) + 1):
                    if isinstance(text, list):
                        codes[number(first) + i] = text[i].decode("utf-16-be")
                    else:
                        more = (number(text) + i).to_bytes(len(text), "big")
                        codes[number(first) + i] = more.decode("utf-16-be")
    return codes


class Shown:
    """A text of a page, or a fill: `start` counts where texts were moved to.

    `glyphs` is what its glyphs stand for, where something else replaces it.
    """

    def __init__(self, mark, text, glyphs, start):
        self.mark, self.text, self.glyphs, self.start = mark, text, glyphs, start


class Mark:
    """A marked content sequence."""

    def __init__(self, tag, properties, outer):
        self.outer = outer
        self.artifact = tag == "/Artifact" or bool(outer and outer.artifact)
        self.subtype = properties.get("/Subtype") or properties.get("/Type")
        self.mcid = properties.get("/MCID", outer.mcid if outer else None)
        self.actual = properties.get("/ActualText")
        self.has_mcid = "/MCID" in properties


class Page:
    """The content of a page: what it shows, and what is wrong with its marks."""

    def __init__(self, file, reference, fonts):
        self.file, self.fonts = file, fonts
        self.dict = file.get(reference)
        self.resources = file.get(self.dict.get("/Resources", {}))
        self.shown, self.faults, self.mcids = [], [], []
        contents = self.dict.get("/Contents", [])
        parts = contents if isinstance(contents, list) else [contents]
        self.mark, self.font, self.starts = None, {}, 0
        for operator, operands in operations(b"\n".join(map(file.stream, parts))):
            self.take(operator, operands)
        if self.mark:
            self.faults.append("a mark is not closed")

    def properties(self, value):
        if isinstance(value, dict):
            return value
        found = self.file.get(self.resources.get("/Properties", {})).get(value, {})
        return self.file.get(found)

    def take(self, operator, operands):
        if operator in ("BDC", "BMC"):
            properties = self.properties(operands[1]) if operator == "BDC" else {}
            self.open(Mark(operands[0], properties, self.mark))
        elif operator == "EMC" and not self.mark:
            self.faults.append("EMC without a mark")
        elif operator == "EMC":
            self.mark = self.mark.outer
        elif operator == "Tf":
            self.font = self.font_of(operands[0])
        elif operator in ("Td", "TD", "Tm", "T*", "BT"):
            self.starts += 1
        elif operator in ("Tj", "TJ", "'", '"'):
            pieces = operands[-1] if operator == "TJ" else [operands[-1]]
            self.show(b"".join(p for p in pieces if isinstance(p, bytes)))
        elif operator in ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"):
            self.add("", "")

    def open(self, mark):
        self.mark = mark
        if mark.has_mcid:
            if mark.outer and mark.outer.mcid is not None:
                self.faults.append(f"MCID {mark.mcid} within {mark.outer.mcid}")
            if mark.artifact:
                self.faults.append(f"MCID {mark.mcid} within an artifact")
            if mark.mcid in self.mcids:
                self.faults.append(f"MCID {mark.mcid} twice")
            self.mcids.append(mark.mcid)
        if mark.actual is not None:
            self.add(mark.actual.decode("utf-16"), "")

    def font_of(self, name):
        reference = self.file.get(self.resources["/Font"])[name]
        if reference not in self.fonts:
            font = self.file.get(reference)
            self.fonts[reference] = unicode_map(self.file.stream(font["/ToUnicode"]))
        return self.fonts[reference]

    def show(self, codes):
        text = ""
        for code in zip(codes[::2], codes[1::2]):
            glyph = code[0] << 8 | code[1]
            if glyph not in self.font:
                self.faults.append(f"glyph {glyph} stands for nothing")
            text += self.font.get(glyph, "\ufffd")
        mark = self.mark
        while mark and mark.actual is None:
            mark = mark.outer
        # What replaces it was taken when its mark was opened.
        self.add("" if mark else text, text)

    def add(self, text, glyphs):
        marked = self.mark and (self.mark.artifact or self.mark.mcid is not None)
        if not marked:
            self.faults.append(f"neither in the structure nor an artifact: {text!r}")
        self.shown.append(Shown(self.mark, text, glyphs, self.starts))
