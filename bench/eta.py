#!/usr/bin/env python3
"""How well a long job says how long it still takes: runs `tessera link` on a terminal of its own and reads its bar.

  bench/eta.py [--tessera build/release/cli/tessera] [--records 1000000] [--runs 3] [--config JOB.toml]

Of every bar drawn after a fifth of the job: the end that it foretells (seconds gone + seconds left) against the end as it was.
Prints per run the seconds, when the first sign of life was seen, the worst error after a fifth, and the share of bars within 30 %.
"""

import argparse
import os
import pty
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

LEFT = re.compile(rb"\] ([a-z]+) (\d+)/(\d+), (\d+) %, (?:(\d+) h )?(?:(\d+) min)? ?(?:(\d+) s)? left")


def watch(command: list[str]) -> tuple[float, float, list[tuple[float, float]]]:
    """Seconds of the job, seconds to its first byte, and (seconds gone, seconds left) of each bar."""
    screen, line = pty.openpty()
    begin = time.monotonic()
    process = subprocess.Popen(command, stderr=line, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"})
    os.close(line)
    first = None
    bars = []
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:
            break
        if not part:
            break
        now = time.monotonic() - begin
        first = now if first is None else first
        for bar in LEFT.finditer(part):
            hours, minutes, seconds = (int(bar[i] or 0) for i in (5, 6, 7))
            bars.append((now, hours * 3600 + minutes * 60 + seconds))
    process.wait()
    if process.returncode != 0:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return time.monotonic() - begin, first or 0.0, bars


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tessera", default="build/release/cli/tessera")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--config", help="the job's config; without it one is proposed")
    parser.add_argument("--registries", type=Path, help="client.csv, social.csv, crvs.csv made before")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.registries or Path(temporary) / "registries"
        if not arguments.registries:
            subprocess.run([arguments.tessera, "generate", "--records", str(arguments.records), "--out", str(folder)],
                           check=True, stdout=subprocess.DEVNULL)
        files = [f"{name}={folder / name}.csv" for name in ("client", "social", "crvs")]
        more = ["--config", arguments.config] if arguments.config else []
        for _ in range(arguments.runs):
            seconds, first, bars = watch([arguments.tessera, "link", *files, *more, "--out", f"{temporary}/out"])
            # Whole seconds rounded up: half of one is taken off, and is no error.
            errors = [(gone + left - 0.5 - seconds) / seconds for gone, left in bars if gone >= 0.2 * seconds]
            if not errors:
                print(f"{seconds:.1f} s; no bar after a fifth")
                continue
            within = sum(abs(error) <= 0.3 for error in errors) / len(errors)
            print(f"{seconds:.1f} s, first sign of life after {first:.2f} s; {len(errors)} bars after a fifth: end foretold "
                  f"within {100 * max(map(abs, errors)):.0f} % at worst, {100 * statistics.median(map(abs, errors)):.0f} % "
                  f"in the median; {100 * within:.0f} % of them within 30 %")


if __name__ == "__main__":
    main()
