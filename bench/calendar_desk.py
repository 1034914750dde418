"""The calendar on a big desk: 20,000 changes and 500 windows put on a desk that `big_desk.py` has made, then looked at.

    python bench/calendar_desk.py BIG.db [--changes 20000] [--windows 500] [--rounds 7]

Works on a copy, imports through the public import, and prints the median milliseconds of each way to look.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from changedesk.services.control.calendar import planning
from changedesk.services.control.calendar.page import calendar
from changedesk.services.imports.importing import import_file
from changedesk.services.opening import open_desk
from changedesk.services.portfolio import page as portfolio
from changedesk.services.session import open_session

CLIENTS, SERVICES, ENGINEERS = 200, 5, 60
CHANGE = (
    "number",
    "client",
    "title",
    "path",
    "risk",
    "services",
    "planned_start",
    "planned_end",
    "implementer",
    "state",
)
WINDOW = ("client", "kind", "scope", "title", "start", "end", "rrule")


def changes(count: int, now: datetime) -> Iterator[tuple[str, ...]]:
    """Changes from twenty months ago until three months ahead."""
    chance = random.Random(1)
    for n in range(count):
        start = now + timedelta(hours=chance.randrange(-24 * 640, 24 * 90))
        state = "closed" if start < now else chance.choice(["assessing", "authorizing", "scheduled", "scheduled"])
        services = f"svc{chance.randrange(SERVICES)};svc{chance.randrange(SERVICES)}"
        end, doer = start + timedelta(hours=chance.randrange(1, 6)), f"eng{chance.randrange(ENGINEERS)}"
        client, risk = f"c{chance.randrange(CLIENTS):03}", chance.choice(["low", "medium", "high"])
        said = start.isoformat(), end.isoformat()
        yield f"C{n:05}", client, f"Change {n} of something", "normal", risk, services, *said, doer, state


def windows(count: int, now: datetime) -> Iterator[tuple[str, ...]]:
    """Weekly maintenance, and freezes that come back each year or month."""
    chance = random.Random(2)
    for n in range(count):
        kind = chance.choice(["maintenance", "maintenance", "maintenance", "freeze_hard", "freeze_soft"])
        start = now - timedelta(days=chance.randrange(100, 900))
        weekly = f"FREQ=WEEKLY;BYDAY={chance.choice(['MO', 'TU', 'SA', 'SU'])}"
        rule = weekly if kind == "maintenance" else "FREQ=YEARLY" if n % 2 else "FREQ=MONTHLY;BYDAY=1MO"
        end = start + (timedelta(hours=4) if kind == "maintenance" else timedelta(days=5))
        scope = f"service:svc{n % SERVICES}" if kind == "maintenance" and n % 3 == 0 else ""
        yield f"c{n % CLIENTS:03}", kind, scope, f"W{n}", start.isoformat(), end.isoformat(), rule


def timed(name: str, rounds: int, look: Callable[[], str]) -> None:
    """Print the median of so many looks."""
    took = []
    for _ in range(rounds):
        began = perf_counter()
        said = look()
        took.append(1000 * (perf_counter() - began))
    print(f"{name:<32}{median(took):>8.0f} ms   {said}")


def main() -> None:
    """Make the desk, look at it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("big", type=Path)
    for name, count in (("changes", 20_000), ("windows", 500), ("rounds", 7)):
        asked.add_argument(f"--{name}", type=int, default=count)
    given = asked.parse_args()
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.big, Path(folder) / "big.db"))
        for kind, columns, rows in (
            ("windows", WINDOW, windows(given.windows, now)),
            ("changes", CHANGE, changes(given.changes, now)),
        ):
            with (Path(folder) / f"{kind}.csv").open("w", newline="") as file:
                csv.writer(file).writerows([columns, *rows])
        with open_desk(path, {}) as desk:
            session = open_session(desk)
            for kind in ("windows", "changes"):
                report = import_file(session, Path(folder) / f"{kind}.csv", kind)
                print(f"{kind}: {report.added} added, {report.problem_count} problems")

            def looked(days: int, client: str | None = None, *, quick: bool = True) -> str:
                since = now - timedelta(days=3)
                view = calendar(session, since, since + timedelta(days=days), client, quick=quick)
                return f"{len(view.changes)} changes, {len(view.spans)} windows, {len(view.collisions)} collisions"

            timed("a month of every client", given.rounds, lambda: looked(35))
            timed("a week of every client", given.rounds, lambda: looked(7))
            timed("a quarter of every client", given.rounds, lambda: looked(91))
            timed("a month and its people", given.rounds, lambda: looked(35, quick=False))
            timed("a month of one client", given.rounds, lambda: looked(35, "c007", quick=False))
            hours = timedelta(hours=2)
            timed(
                "when could it run", given.rounds, lambda: str(bool(planning.when(session, "c007", ("svc1",), hours)))
            )
            timed("the portfolio", given.rounds, lambda: f"{len(portfolio.portfolio(session).events)} events")


if __name__ == "__main__":
    main()
