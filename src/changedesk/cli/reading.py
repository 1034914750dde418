"""The verbs that only read: every one prints a table for people and one JSON document for programs."""

from __future__ import annotations

from datetime import date

from changedesk.cli.measuring import measures_document, say_measures
from changedesk.cli.output import say, say_json, say_pairs, say_table, utc
from changedesk.domain.control.serving import Serving
from changedesk.domain.data_age import said_age
from changedesk.domain.saying import day_month, in_days, percent, signed_days
from changedesk.domain.standing import ReadinessStanding
from changedesk.errors import BadInput
from changedesk.services import initiative, initiative_lists, portfolio
from changedesk.services.initiative import GateView, InitiativeView, LaneView, SideView
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.portfolio import PortfolioRow, PortfolioView
from changedesk.services.session import Session

_LEVELS = {"late": "▲ late", "at_risk": "◆ at risk", "unknown": "○ unknown", "fine": "● fine"}


def status(session: Session, client: str | None, as_json: bool) -> int:
    """Every initiative in view, by attention."""
    refuse_unknown_client(session, client)
    view = portfolio.portfolio(session, client=client)
    rows = view.rows(0, view.matched)
    if as_json:
        say_json({"as_of": view.today, "initiatives": [_row_document(row, view) for row in rows]})
        return 0
    if not rows:
        say("no initiatives yet; bring some in with: changedesk import FILE --kind initiatives")
        return 0
    say_table(
        (
            "Attention",
            "Code",
            "Initiative",
            "Client",
            "Go-live",
            "Delivery",
            "People",
            "Lag",
            "In use",
            "Why it is here",
        ),
        [_row_cells(row, view.today) for row in rows],
        right=frozenset({5, 6, 7, 8}),
    )
    return 0


def _row_cells(row: PortfolioRow, today: date) -> tuple[str, ...]:
    return (
        _LEVELS[row.level],
        row.code,
        row.title,
        row.client,
        in_days(row.go_live, today),
        percent(_hundred(row.delivery)),
        percent(_hundred(row.people)),
        signed_days(row.lag),
        percent(_hundred(row.adopted)) if row.adopted is not None else "-",
        row.why,
    )


def _row_document(row: PortfolioRow, view: PortfolioView) -> dict[str, object]:
    detail = view.detail(row.initiative_id)
    return {
        "code": row.code,
        "title": row.title,
        "client": row.client,
        "state": row.state,
        "attention": row.level,
        "reason": row.why,
        "findings": [{"level": f.level, "sentence": f.sentence} for f in detail.findings] if detail else [],
        "project_owner": detail.project_owner if detail else None,
        "change_owner": detail.change_owner if detail else None,
        "sponsor": detail.sponsor if detail else None,
        "headcount": detail.headcount if detail else None,
        "go_live": row.go_live,
        "went_live": row.went_live,
        "days_to_go_live": (row.go_live - view.today).days if row.go_live else None,
        "delivery_percent": _rounded(row.delivery),
        "people_percent": _rounded(row.people),
        "change_lag_days": row.lag,
        "adopted_percent": _rounded(row.adopted),
        "target_likely_percent": _rounded(row.likely),
        "ready_percent": _rounded(row.ready),
    }


def show(session: Session, code: str, client: str | None, as_json: bool) -> int:
    """One initiative with both lanes, its checkpoints and the two columns of facts; of another ``client`` it is refused."""
    refuse_unknown_client(session, client)
    view = initiative.initiative(session, code)
    if client is not None and view.client != client:
        raise BadInput(
            f"{client} has no initiative {code}", f"changedesk status --client {client} lists those that it has"
        )
    if as_json:
        say_json(_document(session, view))
        return 0
    say(f"{_LEVELS[view.level]}  {view.title} ({view.code}), {view.client_name}, {view.state}")
    went = "went live" if view.went_live else "go-live"
    say(
        f"{went} {day_month(view.go_live, view.today)}, {in_days(view.go_live, view.today)}; {view.lag_sentence}"
        if view.go_live
        else f"no go-live date; {view.lag_sentence}"
    )
    for finding in view.findings:
        say(f"  {_LEVELS[finding.level]}: {finding.sentence}")
    say("")
    say_table(
        ("Lane", "Done", "Behind", "Phases"),
        [
            (lane.title, percent(_hundred(lane.progress)), signed_days(lane.days_behind), _phases(lane))
            for lane in view.lanes
        ],
        right=frozenset({1, 2}),
    )
    say("")
    say_table(
        ("Gate", "Due", "Delivery", "People"),
        [
            (f"{gate.number} {gate.title}", day_month(gate.due, view.today), _side(gate.delivery), _side(gate.people))
            for gate in view.gates
        ],
    )
    for column in view.columns:
        say("")
        say(f"{column.question} {column.answer}: {column.because}")
        say_pairs(
            {
                f"  {'  ' if f.indent else ''}{f.name}": "  ".join(p for p in (f.value, f.note, said_age(f.age)) if p)
                for f in column.facts
            }
        )
    say_measures(view.measures)
    return 0


def _phases(lane: LaneView) -> str:
    return (
        ", ".join(
            f"{phase.title} {percent(_hundred(phase.done))}{' late' if phase.late else ''}" for phase in lane.phases
        )
        or lane.note
    )


def _side(side: SideView) -> str:
    done = sum(item.done for item in side.items)
    if side.state == "signed":
        return f"signed by {side.signer}"
    words = (
        "signature void" if side.void else {"late": "unsigned, late", "not_due": "not due"}.get(side.state, side.state)
    )
    return f"{words}, {done} of {len(side.items)} items"


def readiness_document(readiness: ReadinessStanding | None) -> dict[str, object] | None:
    """How ready the people are, beside how far the people lane is: two numbers, never one."""
    if readiness is None:
        return None
    return {
        "ready_percent": round(readiness.percent, 1),
        "known_percent": round(100 * readiness.coverage, 1),
        "items_left": readiness.left,
        "items_unknown": readiness.unknown,
        "worst_audience": readiness.worst,
        "worst_ready_percent": round(readiness.worst_percent, 1),
    }


def _document(session: Session, view: InitiativeView) -> dict[str, object]:
    return {
        "as_of": view.today,
        "code": view.code,
        "title": view.title,
        "client": view.client,
        "state": view.state,
        "attention": view.level,
        "findings": [{"level": f.level, "sentence": f.sentence} for f in view.findings],
        "go_live": view.go_live,
        "went_live": view.went_live,
        "project_owner": view.project_owner,
        "change_owner": view.change_owner,
        "sponsor": view.sponsor,
        "headcount": view.headcount,
        "change_lag_days": view.lag,
        "change_lag": view.lag_sentence,
        "lanes": [
            {
                "lane": lane.lane,
                "percent": _rounded(lane.progress),
                "days_behind": lane.days_behind,
                "note": lane.note or None,
                "phases": [
                    {"phase": p.name, "start": p.start, "end": p.end, "percent": _rounded(p.done), "late": p.late}
                    for p in lane.phases
                ],
            }
            for lane in view.lanes
        ],
        "checkpoints": [_gate_document(gate) for gate in view.gates],
        "answers": {
            column.lane: {
                "question": column.question,
                "answer": column.answer,
                "because": column.because,
                "facts": [
                    {
                        "name": f.name,
                        "value": f.value,
                        "note": f.note or None,
                        "kind": f.kind or None,
                        "age_days": f.age,
                    }
                    for f in column.facts
                ],
            }
            for column in view.columns
        },
        "changes": [_change(one) for one in view.changes],
        "lights": {
            "change_authorised": {"on": view.lights.change.on, "because": view.lights.change.sentence},
            "business_ready": {"on": view.lights.business.on, "because": view.lights.business.sentence},
        },
        "audiences": [
            {
                "audience": row.audience.name,
                "headcount": row.audience.headcount,
                "go_live": row.go_live,
                "utilization_percent": _rounded(row.utilization),
                "observed_on": row.observed_on,
                "target_percent": _rounded(row.target),
                "by": row.by,
            }
            for row in initiative_lists.audience_rows(session, view.code)
        ],
        "readiness": readiness_document(view.readiness),
        **measures_document(view.measures),
        "activities": view.activities,
        "observations": view.observations,
    }


def _change(one: Serving) -> dict[str, object]:
    return {
        "number": one.number,
        "title": one.title,
        "path": one.path,
        "state": one.state,
        "hold": one.hold,
        "milestone": one.milestone,
        "is_go_live": one.is_go_live,
        "approval": one.approval,
        "authorised": one.authorised,
        "step": one.step,
        "due": utc(one.due),
        "planned_start": utc(one.planned_start),
        "said": one.words,
    }


def _gate_document(gate: GateView) -> dict[str, object]:
    return {
        "checkpoint": gate.name,
        "due": gate.due,
        "in_use": gate.in_use,
        **{
            side.lane: {
                "state": side.state,
                "signer": side.signer,
                "signed_on": side.signed_on,
                "waiver": side.waiver,
                "items": [
                    {"item": item.key, "text": item.text, "done": item.done, "evidence": item.evidence}
                    for item in side.items
                ],
            }
            for side in (gate.delivery, gate.people)
        },
    }


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _rounded(share: float | None) -> float | None:
    """A share as percent to one decimal, for documents."""
    return None if share is None else round(100 * share, 1)
