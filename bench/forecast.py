"""How fast and how honest the adoption forecast is, on roll-outs made up here.

    python bench/forecast.py [--rollouts 60] [--seed 1] [--series SERIES.json]

Each roll-out is people who take the new way up week by week: some never, the rest by the push of the project and by seeing
others use it, in one to four waves; what is counted each week scatters, some weeks are missing. The forecast sees a
quarter, two fifths and three fifths of it and is asked for four later weeks. ``--series`` takes public curves instead, in
the form that bench/public_series.py reads.

The table: mean error of the median in points, pinball loss over five quantiles, and how often the 80 % and the 50 %
interval held, for the last value carried on, for the forecast alone, and for the forecast that knows finished siblings,
the plan of waves, or the counts.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median, quantiles

from changedesk.domain.adoption import forecast

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
SEEN = (0.25, 0.4, 0.6)
AHEAD = (0.1, 0.25, 0.5, 1.0)
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Rollout:
    """One curve: when what share was counted, of how many people, and who went live when."""

    family: str
    t: list[float]
    y: list[float]
    people: int
    waves: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """What the forecast gets to see of a roll-out, and what came later."""

    rollout: Rollout
    seen: int
    later: list[int]


def made_up(chance: random.Random) -> Rollout:
    """A roll-out of 40 to 1,000 people over 30 to 60 weeks."""
    people = round(math.exp(chance.uniform(math.log(40), math.log(1000))))
    weeks = chance.randrange(30, 60)
    starts = sorted([0, *(chance.randrange(1, weeks // 2) for _ in range(chance.choice([0, 0, 1, 3])))])
    never = chance.betavariate(2, 6)
    push = math.exp(chance.uniform(math.log(0.005), math.log(0.12)))
    pull = math.exp(chance.uniform(math.log(0.03), math.log(0.6)))
    waiting = [
        (chance.choice(starts), chance.gammavariate(2.8, 1 / 2.8)) for _ in range(people) if chance.random() > never
    ]
    using, active, t, y = 0, chance.uniform(0.88, 1.0), [], []
    for week in range(weeks):
        still = []
        for start, eager in waiting:
            hazard = eager * (push + pull * using / people) if start <= week else 0.0
            if chance.random() < math.exp(-hazard):
                still.append((start, eager))
        using += len(waiting) - len(still)
        waiting = still
        if not week or chance.random() > 0.1:
            counted = sum(chance.random() < active for _ in range(using))
            t.append(float(week))
            y.append(100 * counted / people)
    sizes = [(float(start), 1.0) for start in starts]
    return Rollout("made up", t, y, people, sizes)


def published(path: Path) -> list[Rollout]:
    """The curves of a file."""
    return [Rollout(s["family"], s["t"], s["y"], 0, []) for s in json.loads(path.read_text(encoding="utf-8"))]


def cases(rollouts: list[Rollout]) -> list[Case]:
    """Each roll-out seen three times, each time as long as there is something left to be asked."""
    found = []
    for rollout in rollouts:
        whole = len(rollout.t)
        for part in SEEN:
            seen = max(FEWEST, round(part * whole))
            later = sorted({min(whole - 1, seen - 1 + max(1, round(ahead * whole))) for ahead in AHEAD})
            if whole - seen >= FEWEST:
                found.append(Case(rollout, seen, later))
    return found


def last_value(case: Case) -> dict[float, list[float]]:
    """What is now stays, give or take what it moved by so far: the least that a forecast must beat."""
    y = case.rollout.y[: case.seen]
    steps = [b - a for a, b in pairwise(y)]
    scatter = math.sqrt(mean(step * step for step in steps))
    z = {0.1: -1.2816, 0.25: -0.6745, 0.5: 0.0, 0.75: 0.6745, 0.9: 1.2816}
    return {
        p: [min(100, max(0, y[-1] + z[p] * scatter * math.sqrt(n + 1 - case.seen))) for n in case.later]
        for p in QUANTILES
    }


def asked(case: Case, siblings: list[Rollout] | None, *, plan: bool, counted: bool) -> dict[float, list[float]]:
    """The forecast's quantiles."""
    rollout = case.rollout
    t, y = rollout.t[: case.seen], rollout.y[: case.seen]
    return forecast(
        t,
        y,
        [rollout.t[n] for n in case.later],
        target=80.0,
        history=[(other.t, other.y) for other in siblings or ()],
        waves=rollout.waves if plan else None,
        counts=[(level * rollout.people / 100, rollout.people) for level in y] if counted else None,
    )["quantiles"]


def judged(case: Case, found: dict[float, list[float]]) -> list[tuple[float, float, bool, bool]]:
    """For each later week: error of the median, pinball, whether the 80 % and the 50 % interval held."""
    rows = []
    for place, n in enumerate(case.later):
        is_ = case.rollout.y[n]
        at = {p: found[p][place] for p in QUANTILES}
        pinball = mean(max(p * (is_ - at[p]), (p - 1) * (is_ - at[p])) for p in QUANTILES)
        rows.append((abs(at[0.5] - is_), pinball, at[0.1] <= is_ <= at[0.9], at[0.25] <= is_ <= at[0.75]))
    return rows


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rollouts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--series", type=Path)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    rollouts = published(given.series) if given.series else [made_up(chance) for _ in range(given.rollouts)]
    families: dict[str, list[Rollout]] = defaultdict(list)
    for rollout in rollouts:
        families[rollout.family].append(rollout)
    scores: dict[tuple[str, str], list[tuple[float, float, bool, bool]]] = defaultdict(list)
    took = []
    for case in cases(rollouts):
        family = case.rollout.family
        siblings = [other for other in families[family] if other is not case.rollout]
        scores["last value", family] += judged(case, last_value(case))
        start = time.perf_counter()
        scores["forecast", family] += judged(case, asked(case, None, plan=False, counted=False))
        took.append(1000 * (time.perf_counter() - start))
        scores["with siblings", family] += judged(case, asked(case, siblings, plan=False, counted=False))
        if case.rollout.waves:
            scores["with the plan", family] += judged(case, asked(case, None, plan=True, counted=False))
            scores["with counts", family] += judged(case, asked(case, None, plan=False, counted=True))
    print(f"{'':16}{'family':22}{'error':>7}{'pinball':>9}{'80 %':>7}{'50 %':>7}{'n':>7}")
    for (name, family), rows in sorted(scores.items(), key=lambda item: (item[0][1], item[0][0])):
        error, pinball, eighty, fifty = (mean(column) for column in zip(*rows, strict=True))
        print(f"{name:16}{family:22}{error:7.2f}{pinball:9.2f}{eighty:7.2f}{fifty:7.2f}{len(rows):7}")
    print(f"\na forecast of these: median {median(took):.0f} ms, 95th percentile {quantiles(took, n=20)[-1]:.0f} ms")
    print(f"a forecast from 60 points with a target: {_of_60_points():.0f} ms")
    return 0


def _of_60_points() -> float:
    """The median time of one forecast, in ms."""
    chance = random.Random(60)
    y = [max(0.0, 80 / (1 + math.exp((25 - week) / 6)) + chance.gauss(0, 1.5)) for week in range(60)]
    took = []
    for _ in range(9):
        start = time.perf_counter()
        forecast(range(60), y, [65, 70, 80, 100], target=75.0)
        took.append(1000 * (time.perf_counter() - start))
    return median(took)


if __name__ == "__main__":
    raise SystemExit(main())
