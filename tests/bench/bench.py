#!/usr/bin/env python3
"""What a report costs, beside the floor, Typst and groff, as one table.

usage: bench.py RAPPORTEUR FOLDER [ROWS...]

The SG20 report as it is (ROWS 0), and with Annex 2 grown to so many rows, is
built by RAPPORTEUR; FOLDER/floor then writes the words of that very PDF from
where they stand, and peers.py gives the same content to Typst and groff. All
take turns, so that they meet the same machine, and FOLDER/measure measures
each run. Then come the ratios and, where there is a budget, whether it is
kept. A peer that is not installed is left out, which is said.

Exit status 1 if PDFs do not hold the same words: then nothing was compared.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile

import content
import peers

SOURCE = pathlib.Path(__file__).parents[2] / "input" / "sg20-2025-12"
OPTIONS = ["--set", "report.attach=none"]  # the others embed nothing either
RUNS = {0: 21, 1000: 11, 10000: 5, 100000: 3}
PEER_RUNS = {0: 11, 1000: 5, 10000: 3, 100000: 1}
BUDGET = {  # cpu / floor, wall / Typst, MB, kB: each at most
    0: (3, 1 / 4, 20, 150),
    10000: (2.5, 1 / 12, 60, 1700),
    100000: (2.5, 1 / 25, 300, 17000)}
GROWTH = 11  # of cpu, from 10,000 rows to 100,000
TIMEOUT = 600  # s, of a run
WAITED = 1.15  # wall / cpu: who takes longer had no core for itself
TYPST_MB_A_ROW = 0.12  # somewhat more than it takes
INSTALL = {"Typst": "python3 -m pip install typst",
           "groff": "apt-get install groff fonts-urw-base35"}
BOX = 1.107  # height of a word's box in Liberation Serif, in sizes
DEPTH = 0.216  # and of its part below the baseline


def grow(folder, rows):
    """Copy the report; its Annex 2 has that many rows (0: as it is).

    The tables grow alike: the work items under study of each Question come
    again, key, number or name, and title with a number added.
    """
    shutil.copytree(SOURCE, folder)
    if not rows:
        return
    path = folder / "data" / "work-items.csv"
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        kept, tables = [], {}
        for row in reader:
            if row["status"] == "under study":
                tables.setdefault(row["question"], []).append(row)
            else:
                kept.append(row)
    real = sum(map(len, tables.values()))
    seen = done = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        out.writeheader()
        out.writerows(kept)
        for old in tables.values():
            seen += len(old)
            take, done = rows * seen // real - done, rows * seen // real
            for k in range(take):
                again, at = divmod(k, len(old))
                row = dict(old[at])
                if again:
                    name = "number" if row["number"] else "name"
                    row["id"] += f"-{again}"
                    row[name] += f"-{again}"
                    row["title"] += f" ({again})"
                out.writerow(row)


def feed(pdf, out):
    """The words of a PDF and where they stand, as floor.c reads them."""
    height = 841.89
    with open(out, "wb") as file:
        for word in content.bbox(pdf):
            if isinstance(word, float):
                height = word
                file.write(b"P")
                continue
            text, left, top, bottom = word
            size = round((bottom - top) / BOX)
            text = text.encode("cp1252", "replace")
            base = height - bottom + DEPTH * size
            if left < 90 and re.fullmatch(rb"SG\d+", text):
                file.write(b"R" + struct.pack("=f", base))
            file.write(b"W" + struct.pack("=fff", left, base, size))
            file.write(text + b"\0")


def available():
    """Memory that a program can have [MB]."""
    with open("/proc/meminfo", encoding="ascii") as file:
        text = file.read()
    return int(re.search(r"MemAvailable: +(\d+)", text)[1]) / 1024


class Runs:
    """A command, run again and again."""

    def __init__(self, measure, name, command, output, runs):
        self.name, self.output, self.runs = name, output, runs
        self.command = [measure, *command]
        self.cpu, self.wall, self.peak = [], [], []
        self.load = None  # the runs of what only loads it
        self.failed = ""  # why

    def run(self, keep=True):
        """Once; what takes too long is killed, with all that it started."""
        with subprocess.Popen(self.command, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding="utf-8",
                              start_new_session=True) as child:
            try:
                out, err = child.communicate(timeout=TIMEOUT)
            except BaseException as reason:
                os.killpg(child.pid, signal.SIGKILL)
                if not isinstance(reason, subprocess.TimeoutExpired):
                    raise
                self.failed = f"killed after {TIMEOUT} s"
                return
        if child.returncode:
            self.failed = " ".join((f"exit status {child.returncode}",
                                    *err.strip().splitlines()[-1:]))
        elif keep:
            cpu, wall, peak = map(float, out.split()[-3:])
            self.cpu.append(cpu)
            self.wall.append(wall)
            self.peak.append(peak / 1024)

    def must_run(self, keep=True):
        self.run(keep)
        if self.failed:
            sys.exit(f"bench: {self.name}: {self.failed}")

    def best(self):
        """CPU and wall time without loading, peak, kB."""
        times = [min(self.cpu), min(self.wall)]
        if self.load and not self.load.failed:
            times[0] -= min(self.load.cpu)
            times[1] -= min(self.load.wall)
        return *times, max(self.peak), os.path.getsize(self.output) / 1000

    def facts(self):
        """How many pages its PDF has, and whether it is tagged: yes, no."""
        text = subprocess.run(["pdfinfo", self.output], check=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL).stdout.decode()
        return (int(re.search(r"^Pages: +(\d+)", text, re.M)[1]),
                re.search(r"^Tagged: +(\w+)", text, re.M)[1])

    def line(self):
        pages, tagged = self.facts()
        *_, peak, size = self.best()
        return "".join((
            f"{len(self.cpu):5} {self.name:15}{pages:6}{tagged:>5}",
            f"{min(self.cpu):9.3f}{statistics.median(self.cpu):8.3f}",
            f"{min(self.wall):9.3f}{statistics.median(self.wall):8.3f}",
            f"{peak:9.1f}{size:10.1f}"))


class Bench:
    """The report with so many rows: us, the floor and the peers."""

    def __init__(self, program, folder, rows, at):
        self.rows, self.at, self.folder = rows, at, folder
        grow(at, rows)
        build = [program, "build", "-q", *OPTIONS, at / "report.yaml"]
        dump = subprocess.run([*build, "--dump", "model"], check=True,
                              stdout=subprocess.PIPE).stdout
        self.model = json.loads(dump)
        runs = RUNS.get(rows, 3)
        pdf, low = at / "ours.pdf", at / "floor.pdf"
        self.ours = self.runs("ours", [*build, "-o", pdf], pdf, runs)
        self.floor = self.runs(
            "floor", [folder / "floor", at / "words", low], low, runs)
        self.typst = self.load = self.untagged = self.groff = None

    def runs(self, name, command, output, runs):
        return Runs(self.folder / "measure", name, command, output, runs)

    def peer(self, name, command):
        """The PDF comes last in a peer's command."""
        return self.runs(name, command, command[-1],
                         PEER_RUNS.get(self.rows, 1))

    def set_up_peers(self):
        """Those that are installed, and for which there is room."""
        at = self.at
        peers.write(self.model, at)
        if peers.groff_version():
            self.groff = self.peer("groff", peers.groff(at, at / "groff.pdf"))
        if not peers.typst_version():
            return
        need = self.rows * TYPST_MB_A_ROW
        if need > available():
            print(f"Typst is left out: {self.rows:,} rows take it some "
                  f"{need:,.0f} MB, {available():,.0f} are available")
            return
        self.typst = self.peer("Typst", peers.typst(
            at, at / "typst.pdf", ["ua-1", "a-2a"]))
        if self.typst.runs > 1:
            self.untagged = self.peer("Typst, no tags", peers.typst(
                at, at / "untagged.pdf", []))
        if command := peers.typst_load():
            self.load = self.peer("Typst, loaded", command)
            for run in self.typst, self.untagged:
                if run:
                    run.load = self.load

    def take_turns(self):
        """All, after a run that warms them where more than one counts."""
        self.ours.must_run(keep=False)
        feed(self.ours.output, self.at / "words")
        self.floor.must_run(keep=False)
        others = [run for run in (self.load, self.typst, self.untagged,
                                  self.groff) if run]
        for run in others:
            if run.runs > 1:
                run.run(keep=False)
        for turn in range(self.ours.runs):
            self.ours.must_run()
            self.floor.must_run()
            for run in others:
                if turn < run.runs and not run.failed:
                    run.run()
        for run in others:
            if run.failed:
                print(f"{run.name} is left out: {run.failed}")

    def done(self, *runs):
        return [run for run in runs if run and not run.failed]

    def print_table(self):
        rows = f"{self.rows:7}"
        for run in self.done(self.ours, self.floor, self.typst,
                             self.untagged, self.groff):
            print(rows + run.line(), flush=True)
            rows = " " * 7

    def words_differ(self):
        """Says how many words differ, and which; are there any?"""
        wanted = content.Content(self.model)
        said, any_differ = [], False
        for run in self.done(self.ours, self.typst, self.groff):
            words = wanted.differing(run.output)
            some = "".join(f" {word!r}" for word in list(words)[:5])
            said.append(f"{run.name} {sum(words.values()):,}{some}")
            any_differ |= bool(words)
        print(f"{'':8}of {wanted.count():,} words and marks differ: "
              + ", ".join(said))
        return any_differ

    def print_ratios(self):
        if self.done(self.load):
            cpu, wall = min(self.load.cpu), min(self.load.wall)
            print(f"{'':8}Python takes {cpu:.3f} s cpu, {wall:.3f} s wall to "
                  "load Typst: not counted as Typst's below")
        waited = [run.name for run in self.done(
            self.ours, self.floor, self.typst, self.groff)
            if min(run.wall) > WAITED * min(run.cpu)]
        if waited:
            print(f"{'':8}BUSY: these waited for a core or the disk, their "
                  "wall times are too long: " + ", ".join(waited))
        ours = self.ours.best()
        for run in self.done(self.floor, self.typst, self.untagged,
                             self.groff):
            ratios = [a / b for a, b in zip(ours, run.best())]
            print(f"{'':8}ours / {run.name + ':':16}"
                  "cpu {:.3f}, wall {:.3f}, memory {:.3f}, bytes {:.3f}"
                  .format(*ratios))

    def print_budget(self):
        """Against the budget, which is for a tagged PDF; what of it is missed?

        For each limit: None where it was not measured.
        """
        if self.rows not in BUDGET:
            return []
        cpu, wall, peak, size = self.ours.best()
        cpu /= self.floor.best()[0]
        if self.done(self.typst):
            wall /= self.typst.best()[1]
        else:
            wall = None
        have = (("cpu / floor", cpu), ("wall / Typst", wall),
                ("memory, MB", peak), ("bytes, kB", size))
        missed = [print_limit(name, value, limit) for (name, value), limit
                  in zip(have, BUDGET[self.rows])]
        untagged = self.ours.facts()[1] == "no"
        if untagged:
            print(f"{'':8}budget: tagged             no, must be yes"
                  "              MISSED")
        return [*missed, untagged]


def print_limit(name, value, limit):
    """One line of the budget; is it missed? None if not measured."""
    if value is None:
        print(f"{'':8}budget: {name:13} not measured, at most {limit:.3f}")
        return None
    print(f"{'':8}budget: {name:13}{value:9.3f}, at most {limit:9.3f}"
          + ("" if value <= limit else "  MISSED"))
    return value > limit


def print_head():
    cores = sorted(os.sched_getaffinity(0))[:2]  # the budget is for two
    os.sched_setaffinity(0, cores)
    who = [f"{len(cores)} cores"]
    for name, version in (("Typst", peers.typst_version()),
                          ("groff", peers.groff_version())):
        who.append(version or f"without {name}: {INSTALL[name]} installs it")
    print("; ".join(who))
    print(f"{'rows':>7} runs {'':15} pages tags  cpu min  median wall min"
          "  median       MB        kB")


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    sizes = [int(rows) for rows in sys.argv[3:]] or list(RUNS)
    print_head()
    cpu, missed, differ = {}, [], False
    with tempfile.TemporaryDirectory() as work:
        for rows in sizes:
            bench = Bench(program, folder, rows, pathlib.Path(work, str(rows)))
            bench.set_up_peers()
            bench.take_turns()
            bench.print_table()
            differ |= bench.words_differ()
            bench.print_ratios()
            missed += bench.print_budget()
            cpu[rows] = bench.ours.best()[0]
            shutil.rmtree(bench.at)
    if 10000 in cpu and 100000 in cpu:
        print("from 10,000 rows to 100,000:")
        missed.append(print_limit(
            "cpu, times", cpu[100000] / cpu[10000], GROWTH))
    print(f"budget: {missed.count(False)} kept, {missed.count(True)} MISSED, "
          f"{missed.count(None)} not measured")
    if differ:
        sys.exit("bench: the PDFs differ in words: nothing was compared")


if __name__ == "__main__":
    main()
