#!/usr/bin/env python3
"""Runs an older `tessera` and this one in turn on the same registries: seconds, memory, same result.

Usage: compare.py OLD NEW [--records N] [--runs K]

The runs are interleaved (old, new, old, new, …), so that a machine that slows down slows both. Reports
the median and the range of each, the ratio of the medians, and whether both wrote the same bytes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCES = ("client", "social", "crvs")
COMPARED = ("crosswalk.csv", "golden.csv", "links.csv", "review.csv")


def run(program, arguments):
    """Wall seconds and peak memory in MB of one run; ends with its message if it fails."""
    begin = time.monotonic()
    child = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"compare: {program} failed: {message.decode(errors='replace').strip()}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def link(program, registries, out):
    files = [f"{name}={registries / name}.csv" for name in SOURCES]
    return run(program, ["link", *files, "--out", str(out), "--quiet"])


def line(name, runs):
    seconds = [run[0] for run in runs]
    memory = max(run[1] for run in runs)
    return (f"{name:<4} {statistics.median(seconds):8.3f} s  ({min(seconds):.3f} to {max(seconds):.3f})"
            f"  {memory:8.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--records", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registries = folder / "registries"
        run(options.new, ["generate", "--records", str(options.records), "--out", str(registries)])
        programs = {"old": options.old, "new": options.new}
        runs = {which: [] for which in programs}
        for _ in range(options.runs):
            for which, program in programs.items():
                runs[which].append(link(program, registries, folder / which))
        print(f"{options.records:,} records, {options.runs} runs each, in turn")
        for which in programs:
            print(line(which, runs[which]))
        median = {which: statistics.median(run[0] for run in runs[which]) for which in programs}
        print(f"new takes {median['new'] / median['old']:.3f} of old's time")
        differing = [file for file in COMPARED
                     if (folder / "old" / file).read_bytes() != (folder / "new" / file).read_bytes()]
        print("the results differ in " + ", ".join(differing) if differing else "the results are the same")


main()
