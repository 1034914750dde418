"""``services`` and ``improvement`` on the command line."""

from __future__ import annotations

from changedesk.cli.output import complain, say, say_json, say_pairs, say_table
from changedesk.domain.counted import counted, money
from changedesk.domain.saying import UNKNOWN, percent, share_said, whole
from changedesk.domain.service.names import shared
from changedesk.domain.service.window import WindowFigures, said_metric
from changedesk.domain.words import plain
from changedesk.errors import BadInput
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.records.observing import parse_day
from changedesk.services.service import improving
from changedesk.services.service import listing as running
from changedesk.services.service.listing import ServiceRow
from changedesk.services.service.page import ServiceView, service_view
from changedesk.services.session import Session

_LEVELS = {"late": "▲ late", "at_risk": "◆ at risk", "unknown": "○ unknown", "fine": "● fine"}


def services(session: Session, client: str | None, as_json: bool) -> int:
    """Every service in view."""
    refuse_unknown_client(session, client)
    view = running.services_view(session, client)
    if as_json:
        say_json({"as_of": view.today, "services": [_row(row) for row in view.rows]})
        return 0
    if not view.rows:
        say("no services yet; bring some in with: changedesk import FILE --kind services")
        return 0
    say_table(
        ("State", "Service", "Client", "Owner", "Available", "Between failures", "Satisfied", "Loop", "Why"),
        [
            (
                _stands(row),
                row.name,
                row.client,
                row.owner or "nobody",
                said_metric("availability", row.figures.availability if row.figures else None),
                _between(row.figures),
                percent(row.figures.csat.percent) if row.figures and row.figures.csat else UNKNOWN,
                plain(row.loop.station),
                row.why,
            )
            for row in view.rows
        ],
        right=frozenset({4, 5, 6}),
    )
    return 0


def service(session: Session, name: str, client: str | None, as_json: bool) -> int:
    """One service with its figures, agreements and improvements."""
    view = service_view(session, _known(session, name, client).service_id)
    if as_json:
        say_json(_document(view))
        return 0
    one = view.service
    say(f"{_stands(view.row)}  {one.name}, {view.client_name}, {plain(one.state)}; {view.row.why}")
    say(f"for: {one.objective or 'nobody has said which objective it serves'}")
    say("")
    figures = view.windows[-1] if view.windows else None
    if figures is not None:
        say(f"{figures.start} to {figures.end}, {counted(figures.periods, 'period')}:")
        say_pairs({f"  {name}": value for name, value in _figures(view, figures).items()})
    for kept in view.agreements:
        agreed = f"{kept.agreement.kind} {plain(kept.agreement.metric)}"
        target = said_metric(kept.agreement.metric, kept.agreement.target)
        found = said_metric(kept.agreement.metric, kept.value)
        say(f"  {agreed}: {found}, agreed {target}{kept.agreement.with_whom}: {kept.state}")
    if view.improvements or view.limitations:
        say("")
        say_table(
            ("Limitation", "State", "Owner", "What speaks for it"),
            [
                *(
                    (i.improvement.title, i.improvement.state, i.improvement.owner or "nobody", i.recurrence.sentence)
                    for i in view.improvements
                ),
                *((one.limitation, "not proposed", "", one.recurrence.sentence) for one in view.limitations),
            ],
        )
    return 0


def approve(session: Session, client: str, service: str, limitation: str) -> int:
    """Approve an improvement."""
    improving.approve(session, improving.improvement_id(session, client, service, limitation))
    say(f"approved: {service}, {limitation}")
    return 0


def reject(session: Session, client: str, service: str, limitation: str, reason: str) -> int:
    """Reject one."""
    improving.reject(session, improving.improvement_id(session, client, service, limitation), reason)
    say(f"rejected: {service}, {limitation}")
    return 0


def implement(session: Session, client: str, service: str, limitation: str, evidence: str) -> int:
    """Call one implemented."""
    improving.implement(session, improving.improvement_id(session, client, service, limitation), evidence)
    say(f"implemented: {service}, {limitation}")
    return 0


def initiate(
    session: Session,
    client: str,
    service: str,
    limitation: str,
    playbook: str | None,
    go_live: str | None,
    initiative: str | None,
    reason: str | None,
) -> int:
    """Turn one into an initiative; its code is the only thing on standard output."""
    found = improving.improvement_id(session, client, service, limitation)
    if initiative is not None:
        if playbook is not None or go_live is not None or reason is not None:
            raise BadInput("an initiative that is there already takes no playbook, day or reason")
        improving.answer_with(session, found, initiative)
        say(initiative)
        return 0
    day = parse_day(go_live) if go_live is not None else None
    made = improving.initiate(session, found, playbook=playbook, go_live=day, reason=reason)
    for warning in made.warnings:
        complain(warning)
    say(made.code)
    return 0


def _known(session: Session, name: str, client: str | None) -> ServiceRow:
    rows = running.services_view(session, client).rows
    found = [row for row in rows if row.name == name] or [row for row in rows if shared((row.name,), (name,))]
    if not found:
        raise BadInput(f"there is no service {name} in view", "changedesk services lists them")
    if len(found) > 1:
        raise BadInput(
            f"{name} is a service of {' and of '.join(row.client for row in found)}", "say whose with --client"
        )
    return found[0]


def _stands(row: ServiceRow) -> str:
    return "- retired" if row.state == "retired" else _LEVELS[row.level]


def _between(figures: WindowFigures | None) -> str:
    if figures is None or figures.mtbf is None:
        return UNKNOWN
    return f"{'over ' if figures.mtbf.at_least else ''}{said_metric('mtbf', figures.mtbf.hours)}"


def _figures(view: ServiceView, figures: WindowFigures) -> dict[str, str]:
    csat = figures.csat
    asked = "" if csat is None or csat.response is None else f", {percent(csat.response)} answered"
    cost, error = view.total_cost, figures.cost_error
    return {
        "available": said_metric("availability", figures.availability),
        "between failures": _between(figures),
        "to full service": said_metric("mtrs", figures.mtrs),
        "to repair": said_metric("mtrs", figures.mttr),
        "satisfied": f"{percent(csat.percent)} of {counted(csat.n, 'answer')}{asked}" if csat else UNKNOWN,
        "in time": percent(figures.sla),
        "down by changes": whole(figures.change_down_min, "min"),
        "run cost against plan": "?"
        if error is None
        else f"{error.bias:+.0f} %, off by {error.error:.0f} % either way",
        "total cost": "?"
        if cost is None
        else f"{'at least ' if cost.at_least else ''}{money(cost.amount, cost.currency)}"
        f" over {counted(cost.months, 'month')}",
        "incidents that came back": share_said(view.repeat_ratio),
    }


def _row(row: ServiceRow) -> dict[str, object]:
    return {
        "service": row.name,
        "client": row.client,
        "owner": row.owner,
        "state": row.state,
        "level": row.level,
        "reason": row.why,
        "availability": None if row.figures is None else row.figures.availability,
        "agreements": {"kept": row.kept, "tolerated": row.tolerated, "missed": row.missed},
        "loop": row.loop.station,
        "open_improvements": row.open_improvements,
        "systemic": row.systemic,
    }


def _document(view: ServiceView) -> dict[str, object]:
    cost = view.total_cost
    return {
        **_row(view.row),
        "objective": view.service.objective,
        "agreed": [
            {
                "kind": kept.agreement.kind,
                "metric": kept.agreement.metric,
                "target": kept.agreement.target,
                "tolerance": kept.agreement.tolerance,
                "partner": kept.agreement.partner,
                "value": kept.value,
                "state": kept.state,
            }
            for kept in view.agreements
        ],
        "windows": [
            {
                "start": w.start,
                "end": w.end,
                "availability": w.availability,
                "mtbf_hours": w.mtbf.hours if w.mtbf else None,
                "mtbf_is_lower_bound": w.mtbf.at_least if w.mtbf else None,
                "mtrs_hours": w.mtrs,
                "mttr_hours": w.mttr,
                "csat_percent": w.csat.percent if w.csat else None,
                "csat_n": w.csat.n if w.csat else None,
                "response_percent": w.csat.response if w.csat else None,
                "sla_percent": w.sla,
                "change_down_min": w.change_down_min,
                "releases": w.releases,
            }
            for w in view.windows
        ],
        "total_cost": None
        if cost is None
        else {
            "amount": cost.amount,
            "currency": cost.currency,
            "months": cost.months,
            "parts": dict(cost.parts),
            "unknown": list(cost.unknown),
        },
        "incident_reduction_percent": view.incident_reduction,
        "repeat_ratio": view.repeat_ratio,
        "resolution_hours": None
        if view.resolution is None
        else {"n": view.resolution.n, "median": view.resolution.median, "p90": view.resolution.p90},
        "improvements": [
            {
                "limitation": i.improvement.title,
                "state": i.improvement.state,
                "owner": i.improvement.owner,
                "due": i.improvement.due,
                "signals": i.recurrence.count,
                "systemic": i.recurrence.systemic,
                "initiative": i.improvement.initiative,
            }
            for i in view.improvements
        ],
        "initiatives": [{"code": i.code, "title": i.title, "went_live": i.went_live} for i in view.initiatives],
    }
