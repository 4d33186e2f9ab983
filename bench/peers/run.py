#!/usr/bin/env python3
"""Runs Splink and Tessera in turn on the same files under the same job, and judges both alike.

  bench/peers/run.py [SIZE ...] [--runs K]

SIZE is the number of records of generated registries, as 100k, 1M, 10M. historical_50k and the
string distances (RapidFuzz) come with every call unless --only-registries. `./run peers` sets up
what is needed. Splink takes some 19 GB and 15 minutes for 10M. Written to --out: peers.md and
peers.json.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from kernels import kernel_times
from peers import Peer, proposed, splink, tessera
from report import PeerResult, as_json, markdown
from sets import PeerSet, historical, parse_size, registries


def compare(of: PeerSet, peers: list[Peer], runs: int) -> list[PeerResult]:
    """Interleaved: each peer once, then each again, so that a slow spell meets both."""
    with tempfile.TemporaryDirectory() as name:
        folders = {peer.name: Path(name) / peer.name for peer in peers}
        measured = {peer.name: [] for peer in peers}
        for turn in range(runs):
            for peer in peers:
                # Into an empty folder: what replacing old results costs is not the peer's.
                shutil.rmtree(folders[peer.name], ignore_errors=True)
                measured[peer.name].append(peer.run(of, folders[peer.name]))
                run = measured[peer.name][-1]
                print(f"{of.name}, run {turn + 1} of {runs}: {peer.name} {run.elapsed_s:.2f} s "
                      f"({run.processor_s:.2f} s of processors), {run.peak_mb:.0f} MB",
                      file=sys.stderr)
        return [PeerResult(of.name, peer.name, measured[peer.name], peer.facts(folders[peer.name]),
                           peer.judge(of, folders[peer.name])) for peer in peers]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=parse_size, metavar="SIZE")
    parser.add_argument("--runs", type=int, default=3, help="of each program on each set")
    parser.add_argument("--only-registries", action="store_true")
    parser.add_argument("--proposed", action="store_true",
                        help="also Tessera without a config, as it proposes its own job")
    parser.add_argument("--tessera", default="build/bench/cli/tessera")
    parser.add_argument("--distance-bench", default="build/bench/bench/distance_bench")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/linkage"))
    parser.add_argument("--out", type=Path, default=Path("build/peers"))
    options = parser.parse_args()

    sets = [registries(options.tessera, size, options.out) for size in options.sizes or [100_000]]
    if not options.only_registries:
        labelled = historical(options.data)
        if labelled:
            sets.append(labelled)
        else:
            print(f"historical_50k is left out: not in {options.data}", file=sys.stderr)
    peers = [splink(), tessera(options.tessera)]
    if options.proposed:
        peers.append(proposed(options.tessera))
    results = [compare(of, peers, options.runs) for of in sets]
    kernels = [] if options.only_registries else kernel_times(options.distance_bench)

    text = markdown(results, kernels)
    print(text, end="")
    (options.out / "peers.md").write_text(text)
    (options.out / "peers.json").write_text(json.dumps(as_json(results, kernels), indent=2) + "\n")


if __name__ == "__main__":
    main()
