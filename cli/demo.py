#!/usr/bin/env python3
"""Shows what `tessera link` found: a golden record, a doubtful pair, the accuracy, the files.

Usage: demo.py RESULTS EVALUATION    (the job's folder; what `tessera evaluate --format json` printed)

It prints values of records, so it is meant for the invented people of `tessera generate` alone.
"""

import csv
import json
import sys
import tomllib
from pathlib import Path

FILES = {
    "golden.csv": "one row per person",
    "golden_provenance.csv": "the record that each golden value came from",
    "crosswalk.csv": "the person that each input record is",
    "links.csv": "the pairs that were linked, with their evidence",
    "review.csv": "the doubtful pairs, for a clerk to judge",
    "rejects.csv": "the rows that could not be used",
    "model.json": "the trained model: m and u of every level",
    "report.html": "all of this in charts: one page for any browser",
    "run.json": "counts, seconds and memory of every stage",
    "job.toml": "the whole job: change it and link again with --config",
}
MOST_COLUMNS = 60


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}")


def table(rows):
    """Prints rows of texts in aligned columns; long texts are cut."""
    rows = [[text[:MOST_COLUMNS] for text in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


class Job:
    """The job as the results' job.toml tells it: where the extracts are, and which column is what."""

    def __init__(self, results):
        with open(results / "job.toml", "rb") as file:
            job = tomllib.load(file)
        self.paths = {source["name"]: results / source["path"] for source in job["source"]}
        self.ids = {source["name"]: source["id"] for source in job["source"]}
        self.columns = {}
        for attribute in job["attribute"]:  # those made of others (first_of) stand behind them
            made_of = (self.columns[name] for name in attribute.get("first_of", []))
            self.columns[attribute["name"]] = attribute.get("columns", []) + [c for columns in made_of for c in columns]

    def record(self, source, record_id):
        """The record's attributes by canonical name, as its source wrote them."""
        row = next(row for row in read(self.paths[source]) if row[self.ids[source]] == record_id)
        return {
            name: next((row[column] for column in columns if row.get(column)), "")
            for name, columns in self.columns.items()
        }


def pick_entity(golden, provenance):
    """The entity to show: in every source, of a record more than that at most, its values from many of them."""
    most = max(int(row["sources"]) for row in golden)
    wanted = [row for row in golden if int(row["sources"]) == most and int(row["records"]) <= most + 1]
    return max(wanted or golden, key=lambda row: len({value["record_id"] for value in provenance[row["entity_id"]]}))


def show_golden(results):
    golden = list(read(results / "golden.csv"))
    provenance = {row["entity_id"]: [] for row in golden}
    for row in read(results / "golden_provenance.csv"):
        provenance[row["entity_id"]].append(row)
    chosen = pick_entity(golden, provenance)
    entity = chosen["entity_id"]
    heading(f"A golden record: {entity}")
    print(f"  joined from {chosen['records']} records of {chosen['sources']} sources:")
    joined = [row for row in read(results / "crosswalk.csv") if row["entity_id"] == entity]
    print("  " + ", ".join(f"{row['source']}:{row['record_id']}" for row in joined))
    rows = [("attribute", "value", "taken from", "because it is")]
    for row in provenance[entity]:
        origin = f"{row['source']}:{row['record_id']}"
        rows.append((row["attribute"], chosen[row["attribute"]], origin, row["rule"].replace("_", " ")))
    table(rows)


def show_doubt(results, job):
    pairs = list(read(results / "review.csv"))
    if not pairs:
        heading("No pair is in doubt")
        return
    pair = min(pairs, key=lambda pair: list(pair.values()).count("null"))  # the one with most to say
    names = [(pair[f"source_{side}"], pair[f"record_id_{side}"]) for side in "lr"]
    heading(f"A doubtful pair, one of {len(pairs):,}")
    probability, weight = float(pair["match_probability"]), float(pair["match_weight"])
    print(f"  one person with a probability of {probability:.2f} ({weight:.1f} bits)")
    left, right = (job.record(*name) for name in names)
    rows = [("attribute", *(":".join(name) for name in names), "agreement")]
    for name in job.columns:
        if left[name] or right[name]:
            rows.append((name, left[name], right[name], pair.get(name, "")))
    table(rows)


def show_accuracy(evaluation):
    heading("Held against the truth, which the generator wrote beside the registries")
    pairs, clusters = evaluation["pairs"]["at_link_threshold"], evaluation["clusters"]
    rows = [("", "precision", "recall", "F1")]
    measured = {"linked pairs": pairs, "pairs within persons": clusters, "records (B-cubed)": evaluation["b_cubed"]}
    for name, found in measured.items():
        rows.append((name, f"{found['precision']:.3f}", f"{found['recall']:.3f}", f"{found['f1']:.3f}"))
    table(rows)


def show_files(results):
    heading(f"The files, in {results}")
    table([(name, what) for name, what in FILES.items() if (results / name).exists()])


def main():
    results = Path(sys.argv[1])
    show_golden(results)
    show_doubt(results, Job(results))
    show_accuracy(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    show_files(results)


main()
