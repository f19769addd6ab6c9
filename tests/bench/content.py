"""Do PDFs hold the same words? Each is held against the resolved report.

Words are runs of letters and digits, and each other mark, so that it does not
matter where lines end; their order does not count, since tools cut the cells
of a row apart in different ways.
"""

import collections
import html
import re
import subprocess
import sys
import unicodedata

from peers import MASTHEAD

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">'
    r"(.*)</word>")


def bbox(pdf):
    """The words of a PDF: (text, left, top, bottom); a page as its height."""
    words = subprocess.Popen(["pdftotext", "-bbox", pdf, "-"],
                             stdout=subprocess.PIPE, encoding="utf-8")
    for line in words.stdout:
        if "<page " in line:
            yield float(re.search(r'height="([\d.]+)"', line)[1])
        elif match := WORD.search(line):
            yield html.unescape(match[4]), *map(float, match.groups()[:3])
    if words.wait():
        sys.exit("bench: pdftotext failed")


def tokens(text):
    return TOKEN.findall(unicodedata.normalize("NFKC", text))


def texts(model):
    """Every text that is printed once, but for the heads of tables."""
    for name, key in MASTHEAD:
        if key in model["report"]:
            yield name
            yield model["report"][key]
    todo = [model[key] for key in ("body", "sections", "annexes", "after")]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo.extend(value)
        elif isinstance(value, str):
            yield value
        else:
            for key in ("label", "title", "subtitle", "text", "caption"):
                yield value.get(key, "")
            todo.extend(value.get(key, []) for key in (
                "body", "sections", "items", "rows", "after"))


def heads(value):
    """The titles of the columns of all tables."""
    if isinstance(value, list):
        for item in value:
            yield from heads(item)
    elif isinstance(value, dict):
        yield from value.get("columns", [])
        for key in ("body", "sections", "annexes", "items", "after"):
            yield from heads(value.get(key, []))


class Content:
    """What a PDF of the model must hold."""

    def __init__(self, model):
        self.words, self.heads = collections.Counter(), collections.Counter()
        for text in texts(model):
            self.words.update(tokens(text))
        for text in heads(model):
            self.heads.update(tokens(text))

    def count(self):
        return sum(self.words.values()) + sum(self.heads.values())

    def differing(self, pdf):
        """Words that the PDF has too few or too many of.

        A page repeats the heads of its tables and prints its number.
        """
        have, pages = collections.Counter(), 0
        for word in bbox(pdf):
            if isinstance(word, float):
                pages += 1
            else:
                have.update(tokens(word[0]))
        wanted = self.words + self.heads
        wrong = wanted - have
        for word, n in (have - wanted).items():
            if word.isdecimal() and 1 < int(word) <= pages:
                n -= 1
            elif word == "-":
                n -= min(n, 2 * (pages - 1))
            elif word in self.heads:
                n = 0
            wrong[word] += n
        return +wrong
