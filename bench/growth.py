#!/usr/bin/env python3
"""How cost grows with the number of records: a table, a plot, and what a fitted power law foretells.

  bench/growth.py [SIZE ...] [--runs K] [--out DIR]

SIZE as 10k, 1M. Each size is linked without a config, as a user would, from three generated
registries, with two threads and with one in turn; the median of the runs is told. Written to --out:
growth.md, growth.json and growth.svg. `./run growth` sets up what is needed.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).parent / "peers"))

from measured import Measured, run_measured  # noqa: E402
from sets import PeerSet, parse_size, registries, size_text  # noqa: E402

SIZES = ("10k", "30k", "100k", "300k", "1M", "3M", "10M")
COLUMNS = ("records", "candidate pairs", "pairs a record", "seconds", "µs a record", "1 → 2 threads", "peak MB",
           "bytes a record", "cluster F1")


@dataclass(frozen=True)
class Size:
    records: int
    pairs: int
    two: list[Measured]  # runs with two threads
    one: list[Measured]  # and with one
    cluster_f1: float
    stages: dict[str, float]

    @property
    def elapsed_s(self) -> float:
        return median(run.elapsed_s for run in self.two)

    @property
    def speed_up(self) -> float:
        return median(run.elapsed_s for run in self.one) / self.elapsed_s

    @property
    def peak_mb(self) -> float:
        return max(run.peak_mb for run in self.two)


def link_command(of: PeerSet, tessera: str, out: str) -> list[str]:
    files = (f"{name}={path}" for name, path in of.files.items())
    return [tessera, "link", *files, "--out", out, "--quiet"]


def cluster_f1(of: PeerSet, tessera: str, out: str) -> float:
    told = subprocess.run([tessera, "evaluate", out, "--truth", str(of.truth), "--no-blocking", "--format", "json"],
                          check=True, capture_output=True, text=True).stdout
    return json.loads(told)["clusters"]["f1"]


def measure(of: PeerSet, tessera: str, runs: int) -> Size:
    """One thread and two in turn, so that a slow spell of the machine meets both."""
    measured: dict[int, list[Measured]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(runs):
            for threads in (1, 2) if turn % 2 == 0 else (2, 1):
                measured[threads].append(
                    run_measured([*link_command(of, tessera, folder), "--threads", str(threads)]))
                run = measured[threads][-1]
                print(f"{of.name}, {threads} thread(s): {run.elapsed_s:.2f} s, {run.peak_mb:.0f} MB",
                      file=sys.stderr)
        told = json.loads((Path(folder) / "run.json").read_text())
        f1 = cluster_f1(of, tessera, folder)
    return Size(told["counts"]["rows_kept"], told["counts"]["pairs_compared"], measured[2], measured[1], f1,
                {stage["stage"]: stage["elapsed_s"] for stage in told["machine"]["stages"]})


def under_ceiling(of: PeerSet, tessera: str, ceiling_mib: int) -> str:
    """A job held to a ceiling: it must stay under it, and write the same bytes as a free one."""
    with tempfile.TemporaryDirectory() as free, tempfile.TemporaryDirectory() as held:
        without = run_measured(link_command(of, tessera, free))
        run = run_measured([*link_command(of, tessera, held), "--memory", f"{ceiling_mib}M"])
        spilled_mb = json.loads((Path(held) / "run.json").read_text())["machine"]["spilled_bytes"] / 1e6
        for file in ("crosswalk.csv", "golden.csv", "golden_provenance.csv", "links.csv", "review.csv"):
            if (Path(free) / file).read_bytes() != (Path(held) / file).read_bytes():
                sys.exit(f"growth: {file} differs under --memory {ceiling_mib}M")
    if run.peak_mb > ceiling_mib * 1.048576:
        sys.exit(f"growth: {run.peak_mb:.0f} MB under --memory {ceiling_mib}M")
    return (f"{of.name} with `--memory {ceiling_mib}M`: {run.elapsed_s:.2f} s and {run.peak_mb:.0f} MB, {spilled_mb:.0f} MB "
            f"of it put on disk meanwhile; without {without.elapsed_s:.2f} s and {without.peak_mb:.0f} MB; the same bytes.")


def power_law(x: list[float], y: list[float]) -> tuple[float, float]:
    """a and b of y = a x^b, by least squares of the logarithms."""
    logs = [(math.log(p), math.log(q)) for p, q in zip(x, y)]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
    b = sum((p - mean_x) * (q - mean_y) for p, q in logs) / sum((p - mean_x) ** 2 for p, _ in logs)
    return math.exp(mean_y - b * mean_x), b


def table(sizes: list[Size]) -> str:
    rows = [COLUMNS, ["---"] * len(COLUMNS)]
    for size in sizes:
        rows.append([f"{size.records:,}", f"{size.pairs:,}", f"{size.pairs / size.records:.1f}",
                     f"{size.elapsed_s:.2f}", f"{size.elapsed_s / size.records * 1e6:.1f}", f"{size.speed_up:.2f}",
                     f"{size.peak_mb:.0f}", f"{size.peak_mb * 1e6 / size.records:.0f}", f"{size.cluster_f1:.4f}"])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def laws(sizes: list[Size]) -> str:
    """Fitted where the constant cost of a start no longer shows."""
    large = [size for size in sizes if size.records >= 100_000]
    if len(large) < 3:
        return "Too few sizes of 100 k and more to fit a law."
    records = [size.records for size in large]
    lines = []
    for name, unit, values in (("seconds", "s", [size.elapsed_s for size in large]),
                               ("peak memory", "MB", [size.peak_mb for size in large]),
                               ("candidate pairs", "", [size.pairs for size in large])):
        a, b = power_law(records, values)
        told = ", ".join(f"{size_text(n) if n < 10**9 else '1 bn'}: {a * n**b:,.0f} {unit}".rstrip()
                         for n in (100_000_000, 1_000_000_000))
        lines.append(f"- {name} grow as records^{b:.2f}; so continued, {told}")
    return "\n".join(lines)


def plot(sizes: list[Size], path: Path) -> None:
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "tessera"
    import matplotlib.pyplot as plt
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    records = [size.records for size in sizes]
    for panel, title, values in zip(panels, ("seconds", "peak memory, MB", "candidate pairs"),
                                    ([size.elapsed_s for size in sizes], [size.peak_mb for size in sizes],
                                     [size.pairs for size in sizes])):
        panel.loglog(records, values, "o-", color="black", markersize=4)
        panel.loglog(records, [values[-1] * n / records[-1] for n in records], ":", color="gray",
                     label="in proportion to the records")
        panel.set_title(title, fontsize=10)
        panel.set_xlabel("records")
        panel.grid(True, which="major", color="0.9")
    panels[0].legend(fontsize=8, frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", default=SIZES, metavar="SIZE")
    parser.add_argument("--runs", type=int, default=3, help="with each number of threads; one from 3 M on")
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--out", type=Path, default=Path("build/growth"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sizes = []
    for records in map(parse_size, options.sizes):
        of = registries(options.tessera, records, options.out)
        sizes.append(measure(of, options.tessera, options.runs if records < 3_000_000 else 1))
    text = f"{table(sizes)}\n\n{laws(sizes)}\n"
    if 1_000_000 in [size.records for size in sizes]:
        text += "\n" + under_ceiling(registries(options.tessera, 1_000_000, options.out), options.tessera, 512) + "\n"
    print(text, end="")
    (options.out / "growth.md").write_text(text)
    (options.out / "growth.json").write_text(json.dumps([asdict(size) for size in sizes], indent=2) + "\n")
    plot(sizes, options.out / "growth.svg")


if __name__ == "__main__":
    main()
