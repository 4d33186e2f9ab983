"""Runs a program in a process of its own: seconds on the wall and of processors, peak memory.

The kernel counts into a process's peak what its parent held when it was forked, so the program is
started by this file run as a small program, not by the one that judges the results.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    elapsed_s: float
    processor_s: float  # of all threads, user and system
    peak_mb: float


def run_measured(command: list[str]) -> Measured:
    """Ends the whole comparison, with the program's last words, if it fails."""
    launcher = subprocess.run([sys.executable, "-I", "-S", __file__, *command],
                              stdout=subprocess.PIPE, text=True)
    if launcher.returncode != 0:
        sys.exit(launcher.returncode)
    return Measured(**json.loads(launcher.stdout))


def _launch(command: list[str]) -> Measured:
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as messages:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(child.pid, 0)
        elapsed_s = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            messages.seek(0)
            sys.exit(f"peers: {command[0]} failed: {messages.read().strip()[-2000:]}")
    return Measured(elapsed_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


if __name__ == "__main__":
    print(json.dumps(asdict(_launch(sys.argv[1:]))))
