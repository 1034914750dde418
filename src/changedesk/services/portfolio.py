"""The portfolio: every initiative in view, by how much it needs attention, and what the coming fortnight brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from changedesk.domain.attention import Attention, all_findings, attention, attention_key, gate_label
from changedesk.domain.control.news import ControlNews
from changedesk.domain.lag import change_lag, deployment_gap
from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.domain.usage.chance import chance_now
from changedesk.services.control.coming import Coming, coming
from changedesk.services.control.news import news
from changedesk.services.portfolio_query import EVERYTHING, PortfolioQuery
from changedesk.services.session import Session, authorise
from changedesk.store import clients, summaries, upcoming

EVENT_DAYS = 14
_MOST_EVENTS = 50
_MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fired: its level and the sentence."""

    level: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One initiative in the list; shares are 0 to 1, ``lag`` is in days.

    ``people`` is how much of the people work is done, ``ready`` how many of the people are: two numbers, never one.
    ``likely`` is the chance of the target of use by its day, as the newest kept forecast has it.
    ``why_also`` is the reason with what change control waits for behind it (``CAB open``), where there is room for it.
    """

    initiative_id: str
    code: str
    title: str
    client: str
    level: str
    state: str
    go_live: date | None
    went_live: bool
    delivery: float | None
    people: float | None
    lag: int | None
    adopted: float | None
    trend: tuple[float, ...]
    why: str
    why_short: str
    ready: float | None = None
    why_also: str = ""
    likely: float | None = None


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """A client's rows in the grouped list: the first row's index, how many, how many need attention.

    ``overdue`` counts the votes and reviews that changes of the client owe, whatever they serve.
    """

    client: str
    name: str
    first: int
    count: int
    need_attention: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Headline:
    """The portfolio in four figures; ``gap_median`` is delivered minus adopted over what is live, in shares (R12)."""

    need_attention: int
    total: int
    attention_codes: tuple[str, ...]
    next_go_live: date | None
    next_go_live_id: str | None
    next_go_live_title: str | None
    next_go_live_people: float | None
    lag_median: float | None
    lag_worst: int | None
    lag_worst_code: str | None
    lag_best: int | None
    delivered: int
    adopted: int
    gap_median: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls on one of the coming days; ``kind`` is go_live, wave, gate, milestone or target of an initiative.

    What change control brings has a moment, ``at``, and belongs to no initiative: retro, cab, freeze_hard, change.
    """

    day: date
    kind: str
    text: str
    level: str
    initiative_id: str
    code: str
    client: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PortfolioDetail:
    """What is said of the selected initiative under the list."""

    initiative_id: str
    findings: tuple[Finding, ...]
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None
    headcount: int
    client_name: str


@dataclass(frozen=True, slots=True)
class _Entry:
    standing: Standing
    found: Attention
    lag: int | None
    waits: str


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """The portfolio as it is shown on a day; rows are made when they are asked for."""

    today: date
    query: PortfolioQuery
    thresholds: Thresholds
    total: int
    client_names: dict[str, str]
    headline: Headline
    groups: tuple[ClientGroup, ...]
    events: tuple[Event, ...]
    points: tuple[PortfolioRow, ...]
    points_left_out: int
    news: ControlNews
    _entries: Sequence[_Entry]
    _positions: dict[str, int] = field(default_factory=dict)

    @property
    def clients(self) -> int:
        """How many clients have an initiative in view."""
        return len(self.client_names)

    @property
    def matched(self) -> int:
        """How many initiatives the filter leaves."""
        return len(self._entries)

    def rows(self, offset: int, limit: int) -> Sequence[PortfolioRow]:
        """Rows of the list in its order."""
        return [_row(entry, self.today) for entry in self._entries[offset : offset + limit]]

    def position(self, initiative_id: str) -> int | None:
        """Where an initiative stands in the list."""
        return self._positions.get(initiative_id)

    def detail(self, initiative_id: str) -> PortfolioDetail | None:
        """Everything that is to be said of an initiative of the list."""
        position = self.position(initiative_id)
        if position is None:
            return None
        standing = self._entries[position].standing
        return PortfolioDetail(
            initiative_id,
            tuple(
                Finding(f.level, f.reason)
                for f in all_findings(standing, self.today, self.thresholds, self.news.about(initiative_id))
            ),
            standing.project_owner,
            standing.change_owner,
            standing.sponsor,
            standing.headcount,
            self.client_names.get(standing.client, standing.client),
        )


def portfolio(
    session: Session,
    query: PortfolioQuery = EVERYTHING,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    client: str | None = None,
) -> PortfolioView:
    """The portfolio of everything in view, or of one client of it."""
    authorise(session, "desk.read")
    today = session.today
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        standings = summaries.standings(conn, scope)
        names = clients.client_names(conn, scope)
        dated = upcoming.upcoming(conn, scope, today, today + timedelta(days=EVENT_DAYS - 1))
        told = news(session, conn, client)
        after = datetime.combine(today + timedelta(days=EVENT_DAYS), time(), session.wall_clock.tzinfo)
        controlled = coming(session, conn, scope, names, after)
    entries = [_entry(s, told.about(s.initiative_id), today, thresholds) for s in standings]
    entries.sort(key=lambda entry: attention_key(entry.standing, entry.found, today))
    shown = _ordered([entry for entry in entries if _matches(entry, names, query.text)], query)
    open_entries = [entry for entry in entries if entry.standing.state not in ("closed", "cancelled")]
    return PortfolioView(
        today=today,
        query=query,
        thresholds=thresholds,
        total=len(entries),
        client_names={code: names[code] for code in sorted({e.standing.client for e in entries})},
        headline=_headline(entries, today),
        groups=_groups(shown, names, told) if query.by_client else (),
        events=_events(entries, dated, _timed(controlled, session), today),
        points=tuple(_row(entry, today) for entry in open_entries[:_MOST_POINTS]),
        points_left_out=max(0, len(open_entries) - _MOST_POINTS),
        news=told,
        _entries=shown,
        _positions={entry.standing.initiative_id: n for n, entry in enumerate(shown)},
    )


def _entry(s: Standing, told: ControlNews, today: date, thresholds: Thresholds) -> _Entry:
    found = attention(s, today, thresholds, told)
    waits = "" if found.rule == "unapproved_go_live" or s.went_live else next((o.words for o in told.unapproved), "")
    return _Entry(s, found, change_lag(s.people, s.delivery, today), waits)


def _row(entry: _Entry, today: date) -> PortfolioRow:
    standing = entry.standing
    adoption = standing.adoption
    return PortfolioRow(
        standing.initiative_id,
        standing.code,
        standing.title,
        standing.client,
        entry.found.level,
        standing.state,
        standing.go_live,
        standing.went_live,
        standing.delivery.progress,
        standing.people.progress,
        entry.lag,
        None if adoption.percent is None else adoption.percent / 100,
        tuple(value / 100 for value in adoption.trend),
        entry.found.reason,
        entry.found.short,
        None if standing.readiness is None else standing.readiness.percent / 100,
        f"{entry.found.reason}, {entry.waits}" if entry.waits else "",
        chance_now(adoption, today),
    )


def _matches(entry: _Entry, names: dict[str, str], text: str) -> bool:
    if not text.strip():
        return True
    s = entry.standing
    texts = (
        s.title,
        s.code,
        s.client,
        names.get(s.client),
        s.project_owner,
        s.change_owner,
        s.sponsor,
        entry.found.reason,
        entry.waits,
    )
    haystack = " ".join(part for part in texts if part).casefold()
    return all(word in haystack for word in text.casefold().split())


def _ordered(entries: list[_Entry], query: PortfolioQuery) -> list[_Entry]:
    """Sorted as asked; entries come in by attention, which decides ties. What is unknown comes last."""
    keys: dict[str, Callable[[_Entry], tuple[bool, object]]] = {
        "go_live": lambda e: (e.standing.go_live is None, e.standing.go_live),
        "lag": lambda e: (e.lag is None, -(e.lag or 0)),
        "adopted": lambda e: (e.standing.adoption.percent is None, e.standing.adoption.percent),
        "client": lambda e: (False, e.standing.client),
        "code": lambda e: (False, e.standing.code),
    }
    if query.sort in keys:
        known = [entry for entry in entries if not keys[query.sort](entry)[0]]
        unknown = [entry for entry in entries if keys[query.sort](entry)[0]]
        entries = sorted(known, key=keys[query.sort]) + unknown
    if query.by_client:
        entries = sorted(entries, key=lambda entry: entry.standing.client)
    return entries


def _needs_attention(entry: _Entry) -> bool:
    return entry.found.level in ("late", "at_risk")


def _groups(entries: Sequence[_Entry], names: dict[str, str], told: ControlNews) -> tuple[ClientGroup, ...]:
    by_client: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        by_client.setdefault(entry.standing.client, []).append(n)
    return tuple(
        ClientGroup(
            client,
            names.get(client, client),
            found[0],
            len(found),
            sum(_needs_attention(entries[n]) for n in found),
            sum(owed.client == client for owed in told.overdue),
        )
        for client, found in by_client.items()
    )


def _headline(entries: Sequence[_Entry], today: date) -> Headline:
    """The four figures over everything in view; the entries come by attention."""
    running = [entry for entry in entries if entry.standing.state not in ("closed", "cancelled")]
    coming = [e for e in running if e.standing.go_live and not e.standing.went_live and e.standing.go_live >= today]
    following = min(coming, key=lambda entry: (entry.standing.go_live, entry.standing.code), default=None)
    lags = [(entry.lag, entry.standing.code) for entry in running if entry.lag is not None]
    worst = max(lags, key=lambda pair: pair[0], default=None)
    live = [e.standing for e in entries if e.standing.went_live and e.standing.state != "cancelled"]
    gaps = [gap for s in live if (gap := deployment_gap(s.delivery.progress, s.adoption.percent)) is not None]
    return Headline(
        need_attention=sum(map(_needs_attention, entries)),
        total=len(entries),
        attention_codes=tuple(e.standing.code for e in entries if _needs_attention(e))[:6],
        next_go_live=following.standing.go_live if following else None,
        next_go_live_id=following.standing.initiative_id if following else None,
        next_go_live_title=following.standing.title if following else None,
        next_go_live_people=following.standing.people.progress if following else None,
        lag_median=_median([lag for lag, _ in lags]),
        lag_worst=worst[0] if worst else None,
        lag_worst_code=worst[1] if worst else None,
        lag_best=min((lag for lag, _ in lags), default=None),
        delivered=sum(s.went_live for s in live),
        adopted=sum(s.adoption.state in ("adopted", "recovered") for s in live),
        gap_median=None if (gap := _median(gaps)) is None else gap / 100,
    )


def _median(values: Sequence[float]) -> float | None:
    """The middle value; the module ``statistics`` would cost more to import than all of the list to read."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _timed(controlled: Iterable[Coming], session: Session) -> Iterable[Event]:
    """What change control brings, by the reader's own clock."""
    for one in controlled:
        local = one.at.astimezone(session.wall_clock.tzinfo)
        yield Event(local.date(), one.kind, one.text, one.level, "", "", one.client, local)


def _events(
    entries: Sequence[_Entry], dated: Iterable[upcoming.DatedRow], timed: Iterable[Event], today: date
) -> tuple[Event, ...]:
    by_id = {entry.standing.initiative_id: entry for entry in entries}
    last = today + timedelta(days=EVENT_DAYS - 1)
    events: list[Event] = [*timed]
    for entry in entries:
        s = entry.standing
        if s.state in ("closed", "cancelled"):
            continue
        if s.go_live and not s.went_live and today <= s.go_live <= last:
            people = (
                "people side unknown"
                if s.people.progress is None
                else f"people {s.people.progress:.0%}".replace("%", " %")
            )
            events.append(_event(entry, s.go_live, "go_live", f"{s.title} go-live, {people}", entry.found.level))
        for gate in s.gates:
            if gate.due and gate.name != "go_live" and not gate.signed and today <= gate.due <= last:
                missing = gate.delivery_missing + gate.people_missing
                level = "at_risk" if missing and gate.in_use else "fine"
                items = f", {missing} items open" if missing and gate.in_use else ""
                events.append(_event(entry, gate.due, "gate", f"{s.title}: {gate_label(gate.name)}{items}", level))
    for row in dated:
        found = by_id.get(row.initiative_id)
        if found is not None:
            events.append(_event(found, row.day, row.kind, f"{found.standing.title}: {row.text}", "fine"))
    urgency = {"late": 0, "at_risk": 1, "unknown": 2, "fine": 3}
    kinds = ("retro", "go_live", "cab", "freeze_hard", "gate", "change", "wave", "milestone", "target")
    at = {event: event.at.timestamp() if event.at else 0.0 for event in events}
    events.sort(key=lambda e: (e.day, kinds.index(e.kind), at[e], urgency[e.level], e.code, e.text))
    return tuple(events[:_MOST_EVENTS])


def _event(entry: _Entry, day: date, kind: str, text: str, level: str) -> Event:
    s = entry.standing
    return Event(day, kind, text, level, s.initiative_id, s.code, s.client)


def knows_client(session: Session, code: str) -> bool:
    """Whether the client exists and is in view."""
    return code in clients.client_names(session.desk.reader(), session.scope)
