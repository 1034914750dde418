"""The next time that is free: for these services, so long, by this person, inside a maintenance window where there are any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from changedesk.domain.control.windows import HARD, MAINTENANCE, SOFT, Placed, Span
from changedesk.domain.service.names import shared
from changedesk.values import dataclass

STEP: Final = timedelta(minutes=15)
"""Changes begin at quarters of an hour."""
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: a time for a change of these services (none: of all that the client has), not before a moment."""

    client: str
    services: tuple[str, ...]
    length: timedelta
    not_before: datetime
    implementer: str | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that a time may not touch, and what it is in a few words."""

    start: datetime
    end: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time. ``home`` is the maintenance window that it lies in, None when it lies in none.

    ``passed`` is what stood in the way of an earlier one, in the order in which it was met.
    """

    start: datetime
    end: datetime
    home: Span | None
    passed: tuple[Obstacle, ...]


def obstacles(wish: Wish, spans: Sequence[Span], others: Sequence[Placed]) -> tuple[Obstacle, ...]:
    """What stands in the way of a wish: freezes, other changes of its services, and where its implementer is, by start.

    A soft freeze does, too: a time inside one is not free, it has to be accepted by name.
    """
    found = [
        Obstacle(span.start, span.end, f"the {'hard' if span.kind == HARD else 'soft'} freeze {span.title}")
        for span in spans
        if span.kind in (HARD, SOFT) and span.concerns(wish.client, wish.services)
    ]
    for other in others:
        both = shared(wish.services, other.services) if other.client == wish.client else ()
        if both:
            found.append(Obstacle(other.start, other.end, f"{other.number}, which changes {both[0]}"))
        elif wish.implementer and other.implementer == wish.implementer:
            number = other.number if other.client == wish.client else "another client's change"
            found.append(Obstacle(other.start, other.end, f"{number}, which {wish.implementer} does"))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.what)))


def homes(wish: Wish, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The maintenance windows that are there for a wish, by start."""
    mine = (span for span in spans if span.kind == MAINTENANCE and span.covers(wish.client, wish.services))
    return tuple(sorted(mine, key=lambda span: (span.start, span.end, span.title)))


def wants_home(wish: Wish, spans: Sequence[Span]) -> bool:
    """Whether the client has maintenance windows for any of what a wish touches, so that it belongs into one."""
    return any(span.kind == MAINTENANCE and span.concerns(wish.client, wish.services) for span in spans)


def next_slot(wish: Wish, in_the_way: Sequence[Obstacle], inside: Sequence[Span], until: datetime) -> Slot | None:
    """The earliest free time that ends by ``until``, at a quarter of an hour; inside one of these windows when there are any.

    None when there is none.
    """
    passed: list[Obstacle] = []
    begin = _quarter(wish.not_before)
    while begin + wish.length <= until:
        obstacle = next((one for one in in_the_way if one.start < begin + wish.length and begin < one.end), None)
        if obstacle is not None:
            passed.append(obstacle)
            begin = _quarter(obstacle.end)
            continue
        if not inside:
            return Slot(begin, begin + wish.length, None, tuple(passed))
        start, home = min(_in_homes(begin, wish.length, inside), key=lambda one: one[0], default=(until, None))
        if home is None:
            return None
        if start == begin:
            return Slot(begin, begin + wish.length, home, tuple(passed))
        begin = start
    return None


def _in_homes(begin: datetime, length: timedelta, inside: Sequence[Span]) -> Iterator[tuple[datetime, Span]]:
    """In each window that is long enough, the first quarter not before ``begin`` from which on so much time is left."""
    for home in inside:
        start = max(begin, _quarter(home.start))
        if start + length <= home.end:
            yield start, home


def _quarter(moment: datetime) -> datetime:
    """The moment, or the next quarter of an hour after it."""
    return moment + (_EPOCH - moment) % STEP
