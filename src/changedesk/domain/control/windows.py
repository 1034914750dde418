"""Windows of time: freezes, maintenance, holidays; and what a change runs into (DOMAIN 2.1, invariant 11).

A window may recur; here it is already laid out as :class:`Span` after span, each from an instant to an instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.saying import percent
from changedesk.domain.service.names import same, shared
from changedesk.values import dataclass

SERVICE_SCOPE: Final = "service:"
"""How a window names the one service that it is about."""

HARD: Final = "freeze_hard"
SOFT: Final = "freeze_soft"
MAINTENANCE: Final = "maintenance"
HOLIDAY: Final = "holiday"
SAID: Final[Mapping[str, str]] = {
    HARD: "hard freeze",
    SOFT: "soft freeze",
    MAINTENANCE: "maintenance window",
    HOLIDAY: "holiday",
}
"""What each kind of window is called."""


@dataclass(frozen=True, slots=True)
class Span:
    """One occurrence of a window. ``client`` None is every client, ``service`` None every service of it."""

    window: str
    kind: str
    client: str | None
    service: str | None
    title: str
    start: datetime
    end: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether it shares a moment with another time."""
        return self.start < end and start < self.end

    def concerns(self, client: str, services: Sequence[str]) -> bool:
        """Whether it is about changes of these services; a change without services is about every one (invariant 11)."""
        if self.client is not None and self.client != client:
            return False
        return self.service is None or not services or bool(shared((self.service,), services))

    def covers(self, client: str, services: Sequence[str]) -> bool:
        """Whether it is there for all of these services; a window of one service is not for a change that names none."""
        if self.client is not None and self.client != client:
            return False
        return self.service is None or same((self.service,), services)


@dataclass(frozen=True, slots=True)
class Placed:
    """A change on the calendar, as far as other changes can run into it."""

    id: str
    number: str
    client: str
    title: str
    services: tuple[str, ...]
    implementer: str | None
    start: datetime
    end: datetime
    state: str
    initiative: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that a change runs into. ``key`` names it, so that an acknowledgement finds it again.

    ``blocks``: no acknowledgement helps, only another time (or, in an emergency, two people). ``note``: it is said, and
    nothing waits for it. Otherwise somebody has to have seen it before the change is authorised.
    """

    kind: str
    key: str
    sentence: str
    start: datetime
    end: datetime
    blocks: bool = False
    note: bool = False
    acknowledged_by: str | None = None
    reason: str | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for somebody to acknowledge it."""
        return not self.blocks and not self.note and self.acknowledged_by is None


def hard_freezes(
    spans: Iterable[Span], client: str, services: Sequence[str], start: datetime, end: datetime
) -> list[Span]:
    """The hard freezes that a change in this time would break, the earliest first."""
    return sorted(
        (span for span in spans if span.kind == HARD and span.concerns(client, services) and span.meets(start, end)),
        key=lambda span: (span.start, span.title),
    )


def _said_in_utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"


def conflicts_of(
    change: Placed,
    spans: Sequence[Span],
    others: Sequence[Placed],
    weeks: Sequence[AudienceWeek] = (),
    said: Callable[[datetime], str] = _said_in_utc,
) -> list[Conflict]:
    """What a change runs into: freezes, other changes of its services, its implementer elsewhere, no maintenance window.

    ``weeks`` are the loads of its client's people while it runs: those of its initiative may have nearly all they can bear.
    ``said`` says a moment by the client's clock.
    """
    found = []
    meeting = [span for span in spans if span.meets(change.start, change.end)]
    for span in meeting:
        if span.kind in (HARD, SOFT) and span.concerns(change.client, change.services):
            word = "hard freeze" if span.kind == HARD else "soft freeze"
            key = f"{span.kind}:{span.window}:{span.start.isoformat()}"
            found.append(Conflict(span.kind, key, f"{word} {span.title}", span.start, span.end, span.kind == HARD))
    for other in others:
        if other.id == change.id or not (other.start < change.end and change.start < other.end):
            continue
        both = shared(change.services, other.services) if other.client == change.client else ()
        if both:
            sentence = f"{other.number} changes {both[0]} at the same time"
            found.append(Conflict("service", f"service:{other.id}", sentence, other.start, other.end))
        if change.implementer and other.implementer == change.implementer:
            # What another client has done is no news for this one.
            what = other.number if other.client == change.client else "another client's change"
            sentence = f"{change.implementer} does {what} at the same time"
            found.append(Conflict("person", f"person:{other.id}", sentence, other.start, other.end))
    for week in weeks:
        if week.level != "fine" and change.initiative in {source.code for source in week.sources}:
            sentence = f"{week.audience} bear {percent(100 * week.share)} of what they can in that week"
            found.append(
                Conflict("audience", f"audience:{week.audience}:{week.week}", sentence, change.start, change.end)
            )
    found += _outside_maintenance(change, spans, said)
    return found


def _outside_maintenance(change: Placed, spans: Sequence[Span], said: Callable[[datetime], str]) -> list[Conflict]:
    """A client that has maintenance windows for what the change touches wants it in one of them."""
    near = [s for s in spans if s.kind == MAINTENANCE and s.concerns(change.client, change.services)]
    mine = [span for span in near if span.covers(change.client, change.services)]
    if not near or any(span.start <= change.start and change.end <= span.end for span in mine):
        return []
    later = min((span.start for span in mine if span.start >= change.start), default=None)
    following = f"; the next one begins {said(later)}" if later else ""
    return [
        Conflict(
            "maintenance",
            "maintenance",
            f"outside the maintenance windows{following}",
            change.start,
            change.end,
            note=True,
        )
    ]
