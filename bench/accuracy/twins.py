#!/usr/bin/env python3
"""How often twins are made one: Tessera, and the same job without what tells relatives apart.

  bench/accuracy/twins.py --tessera build/release/cli/tessera [--records 100000] [--twins 0.026] [--seeds 3 4] [--json]

Registries are generated with that share of twin births (0.026: 2 % of the persons are twins) and linked without a config.
The false-merge rate is the share of twin pairs, both with a record, of whom some entity holds records of both.

The other matcher is the same engine, columns, blocking, comparisons and m and u, less its rules for relatives: plain
Fellegi-Sunter weights (no relations in the model), and connected components for clusters. Its threshold is chosen so that
the recall of its clusters is that of Tessera's, or the nearest below it: at a higher recall it would merge more.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path


class Truth:
    """Which records are one person, and which persons are twins."""

    def __init__(self, folder: Path):
        with open(folder / "truth.csv", newline="") as file:
            self.entity = {(row["source"], row["record_id"]): row["entity_id"] for row in csv.DictReader(file)}
        with open(folder / "twins.csv", newline="") as file:
            self.twins = [(row["entity_id"], row["twin_entity_id"]) for row in csv.DictReader(file)]
        self.pairs = pairs_within(Counter(self.entity.values()))

    def judge(self, label: dict) -> dict:
        """label: of every record, whichever names its cluster."""
        both = Counter((label[record], entity) for record, entity in self.entity.items())
        found = pairs_within(Counter(label.values()))
        true = pairs_within(both)
        clusters = defaultdict(set)
        for name, entity in both:
            clusters[entity].add(name)
        merged = sum(bool(clusters[one] & clusters[other]) for one, other in self.twins)
        precision, recall = true / max(found, 1), true / self.pairs
        return {"twin pairs": len(self.twins), "merged": merged, "rate": merged / max(len(self.twins), 1),
                "precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


def pairs_within(sizes: Counter) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def run(*command) -> None:
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"twins: {' '.join(map(str, command))}: {result.stderr.strip()}")


def crosswalk(folder: Path) -> dict:
    with open(folder / "crosswalk.csv", newline="") as file:
        return {(row["source"], row["record_id"]): row["entity_id"] for row in csv.DictReader(file)}


def without_relatives(model: dict) -> dict:
    """The model as plain Fellegi-Sunter: its m, u and priors, and no relations."""
    drop = {"relations", "relation_priors", "h"}

    def cut(value):
        if isinstance(value, dict):
            return {key: cut(inner) for key, inner in value.items() if key not in drop}
        return [cut(inner) for inner in value] if isinstance(value, list) else value

    return cut(model)


def links_of(folder: Path) -> list:
    """(weight, left, right), the strongest first."""
    links = []
    for name in ("links.csv", "review.csv"):
        with open(folder / name, newline="") as file:
            for row in csv.DictReader(file):
                links.append((float(row["match_weight"]), (row["source_l"], row["record_id_l"]),
                              (row["source_r"], row["record_id_r"])))
    return sorted(links, reverse=True)


def at_recall(truth: Truth, links: list, recall: float) -> dict:
    """Connected components of the strongest links, as many as reach but do not pass the recall."""
    parent = {record: record for record in truth.entity}
    members = {record: Counter([entity]) for record, entity in truth.entity.items()}
    true = 0

    def root(record):
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    weight = None
    for weight, left, right in links:
        a, b = root(left), root(right)
        if a == b:
            continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        gain = sum(count * members[a][entity] for entity, count in members[b].items())
        if (true + gain) / truth.pairs > recall:
            break
        true += gain
        members[a].update(members.pop(b))
        parent[b] = a
    return dict(truth.judge({record: root(record) for record in truth.entity}), threshold=weight)


def measure(tessera: str, records: int, twins: float, seed: int, folder: Path) -> dict:
    data = folder / "in"
    run(tessera, "generate", "--records", records, "--seed", seed, "--twins", twins, "--out", data)
    sources = [data / f"{name}.csv" for name in ("client", "social", "crvs")]
    run(tessera, "link", *sources, "--out", folder / "out", "--quiet")
    truth = Truth(data)
    ours = truth.judge(crosswalk(folder / "out"))
    model = folder / "plain.json"
    model.write_text(json.dumps(without_relatives(json.loads((folder / "out" / "model.json").read_text()))))
    job = folder / "out" / "plain.toml"
    wanted = 'thresholds = { link = "30 bits", review = "-4 bits" }'
    job.write_text("\n".join(wanted if line.startswith("thresholds") else line
                             for line in (folder / "out" / "job.toml").read_text().splitlines()) + "\n")
    run(tessera, "link", "--config", job, "--model", model, "--out", folder / "plain", "--quiet")
    plain = at_recall(truth, links_of(folder / "plain"), ours["recall"])
    return {"seed": seed, "tessera": ours, "without": plain}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--twins", type=float, default=0.026)
    parser.add_argument("--seeds", type=int, nargs="*", default=[3, 4])
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.json:
        print("| seed | matcher | twin pairs | merged | rate | cluster precision | recall | F1 |\n" + "|---" * 8 + "|")
    for seed in arguments.seeds:
        with tempfile.TemporaryDirectory() as temporary:
            told = measure(arguments.tessera, arguments.records, arguments.twins, seed, Path(temporary))
        if arguments.json:
            print(json.dumps(told))
            continue
        for matcher in ("tessera", "without"):
            row = told[matcher]
            print(f"| {seed} | {matcher} | {row['twin pairs']:,} | {row['merged']:,} | {row['rate']:.4f} | "
                  f"{row['precision']:.4f} | {row['recall']:.4f} | {row['f1']:.4f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
