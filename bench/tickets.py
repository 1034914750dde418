"""How often the ticket alarm finds a lasting excess after a go-live, and how often it is wrong, on go-lives made up here.

    python bench/tickets.py [--runs 200] [--seeds 1 2 3 4]

Each go-live has four weeks before it and ten after it: a base that the week shapes, a surge that arrives within a day or two
and dies away, and days that differ more than chance alone. In every other run there are lastingly more from a day on: by
a third to twice as many, or by a second surge. The alarm's constants were set on other runs than these.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from dataclasses import dataclass
from statistics import median

from changedesk.domain.golive import LEARNING_DAYS, TICKET_THRESHOLD, expected_tickets, ticket_statistic

DAYS = range(-28, 70)
WEEK = (1.15, 1.05, 1.0, 1.0, 0.9, 0.15, 0.12)


@dataclass(frozen=True, slots=True)
class GoLive:
    """The tickets of each day, its weekday, and the day from which on there are too many, None for never."""

    counts: list[int]
    weekdays: list[int]
    since: int | None


def made_up(chance: random.Random, *, excess: bool) -> GoLive:
    """A desk of 3 to 60 tickets a day."""
    base = math.exp(chance.uniform(math.log(3), math.log(60)))
    surge, tau, arrival = chance.uniform(0.8, 5), chance.uniform(4, 16), chance.uniform(0.3, 2.3)
    alike, monday = chance.uniform(4, 40), chance.randrange(7)
    week = [part * math.exp(chance.gauss(0, 0.08)) for part in WEEK]
    working_day = sum(week[:5]) / 5
    since = chance.randrange(16, 50) if excess else None
    step, height, within, lasts = chance.random() < 0.5, chance.random(), chance.uniform(1, 6), chance.uniform(6, 40)
    counts = []
    for day in DAYS:
        level = base
        if day >= 0:
            level += base * surge * math.exp(-day / tau) * (1 - math.exp(-(day + 1) / arrival))
        if since is not None and day >= since:
            if step:
                level *= 1 + (0.3 + 0.7 * height) * (1 - math.exp(-(day - since + 1) / within))
            else:
                level += base * (0.4 + 1.1 * height) * math.exp(-(day - since) / lasts)
        mean = level * week[(day + monday) % 7] / working_day
        counts.append(_poisson(chance, mean * chance.gammavariate(alike, 1 / alike)))
    return GoLive(counts, [(day + monday) % 7 for day in DAYS], since)


def alarmed(golive: GoLive) -> int | None:
    """The first day with an alarm, of those that are judged."""
    expected, dispersion = expected_tickets(list(DAYS), golive.counts, golive.weekdays)
    first = DAYS.index(LEARNING_DAYS)
    statistic = ticket_statistic(golive.counts[first:], expected[first:], dispersion)
    return next((DAYS[first + n] for n, value in enumerate(statistic) if value > TICKET_THRESHOLD), None)


def main() -> int:
    """Print a line a seed, and one of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    given = parser.parse_args()
    quiet = found = early = 0
    delays: list[int] = []
    began = time.process_time()
    for seed in given.seeds:
        chance = random.Random(seed)
        wrong, right, late = 0, 0, []
        for _ in range(given.runs):
            wrong += alarmed(made_up(chance, excess=False)) is not None
            golive = made_up(chance, excess=True)
            at, since = alarmed(golive), golive.since or 0
            if at is not None and at < since:
                early += 1
            elif at is not None:
                right += 1
                late.append(at - since)
        print(f"seed {seed}: {_said(right, wrong, late, given.runs)}")
        quiet, found, delays = quiet + wrong, found + right, delays + late
    runs = given.runs * len(given.seeds)
    print(f"all: {_said(found, quiet, delays, runs)}, {early} before the excess began")
    print(f"{1000 * (time.process_time() - began) / (2 * runs):.0f} ms of processor time a series")
    return 0


def _said(found: int, wrong: int, delays: list[int], runs: int) -> str:
    return (
        f"recall {_interval(found, runs)}, false alarms {_interval(wrong, runs)}, "
        f"median delay {median(delays) if delays else math.nan:.0f} days"
    )


def _interval(k: int, n: int) -> str:
    """A share with its 95 % interval (E. B. Wilson, JASA 22, 1927)."""
    z, share = 1.96, k / n
    middle = (share + z * z / 2 / n) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return f"{share:.3f} [{max(0.0, middle - half):.3f}, {middle + half:.3f}]"


def _poisson(chance: random.Random, mean: float) -> int:
    """A Poisson count; beyond 60 a rounded normal one is as good."""
    if mean > 60:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    count, left = -1, 1.0
    while left > math.exp(-mean):
        left *= chance.random()
        count += 1
    return count


if __name__ == "__main__":
    raise SystemExit(main())
