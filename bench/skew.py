#!/usr/bin/env python3
"""Records of which nine in ten live in one village and one in five has one family name, beside the same without.

  bench/skew.py [SIZE] [--tessera PROGRAM] [--out DIR]

Three jobs over SIZE (1M) generated records: as generated, without a config; skewed, without a config; skewed, under the
config that was proposed for the records as generated: rules made for other data. Tells seconds, pairs compared and not
compared, and whether every record is in the crosswalk.
"""

import argparse
import csv
import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "peers"))

from measured import run_measured  # noqa: E402
from sets import PeerSet, parse_size, registries  # noqa: E402

SHARES = {"village": 0.92, "family_name": 0.2, "last_name": 0.2, "name_family": 0.2}
COLUMNS = ("job", "seconds", "processor s", "peak MB", "pairs compared", "pairs not compared", "records", "in the crosswalk")


def skew(file: Path, out: Path) -> None:
    """In each column of SHARES that share of the rows gets the value of the first row that has one."""
    draw = random.Random(7)
    with file.open(newline="") as source, out.open("w", newline="") as target:
        rows = csv.reader(source)
        header = next(rows)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        values: dict[int, str] = {}
        for row in rows:
            for c, name in enumerate(header):
                if name in SHARES and row[c]:
                    common = values.setdefault(c, row[c])
                    if draw.random() < SHARES[name]:
                        row[c] = common
            writer.writerow(row)


def link(tessera: str, files: dict[str, Path], out: Path, options: list[str]) -> list[str]:
    run = run_measured([tessera, "link", *options, *(f"{name}={path}" for name, path in files.items()),
                        "--out", str(out), "--quiet"])
    counts = json.loads((out / "run.json").read_text())["counts"]
    lost = sum(entry["pairs"] for entry in json.loads((out / "run.json").read_text())["not_compared"])
    with (out / "crosswalk.csv").open() as rows:
        crosswalk = sum(1 for _ in rows) - 1
    return [f"{run.elapsed_s:.2f}", f"{run.processor_s:.2f}", f"{run.peak_mb:.0f}", f"{counts['pairs_compared']:,}",
            f"{lost:,}", f"{counts['rows_kept']:,}", f"{crosswalk:,}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", type=parse_size, default=1_000_000)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--out", type=Path, default=Path("build/growth"))
    options = parser.parse_args()
    of: PeerSet = registries(options.tessera, options.size, options.out)
    with tempfile.TemporaryDirectory() as folder:
        skewed = {name: Path(folder) / path.name for name, path in of.files.items()}
        for name, path in of.files.items():
            skew(path, skewed[name])
        plain = Path(folder) / "plain"
        rows = [["as generated", *link(options.tessera, of.files, plain, [])],
                ["skewed", *link(options.tessera, skewed, Path(folder) / "skewed", [])],
                ["skewed, config of the first",
                 *link(options.tessera, skewed, Path(folder) / "kept", ["--config", str(plain / "job.toml")])]]
    print("\n".join("| " + " | ".join(row) + " |" for row in [list(COLUMNS), ["---"] * len(COLUMNS), *rows]))


if __name__ == "__main__":
    main()
