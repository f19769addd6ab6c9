#!/usr/bin/env python3
"""What a report costs, beside the floor, as one table.

usage: bench.py RAPPORTEUR FOLDER [ROWS...]

The SG20 report as it is (ROWS 0), and with Annex 2 grown to so many rows, is
built by RAPPORTEUR; FOLDER/floor then writes the words of that very PDF from
where they stand. The two take turns, so that both meet the same machine, and
FOLDER/measure measures each run. Times are the best and the median run's.
"""

import csv
import html
import os
import pathlib
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).parents[2] / "input" / "sg20-2025-12"
RUNS = {0: 21, 1000: 11, 10000: 5, 100000: 3}
WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">'
    r"(.*)</word>")
BOX = 1.107  # height of a word's box in Liberation Serif, in sizes
DEPTH = 0.216  # and of its part below the baseline


def grow(folder, rows):
    """Copy the report; its Annex 2 has that many rows (0: as it is).

    The tables grow alike: their rows come again, the name and the title with
    a number added. Counts stated in the text become counts taken.
    """
    shutil.copytree(SOURCE, folder)
    if not rows:
        return
    tables = {}
    for path in sorted((folder / "annexes").glob("annex-2-*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            tables[path] = list(csv.reader(file))
    real = sum(len(table) - 1 for table in tables.values())
    seen = done = 0
    for path, (head, *old) in tables.items():
        seen += len(old)
        take, done = rows * seen // real - done, rows * seen // real
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(head)
            for k in range(take):
                again, at = divmod(k, len(old))
                sg, name, title = old[at]
                if again:
                    name, title = f"{name}-{again}", f"{title} ({again})"
                out.writerow((sg, name, title))
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'\[\d+\](\(#[a-z0-9-]+ "rows"\))', r"[]\1", text)
        path.write_text(text, encoding="utf-8")


def feed(pdf, out):
    """The words of a PDF and where they stand, as floor.c reads them."""
    words = subprocess.Popen(["pdftotext", "-bbox", pdf, "-"],
                             stdout=subprocess.PIPE, encoding="utf-8")
    pages, height = 0, 841.89
    with open(out, "wb") as file:
        for line in words.stdout:
            if "<page " in line:
                pages += 1
                height = float(re.search(r'height="([\d.]+)"', line)[1])
                file.write(b"P")
            elif match := WORD.search(line):
                left, top, bottom = map(float, match.groups()[:3])
                size = round((bottom - top) / BOX)
                text = html.unescape(match[4]).encode("cp1252", "replace")
                base = height - bottom + DEPTH * size
                if left < 90 and re.fullmatch(rb"SG\d+", text):
                    file.write(b"R" + struct.pack("=f", base))
                file.write(b"W" + struct.pack("=fff", left, base, size))
                file.write(text + b"\0")
    if words.wait():
        sys.exit("bench: pdftotext failed")
    return pages


class Runs:
    """A command, run again and again."""

    def __init__(self, measure, command, output):
        self.command, self.output = [measure, *command], output
        self.cpu, self.wall, self.peak = [], [], []

    def run(self, keep=True):
        done = subprocess.run(self.command, stdout=subprocess.PIPE,
                              encoding="utf-8", check=False)
        if done.returncode:
            sys.exit(f"bench: exit status {done.returncode}: "
                     + " ".join(map(str, self.command)))
        if keep:
            cpu, wall, peak = map(float, done.stdout.split()[-3:])
            self.cpu.append(cpu)
            self.wall.append(wall)
            self.peak.append(peak / 1024)

    def columns(self):
        return "".join((
            f"{min(self.cpu):9.3f}{statistics.median(self.cpu):9.3f}",
            f"{min(self.wall):9.3f}{max(self.peak):8.1f}",
            f"{os.path.getsize(self.output) / 1000:10.1f}"))


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    sizes = [int(rows) for rows in sys.argv[3:]] or list(RUNS)
    head = "  cpu min   median     wall      MB        kB"
    print(f"{'rows':>7}{'pages':>7}{'runs':>5} {'':8}{head}  cpu/floor")
    best = {}
    with tempfile.TemporaryDirectory() as work:
        for rows in sizes:
            at = pathlib.Path(work, str(rows))
            grow(at, rows)
            pdf, low, words = at / "ours.pdf", at / "floor.pdf", at / "words"
            ours = Runs(folder / "measure", [program, "build", "-q",
                        at / "report.yaml", "-o", pdf], pdf)
            ours.run(keep=False)
            pages = feed(pdf, words)
            least = Runs(folder / "measure",
                         [folder / "floor", words, low], low)
            least.run(keep=False)
            runs = RUNS.get(rows, 3)
            for _ in range(runs):
                ours.run()
                least.run()
            best[rows] = min(ours.cpu), min(least.cpu)
            ratio = min(ours.cpu) / min(least.cpu)
            middle = (statistics.median(ours.cpu)
                      / statistics.median(least.cpu))
            print(f"{rows:7}{pages:7}{runs:5} ours    {ours.columns()}"
                  f"  {ratio:.2f} ({middle:.2f} by medians)")
            print(f"{'':19} floor   {least.columns()}", flush=True)
            shutil.rmtree(at)
    if 10000 in best and 100000 in best:
        growth = [many / few for many, few
                  in zip(best[100000], best[10000])]
        print("cpu from 10,000 to 100,000 rows: "
              "ours times {:.1f}, floor times {:.1f}".format(*growth))


if __name__ == "__main__":
    main()
