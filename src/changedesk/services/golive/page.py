"""Go-live day and the weeks after it: what hits the desk, whether it is normal, who answers it, and when it may end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from changedesk.domain.early_life import hypercare
from changedesk.domain.early_life.day_one import DayOne
from changedesk.domain.early_life.desk_load import OpenTickets, Ticket, open_by_rank
from changedesk.domain.early_life.hypercare import Criterion, Seen
from changedesk.domain.early_life.load_forecast import LONGEST
from changedesk.domain.material import Material
from changedesk.domain.people.support import SupportReadiness, support_readiness
from changedesk.domain.standing import AdoptionStanding
from changedesk.domain.usage.live_use import LiveUse, live_use
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.working import Workaround
from changedesk.services.golive.load import DeskSide, LoadView, desk_side, first_day, last_days, load_view, midnight
from changedesk.services.golive.reasons import (
    ReasonView,
    WindowView,
    avoidable,
    reason_views,
    unforeseen,
    window_views,
    without_script,
)
from changedesk.services.lookup import initiative_in_view, known_initiative
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import clients
from changedesk.store.initiative import initiatives, lanes
from changedesk.store.initiative.material import material_of
from changedesk.store.service import handing_over, running, tickets
from changedesk.store.service.handing_over import Duty
from changedesk.values import dataclass

WINDOW_DAYS = 14
"""Changes of so many days are looked at for tickets in their windows."""


@dataclass(frozen=True, slots=True)
class GoLiveView:
    """Everything on the Go-live screen.

    ``stage`` is ``before`` go-live, ``hypercare``, or ``over``: when its criteria are met, when its delivery is closed, or
    after half a year. ``zone`` names the client's
    clock, by which days and hours are cut. ``day_one`` is the forecast of the first day, made before it or looked back at.
    ``unforeseen`` counts the reasons to call that nobody had named beforehand. ``avoidable`` are those of the
    ``tickets`` since go-live that asked what an article answers.
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
    cancelled: bool
    days_since: int | None
    stage: str
    people: int
    load: LoadView
    day_one: DayOne | None
    first_day: int | None
    open: tuple[OpenTickets, ...]
    reasons: tuple[ReasonView, ...]
    without_script: int
    avoidable: int
    unforeseen: int
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
    def now_local(self) -> datetime:
        """Now by the client's clock."""
        return self.now.astimezone(ZoneInfo(self.zone))

    @property
    def today(self) -> date:
        """The day by the client's clock."""
        return self.now_local.date()

    @property
    def now_hour(self) -> int:
        """The hour that runs, by the client's clock."""
        return self.now_local.hour

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
        client, live = m.initiative.client, m.initiative.go_live
        desk = desk_side(conn, m.initiative, m.standing.headcount, now, zone)
        support = support_readiness(m.contact_reasons, m.readiness)
        expected_first = first_day(session, conn, desk, m, support)
        windows = tickets.change_windows(conn, client, midnight(today - timedelta(days=WINDOW_DAYS), zone), now)
        found = tickets.tickets_of(conn, desk.asked)
        linked = tickets.causes(conn, (ticket.id for ticket in found))
        words = handing_over.words(conn, record.id)
        service = running.service_by_name(conn, session.scope, client, m.initiative.service)
        duties = handing_over.duties(conn, client, now, now + timedelta(days=2))
        names = clients.client_names(conn, session.scope)
        closed = "delivery" in lanes.closures(conn, record.id)
        use = None
        if m.standing.went_live:
            counts = initiatives.observations_of_metric(conn, record.id, UTILIZATION)
            use = live_use(m.initiative, m.audiences, counts, m.targets, today)
    begun = midnight(live, zone) if live and desk.went_live else None
    after = [ticket for ticket in found if begun and ticket.opened_at >= begun]
    shown = after if desk.went_live else [ticket for ticket in found if ticket.initiative == record.code]
    criteria = hypercare.criteria(_seen(desk, found, use, service.owner if service else None), words)
    ends = hypercare.may_end(criteria)
    return GoLiveView(
        now=now,
        zone=zone.key,
        initiative_id=record.id,
        code=record.code,
        title=m.initiative.title,
        client=client,
        client_name=names.get(client, client),
        service=m.initiative.service,
        go_live=live,
        went_live=desk.went_live,
        cancelled=m.standing.cancelled,
        days_since=(today - live).days if live else None,
        stage=_stage(m, closed or ends, today),
        people=desk.people,
        load=load_view(desk, after or found),
        day_one=expected_first,
        first_day=desk.first_day,
        open=open_by_rank(found, now),
        reasons=reason_views(shown, m.contact_reasons, now),
        without_script=without_script(shown, m.contact_reasons),
        avoidable=avoidable(after, m.contact_reasons),
        unforeseen=unforeseen(shown, m.contact_reasons),
        adoption=m.standing.adoption,
        workarounds=tuple(one for one in m.workarounds if one.closed_on is None),
        support=support,
        windows=window_views(found, windows, linked),
        criteria=criteria,
        may_end=ends,
        on_duty=tuple(duty for duty in duties if duty.start <= now < duty.end),
        next_duty=tuple(duty for duty in duties if duty.start > now)[:2],
        tickets=len(after),
    )


def _stage(m: Material, ended: bool, today: date) -> str:
    live = m.initiative.go_live
    if live is None or not m.standing.went_live:
        return "before"
    done = ended or m.initiative.state == "closed" or (today - live).days > LONGEST
    return "over" if done else "hypercare"


def _seen(desk: DeskSide, found: Sequence[Ticket], use: LiveUse | None, owner: str | None) -> Seen:
    urgent = sum(ticket.is_open(desk.now) and ticket.rank in (1, 2) for ticket in found) if found else None
    return Seen(last_days(desk, hypercare.CALM_DAYS), urgent, use, owner)
