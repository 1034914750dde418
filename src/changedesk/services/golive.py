"""Go-live day and the weeks after it: what hits the desk, whether it is normal, who answers it, and when it may end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain import hypercare
from changedesk.domain.desk_load import (
    ChangeWindow,
    Hourly,
    OpenTickets,
    Ticket,
    Times,
    hourly,
    in_window_of,
    open_by_rank,
    per_hundred_a_week,
    reasons,
    resolution_times,
)
from changedesk.domain.hypercare import Criterion, Seen
from changedesk.domain.kind import TEXT_LENGTH
from changedesk.domain.load_forecast import (
    BASE_DAYS,
    LONGEST,
    DayOne,
    DayPoint,
    Excess,
    HourPoint,
    Load,
    PastGoLive,
    SoFar,
    day_one,
    hour_shares,
    hours_of_today,
    load,
    so_far,
)
from changedesk.domain.material import Material
from changedesk.domain.people_side import ContactReason
from changedesk.domain.plaintext import clean
from changedesk.domain.standing import AdoptionStanding
from changedesk.domain.support import SupportReadiness, support_readiness
from changedesk.domain.working import Workaround
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.lookup import initiative_in_view, known_initiative
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import clients, handing_over, lanes, people_side, running, tickets
from changedesk.store.handing_over import Duty
from changedesk.store.material import material_of
from changedesk.store.past_go_lives import past_go_lives

TOP_REASONS: Final = 10
SHOWN_DAYS: Final = 42
"""So many days, the last ones, are shown beside their bands."""
NO_SCRIPT: Final = "no script"


@dataclass(frozen=True, slots=True)
class LoadView:
    """Today beside what was expected: so far by the clock, hour by hour, and the last days; by the client's clock.

    ``unknown`` says why there is no band; the counts are there all the same.
    """

    today: int
    unknown: str | None
    so_far: SoFar | None
    day: DayPoint | None
    hours: tuple[HourPoint, ...]
    counted_hours: tuple[int, ...]
    days: tuple[DayPoint, ...]
    counted_days: tuple[tuple[date, int], ...]
    base: float | None
    excess: Excess | None
    per_hundred_now: float | None
    per_hundred_before: float | None
    times: Times | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why people call: how many since yesterday morning and since go-live, how many were expected, and what answers them.

    ``answer`` is the script or else the article, or "no script"; ``escalation`` is where it goes when that does not help.
    """

    reason: str
    count: int
    recent: int
    share: float
    expected: int | None
    script: str | None
    article: str | None
    escalation: str | None

    @property
    def answer(self) -> str:
        """What the desk has for it."""
        return self.script or self.article or NO_SCRIPT


@dataclass(frozen=True, slots=True)
class WindowView:
    """Tickets that were opened in the window of a change, and how many of them a person has linked to it.

    When something came says nothing of why: only what is linked was caused by it, in that person's word.
    """

    number: str
    title: str
    start: datetime
    end: datetime
    in_window: int
    linked: int

    @property
    def sentence(self) -> str:
        """What can be said of it."""
        said = f"{self.in_window} in the window of {self.number}"
        return f"{said}, {self.linked} linked to it" if self.linked else said


@dataclass(frozen=True, slots=True)
class GoLiveView:
    """Everything on the Go-live screen.

    ``stage`` is ``before`` go-live, ``hypercare``, or ``over``: when its criteria are met, when its delivery is closed, or
    after half a year. ``zone`` names the client's
    clock, by which days and hours are cut. ``day_one`` is the forecast of the first day, made before it or looked back at.
    """

    now: datetime
    zone: str
    initiative_id: str
    code: str
    title: str
    client: str
    client_name: str
    service: str | None
    go_live: date | None
    went_live: bool
    days_since: int | None
    stage: str
    people: int
    load: LoadView
    day_one: DayOne | None
    first_day: int | None
    open: tuple[OpenTickets, ...]
    reasons: tuple[ReasonView, ...]
    without_script: int
    adoption: AdoptionStanding
    workarounds: tuple[Workaround, ...]
    support: SupportReadiness
    windows: tuple[WindowView, ...]
    criteria: tuple[Criterion, ...]
    may_end: bool
    on_duty: tuple[Duty, ...]
    next_duty: tuple[Duty, ...]
    tickets: int

    @property
    def open_count(self) -> int:
        """How many tickets are open."""
        return sum(group.count for group in self.open)

    @property
    def urgent(self) -> int:
        """How many of them are of priority 1 or 2."""
        return sum(group.count for group in self.open if group.rank in (1, 2))


def golive(session: Session, code: str) -> GoLiveView:
    """The go-live of the initiative with that code, as it stands now."""
    authorise(session, "desk.read")
    return _view(session, known_initiative(session, code).id)


def golive_by_id(session: Session, initiative_id: str) -> GoLiveView:
    """The go-live of the initiative with that id, as it stands now."""
    authorise(session, "desk.read")
    return _view(session, initiative_id)


def _view(session: Session, initiative_id: str) -> GoLiveView:
    record = initiative_in_view(session, initiative_id)
    now, zone = session.now, client_zone(session, record.client)
    today = now.astimezone(zone).date()
    with session.desk.snapshot() as conn:
        m = material_of(conn, session.desk.lifecycle, session.scope, record, today)
        live = m.initiative.go_live
        first = (min(live, today) if live else today) - timedelta(days=BASE_DAYS)
        found = tickets.tickets_of(conn, m.initiative, _midnight(first, zone), now + timedelta(seconds=1))
        known_from = tickets.known_from(conn, m.initiative.client)
        windows = tickets.change_windows(
            conn, m.initiative.client, _midnight(max(first, today - timedelta(days=14)), zone), now
        )
        linked = tickets.causes(conn, (ticket.id for ticket in found))
        expected = people_side.contact_reasons(conn, record.id)
        items = people_side.readiness(conn, record.id)
        words = handing_over.words(conn, record.id)
        service = (
            running.service_by_name(conn, session.scope, m.initiative.client, m.initiative.service)
            if m.initiative.service
            else None
        )
        duties = handing_over.duties(conn, m.initiative.client, now, now + timedelta(days=2))
        names = clients.client_names(conn, session.scope)
        past = past_go_lives(conn, session.scope, min(live, today) if live else today)
        closed = "delivery" in lanes.closures(conn, record.id)
    people = sum(audience.headcount for audience in m.audiences)
    by_clock = hourly((ticket.opened_at for ticket in found), zone)
    since = None if known_from is None else max(first, known_from.astimezone(zone).date())
    # A go-live that has not happened is still to come, whatever its plan says.
    day_zero = live if m.standing.went_live and live else max(live or today, today + timedelta(days=1))
    # Tickets of the client are known, but perhaps none that belong here: that is no load of nothing.
    traced = bool(found) or service is not None
    since = since if traced else None
    forecast = None if since is None else load(by_clock.by_day, since, day_zero, today)
    after = [t for t in found if m.standing.went_live and live and t.opened_at.astimezone(zone).date() >= live]
    support = support_readiness(expected, items)
    shown = after if m.standing.went_live else [t for t in found if t.initiative == record.code]
    criteria = hypercare.criteria(
        _seen(m, forecast, found, bool(found), service.owner if service else None, now), words
    )
    ends = hypercare.may_end(criteria)
    return GoLiveView(
        now=now,
        zone=zone.key,
        initiative_id=record.id,
        code=record.code,
        title=m.initiative.title,
        client=m.initiative.client,
        client_name=names.get(m.initiative.client, m.initiative.client),
        service=m.initiative.service,
        go_live=live,
        went_live=m.standing.went_live,
        days_since=(today - live).days if live else None,
        stage=_stage(m, closed or ends, today),
        people=people,
        load=_load(forecast, by_clock, found, after, people, live, since, now, zone),
        day_one=_day_one(forecast, people, past, support, live, today),
        first_day=by_clock.by_day.get(live, 0) if m.standing.went_live and live else None,
        open=open_by_rank(found, now),
        reasons=_reasons(shown, expected, now),
        without_script=_without_script(shown, expected),
        adoption=m.standing.adoption,
        workarounds=tuple(one for one in m.workarounds if one.closed_on is None),
        support=support,
        windows=_windows(found, windows, linked),
        criteria=criteria,
        may_end=ends,
        on_duty=tuple(duty for duty in duties if duty.start <= now < duty.end),
        next_duty=tuple(duty for duty in duties if duty.start > now)[:2],
        tickets=len(after),
    )


def confirm(session: Session, code: str, criterion: str, evidence: str) -> None:
    """Confirm an exit criterion of hypercare, with what shows it."""
    initiative = known_initiative(session, code)
    authorise(session, "hypercare.confirm", initiative.client, initiative.id)
    if criterion not in hypercare.SAID:
        raise BadInput(f"{criterion} is not confirmed by anybody; those that are: {', '.join(hypercare.SAID)}")
    shown = _line(evidence)
    if not shown:
        raise BadInput("say what shows that it is met")
    with session.desk.write(session.actor.id) as transaction:
        handing_over.write_word(transaction, initiative.id, criterion, shown)
        transaction.record(
            "hypercare.confirmed",
            initiative.id,
            {"criterion": criterion, "evidence": shown, "recorded_by": session.recorded_by},
        )


def withdraw(session: Session, code: str, criterion: str) -> None:
    """Take the confirmation of an exit criterion back."""
    initiative = known_initiative(session, code)
    authorise(session, "hypercare.confirm", initiative.client, initiative.id)
    with session.desk.write(session.actor.id) as transaction:
        if not handing_over.remove_word(transaction, initiative.id, criterion):
            raise RuleRefused(f"nobody has confirmed {criterion}")
        transaction.record(
            "hypercare.withdrawn",
            initiative.id,
            {"criterion": criterion, "recorded_by": session.recorded_by},
        )


def link_cause(session: Session, ticket_id: str, change: str, reason: str) -> None:
    """Say that a change has caused a ticket, and why one thinks so: the only way in which that is ever said."""
    found = tickets.ticket_in_view(session.desk.reader(), session.scope, ticket_id)
    if found is None:
        raise BadInput("this ticket is no longer in view")
    ticket, client = found
    authorise(session, "ticket.link", client, ticket_id)
    why = _line(reason)
    if not why:
        raise BadInput("say why you think that the change caused it")
    change_id = tickets.change_id(session.desk.reader(), client, change)
    if change_id is None:
        raise BadInput(f"{client} has no change {clean(change, 60)}")
    with session.desk.write(session.actor.id) as transaction:
        if not tickets.write_cause(transaction, ticket_id, change_id, why):
            raise RuleRefused(f"{ticket.number} is linked to {change} already")
        transaction.record(
            "ticket.linked", ticket_id, {"change": change_id, "reason": why, "recorded_by": session.recorded_by}
        )


# --- the parts of the view


def _stage(m: Material, ended: bool, today: date) -> str:
    live = m.initiative.go_live
    if live is None or not m.standing.went_live:
        return "before"
    done = ended or m.initiative.state == "closed" or (today - live).days > LONGEST
    return "over" if done else "hypercare"


def _load(
    forecast: Load | None,
    by_clock: Hourly,
    found: Sequence[Ticket],
    after: Sequence[Ticket],
    people: int,
    live: date | None,
    since: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> LoadView:
    local = now.astimezone(zone)
    today = local.date()
    hours = by_clock.by_hour.get(today, (0,) * 24)
    count = sum(hours)
    days = [(today - timedelta(days=n), by_clock.by_day.get(today - timedelta(days=n), 0)) for n in range(SHOWN_DAYS)]
    known = [pair for pair in reversed(days) if since is not None and pair[0] >= since]
    current = None
    points: tuple[HourPoint, ...] = ()
    if forecast is not None:
        earlier = {day: counted for day, counted in by_clock.by_hour.items() if day < today}
        shares = hour_shares(earlier, today.weekday())
        points = hours_of_today(forecast.today, forecast.dispersion, shares, hours, local.hour)
        current = so_far(forecast.today, forecast.dispersion, shares, count, local.hour, local.minute)
    went_live = bool(after) or (live is not None and live <= today)
    return LoadView(
        today=count,
        unknown=None if forecast else _why_unknown(since, live, today),
        so_far=current,
        day=forecast.today if forecast else None,
        hours=points,
        counted_hours=hours,
        days=forecast.days[-SHOWN_DAYS:] if forecast else (),
        counted_days=tuple(known),
        base=forecast.base if forecast else None,
        excess=forecast.excess if forecast and went_live else None,
        per_hundred_now=_rate_now(after, people, live, today),
        per_hundred_before=per_hundred_a_week(round(7 * forecast.base), 7, people) if forecast else None,
        times=resolution_times(after if after else found),
    )


def _rate_now(after: Sequence[Ticket], people: int, live: date | None, today: date) -> float | None:
    """Tickets per 100 people and week since go-live, over its last four weeks at most."""
    if live is None or live > today:
        return None
    begin = max(live, today - timedelta(days=27))
    recent = sum(ticket.opened_at.date() >= begin for ticket in after)
    return per_hundred_a_week(recent, (today - begin).days + 1, people)


def _why_unknown(since: date | None, live: date | None, today: date) -> str:
    if since is None:
        return "no ticket is known that belongs to it: import tickets, and name its service"
    if live is not None and live <= today and since >= live:
        return "no tickets from before go-live: nobody can say what is normal"
    return "fewer than 14 days from before go-live are known: nobody can say what is normal"


def _day_one(
    forecast: Load | None,
    people: int,
    past: Sequence[PastGoLive],
    support: SupportReadiness,
    live: date | None,
    today: date,
) -> DayOne | None:
    if forecast is None or live is None:
        return None
    alike = [
        point.expected
        for point in forecast.days
        if point.day < min(live, today) and point.day.weekday() == live.weekday()
    ]
    base = sum(alike) / len(alike) if alike else forecast.base
    return day_one(base, forecast.dispersion, people, past, support.expected, support.scripts.share)


def _seen(
    m: Material, forecast: Load | None, found: Sequence[Ticket], known: bool, owner: str | None, now: datetime
) -> Seen:
    loads: tuple[tuple[int, float], ...] = ()
    if forecast is not None and m.standing.went_live and m.initiative.go_live:
        last = [
            (point.count, forecast.base)
            for point in forecast.days
            if point.count is not None and point.day >= m.initiative.go_live
        ]
        loads = tuple((count, base) for count, base in last[-hypercare.CALM_DAYS :])
    urgent = sum(ticket.is_open(now) and ticket.rank in (1, 2) for ticket in found) if known else None
    adoption = m.standing.adoption
    return Seen(loads, urgent, adoption.percent, adoption.target, owner)


def _reasons(shown: Sequence[Ticket], expected: Sequence[ContactReason], now: datetime) -> tuple[ReasonView, ...]:
    """The most frequent reasons; those that were expected and have not come yet follow when there is room."""
    known = {one.reason.casefold(): one for one in expected}
    recent = dict(reasons(t for t in shown if now - t.opened_at < timedelta(days=1)))
    rows = [
        _reason(name, count, recent.get(name, 0), len(shown), known.pop(name.casefold(), None))
        for name, count in reasons(shown)
    ][:TOP_REASONS]
    rows += [_reason(one.reason, 0, 0, len(shown), one) for one in known.values()][: TOP_REASONS - len(rows)]
    return tuple(rows)


def _reason(name: str, count: int, recent: int, of: int, known: ContactReason | None) -> ReasonView:
    return ReasonView(
        name,
        count,
        recent,
        count / of if of else 0.0,
        known.expected if known else None,
        known.script if known else None,
        known.article if known else None,
        known.escalation if known else None,
    )


def _without_script(shown: Sequence[Ticket], expected: Sequence[ContactReason]) -> int:
    """How many tickets came for a reason that neither a script nor an article answers."""
    answered = {one.reason.casefold() for one in expected if one.script or one.article}
    return sum(count for name, count in reasons(shown) if name.casefold() not in answered)


def _windows(
    found: Sequence[Ticket], windows: Sequence[ChangeWindow], linked: Mapping[str, tuple[str, str]]
) -> tuple[WindowView, ...]:
    views = []
    for window in windows:
        inside = [ticket for ticket in found if in_window_of(ticket, [window])]
        by_person = sum(linked.get(ticket.id, ("", ""))[0] == window.number for ticket in found)
        if inside or by_person:
            views.append(WindowView(window.number, window.title, window.start, window.end, len(inside), by_person))
    return tuple(sorted(views, key=lambda one: (-one.in_window, one.start)))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _line(text: str) -> str:
    line = clean(text).strip()
    if len(line) > TEXT_LENGTH:
        raise BadInput(f"the text has {len(line)} characters; {TEXT_LENGTH} are allowed")
    return line
