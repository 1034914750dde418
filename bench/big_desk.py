"""Make a big desk through the public import: 2,000 initiatives in 200 clients, 16,000 audiences, 1,000,000
observations, 20,000 changes, 200,000 tickets.

    python bench/big_desk.py FOLDER [--initiatives 2000] [--weeks 63]

Writes canonical CSVs and ``big.db`` into FOLDER; each file is imported twice, added and then unchanged, and measured.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of
from pathlib import Path

from importing import Imported, measured, new_desk

AUDIENCES = 8
CLIENTS = 200
DELIVERY = ("initiation", "planning", "execution", "execution", "monitoring_and_control", "hypercare", "closure")
PEOPLE = ("impact", "preparation", "communication", "training", "manager_enablement", "support", "reinforcement")
STATUSES = ("unknown", "not_ready", "partial", "ready")

TICKETS = 100
_CHANGE = (
    "number", "client", "title", "path", "risk", "services", "planned_start", "planned_end", "actual_start",
    "actual_end", "requester", "implementer", "state", "outcome", "initiative",
)  # fmt: skip
_TICKET = (
    "id", "opened_at", "resolved_at", "priority", "category", "service", "client", "initiative", "state", "title",
)  # fmt: skip

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
    yield "changes", _CHANGE, changes(made, today)
    yield "tickets", _TICKET, tickets(made, today)
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


def changes(made: Sequence[tuple[str, date, random.Random]], today: date) -> Iterator[Row]:
    """Ten changes an initiative over two years, most of them done; those to come stand as they were asked for."""
    for n, (code, _, chance) in enumerate(made):
        for number in range(10):
            day = today + timedelta(days=chance.randrange(-700, 60))
            past = day < today
            ends = chance.choices(("successful", "with_issues", "failed", "backed_out"), (88, 7, 2, 3))[0]
            yield (
                f"C{n:05}-{number}", f"c{n % CLIENTS:03}", f"Change {number} for {code}",
                chance.choices(("normal", "standard", "emergency"), (6, 3, 1))[0], chance.choice(("low", "medium", "high")),
                f"service {n % 40}", f"{day}T20:00:00Z", f"{day}T22:00:00Z", f"{day}T20:05:00Z" if past else "",
                f"{day}T21:30:00Z" if past else "", "pat", "kim", "closed" if past else "scheduled", ends if past else "", code,
            )  # fmt: skip


def tickets(made: Sequence[tuple[str, date, random.Random]], today: date) -> Iterator[Row]:
    """A hundred tickets an initiative, in the half year around its go-live as far as that has gone by."""
    for n, (code, live, chance) in enumerate(made):
        for number in range(TICKETS):
            day = min(
                live + timedelta(days=chance.randrange(-90, 90)), today - timedelta(days=chance.randrange(1, 180))
            )
            hour, hours = chance.randrange(7, 18), chance.randrange(1, 60)
            resolved = datetime.combine(day, time_of(hour), UTC) + timedelta(hours=hours)
            yield (
                f"T{n:05}-{number}", f"{day}T{hour:02}:15:00Z", resolved.strftime("%Y-%m-%dT%H:%M:%SZ"),
                chance.randrange(1, 5), f"reason {number % 7}", f"service {n % 40}", f"c{n % CLIENTS:03}", code,
                "closed", f"Ticket {number}",
            )  # fmt: skip


def build(folder: Path, count: int = 2000, weeks: int = 63, kinds: Sequence[str] = ()) -> Iterator[Imported]:
    """Write the files into the folder and import them into its ``big.db``: all kinds, or these. Says how each import went."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = folder / "big.db"
    new_desk(desk)
    today = date.today()  # noqa: DTZ011  # the bench desk is current on the machine's own day
    for kind, columns, rows in files(count, weeks, today):
        if kinds and kind not in kinds:
            continue
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        for how in ("added", "unchanged"):
            yield measured(desk, path, kind, how)


def main() -> int:
    """Write the files and import them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--initiatives", type=int, default=2000)
    parser.add_argument("--weeks", type=int, default=63)
    arguments = parser.parse_args()
    for one in build(arguments.folder, arguments.initiatives, arguments.weeks):
        print(one.line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
