"""Where changes run into each other, into freezes, out of maintenance windows, or into people who have enough to bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import Final, Literal

from changedesk.domain.control.windows import HARD, MAINTENANCE, SOFT, Placed, Span
from changedesk.domain.counted import counted, listed
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.people.saturation import load_word
from changedesk.domain.saying import percent
from changedesk.domain.service.names import all_folded, folded
from changedesk.values import dataclass

Kind = Literal["freeze_hard", "service", "person", "audience", "freeze_soft", "maintenance"]

KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "freeze_hard": ("hard freeze", "late"),
    "service": ("same service", "late"),
    "person": ("same person", "late"),
    "audience": ("people", "at_risk"),
    "freeze_soft": ("soft freeze", "at_risk"),
    "maintenance": ("outside maintenance", "at_risk"),
}
"""What each kind is called, and how much it matters: what blocks or cannot both be done, and what is to be looked at."""

CROWD: Final = 50
"""A change that begins while more than so many run collides with all of them at once, not with each."""


@dataclass(frozen=True, slots=True)
class Collision:
    """Something that does not go together, from a moment to a moment: ``name`` is what it is called.

    ``changes`` are the ids of the changes in it; where one meets a crowd, its own alone.
    """

    kind: Kind
    client: str
    start: datetime
    end: datetime
    changes: tuple[str, ...]
    service: str | None
    sentence: str
    level: str
    name: str


def collisions(
    changes: Sequence[Placed],
    spans: Sequence[Span],
    weeks: Sequence[AudienceWeek],
    zones: Mapping[str, tzinfo],
    foreign: Sequence[Placed] = (),
) -> tuple[Collision, ...]:
    """Every collision of these changes, the earliest first.

    ``foreign`` are changes of clients that the reader does not see: they count where somebody would have to be in two
    places, and nothing of them is said. ``weeks`` are of the clients of ``zones``, by whose clocks a week begins.
    """
    found = [
        *_services(changes),
        *_people(changes, foreign),
        *_windows(changes, spans),
        *_audiences(changes, weeks, zones),
    ]
    return tuple(sorted(found, key=lambda one: (one.start, list(KINDS).index(one.kind), one.client, one.sentence)))


def _made(
    kind: Kind, client: str, met: tuple[datetime, datetime], changes: Iterable[Placed], sentence: str, *,
    service: str | None = None, level: str = "", name: str = "",
) -> Collision:  # fmt: skip
    ids = tuple(change.id for change in changes)
    return Collision(kind, client, *met, ids, service, sentence, level or KINDS[kind][1], name or KINDS[kind][0])


def _overlaps(changes: Iterable[Placed]) -> Iterator[tuple[Sequence[Placed], Placed]]:
    """Each change with what runs as it begins: one after the other, or a crowd at once.

    Whoever is in a crowd has been told of it before: every change meets the one that begins next while it runs.
    """
    running: list[Placed] = []
    for change in sorted(changes, key=lambda one: (one.start, one.number)):
        running = [other for other in running if change.start < other.end]
        if len(running) > CROWD:
            yield running, change
        else:
            yield from (((other,), change) for other in running)
        running.append(change)


def _shared(others: Sequence[Placed], change: Placed) -> tuple[datetime, datetime]:
    """The time that a change shares with any of those that ran as it began."""
    return change.start, min(change.end, max(other.end for other in others))


def _services(changes: Sequence[Placed]) -> Iterator[Collision]:
    by_service: dict[tuple[str, str], list[Placed]] = {}
    for change in changes:
        for service in all_folded(change.services):
            by_service.setdefault((change.client, service), []).append(change)
    for (client, known_as), same in by_service.items():
        for others, change in _overlaps(same):
            service = next(name for name in others[0].services if folded(name) == known_as)
            if len(others) == 1:
                met, sentence = (*others, change), f"{others[0].number} and {change.number} both change {service}"
            else:
                met, sentence = (change,), f"{change.number} and {counted(len(others), 'other')} all change {service}"
            yield _made("service", client, _shared(others, change), met, sentence, service=service)


def _people(changes: Sequence[Placed], foreign: Sequence[Placed]) -> Iterator[Collision]:
    by_person: dict[str, list[Placed]] = {}
    for change in (*changes, *foreign):
        if change.implementer:
            by_person.setdefault(change.implementer, []).append(change)
    unseen = {change.id for change in foreign}
    for who, same in by_person.items():
        for others, change in _overlaps(same):
            met = (*others, change) if len(others) == 1 else (change,)
            seen = [one for one in met if one.id not in unseen]
            if not seen:
                continue
            names = [one.number if len({c.client for c in seen}) == 1 else f"{one.client}/{one.number}" for one in seen]
            if len(others) > 1:
                names.append(counted(len(others), "other change"))
            elif len(seen) == 1:
                names.append("another client's change")
            yield _made(
                "person", seen[0].client, _shared(others, change), seen, f"{who} does {listed(names)} at the same time"
            )


def _windows(changes: Sequence[Placed], spans: Sequence[Span]) -> Iterator[Collision]:
    by_client: dict[str | None, list[Span]] = {}
    for span in spans:
        by_client.setdefault(span.client, []).append(span)
    for change in changes:
        mine = [
            span
            for span in (*by_client.get(change.client, ()), *by_client.get(None, ()))
            if span.concerns(change.client, change.services)
        ]
        for span in mine:
            if span.kind in (HARD, SOFT) and span.meets(change.start, change.end):
                kind: Kind = "freeze_hard" if span.kind == HARD else "freeze_soft"
                met = max(change.start, span.start), min(change.end, span.end)
                sentence = f"{change.number} lies in the {KINDS[kind][0]} {span.title}"
                yield _made(kind, change.client, met, (change,), sentence)
        near = [span for span in mine if span.kind == MAINTENANCE]
        homes = [span for span in near if span.covers(change.client, change.services)]
        if near and not any(home.start <= change.start and change.end <= home.end for home in homes):
            sentence = f"{change.number} lies outside the maintenance windows"
            yield _made("maintenance", change.client, (change.start, change.end), (change,), sentence)


def _audiences(
    changes: Sequence[Placed], weeks: Sequence[AudienceWeek], zones: Mapping[str, tzinfo]
) -> Iterator[Collision]:
    """A week in which a group has nearly all it can bear, by several initiatives or while one of them has a change."""
    by_initiative: dict[tuple[str, str | None], list[Placed]] = {}
    for change in changes:
        by_initiative.setdefault((change.client, change.initiative), []).append(change)
    for week in weeks:
        zone = zones.get(week.client)
        if week.level == "fine" or zone is None:
            continue
        begin = datetime.combine(week.week, time(), zone).astimezone(UTC)
        end = datetime.combine(week.week + timedelta(days=7), time(), zone).astimezone(UTC)
        codes = list(dict.fromkeys(source.code for source in week.sources))
        own = chain.from_iterable(by_initiative.get((week.client, code), ()) for code in codes)
        meant = sorted(
            (change for change in own if change.start < end and begin < change.end),
            key=lambda change: (change.start, change.number),
        )
        if len(codes) < 2 and not meant:
            continue
        also = f", and {listed([change.number for change in meant])} in that week" if meant else ""
        sentence = f"{week.audience} bear {percent(100 * week.share)} of what they can: {listed(codes)}{also}"
        name = f"people {load_word(week.share)}"
        yield _made("audience", week.client, (begin, end), meant, sentence, level=week.level, name=name)
