# A line on the terminal tells how far a long build is, and is gone at its end;
# none with -q, on a dumb terminal, in a file, or where it takes no second.
cat >r.yaml <<'Y'
report: {title: T, language: en, status-date: 2025-01-31}
body:
  - table: {columns: [{key: a, title: A}, {key: b, title: B}], rows: {file: r.csv}}
Y
awk 'BEGIN { print "a,b"; for (i = 0; i < 20000; i++) print "Y." i ",word " i " and " i * 7 }' >r.csv
sed '2,$d' r.yaml >short.yaml
exec python3 - <<'P'
import os, pty, re, signal, subprocess, sys, threading, time

try:
    os.close(pty.openpty()[1])
except OSError as why:
    sys.exit(print(why, file=sys.stderr) or 77)  # a bare chroot has no terminals
PROGRAM = os.environ["RAPPORTEUR"]
DRAWN = re.compile(r"\r  [a-z]+(: [\d,]+( of [\d,]+)? [a-z]+)?( \[#*-*\])?\x1b\[K")


def build(report, *options, term="xterm", slow=True, end=None, tty=True):
    """What a build writes; if slow, one that is held up for over a second."""
    master, slave = pty.openpty() if tty else os.pipe()
    child = subprocess.Popen(
        [PROGRAM, "build", report, "-o", f"{slave}.pdf", *options],
        env={**os.environ, "TERM": term, "NO_COLOR": "1"}, stderr=slave)
    os.close(slave)
    got = bytearray()

    def read():
        try:
            while part := os.read(master, 4096):
                got.extend(part)
        except OSError:
            pass

    reader = threading.Thread(target=read)
    reader.start()
    start = time.monotonic()
    while slow and time.monotonic() - start < 1.3:
        child.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        child.send_signal(signal.SIGCONT)
        time.sleep(0.005)
    while end and child.poll() is None and not b"pdf" in got:
        time.sleep(0.001)
    if end:
        child.send_signal(end)
    status = child.wait()
    reader.join()
    os.close(master)
    return status, got.decode()


def screen(text):
    """What a terminal shows in the end: each line by what overwrites it."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        seen = ""
        for part in line.split("\r"):
            part, erase, rest = part.partition("\x1b[K")
            seen = part + ("" if erase else seen[len(part):]) + rest
        lines.append(seen)
    return re.sub(" +", " ", re.sub(r"[\d.]+", "N", "\n".join(lines)))


runs = {
    "slow": (["r.yaml"], {}),
    "timed": (["r.yaml", "--timings"], {}),
    "ended": (["r.yaml"], {"end": signal.SIGTERM}),
    "wrong": (["r.yaml", "--limit", "output=50000"], {}),
    "quiet": (["r.yaml", "-q"], {}),
    "dumb": (["r.yaml"], {"term": "dumb"}),
    "file": (["r.yaml"], {"tty": False}),
    "short": (["short.yaml"], {"slow": False}),
}
results = {}


def run(name):
    args, options = runs[name]
    results[name] = build(*args, **options)


threads = [threading.Thread(target=run, args=(name,)) for name in runs]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name in runs:
    status, text = results[name]
    if name == "ended" and status == 0:
        status = -signal.SIGTERM  # it was faster
    print(name, status, "shown" if DRAWN.search(text) else "nothing")
    print(screen(text), end="")
    assert "\x1b" not in DRAWN.sub("", text).replace("\r\x1b[K", ""), text
assert any(match[2] and match[3]
           for match in DRAWN.finditer(results["slow"][1])), results["slow"]
P
