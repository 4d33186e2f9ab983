"""String distances: RapidFuzz's C++ over a whole matrix (cdist), Tessera's by Google Benchmark.

Both compare invented names of 6 to 8 letters; nanoseconds of one processor a pair. In a row of
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


def _rapidfuzz_ns(scorer: Any) -> float:
    names = _names(1)
    begin = time.process_time()
    cdist(names, names, scorer=scorer, workers=1)
    return (time.process_time() - begin) / NAMES**2 * 1e9


def _tessera_ns(program: str) -> dict[str, float]:
    told = json.loads(subprocess.run(
        [program, "--benchmark_filter=^(jaro_winkler|levenshtein)_(plain|prepared)$",
         "--benchmark_min_time=0.2", "--benchmark_format=json"],
        check=True, capture_output=True, text=True).stdout)
    return {benchmark["name"]: 1e9 / benchmark["items_per_second"]
            for benchmark in told["benchmarks"]}


def kernel_times(distance_bench: str) -> list[KernelTimes]:
    """In turn, the best of five of each: what disturbs a run of milliseconds only slows it."""
    rapidfuzz = {kernel: [] for kernel in SCORERS}
    tessera: dict[str, list[float]] = {}
    for _ in range(5):
        for kernel, scorer in SCORERS.items():
            rapidfuzz[kernel].append(_rapidfuzz_ns(scorer))
        for name, nanoseconds in _tessera_ns(distance_bench).items():
            tessera.setdefault(name, []).append(nanoseconds)
    return [KernelTimes(kernel, min(rapidfuzz[kernel]), min(tessera[f"{kernel}_prepared"]),
                        min(tessera[f"{kernel}_plain"]))
            for kernel in SCORERS]
