"""How fast observations are imported, and whether memory stays flat in the number of rows.

    python bench/importing.py [--initiatives 400] [--weeks 63] [--observations FILE --kinds FOLDER]

Makes a desk with the initiatives and audiences of bench/big_desk.py, then imports their observations twice: added, and
unchanged. A quarter of the weeks goes before it, for the memory. ``--observations`` takes a file that is there already,
``--kinds`` the folder with the clients, initiatives and audiences that it is about.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from big_desk import files

BEFORE = ("clients", "initiatives", "audiences")
BUDGETS = {"added": 20_000, "unchanged": 50_000}
"""Rows a second."""


@dataclass(frozen=True)
class Imported:
    """One import: how it went, its rows, seconds on the clock and of processor time, and its peak memory in MiB."""

    how: str
    rows: int
    seconds: float
    cpu: float
    memory: float

    @property
    def line(self) -> str:
        """The figures as a line of the table."""
        kept = "" if self.rows / self.seconds >= BUDGETS[self.how] else "MISSED"
        return (
            f"import {self.how:10}{self.rows:>10,} rows {self.seconds:7.1f} s {self.rows / self.seconds:>9,.0f} rows/s"
            f" (processor {self.rows / self.cpu:>9,.0f} rows/s) peak {self.memory:4.0f} MiB"
            f" budget {BUDGETS[self.how]:,} rows/s {kept}"
        )


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
    return Imported(how, rows, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def run(folder: Path, initiatives: int, weeks: int) -> list[Imported]:
    """A quarter of the weeks on one desk, all of them on another; each added, then unchanged."""
    found = []
    for some in (max(1, weeks // 4), weeks):
        place = folder / str(some)
        place.mkdir()
        today = date.today()  # noqa: DTZ011  # the bench desk is current on the machine's own day
        for kind, columns, rows in files(initiatives, some, today):
            if kind in (*BEFORE, "observations"):
                with (place / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows([columns, *rows])
        found += on_a_new_desk(place, place / "observations.csv")
    return found


def on_a_new_desk(kinds: Path, observations: Path) -> list[Imported]:
    """Import what observations need, and then these, twice."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder, "desk.db")
        subprocess.run([sys.executable, "-m", "changedesk", "--db", str(desk), "init"], check=True, capture_output=True)
        for kind in BEFORE:
            measured(desk, kinds / f"{kind}.csv", kind, "added")
        return [measured(desk, observations, "observations", how) for how in BUDGETS]


def main() -> int:
    """Measure and print; exit 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--initiatives", type=int, default=400)
    parser.add_argument("--weeks", type=int, default=63)
    parser.add_argument("--observations", type=Path)
    parser.add_argument("--kinds", type=Path)
    arguments = parser.parse_args()
    if arguments.observations:
        found = on_a_new_desk(arguments.kinds or arguments.observations.parent, arguments.observations)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = run(Path(folder), arguments.initiatives, arguments.weeks)
    for one in found:
        print(one.line)
    return 1 if any("MISSED" in one.line for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
