#!/usr/bin/env python3
"""How well long commands say how long they still take: runs them on a terminal of their own and reads their bars.

  bench/eta.py [--tessera build/release/cli/tessera] [--records 1000000] [--runs 1] [--only NAME ...] [--stages]

NAME is one of link, train, evaluate, profile, generate, find, match, load, plan, apply, learn, labels, import, exchange; all unless
told. They build on each other in this order, so what a later one needs of an earlier one is made unwatched where that is left out.
Of every bar drawn after a fifth of a run: the end that it foretells (seconds gone + seconds left) against the end as it was. A
command may be several runs, one after the other (an import, then a job); each has a bar that begins anew.
Prints per run the seconds, when the first sign of life was seen, the worst and the median error after a fifth, and the share of bars
within 30 %; with --stages, the seconds of each stage, by which the expected ones are set.
"""

import argparse
import csv
import os
import pty
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

BAR = re.compile(rb"\[[#.]{24}\](?:\033\[0m)? (.+?)(?: (\d+)/(\d+))?, (?:(\d+) %, (.+?) left|[^\r]*? so far)(?=[\r\n]|$)")
LEFT = re.compile(rb"(?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s)?")
NAMES = ("link", "train", "evaluate", "profile", "generate", "find", "match", "load", "plan", "apply", "learn", "labels", "import",
         "exchange")


def seconds_of(text: bytes) -> int:
    hours, minutes, seconds = (int(part or 0) for part in LEFT.match(text).groups())
    return hours * 3600 + minutes * 60 + seconds


STOOD_STILL_S = 3.0  # a bar is drawn four times a second: where none comes for so long, the program was stopped


class Run:
    """Bars of one run: stages numbered upwards."""

    def __init__(self, begin: float):
        self.begin = begin
        self.end = begin
        self.number = 0
        self.bars = []  # (seconds gone, seconds left)
        self.stages = []  # (name, begin)
        self.stood_still_s = 0.0


def watch(command: list[str]) -> tuple[float, float, list[Run]]:
    """Seconds of the command, seconds to its first byte, and its runs."""
    screen, line = pty.openpty()
    begin = time.monotonic()
    process = subprocess.Popen(command, stderr=line, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"})
    os.close(line)
    first = None
    runs = []
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:
            break
        if not part:
            break
        now = time.monotonic() - begin
        first = now if first is None else first
        if runs and now - runs[-1].end > STOOD_STILL_S:
            runs[-1].stood_still_s += now - runs[-1].end
        for bar in BAR.finditer(part):
            name, number = bar.group(1).decode(), int(bar.group(2) or 1)
            known = runs[-1].stages[-1][0] if runs else None
            if not runs or number < runs[-1].number or (number == runs[-1].number and name != known):
                if runs:
                    runs[-1].end = now
                runs.append(Run(now))
            run = runs[-1]
            if number != run.number:
                run.stages.append((name, now))
            run.number = number
            run.end = now
            if bar.group(5):
                run.bars.append((now, seconds_of(bar.group(5))))
    if process.wait() not in (0, 1):
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    end = time.monotonic() - begin
    if runs:
        runs[-1].end = end
    return end, first or 0.0, runs


def report(name: str, run: Run, stages: bool) -> None:
    seconds = run.end - run.begin
    # Whole seconds rounded up: half of one is taken off, and is no error.
    errors = [(gone + left - 0.5 - run.end) / seconds for gone, left in run.bars if gone - run.begin >= 0.2 * seconds]
    if not errors:
        print(f"{name}: {seconds:.1f} s; no bar after a fifth", flush=True)
    else:
        within = sum(abs(error) <= 0.3 for error in errors) / len(errors)
        print(f"{name}: {seconds:.1f} s; {len(errors)} bars after a fifth: end foretold within "
              f"{100 * max(map(abs, errors)):.0f} % at worst, {100 * statistics.median(map(abs, errors)):.0f} % in the median; "
              f"{100 * within:.0f} % of them within 30 %", flush=True)
    if run.stood_still_s > 0:
        print(f"  (it stood still for {run.stood_still_s:.0f} s: not to be counted)", flush=True)
    if stages:
        ends = [begin for _, begin in run.stages[1:]] + [run.end]
        print("  " + ", ".join(f"{of} {end - begin:.2f} s" for (of, begin), end in zip(run.stages, ends)), flush=True)


class Commands:
    """The command lines, and what must have been done before each."""

    def __init__(self, tessera: str, registries: Path, folder: Path, records: int):
        self.tessera, self.registries, self.folder, self.records = tessera, registries, folder, records
        self.made = set()
        self.files = [f"{name}={registries / name}.csv" for name in ("client", "social", "crvs")]

    def quietly(self, *words: str) -> None:
        subprocess.run([self.tessera, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def need(self, *names: str) -> None:
        for name in names:
            if name not in self.made:
                self.quietly(*self.words(name))
                self.made.add(name)

    def store(self) -> str:
        path = self.folder / "people.tessera"
        if not path.exists():
            self.quietly("registry", "init", str(path), *self.files)
        return str(path)

    def labels(self) -> str:
        """Verdicts: the first thousand links are matches."""
        path = self.folder / "labels.csv"
        with open(self.folder / "out" / "links.csv", newline="", encoding="utf-8") as links, \
                open(path, "w", encoding="utf-8") as file:
            file.write("record,other_record,verdict\n")
            for row, _ in zip(csv.DictReader(links), range(1000)):
                file.write(f"{row['source_l']}:{row['record_id_l']},{row['source_r']}:{row['record_id_r']},match\n")
        return str(path)

    def queries(self) -> str:
        """A few thousand names to look for."""
        path = self.folder / "queries.txt"
        with open(self.registries / "client.csv", newline="", encoding="utf-8") as people, open(path, "w", encoding="utf-8") as file:
            for row, _ in zip(csv.DictReader(people), range(20000)):
                file.write(f"{row['given_name']} {row['family_name']}\n")
        return str(path)

    def words(self, name: str) -> list[str]:
        out = str(self.folder / "out")
        if name == "link":
            return ["link", *self.files, "--out", out]
        if name == "train":
            return ["train", *self.files, "--out", str(self.folder / "model.json")]
        if name == "evaluate":
            self.need("link")
            return ["evaluate", out, "--truth", str(self.registries / "truth.csv")]
        if name == "profile":
            return ["profile", *self.files]
        if name == "generate":
            return ["generate", "--records", str(self.records), "--out", str(self.folder / "again")]
        if name == "find":
            self.need("link")
            return ["find", out, "--queries", self.queries(), "--count", "1"]
        if name == "match":
            self.need("link")
            return ["match", out, "--csv", str(self.registries / "crvs.csv"), "--count", "1"]
        if name == "load":
            return ["registry", "load", "--store", self.store(), *self.files]
        if name in ("plan", "apply", "learn"):
            self.need("load" if name != "learn" else "apply")
            return {"plan": ["plan"], "apply": ["apply"], "learn": ["registry", "learn"]}[name] + ["--store", self.store()]
        if name == "labels":
            self.need("link")
            return ["train", *self.files, "--labels", self.labels(), "--out", str(self.folder / "labelled.json")]
        if name == "import":
            return ["import", "list", str(self.registries / "client.csv"), "--out", str(self.folder / "import"), "--dates", "ymd",
                    "--max-rejected", "1"]
        if name == "exchange":
            self.need("apply", "import")
            return ["exchange", "client-to-openimis", f"client=canonical:{self.folder}/import", "--to", "social", "--out",
                    str(self.folder / "enrol"), "--store", self.store()]
        raise SystemExit(f"no command {name}; there are {', '.join(NAMES)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=NAMES, metavar="NAME")
    parser.add_argument("--registries", type=Path, help="client.csv, social.csv, crvs.csv, truth.csv made before")
    parser.add_argument("--stages", action="store_true", help="print how long each stage took")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.registries or Path(temporary) / "registries"
        if not arguments.registries:
            subprocess.run([arguments.tessera, "generate", "--records", str(arguments.records), "--out", str(folder)],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        commands = Commands(arguments.tessera, folder.absolute(), Path(temporary), arguments.records)
        for name in arguments.only:
            for _ in range(arguments.runs if name not in ("load", "apply") else 1):
                seconds, first, runs = watch([arguments.tessera, *commands.words(name)])
                commands.made.add(name)
                print(f"{name}: {seconds:.1f} s in all, first sign of life after {first:.2f} s", flush=True)
                for run in runs:
                    report(f"  {name}", run, arguments.stages)


if __name__ == "__main__":
    main()
