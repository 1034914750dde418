"""The portfolio: every initiative in view, by how much it needs attention; filtered, sorted and grouped as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta

from changedesk.domain.attention import all_findings, attention_key
from changedesk.domain.control.news import ControlNews
from changedesk.domain.service.handover import HandoverStanding
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import chance_now
from changedesk.services.control.approvals.news import news
from changedesk.services.control.calendar.coming import coming
from changedesk.services.portfolio.days import EVENT_DAYS, Event, coming_events
from changedesk.services.portfolio.entry import Entry, entry_of
from changedesk.services.portfolio.headline import Headline, headline
from changedesk.services.portfolio.query import EVERYTHING, PortfolioQuery
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import Session, authorise
from changedesk.services.sought import Sought
from changedesk.store import clients, upcoming
from changedesk.store.service import handing_over
from changedesk.store.summaries import initiative_summaries
from changedesk.values import dataclass

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
class PortfolioDetail:
    """What is said of the selected initiative under the list.

    ``handover`` is how far it is in few words, empty where none is near; ``handed_over`` its share, 0 to 1 (None: there is none).
    """

    findings: tuple[Finding, ...]
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None
    headcount: int
    client_name: str
    handover: str = ""
    handed_over: float | None = None


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """The portfolio as it is shown on a day; rows are made when they are asked for.

    What was read is kept whole: other words, another order or groups are asked of it (:meth:`asked`), not of the desk.
    ``titles`` are those of all initiatives, each with its client.
    """

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
    titles: tuple[tuple[str, str], ...]
    handovers: Mapping[str, HandoverStanding]
    _all: Sequence[Entry]
    _sought: Sought
    _entries: Sequence[Entry]
    _positions: dict[str, int] = field(default_factory=dict)

    def asked(self, query: PortfolioQuery) -> PortfolioView:
        """The same portfolio with other words, in another order or in groups."""
        if query == self.query:
            return self
        places = self._sought.having(query.text, self._texts)
        shown = _ordered(self._all if places is None else [self._all[place] for place in places], query)
        return replace(
            self,
            query=query,
            groups=_groups(shown, self.client_names, self.news) if query.by_client else (),
            _entries=shown,
            _positions=_positions(shown),
        )

    @property
    def matched(self) -> int:
        """How many initiatives the filter leaves."""
        return len(self._entries)

    @property
    def points_over(self) -> int:
        """How many are closed or cancelled, and therefore no points."""
        return self.total - len(self.points) - self.points_left_out

    def rows(self, offset: int, limit: int) -> Sequence[PortfolioRow]:
        """Rows of the list in its order."""
        return [_row(entry, self.today) for entry in self._entries[offset : offset + limit]]

    def position(self, initiative_id: str) -> int | None:
        """Where an initiative stands in the list."""
        return self._positions.get(initiative_id)

    def _texts(self) -> Iterator[str]:
        return (_text_of(entry, self.client_names) for entry in self._all)

    def detail(self, initiative_id: str) -> PortfolioDetail | None:
        """Everything that is to be said of an initiative of the list."""
        position = self.position(initiative_id)
        if position is None:
            return None
        standing = self._entries[position].standing
        handover = self.handovers.get(initiative_id)
        items = len(tasks()) if handover else 0
        return PortfolioDetail(
            tuple(
                Finding(f.level, f.reason)
                for f in all_findings(standing, self.today, self.thresholds, self.news.about(initiative_id))
            ),
            standing.project_owner,
            standing.change_owner,
            standing.sponsor,
            standing.headcount,
            self.client_names.get(standing.client, standing.client),
            handover.said(items, standing, self.today) if handover else "",
            handover.there / items if handover else None,
        )


def portfolio(
    session: Session,
    query: PortfolioQuery = EVERYTHING,
    client: str | None = None,
) -> PortfolioView:
    """The portfolio of everything in view, or of one client of it."""
    authorise(session, "desk.read")
    today, thresholds = session.today, session.thresholds
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        standings = initiative_summaries.standings(conn, scope)
        names = clients.client_names(conn, scope)
        dated = upcoming.upcoming(conn, scope, today, today + timedelta(days=EVENT_DAYS - 1))
        handovers = handing_over.standings(conn, scope)
        told = news(session, conn, client)
        after = datetime.combine(today + timedelta(days=EVENT_DAYS), time(), session.wall_clock.tzinfo)
        controlled = coming(session, conn, scope, names, after, told.overdue)
    entries = [entry_of(s, told.about(s.initiative_id), today, thresholds) for s in standings]
    entries.sort(key=lambda entry: attention_key(entry.standing, entry.found, today))
    running = [entry for entry in entries if entry.runs]
    everything = PortfolioView(
        today=today,
        query=EVERYTHING,
        thresholds=thresholds,
        total=len(entries),
        client_names={code: names[code] for code in sorted({e.standing.client for e in entries})},
        headline=headline(entries, today),
        groups=(),
        events=coming_events(entries, dated, controlled, today, session.wall_clock.tzinfo),
        points=tuple(_row(entry, today) for entry in running[:_MOST_POINTS]),
        points_left_out=max(0, len(running) - _MOST_POINTS),
        news=told,
        handovers=handovers,
        titles=tuple((e.standing.title, e.standing.client) for e in entries),
        _all=entries,
        _sought=Sought(),
        _entries=entries,
        _positions=_positions(entries),
    )
    return everything.asked(query)


def _positions(entries: Sequence[Entry]) -> dict[str, int]:
    return {entry.standing.initiative_id: n for n, entry in enumerate(entries)}


def _row(entry: Entry, today: date) -> PortfolioRow:
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


def _text_of(entry: Entry, names: dict[str, str]) -> str:
    """What words are looked for in."""
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
    return " ".join(part for part in texts if part)


def _ordered(entries: Sequence[Entry], query: PortfolioQuery) -> Sequence[Entry]:
    """Sorted as asked; entries come in by attention, which decides ties. What is unknown comes last."""
    keys: dict[str, Callable[[Entry], tuple[bool, object]]] = {
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


def _groups(entries: Sequence[Entry], names: dict[str, str], told: ControlNews) -> tuple[ClientGroup, ...]:
    by_client: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        by_client.setdefault(entry.standing.client, []).append(n)
    return tuple(
        ClientGroup(
            client,
            names.get(client, client),
            found[0],
            len(found),
            sum(entries[n].needs_attention for n in found),
            sum(owed.client == client for owed in told.overdue),
        )
        for client, found in by_client.items()
    )
