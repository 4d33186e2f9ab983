#!/usr/bin/env python3
"""Links every labelled set without a config and measures the result: the table of docs/accuracy.md.

  bench/accuracy/run.py --tessera build/release/cli/tessera [--data ../shared/data/linkage] [--only NAME ...] [--markdown]

Per set: pairs completeness, best and at-default pair F1, cluster-pair F1, B-cubed F1, seconds, peak memory. Seconds and
memory are those of `tessera link` as a whole (wait4). A set whose files are absent is told and left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sets import SETS, LabelledSet

COLUMNS = ("set", "records", "completeness", "best F1", "default F1", "ratio", "precision", "recall",
           "cluster F1", "B-cubed", "seconds", "peak MB")


def run_measured(command: list[str]) -> tuple[int, float, float, str]:
    """Exit code, seconds, peak MB and stderr of a command."""
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.monotonic() - begin
        errors.seek(0)
        return os.waitstatus_to_exitcode(status), elapsed, usage.ru_maxrss / 1000, errors.read()


def measure(labelled: LabelledSet, tessera: str, data: Path, out: Path) -> dict:
    folder = out / labelled.name
    command = [tessera, "link", *(str(data / name) for name in labelled.files), "--out", str(folder), "--quiet",
               "--max-rejected", "0.01"]
    for column in labelled.ignore:
        command += ["--ignore", column]
    code, elapsed, peak, errors = run_measured(command)
    if code != 0:
        return {"set": labelled.name, "failed": errors.strip().splitlines()[-1] if errors.strip() else f"exit {code}"}
    command = [tessera, "evaluate", str(folder), "--format", "json"]
    for name in labelled.truth:
        stem = Path(name).name.split(".")[0]
        many = len(labelled.truth) > 1
        command += ["--truth", f"{stem}={data / name}" if many else str(data / name)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        return {"set": labelled.name, "failed": result.stderr.strip()}
    told = json.loads(result.stdout)
    return {"set": labelled.name, "told": told, "seconds": elapsed, "peak MB": peak}


def number(value) -> str:
    return "-" if value is None else f"{value:.4f}"


def row_of(measured: dict) -> list[str]:
    told = measured["told"]
    best = (told["pairs"].get("best") or {}).get("f1")
    default = told["pairs"]["at_link_threshold"]
    ratio = default["f1"] / best if best and default["f1"] is not None else None
    return [measured["set"], f"{told['truth']['records']:,}", number(told["blocking"]["pairs_completeness"]), number(best),
            number(default["f1"]), number(ratio), number(default["precision"]), number(default["recall"]),
            number(told["clusters"]["f1"]), number(told["b_cubed"]["f1"]), f"{measured['seconds']:.2f}",
            f"{measured['peak MB']:.0f}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/linkage"))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep the results of the jobs in this folder")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is absent (the labelled sets are not part of the project)")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        out = arguments.keep or Path(temporary)
        if arguments.markdown:
            print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
        else:
            print(f"{COLUMNS[0]:24}" + "".join(f"{name:>13}" for name in COLUMNS[1:]))
        for labelled in SETS:
            if arguments.only and labelled.name not in arguments.only:
                continue
            if not all((arguments.data / name).exists() for name in labelled.files + labelled.truth):
                print(f"{labelled.name}: files are absent")
                continue
            measured = measure(labelled, arguments.tessera, arguments.data, out)
            if "failed" in measured:
                print(f"{labelled.name}: {measured['failed']}")
                continue
            cells = row_of(measured)
            if arguments.markdown:
                print("| " + " | ".join(cells) + " |")
            else:
                print(f"{cells[0]:24}" + "".join(f"{cell:>13}" for cell in cells[1:]))
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
