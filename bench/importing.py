"""How fast one file is imported, and what memory that takes: measured from outside, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BUDGETS = {"added": 20_000, "unchanged": 50_000}
"""Rows a second, of a file with a million of them."""


@dataclass(frozen=True)
class Imported:
    """One import: of what, how it went, its rows, seconds on the clock and of processor time, its peak memory in MiB."""

    kind: str
    how: str
    rows: int
    seconds: float
    cpu: float
    memory: float

    @property
    def rate(self) -> float:
        """Rows a second on the clock."""
        return self.rows / self.seconds

    @property
    def line(self) -> str:
        """The figures as a line of the table."""
        return (
            f"import {self.kind:14}{self.how:10}{self.rows:>10,} rows {self.seconds:7.1f} s {self.rate:>9,.0f} rows/s"
            f" (processor {self.rows / self.cpu:>9,.0f} rows/s) peak {self.memory:4.0f} MiB"
        )


def new_desk(desk: Path) -> None:
    """Make an empty desk in place of what is there."""
    for file in desk.parent.glob(f"{desk.name}*"):
        file.unlink()
    subprocess.run([sys.executable, "-m", "changedesk", "--db", str(desk), "init"], check=True, capture_output=True)


def measured(desk: Path, file: Path, kind: str, how: str) -> Imported:
    """Import one file and see what it takes."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "changedesk", "--db", str(desk), "import", str(file), "--kind", kind]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"the import of {file} ended with {child.returncode}")
    seconds = time.perf_counter() - begun
    with file.open("rb") as lines:
        rows = sum(1 for _ in lines) - 1
    return Imported(kind, how, rows, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
