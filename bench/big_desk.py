"""Make a big desk through the public import: 2,000 initiatives in 200 clients, 16,000 audiences, 1,000,000 observations.

    python bench/big_desk.py FOLDER [--initiatives 2000] [--weeks 63]

Writes canonical CSVs and ``big.db`` into FOLDER and prints rows and rows per second of each import.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

AUDIENCES = 8
CLIENTS = 200
DELIVERY = ("initiation", "planning", "execution", "execution", "monitoring_and_control", "hypercare", "closure")
PEOPLE = ("impact", "preparation", "communication", "training", "manager_enablement", "support", "reinforcement")
STATUSES = ("unknown", "not_ready", "partial", "ready")

Row = tuple[object, ...]


def initiatives(count: int, today: date) -> list[tuple[str, date, random.Random]]:
    """Codes with their go-live days, spread over two years around today, and a source of chance each."""
    found = []
    for n in range(count):
        chance = random.Random(f"initiative {n}")
        found.append((f"I{n:05}", today + timedelta(days=chance.randrange(-440, 300)), chance))
    return found


def files(count: int, weeks: int, today: date) -> Iterator[tuple[str, tuple[str, ...], Iterable[Row]]]:
    """Kind, columns and rows of each file, in import order."""
    made = initiatives(count, today)
    yield (
        "clients",
        ("client", "name", "timezone"),
        ((f"c{n:03}", f"Client {n}", "Europe/Dublin") for n in range(CLIENTS)),
    )
    yield (
        "initiatives",
        ("code", "title", "client", "project_owner", "change_owner", "go_live_planned", "go_live_actual", "state"),
        (
            (
                code,
                f"Initiative {code} of some length",
                f"c{n % CLIENTS:03}",
                "pat",
                "kim" if n % 17 else "",
                live,
                live if live <= today else "",
                "live" if live <= today else "active",
            )
            for n, (code, live, _) in enumerate(made)
        ),
    )
    yield (
        "audiences",
        ("initiative", "audience", "role", "headcount"),
        ((code, f"Group {g}", "staff", 20 + 10 * g) for code, _, _ in made for g in range(AUDIENCES)),
    )
    yield "activities", _ACTIVITY, (row for code, live, chance in made for row in activities(code, live, chance, today))
    yield (
        "targets",
        ("initiative", "metric", "target", "by"),
        ((code, "utilization", 80, live + timedelta(days=90)) for code, live, _ in made),
    )
    yield (
        "impacts",
        ("initiative", "audience", "aspect", "degree"),
        (
            (code, f"Group {group}", aspect, chance.randrange(0, 6))
            for code, _, chance in made
            for group in range(AUDIENCES)
            for aspect in ("tools", "behaviours")
        ),
    )
    yield (
        "readiness",
        ("initiative", "audience", "item", "status", "weight"),
        (
            (code, f"Group {group}", f"Item {n}", STATUSES[chance.randrange(4)], n + 1)
            for code, _, chance in made
            for group in range(AUDIENCES)
            for n in range(3)
        ),
    )
    yield (
        "observations",
        _OBSERVATION,
        (row for code, _, chance in made for row in observations(code, weeks, chance, today)),
    )


_ACTIVITY = ("initiative", "lane", "phase", "title", "planned_start", "planned_end", "actual_end", "weight")
_OBSERVATION = ("initiative", "audience", "metric", "date", "numerator", "denominator")


def activities(code: str, live: date, chance: random.Random, today: date) -> Iterator[Row]:
    """Ten activities a lane, a month apart around go-live, done late by so much."""
    for lane, phases, slip in (
        ("delivery", DELIVERY, chance.randrange(0, 6)),
        ("people", PEOPLE, chance.randrange(0, 30)),
    ):
        for n in range(10):
            start = live + timedelta(days=20 * (n - 7))
            end = start + timedelta(days=18)
            done = end + timedelta(days=slip)
            phase = phases[n * len(phases) // 10]
            yield code, lane, phase, f"{lane} step {n}", start, end, done if done <= today else "", 1 + n % 4


def observations(code: str, weeks: int, chance: random.Random, today: date) -> Iterator[Row]:
    """A weekly count for each audience, the last one this week: pilots count before go-live, too."""
    for group in range(AUDIENCES):
        size, ceiling, middle = 20 + 10 * group, chance.uniform(0.4, 0.98), chance.uniform(3, 20)
        for week in range(weeks):
            share = ceiling / (1 + math.exp(-(week - middle) / 3))
            used = min(size, max(0, round(size * share + chance.gauss(0, 1))))
            yield code, f"Group {group}", "utilization", today - timedelta(weeks=weeks - 1 - week), used, size


def main() -> int:
    """Write the files and import them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--initiatives", type=int, default=2000)
    parser.add_argument("--weeks", type=int, default=63)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    desk = arguments.folder / "big.db"
    changedesk = [sys.executable, "-m", "changedesk", "--db", str(desk)]
    subprocess.run([*changedesk, "init"], check=True)
    today = date.today()  # noqa: DTZ011  # the bench desk is current on the machine's own day
    for kind, columns, rows in files(arguments.initiatives, arguments.weeks, today):
        path = arguments.folder / f"{kind}.csv"
        count = 0
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            for row in rows:
                writer.writerow(row)
                count += 1
        for again in ("added", "unchanged"):
            begun = time.perf_counter()
            subprocess.run([*changedesk, "import", str(path), "--kind", kind], check=True, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - begun
            print(f"{kind:14}{again:10}{count:>10,} rows {seconds:7.1f} s {count / seconds:>10,.0f} rows/s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
