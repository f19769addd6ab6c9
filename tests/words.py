"""Which words of a report are not in its PDF's text, or not often enough?

usage: words.py MODEL.json TEXT    (--dump model; body_text of count.sh)

A line's end may cut a word, with or without a hyphen, so hyphens do not count
and a line's last word is also tried with the first of the next lines. Exit
status 1 if words are missing.
"""

import collections
import json
import re
import sys

import model as resolved
from model import bare

CONTENTS = re.compile(r"( \.){4,} \w+$")  # the heading itself must be there too
DATE = re.compile(r"\d{4}-\d\d-\d\d")  # not printed as in the model


def wanted_words(model):
    wanted = collections.Counter()
    for key, fact in model["report"].items():
        printed = isinstance(fact, str) and not DATE.fullmatch(fact)
        if printed and key not in ("language", "standard", "attach"):
            wanted.update(bare(fact).split())
    for tag, text in [*resolved.blocks(model), *resolved.notes(model)]:
        if tag == "Figure":  # not printed
            continue
        wanted.update(bare(text.replace(resolved.WORDS, " ")).split())
    return wanted


def printed_words(text, notes):
    """The words of the text, and what they may be parts or wholes of."""
    lines = [line for line in bare(text).splitlines() if not CONTENTS.search(line)]
    lines = [line.split() for line in lines if line.strip()]
    have = collections.Counter()
    for number, line in enumerate(lines):
        have.update(line)
        joined = line[-1]
        for after in lines[number + 1 : number + 8]:
            joined += after[0]
            have[joined] += 1
            if len(after) > 1:
                break
    # The model has no page numbers and no marks of footnotes.
    plain = collections.Counter()
    for word, times in have.items():
        if re.fullmatch(r"\d+\W+", word):
            plain[word.lstrip("0123456789")] += times
        mark = re.fullmatch(r"(.*\D)([1-9]\d{0,8})(\W*)", word)
        if mark and int(mark[2]) <= notes:
            plain[mark[1] + mark[3]] += times
    return have + plain


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        model = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        have = printed_words(file.read(), len(model.get("notes", [])))
    wanted = wanted_words(model)
    missing = {word for word, times in wanted.items() if have[word] < times}
    for word in sorted(missing):
        print(f"{word}: {have[word]} times, not {wanted[word]}")
    print(f"{sum(wanted.values())} words, {len(missing)} missing")
    return bool(missing)


sys.exit(main())
