"""One evaluation for all: links, clusters and truth, whoever made them, in three DuckDB tables.

links(source_l, id_l, source_r, id_r, weight), clusters(source, id, cluster) and
truth(source, id, entity). Every record is in truth. Pair F1 is judged at every threshold that the
links allow, cluster F1 over the pairs of records within clusters.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

_NUMBERED = """(
    select source, id, entity, row_number() over (order by source, id) - 1 as n from truth)"""


@dataclass(frozen=True)
class Quality:
    best_pair_f1: float      # at the best threshold at or over the one at which pairs were kept
    pair_f1: float           # at the link threshold
    cluster_f1: float        # of the clusters that the program wrote
    best_components_f1: float  # of the connected components of its links, at the best threshold


def f1(true_positives: int, found: int, actual: int) -> float:
    return 2 * true_positives / (found + actual) if found + actual else 0.0


class Evaluation:
    """`links` and `clusters` are SELECTs that yield the tables above; `truth` a CSV file."""

    def __init__(self, links: str, clusters: str, truth: Path, one_source: bool) -> None:
        self._database = duckdb.connect()
        source = "''" if one_source else "source"
        self._database.execute(
            f"create table truth as select {source} as source, record_id as id, "
            f"entity_id as entity from read_csv('{truth}', all_varchar = true, header = true)")
        self._database.execute(f"create table links as {links}")
        self._database.execute(f"create table clusters as {clusters}")
        self._actual = self._number(
            "select sum(k * (k - 1) // 2) from (select count(*) as k from truth group by entity)")

    def quality(self, link_bits: float) -> Quality:
        return Quality(self._pair_f1(), self._pair_f1(link_bits), self._cluster_f1(),
                       self._best_components_f1())

    def _number(self, sql: str) -> float:
        return self._database.sql(sql).fetchall()[0][0]

    def _pair_f1(self, threshold_bits: float | None = None) -> float:
        """At a threshold, or at the best one."""
        kept = "" if threshold_bits is None else f"where weight >= {threshold_bits}"
        best = "max(f1)" if threshold_bits is None else "arg_max(f1, found)"
        return self._number(f"""
            select {best} from (
              select 2 * hits / (found + {self._actual}) as f1, found from (
                select sum((l.entity = r.entity)::bigint) over at_or_over as hits,
                       count(*) over at_or_over as found
                from links
                join truth l on l.source = source_l and l.id = id_l
                join truth r on r.source = source_r and r.id = id_r {kept}
                window at_or_over as (order by weight desc)))""")

    def _cluster_f1(self) -> float:
        pairs = "select sum(k * (k - 1) // 2) from (select count(*) as k from {} group by {})"
        joined = "clusters join truth using (source, id)"
        return f1(self._number(pairs.format(joined, "cluster, entity")),
                  self._number(pairs.format("clusters", "cluster")), self._actual)

    def _best_components_f1(self) -> float:
        """Adds the links from the strongest down and keeps count of pairs within components."""
        entities = [row[0] for row in self._database.sql(
            f"select entity from {_NUMBERED} order by n").fetchall()]
        links = self._database.sql(
            f"select weight, l.n, r.n from links "
            f"join {_NUMBERED} l on l.source = source_l and l.id = id_l "
            f"join {_NUMBERED} r on r.source = source_r and r.id = id_r "
            f"order by weight desc").fetchall()
        parent = list(range(len(entities)))
        members: dict[int, Counter[str]] = {}  # by root, of components of two records or more

        def root(node: int) -> int:
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        best, hits, found, last = 0.0, 0, 0, None
        for weight, left, right in links:
            if weight != last:
                best, last = max(best, f1(hits, found, self._actual)), weight
            a, b = root(left), root(right)
            if a == b:
                continue
            small = members.pop(b, None) or Counter((entities[b],))
            large = members.pop(a, None) or Counter((entities[a],))
            if small.total() > large.total():
                small, large, a, b = large, small, b, a
            hits += sum(count * large[entity] for entity, count in small.items())
            found += small.total() * large.total()
            large.update(small)
            parent[b] = a
            members[a] = large
        return max(best, f1(hits, found, self._actual))
