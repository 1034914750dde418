"""Which gap first: the ranking over all initiatives in view, why each gap ranks where it does, what changed meanwhile."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from changedesk.domain.counted import counted, listed
from changedesk.domain.people.gap_rules import refuse_done
from changedesk.domain.people.gaps import Gap, gaps_of
from changedesk.domain.people.triage import Factor, Ranked, factors, most_people, ranked, reason, snoozed, waived
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session, authorise
from changedesk.services.sought import Sought
from changedesk.services.visits import Visit, keep_visit, last_visit
from changedesk.store import people
from changedesk.store.desk.database import Connection
from changedesk.store.summaries import people_summaries
from changedesk.values import dataclass

PLACE: Final = "triage"

MOVED: Final = 1.2
"""Every gap presses a little more with each day; one has moved when its score has by more than a fifth."""

Change = Literal["new", "up", "down", ""]


@dataclass(frozen=True, slots=True)
class TriageQuery:
    """Which gaps are wanted: words that they contain, of one client or initiative; ``owner`` empty means nobody's."""

    text: str = ""
    client: str | None = None
    initiative_id: str | None = None
    owner: str | None = None


EVERY_GAP: Final = TriageQuery()


@dataclass(frozen=True, slots=True)
class TriageRow:
    """One gap in the list. ``rank`` is its place over everything in view, whatever is filtered.

    ``days`` to the day that presses, negative behind it. ``refused_done`` says why it cannot be called done (None: it can).
    ``change`` is since the actor's last visit.
    """

    gap: Gap
    rank: int
    days: int | None
    score: float
    factors: tuple[Factor, ...]
    reason: str
    refused_done: str | None
    change: Change


@dataclass(frozen=True, slots=True)
class SetAside:
    """A gap that somebody waived (with the reason, and on which day) or put off (without), until a day."""

    gap: Gap
    verb: Literal["waived", "put off"]
    by: str
    on: date | None
    reason: str | None
    until: date


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the actor's last visit, in words: how many gaps are new or rank higher, and which are gone."""

    since: datetime | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Since:
    """The visit that changes are counted from; None is a first visit. It stays the same while somebody is here."""

    visit: Visit | None


@dataclass(frozen=True, slots=True)
class TriageView:
    """The ranking on a day; rows are made when they are asked for."""

    today: date
    query: TriageQuery
    total: int
    set_aside: tuple[SetAside, ...]
    changes: Changes
    _all: Sequence[Ranked]
    _shown: Sequence[Ranked]
    _last: Visit | None
    _most: int
    _sought: Sought
    _places: dict[tuple[str, str], int]
    _narrowed: Sequence[int] | None = None

    def narrowed(self, query: TriageQuery) -> TriageView:
        """Of the same ranking what another query asks for; nothing is read, so that it follows every letter."""
        places = self._sought.having(query.text, self._texts)
        if replace(query, text="") != EVERY_GAP:
            every = range(len(self._all)) if places is None else places
            places = [place for place in every if _is_asked_for(self._all[place].gap, query)]
        shown = self._all if places is None else [self._all[place] for place in places]
        return replace(self, query=query, _shown=shown, _narrowed=places)

    @property
    def since(self) -> Since:
        """The visit that changes are counted from, for the next look."""
        return Since(self._last)

    @property
    def matched(self) -> int:
        """How many gaps the query leaves."""
        return len(self._shown)

    def rows(self, offset: int, limit: int) -> Sequence[TriageRow]:
        """Rows of the list in its order."""
        return [self._row(one) for one in self._shown[offset : offset + limit]]

    def position(self, initiative_id: str, key: str) -> int | None:
        """Where a gap stands in the list."""
        place, places = self._places.get((initiative_id, key)), self._narrowed
        if place is None or places is None:
            return place
        position = bisect_left(places, place)
        return position if position < len(places) and places[position] == place else None

    @property
    def highest(self) -> float:
        """The score of the first gap in view; 0 when there is none."""
        return self._shown[0].score if self._shown else 0.0

    def seen(self) -> dict[str, tuple[float, str]]:
        """What a visit remembers: every gap in view with its score and what it is called."""
        return {_visit_key(one.gap): (one.score, _called(one.gap)) for one in self._all}

    def _texts(self) -> Iterator[str]:
        return (_text_of(one.gap) for one in self._all)

    def _row(self, one: Ranked) -> TriageRow:
        gap = one.gap
        return TriageRow(
            gap=gap,
            rank=one.rank,
            days=None if gap.by is None else (gap.by - self.today).days,
            score=one.score,
            factors=factors(gap, self.today, self._most),
            reason=reason(gap, self.today),
            refused_done=refuse_done(gap),
            change=_change(one, self._last),
        )


def triage(session: Session, query: TriageQuery = EVERY_GAP, since: Since | None = None) -> TriageView:
    """The ranking of everything in view, and of it what the query asks for; changes are counted from the last visit,
    or from ``since``."""
    authorise(session, "desk.read")
    today = session.today
    with session.desk.snapshot() as conn:
        standings = people_summaries.people_standings(conn, session.scope)
        gaps = [gap for standing in standings for gap in gaps_of(standing, today)]
        aside = tuple(_set_aside(session, conn, gap) for gap in gaps if waived(gap, today) or snoozed(gap, today))
    everything = ranked(gaps, today)
    last = last_visit(session, PLACE) if since is None else since.visit
    view = TriageView(
        today=today,
        query=EVERY_GAP,
        total=len(everything),
        set_aside=tuple(sorted(aside, key=lambda one: (one.until, one.gap.code, one.gap.audience or "", one.gap.name))),
        changes=_changes(everything, last),
        _all=everything,
        _shown=everything,
        _last=last,
        _most=most_people(everything),
        _sought=Sought(),
        _places={(one.gap.initiative_id, one.gap.key): place for place, one in enumerate(everything)},
    )
    return view.narrowed(query)


def gaps_of_initiative(session: Session, initiative_id: str) -> tuple[Gap, ...]:
    """The gaps of one initiative in the order of the ranking, which is read of no other one."""
    record = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        standing = people_summaries.people_standing(conn, record.id)
    found = gaps_of(standing, session.today) if standing else ()
    return tuple(one.gap for one in ranked(found, session.today))


def owned(session: Session) -> int:
    """How many gaps in view wait for the actor: what the query for one's own leaves, counted without ranking the others."""
    authorise(session, "desk.read")
    today, login = session.today, session.actor.login
    with session.desk.snapshot() as conn:
        standings = people_summaries.people_standings_naming(conn, session.scope, login)
        return sum(one.gap.owner == login for standing in standings for one in ranked(gaps_of(standing, today), today))


def end_visit(session: Session, view: TriageView) -> bool:
    """Remember what the actor has seen, so that the next visit begins with what changed; false when that cannot be kept."""
    return keep_visit(session, PLACE, view.seen())


def _is_asked_for(gap: Gap, query: TriageQuery) -> bool:
    """Whether it is of the client, the initiative and the owner that are asked for."""
    if query.client is not None and gap.client != query.client:
        return False
    if query.initiative_id is not None and gap.initiative_id != query.initiative_id:
        return False
    return query.owner is None or (gap.owner or "") == query.owner


def _text_of(gap: Gap) -> str:
    """What words are looked for in."""
    texts = (gap.name, gap.code, gap.title, gap.client, gap.audience, gap.owner, gap.action)
    return " ".join(part for part in texts if part)


def _set_aside(session: Session, conn: Connection, gap: Gap) -> SetAside:
    mark = gap.mark
    assert mark is not None
    is_waived = waived(gap, session.today)
    by, until = (mark.waived_by, mark.waived_until) if is_waived else (mark.snoozed_by, mark.snoozed_until)
    assert by is not None
    assert until is not None
    return SetAside(
        gap,
        "waived" if is_waived else "put off",
        people.name_of(conn, by),
        mark.waived_at.astimezone(session.zone).date() if is_waived and mark.waived_at else None,
        mark.waiver if is_waived else None,
        until,
    )


def _visit_key(gap: Gap) -> str:
    return f"{gap.initiative_id}/{gap.key}"


def _called(gap: Gap) -> str:
    return f"{gap.code}, {gap.audience}: {gap.name}" if gap.audience else f"{gap.code}: {gap.name}"


def _change(one: Ranked, last: Visit | None) -> Change:
    if last is None:
        return ""
    before = last.scores.get(_visit_key(one.gap))
    if before is None:
        # Of what ranks below all that a visit keeps nobody knows whether it was there.
        return "" if last.least is not None and one.score <= last.least else "new"
    return "up" if one.score > MOVED * before else "down" if MOVED * one.score < before else ""


def _changes(everything: Sequence[Ranked], last: Visit | None) -> Changes:
    if last is None:
        return Changes(None, "this is your first visit")
    now = {_visit_key(one.gap) for one in everything}
    new = sum(_change(one, last) == "new" for one in everything)
    higher = sum(_change(one, last) == "up" for one in everything)
    gone = tuple(name for key, name in last.names.items() if key not in now)
    said = [
        f"{counted(new, 'new gap')}" if new else "",
        f"{counted(higher, 'gap')} much higher" if higher else "",
        f"gone: {listed(gone)}" if gone else "",
    ]
    return Changes(last.at, "; ".join(part for part in said if part) or "nothing has changed")
