#!/usr/bin/env python3
"""Runs an older `tessera` and this one in turn on the same registries: time, memory, same result.

Usage: compare.py OLD NEW [--records N] [--runs K] [--config JOB.toml] [--threads N]

The runs are interleaved, and who goes first changes from turn to turn, so that a slow spell of the
machine and a warm cache serve both alike. Reports the median and the range of each, the ratio of
new to old turn by turn, the ratio of peak memory, and whether both wrote the same bytes. A change
smaller than the range of the ratios says nothing.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SOURCES = ("client", "social", "crvs")
COMPARED = ("crosswalk.csv", "golden.csv", "links.csv", "review.csv")


@dataclass(frozen=True)
class Run:
    elapsed_s: float
    processor_s: float
    peak_mb: float


def run(program: str, arguments: list[str]) -> Run:
    """Ends with the program's message if it fails."""
    begin = time.monotonic()
    child = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    elapsed_s = time.monotonic() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"compare: {program} failed: {message.decode(errors='replace').strip()}")
    return Run(elapsed_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def link_arguments(options: argparse.Namespace, registries: Path, out: Path) -> list[str]:
    arguments = ["link", *(f"{name}={registries / name}.csv" for name in SOURCES),
                 "--out", str(out), "--quiet"]
    if options.config:
        arguments += ["--config", options.config]
    if options.threads:
        arguments += ["--threads", str(options.threads)]
    return arguments


def same_bytes(folder: Path, file: str) -> bool:
    return (folder / "old" / file).read_bytes() == (folder / "new" / file).read_bytes()


def line(name: str, runs: list[Run]) -> str:
    seconds = [run.elapsed_s for run in runs]
    memory = max(run.peak_mb for run in runs)
    processor_s = statistics.median(run.processor_s for run in runs)
    return (f"{name:<4} {statistics.median(seconds):8.3f} s  ({min(seconds):.3f} to "
            f"{max(seconds):.3f})  {processor_s:8.3f} s of processors  {memory:6.0f} MB")


def summary(old: list[Run], new: list[Run]) -> str:
    ratios = [b.elapsed_s / a.elapsed_s for a, b in zip(old, new)]
    processor = statistics.median(b.processor_s / a.processor_s for a, b in zip(old, new))
    memory = max(run.peak_mb for run in new) / max(run.peak_mb for run in old)
    return (f"new takes {statistics.median(ratios):.3f} of old's time "
            f"({min(ratios):.3f} to {max(ratios):.3f} turn by turn), "
            f"{processor:.3f} of its processor time and {memory:.3f} of its memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--records", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--config", help="a job for the registries; else each proposes its own")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    programs = {"old": options.old, "new": options.new}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registries = folder / "registries"
        run(options.new, ["generate", "--records", str(options.records), "--out", str(registries)])
        runs: dict[str, list[Run]] = {which: [] for which in programs}
        for turn in range(options.runs):
            for which in sorted(programs, reverse=turn % 2 == 0):
                arguments = link_arguments(options, registries, folder / which)
                runs[which].append(run(programs[which], arguments))
        print(f"{options.records:,} records, {options.runs} runs each, in turn")
        for which in ("old", "new"):
            print(line(which, runs[which]))
        print(summary(runs["old"], runs["new"]))
        differing = [file for file in COMPARED if not same_bytes(folder, file)]
        print("the results differ in " + ", ".join(differing) if differing
              else "the results are the same")


if __name__ == "__main__":
    main()
