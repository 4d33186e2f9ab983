"""String distances: RapidFuzz's C++ over a whole matrix (cdist), Tessera's by Google Benchmark.

Both compare invented names of 6 to 8 letters on one core and report nanoseconds a pair. In a row of
cdist the left name is prepared once and, with AVX2, several right names are compared at a time.
"""

import json
import random
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

NAMES = 2000
SCORERS: dict[str, Any] = {"jaro_winkler": JaroWinkler.similarity,
                           "levenshtein": Levenshtein.distance}


@dataclass(frozen=True)
class KernelTimes:
    kernel: str
    rapidfuzz_ns: float
    tessera_prepared_ns: float
    tessera_plain_ns: float


def _names(seed: int) -> list[str]:
    draw = random.Random(seed)
    names = []
    while len(names) < NAMES:
        syllables = [draw.choice("bcdfghjklmnprstvwyz") + draw.choice("aeiou") for _ in range(4)]
        names.append("".join(syllables)[:draw.randint(6, 8)])
    return names


def _rapidfuzz_ns(scorer: Any, repeats: int = 5) -> float:
    names = _names(1)
    best = float("inf")
    for _ in range(repeats):
        begin = time.perf_counter()
        cdist(names, names, scorer=scorer, workers=1)
        best = min(best, time.perf_counter() - begin)
    return best / NAMES**2 * 1e9


def _tessera_ns(program: str) -> dict[str, float]:
    """Nanoseconds a pair by benchmark, the median of repetitions."""
    told = json.loads(subprocess.run(
        [program, "--benchmark_filter=(jaro_winkler|levenshtein)_(plain|prepared)$",
         "--benchmark_repetitions=5", "--benchmark_report_aggregates_only=true",
         "--benchmark_format=json"], check=True, capture_output=True, text=True).stdout)
    return {benchmark["run_name"]: 1e9 / benchmark["items_per_second"]
            for benchmark in told["benchmarks"] if benchmark["aggregate_name"] == "median"}


def kernel_times(distance_bench: str) -> list[KernelTimes]:
    tessera = _tessera_ns(distance_bench)
    return [KernelTimes(kernel, _rapidfuzz_ns(scorer), tessera[f"{kernel}_prepared"],
                        tessera[f"{kernel}_plain"])
            for kernel, scorer in SCORERS.items()]
