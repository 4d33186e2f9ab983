"""The programs compared: how each is run on a set, and where it leaves what is judged."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from evaluation import Evaluation, Quality
from measured import Measured, run_measured
from sets import HERE, PeerSet

LINK_BITS = 4.247927513443585  # log2(0.95 / 0.05): the link threshold of both


@dataclass(frozen=True)
class Facts:
    records: int
    pairs: int
    stages: dict[str, float]  # seconds


@dataclass(frozen=True)
class Peer:
    name: str
    run: Callable[[PeerSet, Path], Measured]
    facts: Callable[[Path], Facts]
    judge: Callable[[PeerSet, Path], Quality]


def _named(files: dict[str, Path]) -> list[str]:
    return [f"{name}={path}" for name, path in files.items()]


def _run_splink(of: PeerSet, out: Path) -> Measured:
    return run_measured([sys.executable, str(HERE / "splink_run.py"), of.recipe, "--out", str(out),
                         *_named(of.files)])


def _splink_facts(out: Path) -> Facts:
    told = json.loads((out / "run.json").read_text())
    return Facts(told["records"], told["pairs"], told["stages"])


def _judge_splink(of: PeerSet, out: Path) -> Quality:
    return Evaluation(f"from '{out}/links.parquet'", f"from '{out}/clusters.parquet'", of.truth,
                      len(of.files) == 1).quality(LINK_BITS)


def _tessera_facts(out: Path) -> Facts:
    told = json.loads((out / "run.json").read_text())
    stages = {stage["stage"]: stage["elapsed_s"] for stage in told["machine"]["stages"]}
    return Facts(told["counts"]["rows_kept"], told["counts"]["pairs_compared"], stages)


def _judge_tessera(of: PeerSet, out: Path) -> Quality:
    alone = len(of.files) == 1
    read = "read_csv({}, all_varchar = true, header = true, union_by_name = true)"
    left, right, source = ("''", "''", "''") if alone else ("source_l", "source_r", "source")
    links = (f"select {left} as source_l, record_id_l as id_l, {right} as source_r, "
             f"record_id_r as id_r, match_weight::double as weight from "
             + read.format(f"['{out}/links.csv', '{out}/review.csv']"))
    clusters = (f"select {source} as source, record_id as id, entity_id as cluster from "
                + read.format(f"'{out}/crosswalk.csv'"))
    return Evaluation(links, clusters, of.truth, alone).quality(LINK_BITS)


def splink() -> Peer:
    return Peer("Splink", _run_splink, _splink_facts, _judge_splink)


def _tessera(name: str, program: str, options: Callable[[PeerSet], list[str]]) -> Peer:
    def run(of: PeerSet, out: Path) -> Measured:
        return run_measured([program, "link", *options(of), "--out", str(out), "--quiet",
                             *_named(of.files)])

    return Peer(name, run, _tessera_facts, _judge_tessera)


def tessera(program: str) -> Peer:
    return _tessera("Tessera", program, lambda of: ["--config", str(of.job)])


def proposed(program: str) -> Peer:
    """Without a config: more rules, more comparisons, and Tessera's own thresholds."""
    return _tessera("Tessera, no config", program, lambda of: [])
