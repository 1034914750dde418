"""Two years of changes for the demo: the older ones from the tool before, the last months lived through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from changedesk.domain.words import OUTCOMES
from changedesk.services.demo.clocks import Clocks
from changedesk.services.demo.homes import Homes
from changedesk.services.demo.story import Row, Story, texts

OLDEST, MOVED, YOUNGEST = 730, 119, 16
"""Days ago: of the first change, of the move to this desk, and of the last one that went all its way."""
EVERY: Final = {"alder": 8, "birch": 12, "cedar": 11, "dover": 10, "internal": 9}
"""Days between two changes of a client."""
_HOURS: Final = {"normal": ("20:00", "21:30", "19:00"), "standard": ("12:15", "07:00"), "emergency": ("10:20", "15:40")}
_CANCELLED, _REJECTED = 0.05, 0.03
_AT_ANY_TIME: Final = 0.04
"""So many of the changes that could wait for a maintenance window do not."""


def past_changes(story: Story, when: Clocks, homes: Homes) -> Iterator[Row]:
    """The changes that came from the tool before this desk, as rows of a file, numbered by time."""
    found: list[tuple[datetime, Row]] = []
    for client, board in story["boards"].items():
        random = Random(f"past/{client}")
        days = OLDEST - random.randint(0, EVERY[client])
        while days > MOVED:
            found.append(_past(story, client, board, days, random, when, homes))
            days -= max(2, EVERY[client] + random.randint(-3, 3))
    for place, (_, row) in enumerate(sorted(found, key=lambda one: (one[0], one[1]["client"])), 1):
        yield {**row, "number": f"CHG-{place:04d}"}


def _past(
    story: Story, client: str, board: Mapping[str, Any], days: int, random: Random, when: Clocks, homes: Homes
) -> tuple[datetime, Row]:
    kind, service = _drawn(story, board, random)
    day, hour = _planned(client, kind, service, -days, random, homes, -1)
    start = when.at(client, day, hour)
    end = start + timedelta(minutes=kind["minutes"])
    row: dict[str, object] = {
        "client": client,
        "title": kind["title"].format(service=service),
        "path": kind["path"],
        "risk": kind["risk"],
        "services": service,
        "planned_start": _utc(start),
        "planned_end": _utc(end),
        "requester": board["requester"],
        "implementer": random.choice(board["implementers"]),
        "state": "closed",
    }
    fate = random.random()
    if fate < _CANCELLED + _REJECTED and kind["path"] == "normal":
        row["state"] = "cancelled" if fate < _CANCELLED else "rejected"
        return start, texts(row)
    outcome = _outcome(kind["outcomes"], random)
    late = random.choice((0, 0, 2, 4, 9, 15))
    took = kind["minutes"] * (random.uniform(0.4, 0.9) if outcome == "successful" else random.uniform(0.8, 1.5))
    row |= {
        "outcome": outcome,
        "actual_start": _utc(start + timedelta(minutes=late)),
        "actual_end": _utc(start + timedelta(minutes=late + round(took))),
    }
    return start, texts(row)


def lived_changes(story: Story, first: int, when: Clocks, homes: Homes) -> Iterator[dict[str, Any]]:
    """The changes of the last months, each with its life from being asked for to being closed; numbered from ``first``."""
    found: list[tuple[datetime, dict[str, Any]]] = []
    for client, board in story["boards"].items():
        random = Random(f"lived/{client}")
        days = MOVED - 9 - random.randint(0, EVERY[client])
        place = 0
        while days > YOUNGEST:
            place += 1
            change = _lived(story, client, board, days, place, random, homes)
            found.append((when.at(client, *change["start"]), change))
            days -= max(3, EVERY[client] + random.randint(-2, 3))
    for place, (_, change) in enumerate(sorted(found, key=lambda one: (one[0], one[1]["client"])), first):
        yield {**change, "number": f"CHG-{place:04d}"}


def _lived(
    story: Story, client: str, board: Mapping[str, Any], days: int, place: int, random: Random, homes: Homes
) -> dict[str, Any]:
    kind, service = _drawn(story, board, random)
    while kind["path"] == "standard":
        # Standard changes are told with their templates.
        kind, service = _drawn(story, board, random)
    day, hour = _planned(client, kind, service, -days, random, homes, 1)
    days = -day
    outcome = _outcome(kind["outcomes"], random)
    asked = days + random.randint(4, 8) if kind["path"] == "normal" else days
    life = _asking(board, kind["path"], asked, days, random) + _doing(story, board, kind, outcome, days, place)
    return {
        "client": client,
        "title": kind["title"].format(service=service),
        "path": kind["path"],
        "risk": kind["risk"],
        "services": [service],
        "start": [-days, hour],
        "minutes": kind["minutes"],
        "requester": board["requester"],
        "manager": board["manager"],
        "implementer": next(one for one in _turned(board["implementers"], place) if one != board["requester"]),
        "plan": f"As in the run book of {service}",
        "test_plan": "The check list of the service, before and after",
        "backout_plan": "Back to the state that was kept before",
        "backout_minutes": kind["minutes"] // 3,
        "incident": f"INC-{20000 + place * 37}" if kind["path"] == "emergency" else "",
        "life": life,
    }


def _asking(board: Mapping[str, Any], path: str, asked: int, days: int, random: Random) -> list[list[object]]:
    """From being asked for to having leave; some boards are slower than others, and weekends come between."""
    if path == "emergency":
        return [
            [-days, "09:00", "new"],
            [-days, "09:05", "submit"],
            [-days, "09:30", "vote", _ecab(board), "approve", ""],
        ]
    steps: list[list[object]] = [[-asked, "10:00", "new"], [-asked, "11:00", "submit"]]
    assessed = asked - random.choice((0, 1, 1, 2))
    steps.append([-assessed, f"1{random.randint(2, 6)}:20", "vote", board["manager"], "approve", ""])
    voted = max(days + 1, assessed - random.choice((0, 1, 2, 3)))
    for minute, who in enumerate(board["voters"][:2]):
        steps.append([-voted, f"17:{10 + 7 * minute}", "vote", who, "approve", ""])
    return steps


def _ecab(board: Mapping[str, Any]) -> str:
    return str(board.get("ecab", board["voters"][-1]))


def _doing(
    story: Story, board: Mapping[str, Any], kind: Mapping[str, Any], outcome: str, days: int, place: int
) -> list[list[object]]:
    took = kind["minutes"] * 2 // 3
    steps: list[list[object]] = [["start", 0, "start"]]
    if outcome == "backed_out":
        fault = "The check list showed a fault that could not be mended within the window"
        steps.append(["start", took, "back_out", fault])
    else:
        steps.append(["start", took, "finish", outcome, "Check list done, log kept with the ticket"])
    if kind["path"] == "emergency" or outcome != "successful" or kind["risk"] in ("medium", "high"):
        found = [one for one in story["reviews"] if one["outcome"] == outcome]
        review = found[place % len(found)]
        if review.get("calls"):
            review = {**review, "incidents": [f"INC-{20000 + 7 * days + place}"]}
        steps.append([-days + 2, "10:30", "review", board["manager"], review])
    steps.append([-days + 3, "11:30", "close", board["manager"]])
    return steps


def _drawn(story: Story, board: Mapping[str, Any], random: Random) -> tuple[Mapping[str, Any], str]:
    catalogue = story["catalogue"]
    (kind,) = random.choices(catalogue, [one["often"] for one in catalogue])
    return kind, random.choice(board["services"])


def _planned(
    client: str, kind: Mapping[str, Any], service: str, days: int, random: Random, homes: Homes, step: int
) -> tuple[int, str]:
    """The day and the hour: in the nearest maintenance window, but for emergencies and what somebody did not plan."""
    hour = random.choice(_HOURS[kind["path"]])
    if kind["path"] == "emergency" or random.random() < _AT_ANY_TIME:
        return days, hour
    return homes.near(client, [service], days, kind["minutes"], random.randrange, step) or (days, hour)


def _outcome(weights: Sequence[int], random: Random) -> str:
    return random.choices(OUTCOMES, weights)[0]


def _turned(names: Sequence[str], place: int) -> Sequence[str]:
    turn = place % len(names)
    return [*names[turn:], *names[:turn]]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
