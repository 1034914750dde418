"""An initiative and the list of them as JSON, for programs; a name that stands here stays."""

from __future__ import annotations

from changedesk.cli.initiative.measuring import measures_document
from changedesk.cli.output import utc
from changedesk.domain.control.serving import Serving
from changedesk.domain.people.readiness import Readiness
from changedesk.domain.saying import UNKNOWN
from changedesk.domain.standing import ReadinessStanding
from changedesk.services.initiative import lists as initiative_lists
from changedesk.services.initiative.measures import risks
from changedesk.services.initiative.page import GateView, InitiativeView
from changedesk.services.portfolio.page import PortfolioRow, PortfolioView
from changedesk.services.session import Session


def row_document(row: PortfolioRow, view: PortfolioView) -> dict[str, object]:
    """One initiative of the list."""
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
        "headcount": (detail.headcount or None) if detail else None,
        "go_live": row.go_live,
        "went_live": row.went_live,
        "days_to_go_live": (row.go_live - view.today).days if row.go_live else None,
        "delivery_percent": _rounded(row.delivery),
        "people_percent": _rounded(row.people),
        "change_lag_days": row.lag,
        "adopted_percent": _rounded(row.adopted),
        "target_likely_percent": _rounded(row.likely),
        "ready_percent": _rounded(row.ready),
        "handover_percent": _rounded(detail.handed_over) if detail else None,
    }


def initiative_document(session: Session, view: InitiativeView) -> dict[str, object]:
    """One initiative with both lanes, its checkpoints, its changes and its people."""
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
        "headcount": view.headcount or None,
        "change_lag_days": view.lag,
        "change_lag": view.lag_sentence,
        "lanes": [
            {
                "lane": lane.lane,
                "percent": _rounded(lane.progress),
                "days_behind": lane.days_behind,
                "note": lane.note or None,
                "closed_on": lane.closed_on,
                "closed_by": lane.closed_by,
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
                        "value": None if f.value == UNKNOWN else f.value,
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
                "headcount": row.audience.headcount or None,
                "go_live": row.go_live,
                "utilization_percent": _rounded(row.utilization),
                "observed_on": row.observed_on,
                "target_percent": _rounded(row.target),
                "by": row.by,
            }
            for row in initiative_lists.audience_rows(session, view.code)
        ],
        "readiness": _readiness(view.readiness, view.groups_ready),
        **measures_document(view.measures, risks(session, view.code)),
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


def _readiness(readiness: ReadinessStanding | None, groups: Readiness) -> dict[str, object] | None:
    """How ready the people are, beside how far the people lane is: two numbers, never one.

    The worst audience is one of those that somebody knows; the others are named beside it.
    """
    if readiness is None:
        return None
    least = groups.least_known
    return {
        "ready_percent": round(readiness.percent, 1),
        "known_percent": round(100 * readiness.coverage, 1),
        "items_left": readiness.left,
        "items_unknown": readiness.unknown,
        "worst_audience": least.audience.name if least else None,
        "worst_ready_percent": round(least.percent, 1) if least else None,
        "unknown_audiences": list(groups.unknown),
    }


def _rounded(share: float | None) -> float | None:
    """A share as percent to one decimal, for documents."""
    return None if share is None else round(100 * share, 1)
