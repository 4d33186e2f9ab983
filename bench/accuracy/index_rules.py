#!/usr/bin/env python3
"""What the index finds beside exact rules, at no more candidate pairs: a table of docs/index.md.

  bench/accuracy/index_rules.py --tessera build/release/cli/tessera [--data ../shared/data/linkage] [--only NAME ...]

Per set the job is the one that Tessera proposes, with other blocking rules:
  rules   those that Splink's own examples give for such columns (named below);
  index   the rule of fewest pairs (training needs one) and `index(top=10, all, pairs=N)`, N the pairs that are left;
  both    the rules without the one that makes most pairs, and an index rule likewise;
  more    all the rules and `index(top=5, few=5)`.
Pairs, pairs completeness and cluster F1 of each. Generated registries are spoilt: each value of a name, date, number,
phone and place gets, with a chance of one in twenty, a wrong letter or digit (seeded).
"""

import argparse
import csv
import json
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sets import SETS

TOP = 10
SPOILT = 0.05


@dataclass(frozen=True)
class RuleSet:
    """Exact rules of a set, and where they are from."""

    rules: tuple[tuple[str, ...], ...]
    source: str


# Splink's tutorial makes its rules of first name, surname, date of birth and city, two by two.
RULES = {
    "historical_50k": RuleSet((
        ("prefix(first_name,3)", "prefix(surname,4)"), ("surname", "dob"), ("first_name", "dob"),
        ("postcode_fake", "first_name"), ("postcode_fake", "surname"), ("dob", "birth_place"),
        ("prefix(postcode_fake,3)", "dob"), ("prefix(postcode_fake,3)", "first_name"),
        ("prefix(postcode_fake,3)", "surname"), ("prefix(first_name,2)", "prefix(surname,2)", "year(dob)"),
    ), "Deduplicate 50k historical persons"),
    "febrl3": RuleSet((("given_name",), ("surname",), ("date_of_birth",), ("postcode",)), "Febrl3 dedupe, less soc_sec_id"),
    "febrl4": RuleSet((("given_name",), ("surname",), ("date_of_birth",), ("postcode",)), "as Febrl3"),
    "foreigners_pl": RuleSet((("fname", "surname"), ("surname", "date"), ("fname", "date")), "tutorial"),
    "jempi_kenya": RuleSet((("Given_Name", "Family_Name"), ("Family_Name", "Date_of_Birth"), ("Given_Name", "Date_of_Birth"),
                            ("Phone_Number",)), "tutorial"),
    "generated": RuleSet((
        ("national_id",), ("phone", "prefix(given_name,1)"), ("birth_date", "prefix(given_name,2)"),
        ("birth_date", "prefix(family_name,2)"), ("given_name", "family_name"),
        ("family_name", "village", "year(birth_date)"), ("given_name", "village", "year(birth_date)"),
    ), "bench/peers/registries.toml"),
}


def spoil(text: str, draw: random.Random) -> str:
    """A letter or digit of the text is another of its kind."""
    places = [i for i, c in enumerate(text) if c.isascii() and c.isalnum()]
    if not places:
        return text
    i = draw.choice(places)
    alphabet = "0123456789" if text[i].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    return text[:i] + draw.choice([c for c in alphabet if c != text[i].lower()]) + text[i + 1:]


def generate_spoilt(tessera: str, folder: Path) -> tuple[list[str], list[str]]:
    subprocess.run([tessera, "generate", "--records", "30000", "--seed", "3", "--out", str(folder)], check=True,
                   capture_output=True)
    draw = random.Random(5)
    files = []
    for name in ("client", "social", "crvs"):
        path = folder / f"{name}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        for row in rows[1:]:
            for c in range(1, len(row)):  # not the record's id
                if row[c] and draw.random() < SPOILT:
                    row[c] = spoil(row[c], draw)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        files.append(f"{name}={path}")
    return files, ["--truth", str(folder / "truth.csv"), "--sources"]


def canonical(job_text: str, rules: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The rules by the names that the job gives the columns: its attributes list them."""
    name_of = {}
    for block in job_text.split("[[attribute]]")[1:]:
        name = re.search(r'^name = "(.*)"', block, re.M)
        columns = re.search(r"^columns = \[(.*?)\]", block, re.M | re.S)
        if not name:
            continue
        for column in re.findall(r'"((?:[^"\\]|\\.)*)"', columns[1]) if columns else [name[1]]:
            name_of[column] = name[1]
    return tuple(tuple(re.sub(r"[A-Za-z_]+(?!\w*\()", lambda m: name_of.get(m[0], m[0]), key) for key in rule) for rule in rules)


def with_rules(job_text: str, rules) -> str:
    lines = ",\n".join("  [" + ", ".join(json.dumps(key) for key in rule) + "]" for rule in rules)
    return re.sub(r"^rules = \[\n.*?^\]", lambda _: f"rules = [\n{lines},\n]", job_text, count=1, flags=re.M | re.S)


class Set:
    def __init__(self, name: str, tessera: str, data: Path, folder: Path):
        self.name, self.tessera, self.folder = name, tessera, folder
        if name == "generated":
            self.files, self.truth, ignored = *generate_spoilt(tessera, folder), ()
        else:
            labelled = next(each for each in SETS if each.name == name)
            self.files = [str(data / file) for file in labelled.files]
            self.truth = [x for file in labelled.truth for x in ("--truth", str(data / file))]
            ignored = labelled.ignore
        first = folder / "proposed"
        subprocess.run([tessera, "link", *self.files, "--out", str(first), "--quiet", "--max-rejected", "0.01",
                        *(x for column in ignored for x in ("--ignore", column))], check=True, capture_output=True)
        self.job_text = (first / "job.toml").read_text()
        self.rules = canonical(self.job_text, RULES[name].rules)

    def measure(self, rules) -> dict:
        config, out = self.folder / "changed" / "job.toml", self.folder / "out"
        config.parent.mkdir(exist_ok=True)  # paths are relative to it, as to the proposed job
        config.write_text(with_rules(self.job_text, rules))
        told = subprocess.run([self.tessera, "link", "--config", str(config), "--out", str(out), "--quiet",
                               "--max-rejected", "0.01"], capture_output=True, text=True)
        if told.returncode != 0:
            raise RuntimeError(f"{self.name}: {told.stderr.strip()}")
        run = json.loads((out / "run.json").read_text())
        result = subprocess.run([self.tessera, "evaluate", str(out), "--format", "json", *self.truth], check=True,
                                capture_output=True, text=True)
        measured = json.loads(result.stdout)
        return {"pairs": run["counts"]["pairs_compared"], "completeness": measured["blocking"]["pairs_completeness"],
                "f1": measured["clusters"]["f1"], "by_rule": [rule["pairs"] for rule in run["rules"]]}

    def fitting(self, rules, most: int) -> tuple[str, dict]:
        """The index beside the rules: as many pairs as they leave of `most`."""
        left = most - self.measure(rules)["pairs"]
        while True:
            rule = f"index(top={TOP}, all, pairs={max(left, 1)})"
            found = self.measure((*rules, (rule,)))
            if found["pairs"] <= most or left <= 1:
                return rule, found
            left -= found["pairs"] - most  # pairs that common neighbours bring count too


def cell(found: dict) -> str:
    return f"{found['pairs']:,} · {found['completeness']:.4f} · {found['f1']:.4f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/linkage"))
    parser.add_argument("--only", nargs="*", default=list(RULES))
    arguments = parser.parse_args()
    print("| set | rules (Splink's) | index and the rule of fewest pairs | the rules but the largest, and the index | all rules, and `index(top=5, few=5)` |\n|---|---|---|---|---|")
    for name in arguments.only:
        if name != "generated" and not arguments.data.is_dir():
            print(f"{name}: left out, {arguments.data} is not there", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            each = Set(name, arguments.tessera, arguments.data, Path(folder))
            rules = each.measure(each.rules)
            least = min(range(len(each.rules)), key=lambda i: rules["by_rule"][i])
            alone = each.fitting((each.rules[least],), rules["pairs"])
            largest = max(range(len(each.rules)), key=lambda i: rules["by_rule"][i])
            fewer = [rule for i, rule in enumerate(each.rules) if i != largest]
            both = each.fitting(fewer, rules["pairs"])
            more = each.measure((*each.rules, ("index(top=5, few=5)",)))
            print(f"| {name} | {cell(rules)} | `{alone[0]}` {cell(alone[1])} | `{both[0]}` {cell(both[1])} | {cell(more)} |",
                  flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
