"""The labelled sets that accuracy is measured on: files, truth, and columns that must not be evidence.

Every set runs without a config: what is measured is what a user gets. `ignore` names columns that contain the answer or
are strong identifiers (SOURCES.md beside each set says which).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LabelledSet:
    name: str
    files: tuple[str, ...]
    truth: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    peer: str = ""  # what others publish for it
    sources_in_truth: tuple[str, ...] = field(default=())


def febrl_link(series: str, size: int) -> LabelledSet:
    stem = f"febrl_dsgen_link/dataset_{series}"
    return LabelledSet(
        f"febrl_dsgen_{series.lower()}_{size}",
        (f"{stem}_org_{size}.csv.gz", f"{stem}_dup_{size}.csv.gz"),
        (f"{stem}_{size}.pairs.csv.gz",),
        ("soc_sec_id",),
    )


def febrl_dedup(series: str, size: int) -> LabelledSet:
    stem = f"febrl_dsgen_dedup/dataset_{series}_{size}"
    return LabelledSet(
        f"febrl_dsgen_{series.lower()}_{size}", (f"{stem}.csv.gz",), (f"{stem}.truth.csv.gz",), ("soc_sec_id",)
    )


SETS = (
    LabelledSet("historical_50k", ("historical_50k/historical_50k.csv.gz",),
                ("historical_50k/historical_50k.truth.csv.gz",), peer="Splink 5: pair F1 0.766, cluster F1 0.829"),
    LabelledSet("febrl1", ("febrl1/febrl1.csv",), ("febrl1/febrl1.truth.csv",), ("soc_sec_id",)),
    LabelledSet("febrl2", ("febrl2/febrl2.csv",), ("febrl2/febrl2.truth.csv",), ("soc_sec_id",)),
    LabelledSet("febrl3", ("febrl3/febrl3.csv",), ("febrl3/febrl3.truth.csv",), ("soc_sec_id",),
                peer="Splink: pair F1 0.965; GoldenMatch 0.991"),
    LabelledSet("febrl4", ("febrl4/febrl4a.csv", "febrl4/febrl4b.csv"), ("febrl4/febrl4.pairs.csv",), ("soc_sec_id",),
                peer="GoldenMatch PPRL: F1 0.924"),
    LabelledSet("essnet_three_registers",
                tuple(f"essnet_three_registers/{name}.csv.gz" for name in ("census", "cis", "prd")),
                tuple(f"essnet_three_registers/{name}.truth.csv.gz" for name in ("census", "cis", "prd"))),
    LabelledSet("jempi_kenya", ("jempi_kenya/jempi_kenya.csv.gz",), ("jempi_kenya/jempi_kenya.truth.csv.gz",),
                ("National_ID",)),
    LabelledSet("fake_1000", ("fake_1000/fake_1000.csv",), ("fake_1000/fake_1000.truth.csv",)),
    LabelledSet("fake_20000", ("fake_20000/fake_20000.csv.gz",), ("fake_20000/fake_20000.truth.csv.gz",)),
    LabelledSet("anonlink_five_parties", tuple(f"anonlink_five_parties/party{i}.csv.gz" for i in range(1, 6)),
                ("anonlink_five_parties/anonlink_five_parties.truth.csv.gz",)),
    LabelledSet("census_winkler", ("census_winkler/census_winkler_a.csv", "census_winkler/census_winkler_b.csv"),
                ("census_winkler/census_winkler.pairs.csv",)),
    LabelledSet("foreigners_pl", ("foreigners_pl/foreigners_pl.csv.gz",), ("foreigners_pl/foreigners_pl.truth.csv.gz",)),
    LabelledSet("german_ds_time", ("german_ds_time/german_ds_time.csv.gz",), ("german_ds_time/german_ds_time.truth.csv.gz",)),
    LabelledSet("rldata500", ("rldata500/rldata500.csv",), ("rldata500/rldata500.truth.csv",)),
    febrl_dedup("A", 10000), febrl_dedup("C", 5000), febrl_link("D", 10000), febrl_link("F", 5000),
    LabelledSet("restaurant", ("restaurant/restaurant.csv",), ("restaurant/restaurant.truth.csv",)),
    LabelledSet("dedupe_ecp", ("dedupe_ecp/dedupe_ecp.csv.gz",), ("dedupe_ecp/dedupe_ecp.truth.csv.gz",)),
    LabelledSet("cora", ("cora/cora.csv.gz",), ("cora/cora.truth.csv.gz",)),
    LabelledSet("patstat", ("patstat/patstat.csv.gz",), ("patstat/patstat.truth.csv.gz",)),
    LabelledSet("shiw_italy", ("shiw_italy/shiw2008.csv.gz", "shiw_italy/shiw2010.csv.gz"),
                ("shiw_italy/shiw_italy.pairs.csv.gz",)),
    LabelledSet("transactions", ("transactions/transactions_origin.csv.gz", "transactions/transactions_destination.csv.gz"),
                ("transactions/transactions.pairs.csv.gz",)),
)
