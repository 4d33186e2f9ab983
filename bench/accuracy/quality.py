#!/usr/bin/env python3
"""How far the quality that is expected without labels is from the true one: the table of docs/quality.md.

  bench/accuracy/quality.py --tessera build/release/cli/tessera [--data ../shared/data/linkage] [--only NAME ...] [--generated N]

Every labelled set is linked without a config. Truth: precision of the links, and their recall among the true pairs that share a
block. A set whose files are absent is told and left out.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from run import measure
from sets import SETS, LabelledSet


def generated(tessera: str, records: int, seed: int, folder: Path) -> LabelledSet:
    subprocess.run([tessera, "generate", "--records", str(records), "--seed", str(seed), "--out", str(folder)],
                   check=True, capture_output=True)
    return LabelledSet(f"generated, seed {seed}", tuple(str(folder / f"{name}.csv") for name in ("client", "social", "crvs")),
                       (str(folder / "truth.csv"),))


def cell(share: dict, true: float | None) -> str:
    if true is None:
        return "-"
    outside = "" if share["low"] <= true <= share["high"] else " **outside**"
    return f"{share['expected']:.3f} ({share['low']:.3f} to {share['high']:.3f}) | {true:.3f}{outside}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/linkage"))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--generated", type=int, default=0, help="also this many generated populations of 30,000")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is absent (the labelled sets are not part of the project)")
        return 0
    within = measured_shares = 0
    print("| set | links | precision expected | true | recall of what was compared, expected | true |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary)
        sets = [labelled for labelled in SETS if not arguments.only or labelled.name in arguments.only]
        sets += [generated(arguments.tessera, 30000, seed, out / f"people{seed}") for seed in range(1, arguments.generated + 1)]
        for labelled in sets:
            if not all((arguments.data / name).exists() for name in labelled.files + labelled.truth):
                print(f"{labelled.name}: files are absent")
                continue
            result = measure(labelled, arguments.tessera, arguments.data, out)
            if "failed" in result:
                print(f"{labelled.name}: {result['failed']}")
                continue
            quality = json.loads((out / labelled.name / "run.json").read_text())["result"]["quality"]
            links = result["told"]["pairs"]["at_link_threshold"]
            complete = result["told"]["blocking"]["pairs_completeness"]
            recall = min(1.0, links["recall"] / complete) if complete else None
            for share, true in ((quality["precision"], links["precision"]), (quality["recall"], recall)):
                if true is not None:
                    measured_shares += 1
                    within += share["low"] <= true <= share["high"]
            print(f"| {labelled.name} | {quality['links']:,} | {cell(quality['precision'], links['precision'])} | "
                  f"{cell(quality['recall'], recall)} |")
            sys.stdout.flush()
    print(f"\n{within} of {measured_shares} true shares lie within their interval.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
