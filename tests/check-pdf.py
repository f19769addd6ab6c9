"""Is the PDF what it claims to be, and does it read as the report?

usage: check-pdf.py [--accept | --long] [PATTERN]

The examples in input/ and the cases in tests/pdf, one small report for each
construct, are built for each standard, the examples also as they are. Of each
file it checks

claims     the XMP says what was asked for
valid      what veraPDF says of every standard that it claims
syntax     qpdf --check is silent
structure  each text is in the structure or an artifact; parents, parent tree,
           ids and links agree (tagged.py)
reading    the structure has the report's texts, in order, each once; headings,
           tables, lists and notes are whole (reading.py)
readers    poppler and MuPDF find all words of every page in order, and poppler
           the texts of the structure (readers.py)
golden     `pdfinfo -struct-text` is CASE.struct, as are languages and alternative
           texts, which it does not print; --accept rewrites it
notices    the checks find the faults that are put into a good file (mutations.py)

With --long it checks two long tables instead: one of 5,000 rows by all of
these, one of 100,000 by the second alone.

VERAPDF=off leaves the first out, VERAPDF=must fails where it cannot run.
"""

import concurrent.futures
import difflib
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

import mutations
import pdffile
import reading
import readers
import tagged

TESTS = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ["RAPPORTEUR"]
# What each standard is called, how it is asked for, its names in veraPDF.
STANDARDS = {
    "a-2a": (
        ["--standard", "ua-1,a-2a", "--set", "report.attach=none"],
        ["ua1", "2a"],
    ),
    "a-3a": (
        ["--standard", "ua-1,a-3a", "--set", "report.attach=data"],
        ["ua1", "3a"],
    ),
    "a-4f": (
        ["--standard", "ua-2,a-4f", "--set", "report.attach=sources"],
        ["ua2", "4f"],
    ),
}
# And as the report says: it has to claim one of these.
OWN = "own"
HOUSES = {"sg20-2025-12": ["plain", "modern"]}  # other styles of examples
LIMIT = 300  # seconds for a command
MOST = 42  # lines of a failure that are printed


class Case:
    """A report, options for it, its golden file.

    `own`: it is also built as it is; `whole`: it gets all checks.
    """

    def __init__(self, name, report, options=(), struct=None, own=False, whole=True):
        self.name, self.report, self.whole = name, report, whole
        self.options, self.struct = list(options), struct
        self.standards = [*STANDARDS, *([OWN] if own else [])]


def command(*words):
    """(exit status, all that it printed)."""
    done = subprocess.run(
        [str(word) for word in words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def cases(work):
    for report in sorted(TESTS.parent.glob("input/*/report.yaml")):
        name = report.parent.name
        yield Case(name, report, own=True)
        for house in HOUSES.get(name, []):
            yield Case(f"{name}-{house}", report, ["--profile", house])
        if (report.parent / "next.yaml").exists():
            yield Case(f"{name}-next", report.parent / "next.yaml")
    for report in sorted(TESTS.glob("pdf/*.yaml")):
        options = report.with_suffix(".args")
        words = options.read_text().split() if options.exists() else []
        words = [report.parent / w if "/" in w else w for w in words]
        struct = report.with_suffix(".struct")
        yield Case(report.stem, report, words, struct, own=report.stem == "least")
    yield Case("rows-1000", long_table(work, 1000))


def long_cases(work):
    yield Case("rows-5000", long_table(work, 5000))
    yield Case("rows-100000", long_table(work, 100000), whole=False)


def long_table(work, rows):
    """A report with a table of so many rows."""
    folder = work / f"rows-{rows}"
    folder.mkdir()
    lines = ["number,title,status"]
    lines += [f"Y.{i},Requirements of case {i},approved" for i in range(rows)]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n")
    (folder / "report.yaml").write_text(
        "report: {title: A long table, language: en}\n"
        "sections:\n  - title: The table\n    body:\n      - table:\n"
        "          columns:\n"
        "            - {key: number, title: No, header: row}\n"
        "            - {key: title, title: Title, width: 1fr}\n"
        "            - {key: status, title: Status}\n"
        "          rows: {file: rows.csv}\n"
    )
    return folder / "report.yaml"


def golden(case, tree, accept):
    """Is the structure, as pdfinfo reads it, what it was?"""
    lines = [*readers.structure(tree.file.path), "", *readers.unseen(tree)]
    # Later versions of poppler take a no-break hyphen for another one.
    have = "".join(f"{line}\n" for line in lines).replace("\u2011", "\u2010")
    wanted = case.struct.read_text() if case.struct.exists() else ""
    if have == wanted:
        return
    if accept:
        case.struct.write_text(have)
        return
    difference = difflib.unified_diff(
        wanted.splitlines(), have.splitlines(), case.struct.name, "now", lineterm=""
    )
    yield from itertools.islice(difference, 40)


def claims(file):
    """The standards that a file says it conforms to, as veraPDF calls them."""
    if "/Metadata" not in file.root:
        return []
    xmp = file.stream(file.root["/Metadata"]).decode()

    def said(name):
        found = re.search(rf"{name}(?:=[\"']|>)(\w+)", xmp)
        return found[1] if found else ""

    claimed = [f"ua{said('pdfuaid:part')}", said("pdfaid:part")]
    claimed[1] += said("pdfaid:conformance").lower()
    return claimed


def check_claims(file, standard):
    have = claims(file)
    wanted = [STANDARDS[standard][1]] if standard != OWN else []
    wanted = wanted or [flavours for _, flavours in STANDARDS.values()]
    if have not in wanted:
        yield f"claims {have}"


def model_of(case):
    words = ["build", "-q", *case.options, "--dump", "model", case.report]
    return json.loads(pdffile.run(PROGRAM, *map(str, words)))


def look(case, pdf, standard, accept):
    """(what, faults) for each check of a file but veraPDF's."""
    status, printed = command("qpdf", "--check", pdf)
    bad = status != 0 or "WARNING" in printed
    yield "syntax", printed.splitlines() if bad else []
    if not case.whole:
        return
    # The file has less than the model by --only, more by --changes-since.
    other = {"--only", "--changes-since"} & set(case.options)
    model = None if other else model_of(case)
    file = pdffile.File(str(pdf), streams=True)
    yield "claims", check_claims(file, standard)
    tree = tagged.Tree(file)
    yield "structure", tree.faults
    if tree.document:
        yield "reading", reading.check(tree, model)
        yield "readers", readers.check(tree)
        # Poppler 22 does not know the new elements of PDF 2.0.
        if "ua1" in claims(file):
            yield "pdfinfo", readers.check_structure(tree)
    if case.struct and standard == "a-2a":
        yield "golden", golden(case, tree, accept)
    if case.name == "tour" and standard == "a-2a":
        yield from mutations.unnoticed(str(pdf), model)


def examine(case, standard, pdf, accept):
    """Build a file and look at it: [(what, faults)], all of them as lists."""
    options = STANDARDS[standard][0] if standard != OWN else []
    words = ["build", "-q", *case.options, *options, "-o", pdf, case.report]
    try:
        status, printed = command(PROGRAM, *words)
        if status:
            return [("build", [f"exit status {status}", *printed.splitlines()])]
        return [(what, list(f)) for what, f in look(case, pdf, standard, accept)]
    except Exception:  # a file that cannot be read is a fault of that file
        return [("look", traceback.format_exc().splitlines()[-8:])]


class Count:
    """What passed and failed, said as the other suites do."""

    def __init__(self):
        self.passed = self.failed = 0

    def add(self, name, faults):
        if faults:
            self.failed += 1
            print(f"FAIL {name}")
            print("".join(f"  {fault}\n" for fault in faults[:MOST]), end="")
        else:
            self.passed += 1
            if os.environ.get("V"):
                print(f"ok {name}")


def validate(flavour, files):
    """{file: what veraPDF has against it}."""
    words = [TESTS / "verapdf.sh", flavour, *files]
    done = subprocess.run(list(map(str, words)), capture_output=True)
    faults, name = {str(file): ["veraPDF did not look at it"] for file in files}, None
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            name = line[5:]
            faults[name] = [] if line[0] == "P" else ["does not comply"]
        elif name:
            faults[name].append(line.strip())
    return faults


def validate_all(work, built, count):
    """All files, and one that claims nothing, by as many JVMs as there is room for."""
    none = work / "none.pdf"
    words = ["build", "-q", "--standard", "none", "-o", none]
    command(PROGRAM, *words, TESTS / "pdf/least.yaml")
    for flavour in built:
        built[flavour].append(none)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for flavour, found in zip(built, pool.map(validate, *zip(*built.items()))):
            refused = found.pop(str(none))[:1] == ["does not comply"]
            count.add(f"{flavour} refuses a file that claims nothing",
                [] if refused else ["it does not"])
            for file, faults in found.items():
                count.add(f"{pathlib.Path(file).stem} {flavour}", faults)


def verapdf(count):
    """Can it run, and should it?"""
    wanted = os.environ.get("VERAPDF", "")
    if wanted == "off":
        print("check-pdf: veraPDF is SKIPPED: VERAPDF=off")
        return False
    status, printed = command(TESTS / "verapdf.sh", "--fetch")
    print(printed, end="")
    if not status:
        return True
    print(
        "check-pdf: veraPDF is SKIPPED, nothing is validated: it needs Java and,"
        " once, Maven (.ci/setup validate)"
    )
    if wanted == "must":
        count.add("veraPDF", ["VERAPDF=must, but it cannot run"])
    return False


def examine_all(work, options, pattern, count):
    """{flavour: files to validate}, after all other checks."""
    jobs, built = [], {}
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for case in (long_cases if "--long" in options else cases)(work):
            for standard in case.standards if pattern in case.name else []:
                pdf = work / f"{case.name}.{standard}.pdf"
                job = pool.submit(examine, case, standard, pdf, "--accept" in options)
                jobs.append((case, standard, pdf, job))
        for case, standard, pdf, job in jobs:
            for what, faults in job.result():
                count.add(f"{case.name}.{standard} {what}", faults)
            if not case.whole or not pdf.exists():
                continue
            if standard == OWN:
                flavours = claims(pdffile.File(str(pdf), streams=True))
            else:
                flavours = STANDARDS[standard][1]
            for flavour in flavours:
                built.setdefault(flavour, []).append(pdf)
    return built


def main():
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    pattern = "".join(word for word in sys.argv[1:] if word not in options)
    count = Count()
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        built = examine_all(work, options, pattern, count)
        if built and verapdf(count):
            validate_all(work, built, count)
    for struct in TESTS.glob("pdf/*.struct"):
        if not struct.with_suffix(".yaml").exists():
            count.add(f"pdf/{struct.name}", ["belongs to no case"])
    print(f"check-pdf: {count.passed} passed, {count.failed} failed")
    return bool(count.failed)


if __name__ == "__main__":
    sys.exit(main())
