"""One client as its provider sees it: the load since each go-live, hours, confidence, and what to say to it (R4).

Everything is read within the scope of this one client: no figure of another client can get in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.counted import counted, money
from changedesk.domain.early_life.load_forecast import LONGEST
from changedesk.domain.people.people_side import Confidence
from changedesk.domain.report import Bullets, Prose, Report, Section
from changedesk.domain.saying import day_month
from changedesk.domain.service.client_side import (
    ClientInitiative,
    ConfidenceView,
    SecurityException,
    ServiceSide,
    load_of_all,
    margins,
    talking_points,
    total,
)
from changedesk.domain.service.window import Kept, said_metric, window
from changedesk.domain.standing import Standing
from changedesk.domain.words import CONFIDENCE_OF, METRIC_NAMES
from changedesk.services.golive.load import desk_side, rate_before, rate_now
from changedesk.services.lookup import unknown_client
from changedesk.services.service.listing import ServiceRow, services_view
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import clients
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives, people_side
from changedesk.store.scope import Scope
from changedesk.store.service import handing_over, running, tickets
from changedesk.store.summaries import initiative_summaries
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ClientView:
    """Everything about one client. ``load_now`` and ``load_before`` are over the initiatives where both are known.

    ``margins`` are what non-adoption costs by currency; ``margin_unknown`` names the initiatives where nobody can say.
    ``talking_points`` are for the client: the margin is not among them.
    """

    today: date
    client: str
    client_name: str
    initiatives: tuple[ClientInitiative, ...]
    load_now: float | None
    load_before: float | None
    technical: float | None
    behavioural: float | None
    margins: tuple[tuple[str, float], ...]
    margin_unknown: tuple[str, ...]
    confidence: tuple[ConfidenceView, ...]
    exceptions: tuple[SecurityException, ...]
    services: tuple[ServiceRow, ...]
    talking_points: tuple[str, ...]

    @property
    def margin_said(self) -> str:
        """What non-adoption costs, in words."""
        known = " and ".join(money(amount, currency) for currency, amount in self.margins)
        if not known:
            return "unknown"
        return f"at least {known}" if self.margin_unknown else known


def client_view(session: Session, client: str) -> ClientView:
    """The client with that code."""
    authorise(session, "desk.read")
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        names = clients.client_names(conn, scope)
        if client not in names:
            raise unknown_client(client)
        shown = [one for one in initiative_summaries.standings(conn, scope) if _belongs(one, session.today)]
        known = tickets.known_of(conn, client)
        rows = tuple(_initiative(session, conn, scope, one, known) for one in sorted(shown, key=_order))
        ids = [row.initiative_id for row in rows]
        confidence = tuple(
            view for row in rows for view in _confidence(row.code, people_side.confidence(conn, row.initiative_id))
        )
        exceptions = tuple(one for one in handing_over.exceptions(conn, ids) if one.closed_on is None)
    services = services_view(session, client).rows
    live = [row for row in rows if row.went_live]
    spoken = [ServiceSide(row.name, _missed(row.broken), row.open_improvements) for row in services]
    return ClientView(
        today=session.today,
        client=client,
        client_name=names[client],
        initiatives=rows,
        load_now=load_of_all(rows, lambda row: row.load_now),
        load_before=load_of_all(rows, lambda row: row.load_before),
        technical=total(row.technical for row in rows),
        behavioural=total(row.behavioural for row in rows),
        margins=margins(rows),
        margin_unknown=tuple(row.code for row in live if row.margin is None),
        confidence=confidence,
        exceptions=exceptions,
        services=services,
        talking_points=talking_points(session.today, rows, confidence, exceptions, spoken),
    )


def talking_points_report(view: ClientView) -> Report:
    """What to say to the client, to be written down."""
    points = Bullets(view.talking_points) if view.talking_points else Prose("There is nothing to report yet.")
    return Report(
        title=f"Talking points for {view.client_name}",
        subtitle=f"As of {day_month(view.today, view.today)} {view.today.year}",
        level="",
        headline="",
        sections=(Section("What to say", (points,)),),
        footer=f"From the records of {counted(len(view.initiatives), 'initiative')} of {view.client_name}.",
        today=view.today,
    )


def _belongs(one: Standing, today: date) -> bool:
    """What is cancelled, and what ended long ago, is nothing to speak of."""
    if one.cancelled:
        return False
    return one.state != "closed" or one.go_live is None or (today - one.go_live).days <= 2 * LONGEST


def _order(one: Standing) -> tuple[bool, int, str]:
    """What went live, the latest first; then what is to come, the nearest first, and what has no day."""
    day = (one.go_live or date.max).toordinal()
    return (not one.went_live, -day if one.went_live else day, one.code)


def _initiative(
    session: Session, conn: Connection, scope: Scope, one: Standing, known: tickets.Known
) -> ClientInitiative:
    record = initiatives.initiative_by_id(conn, scope, one.initiative_id)
    assert record is not None, "a standing has its initiative"
    today, live = session.today, record.go_live_actual
    fresh = live is not None and (today - live).days <= LONGEST
    zone = client_zone(session, record.client)
    desk = desk_side(conn, record, one.headcount, session.now, zone, known) if fresh else None
    service = running.service_by_name(conn, scope, record.client, record.service)
    hours = [spent for spent in handing_over.support_hours(conn, [record.id]) if live is None or spent.day >= live]
    behavioural = total(spent.behavioural for spent in hours)
    rate = service.hour_rate if service else None
    adoption = one.adoption
    return ClientInitiative(
        initiative_id=record.id,
        code=record.code,
        title=record.title,
        state=record.effective_state,
        go_live=record.go_live,
        went_live=live is not None,
        people=one.headcount,
        use=adoption.percent,
        target=adoption.target,
        target_of=adoption.target_of,
        aimed_use=adoption.aimed_use,
        by=adoption.by,
        adoption_state=adoption.state,
        load_now=rate_now(desk) if desk else None,
        load_before=rate_before(desk) if desk else None,
        excess_since=desk.forecast.excess.since if desk and desk.forecast else None,
        technical=total(spent.technical for spent in hours),
        behavioural=behavioural,
        margin=None if behavioural is None or rate is None else behavioural * rate,
        currency=(service.currency if service else None) or record.currency,
        disruption_min=_disruption(conn, service.id, live) if service and live else None,
        open_exceptions=sum(found.closed_on is None for found in handing_over.exceptions(conn, [record.id])),
    )


def _disruption(conn: Connection, service_id: str, live: date) -> float | None:
    figures = window([period for period in running.periods(conn, [service_id])[service_id] if period.end >= live])
    return figures.change_down_min if figures else None


def _missed(kept: Kept | None) -> str | None:
    if kept is None:
        return None
    metric, target = METRIC_NAMES[kept.agreement.metric], kept.agreement.target
    found, agreed = said_metric(kept.agreement.metric, kept.value), said_metric(kept.agreement.metric, target)
    return f"{metric} {found}, agreed {agreed}"


def _confidence(code: str, scores: Sequence[Confidence]) -> list[ConfidenceView]:
    views = []
    for whose in CONFIDENCE_OF:
        own = [score for score in scores if score.whose == whose]
        if own:
            moved = own[-1].score - own[-2].score if len(own) > 1 else None
            views.append(ConfidenceView(code, whose, own[-1].score, moved, own[-1].day, own[-1].comment))
    return views
