"""Runs a program in a process of its own: seconds on the wall and its peak resident memory."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    elapsed_s: float
    peak_mb: float


def run_measured(command: list[str]) -> Measured:
    """Ends the whole comparison, with the program's last words, if it fails."""
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as messages:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(child.pid, 0)
        elapsed_s = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            messages.seek(0)
            sys.exit(f"peers: {command[0]} failed: {messages.read().strip()[-2000:]}")
    return Measured(elapsed_s, usage.ru_maxrss / 1000)
