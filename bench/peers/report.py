"""What was measured as Markdown tables and as JSON."""

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from evaluation import Quality
from kernels import KernelTimes
from measured import Measured
from peers import Facts

RUN_COLUMNS = ("set", "program", "records", "candidate pairs", "seconds", "processor s", "peak GB",
               "best pair F1", "pair F1", "cluster F1", "best components F1")

RATIO_COLUMNS = ("set", "ratio", "time", "processor time", "memory", "best pair F1", "cluster F1")


@dataclass(frozen=True)
class PeerResult:
    """All runs of one program on one set; facts and quality are the last run's."""

    set_name: str
    program: str
    runs: list[Measured]
    facts: Facts
    quality: Quality

    @property
    def elapsed_s(self) -> float:
        return median(run.elapsed_s for run in self.runs)

    @property
    def processor_s(self) -> float:
        return median(run.processor_s for run in self.runs)

    @property
    def peak_mb(self) -> float:
        return max(run.peak_mb for run in self.runs)


def machine() -> dict[str, str]:
    cpu = next((line.split(":", 1)[1].strip()
                for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {"processor": cpu, "cores": str(os.cpu_count()), "memory": f"{memory_gb:.0f} GB",
            "system": platform.platform(terse=True), "python": platform.python_version(),
            **{name: version(name) for name in ("splink", "duckdb", "rapidfuzz")}}


def _table(header: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _run_row(result: PeerResult) -> list[str]:
    quality = result.quality
    return [result.set_name, result.program, f"{result.facts.records:,}",
            f"{result.facts.pairs:,}", f"{result.elapsed_s:.2f}", f"{result.processor_s:.2f}",
            f"{result.peak_mb / 1000:.2f}",
            *(f"{value:.4f}" for value in (quality.best_pair_f1, quality.pair_f1,
                                           quality.cluster_f1, quality.best_components_f1))]


def _ratio_row(first: PeerResult, second: PeerResult) -> list[str]:
    def ratio(a: float, b: float) -> str:
        return f"{a / b:.1f}"

    return [first.set_name, f"{first.program} : {second.program}",
            ratio(first.elapsed_s, second.elapsed_s),
            ratio(first.processor_s, second.processor_s), ratio(first.peak_mb, second.peak_mb),
            f"{second.quality.best_pair_f1 - first.quality.best_pair_f1:+.4f}",
            f"{second.quality.cluster_f1 - first.quality.cluster_f1:+.4f}"]


def _stages(result: PeerResult) -> str:
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in result.facts.stages.items())
    return f"- {result.set_name}, {result.program}: {stages}"


def markdown(turns: list[list[PeerResult]], kernels: list[KernelTimes]) -> str:
    """`turns`: per set, its results, to the first of which the others are held."""
    facts = "; ".join(f"{name} {value}" for name, value in machine().items())
    parts = [f"Machine and versions: {facts}."]
    if turns:
        parts += [
            _table(RUN_COLUMNS, [_run_row(result) for turn in turns for result in turn]),
            _table(RATIO_COLUMNS, [_ratio_row(turn[0], other) for turn in turns
                                   for other in turn[1:]]),
            "Seconds by stage, of the last run:\n\n"
            + "\n".join(_stages(result) for turn in turns for result in turn)]
    if kernels:
        parts.append(_table(
            ("kernel, ns a pair", "RapidFuzz cdist", "Tessera prepared", "Tessera plain"),
            [[times.kernel, f"{times.rapidfuzz_ns:.1f}", f"{times.tessera_prepared_ns:.1f}",
              f"{times.tessera_plain_ns:.1f}"] for times in kernels]))
    return "\n\n".join(parts) + "\n"


def as_json(turns: list[list[PeerResult]], kernels: list[KernelTimes]) -> dict[str, Any]:
    return {"machine": machine(),
            "results": [asdict(result) for turn in turns for result in turn],
            "kernels": [asdict(times) for times in kernels]}
