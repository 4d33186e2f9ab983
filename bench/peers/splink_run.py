#!/usr/bin/env python3
"""One run of Splink over DuckDB, from files to links and clusters on disk; a process of its own.

  splink_run.py {registries,historical} --out DIR NAME=FILE ...

Writes links.parquet (source_l, id_l, source_r, id_r, weight), clusters.parquet (source, id,
cluster) and run.json (records, pairs, seconds per stage) into DIR.
"""

import argparse
import importlib
import json
import logging
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import duckdb
from splink import DuckDBAPI, Linker

KEEP_PROBABILITY = 0.05  # registries.toml and historical_50k.toml: review
LINK_PROBABILITY = 0.95  # and link


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return connection.sql(f"select count(*) from {table}").fetchall()[0][0]


class StageClock:
    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.monotonic()
        yield
        self.stages[name] = time.monotonic() - begin


def side(deduplicate: bool, end: str) -> str:
    """A record's source and id as Splink's predictions name them; one source has no name column."""
    source = "''" if deduplicate else f"source_dataset{end}"
    return f"{source} as source{end}, unique_id{end} as id{end}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", choices=("registries", "historical"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    recipe = importlib.import_module(f"splink_{arguments.recipe}")
    logging.getLogger("splink").setLevel(logging.ERROR)
    arguments.out.mkdir(parents=True, exist_ok=True)
    clock = StageClock()
    connection = duckdb.connect()
    connection.execute(f"set temp_directory = '{arguments.out / 'spill'}'")
    api = DuckDBAPI(connection)

    with clock.stage("read and clean"):
        inputs = []
        for name, path in (file.split("=", 1) for file in arguments.files):
            connection.execute(f"create table {name} as {recipe.TABLES[name]} "
                               f"from read_csv('{path}', all_varchar = true, header = true)")
            inputs.append(api.register(name, dataset_display_name=name))
        records = sum(count(connection, file.split("=", 1)[0]) for file in arguments.files)
    linker = Linker(inputs, recipe.SETTINGS, log_level=logging.ERROR)
    with clock.stage("train"):
        recipe.train(linker)
    with clock.stage("block"):
        blocked = linker.inference.compute_blocked_pairs_for_predict()
        pairs = count(connection, blocked.physical_name)
    with clock.stage("score"):
        predictions = linker.inference.predict(threshold_match_probability=KEEP_PROBABILITY)
    with clock.stage("cluster"):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predictions, threshold_match_probability=LINK_PROBABILITY)
    with clock.stage("write"):
        alone = len(arguments.files) == 1
        connection.execute(
            f"copy (select {side(alone, '_l')}, {side(alone, '_r')}, match_weight as weight "
            f"from {predictions.physical_name}) to '{arguments.out}/links.parquet'")
        connection.execute(
            f"copy (select {side(alone, '')}, cluster_id as cluster "
            f"from {clusters.physical_name}) to '{arguments.out}/clusters.parquet'")
    facts = {"records": records, "pairs": pairs, "stages": clock.stages}
    (arguments.out / "run.json").write_text(json.dumps(facts, indent=2) + "\n")


if __name__ == "__main__":
    main()
