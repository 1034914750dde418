"""The lifecycle every initiative follows: lanes with their phases, and the checkpoints that both lanes share."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from changedesk.domain.records import Activity
from changedesk.values import dataclass

Named = TypeVar("Named", "Phase", "Lane", "Checkpoint")


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a lane; ``short`` is its title where room is scarce."""

    name: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One side of the work, the question it answers, and its phases in their order."""

    name: str
    title: str
    question: str
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class CheckpointItem:
    """One thing that must be done before a lane signs."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A shared checkpoint: due at the end of a delivery phase, or so many days after go-live; never both."""

    name: str
    title: str
    after_phase: str | None
    days_after_go_live: int | None
    delivery: tuple[CheckpointItem, ...]
    people: tuple[CheckpointItem, ...]

    def items(self, lane: str) -> tuple[CheckpointItem, ...]:
        """The checklist of ``delivery`` or ``people``; KeyError for a lane that does not sign."""
        return {"delivery": self.delivery, "people": self.people}[lane]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The lanes and the checkpoints, each in their order."""

    lanes: tuple[Lane, ...]
    checkpoints: tuple[Checkpoint, ...]

    def lane(self, name: str) -> Lane:
        """The lane of that name; KeyError when there is none."""
        return _named(self.lanes, name)

    def checkpoint(self, name: str) -> Checkpoint:
        """The checkpoint of that name; KeyError when there is none."""
        return _named(self.checkpoints, name)


def due(checkpoint: Checkpoint, activities: Iterable[Activity], go_live: date | None) -> date | None:
    """The day by which both lanes must have signed; None while it is not known.

    A checkpoint after a phase falls on the last baseline end of the delivery activities of that phase (the planned end
    of one that has no baseline), so that moving the plan does not move the day it is judged by. It never falls after
    go-live. The others count their days from go-live.
    """
    if checkpoint.days_after_go_live is not None:
        return None if go_live is None else go_live + timedelta(days=checkpoint.days_after_go_live)
    ends = [
        a.baseline_end or a.planned_end
        for a in activities
        if a.lane == "delivery" and a.phase == checkpoint.after_phase
    ]
    if not ends:
        return None
    return max(ends) if go_live is None else min(max(ends), go_live)


def parse_lifecycle(text: str) -> Lifecycle:
    """The lifecycle written in a TOML text; ValueError says in a sentence what is wrong with it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The lifecycle is not valid TOML: {error}.") from error
    return lifecycle_from(document)


def lifecycle_from(document: Mapping[str, object]) -> Lifecycle:
    """The lifecycle in a parsed TOML document; ValueError says in a sentence what is wrong with it."""
    lanes = tuple(
        _lane(table, f"Lane {number}") for number, table in enumerate(_tables(document, "lanes", "The lifecycle"), 1)
    )
    _unique(lanes, "lane")
    delivery = next((lane for lane in lanes if lane.name == "delivery"), None)
    if delivery is None:
        raise ValueError('The lifecycle has no lane named "delivery".')
    checkpoints = tuple(
        _checkpoint(table, f"Checkpoint {number}", delivery)
        for number, table in enumerate(_tables(document, "checkpoints", "The lifecycle"), 1)
    )
    _unique(checkpoints, "checkpoint")
    return Lifecycle(lanes, checkpoints)


def _lane(table: Mapping[str, object], place: str) -> Lane:
    name = _text(table, "name", place)
    phases = tuple(
        Phase(*(_text(phase, key, f"Phase {number} of lane {name}") for key in ("name", "title", "short")))
        for number, phase in enumerate(_tables(table, "phases", f"Lane {name}"), 1)
    )
    _unique(phases, f"phase of lane {name}")
    return Lane(name, _text(table, "title", place), _text(table, "question", place), phases)


def _checkpoint(table: Mapping[str, object], place: str, delivery: Lane) -> Checkpoint:
    name = _text(table, "name", place)
    place = f"Checkpoint {name}"
    if ("after_phase" in table) == ("days_after_go_live" in table):
        raise ValueError(f"{place} needs either after_phase or days_after_go_live.")
    after_phase = _text(table, "after_phase", place) if "after_phase" in table else None
    if after_phase is not None and after_phase not in {phase.name for phase in delivery.phases}:
        raise ValueError(f'{place} follows "{after_phase}", which is no phase of delivery.')
    days = table.get("days_after_go_live")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 0):
        raise ValueError(f"{place} needs a whole number of days, 0 or more, as days_after_go_live.")
    return Checkpoint(
        name,
        _text(table, "title", place),
        after_phase,
        days,
        _items(table, "delivery", place),
        _items(table, "people", place),
    )


def _items(table: Mapping[str, object], lane: str, place: str) -> tuple[CheckpointItem, ...]:
    where = f"Item of the {lane} checklist of {place[:1].lower()}{place[1:]}"
    items = tuple(
        CheckpointItem(_text(item, "key", where), _text(item, "text", where)) for item in _tables(table, lane, place)
    )
    keys = [item.key for item in items]
    if len(set(keys)) < len(keys):
        raise ValueError(f"{place} has two {lane} items with the same key.")
    return items


def _tables(table: Mapping[str, object], key: str, place: str) -> list[Mapping[str, object]]:
    value = table.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(entry, Mapping) for entry in value):
        raise ValueError(f"{place} needs a list of tables named {key}.")
    return value


def _text(table: Mapping[str, object], key: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{place} needs a text as {key}.")
    return value


def _unique(named: tuple[Phase, ...] | tuple[Lane, ...] | tuple[Checkpoint, ...], what: str) -> None:
    seen: set[str] = set()
    for one in named:
        if one.name in seen:
            raise ValueError(f'There are two entries "{one.name}"; a {what} needs a name of its own.')
        seen.add(one.name)


def _named(named: tuple[Named, ...], name: str) -> Named:
    for one in named:
        if one.name == name:
            return one
    raise KeyError(name)
