"""What the peers are compared on: generated registries of any size, and historical_50k."""

from dataclasses import dataclass
from pathlib import Path

from measured import run_measured

HERE = Path(__file__).parent


@dataclass(frozen=True)
class PeerSet:
    name: str
    files: dict[str, Path]  # by source
    truth: Path
    job: Path        # Tessera's config
    recipe: str      # Splink's: splink_<recipe>.py


def registries(tessera: str, records: int, folder: Path) -> PeerSet:
    """Three registries with `records` records in all, generated unless they are there."""
    out = folder / f"registries_{records}"
    if not (out / "truth.csv").exists():
        run_measured([tessera, "generate", "--records", str(records), "--out", str(out)])
    files = {name: out / f"{name}.csv" for name in ("client", "social", "crvs")}
    return PeerSet(f"registries, {size_text(records)}", files, out / "truth.csv",
                   HERE / "registries.toml", "registries")


def historical(data: Path) -> PeerSet | None:
    """None when the labelled sets, which are no part of the project, are absent."""
    stem = data / "historical_50k" / "historical_50k"
    files = {"people": stem.with_suffix(".csv.gz")}
    if not files["people"].exists():
        return None
    return PeerSet("historical_50k", files, stem.with_suffix(".truth.csv.gz"),
                   HERE / "historical_50k.toml", "historical")


def size_text(records: int) -> str:
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if records >= unit and records % unit == 0:
            return f"{records // unit} {name}"
    return f"{records:,}"


def parse_size(text: str) -> int:
    """`100k`, `1M`, `250000`."""
    units = {"k": 1_000, "m": 1_000_000}
    unit = units.get(text[-1:].lower())
    return int(text[:-1]) * unit if unit else int(text)
