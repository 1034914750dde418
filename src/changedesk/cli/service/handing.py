"""``handover`` on the command line: the list, one checklist, ticking, sending back, taking over."""

from __future__ import annotations

from changedesk.cli.output import complain, say, say_json, say_table
from changedesk.domain.saying import day_month, percent
from changedesk.services.lookup import known_initiative, refuse_unknown_client
from changedesk.services.service import handing_over
from changedesk.services.service.handing_over import HandoverView
from changedesk.services.session import Session


def handovers(session: Session, client: str | None, as_json: bool) -> int:
    """Every handover in view."""
    refuse_unknown_client(session, client)
    rows = handing_over.handovers(session, client)
    if as_json:
        say_json(
            [
                {
                    "code": row.code,
                    "title": row.title,
                    "client": row.client,
                    "service": row.service,
                    "done_percent": round(100 * row.share, 1),
                    "sent_back": row.rejected,
                    "accepted_on": row.accepted_on,
                    "planned_end": row.planned_end,
                    "late": row.late,
                }
                for row in rows
            ]
        )
        return 0
    if not rows:
        say("no handover has begun, is planned or belongs to a service")
        return 0
    today = session.today
    say_table(
        ("Code", "Initiative", "Client", "To", "Done", "Planned", "State"),
        [
            (
                row.code,
                row.title,
                row.client,
                row.service or "?",
                percent(100 * row.share),
                day_month(row.planned_end, today) if row.planned_end else "-",
                f"taken over {day_month(row.accepted_on, today)}"
                if row.accepted_on
                else "late"
                if row.late
                else "open",
            )
            for row in rows
        ],
        right=frozenset({4}),
    )
    return 0


def handover(session: Session, code: str, as_json: bool) -> int:
    """One handover with its checklist."""
    view = handing_over.handover_view(session, known_initiative(session, code).id)
    if as_json:
        say_json(_document(view))
        return 0
    found = view.handover
    say(f"{view.title} ({view.code}), to {found.service or 'no service yet'}, owner {found.service_owner or 'nobody'}")
    if found.accepted_at is not None:
        say(f"taken over by {found.accepted_by} {day_month(found.accepted_at.date(), view.today)}")
    elif view.refused is not None:
        say(f"not yet: {view.refused}")
    if view.early is not None:
        say(view.early)
    say(view.duration.sentence)
    say(view.effort.sentence)
    if view.formality is not None:
        say(view.formality)
    say(f"success: {view.again.sentence}")
    say("")
    say_table(
        ("Item", "What", "State", "Evidence or reason"),
        [
            (
                item.key,
                item.text,
                "sent back" if item.state == "rejected" else item.state,
                item.reason or item.evidence or "",
            )
            for item in found.items
        ],
    )
    return 0


def tick(session: Session, code: str, item: str, evidence: str) -> int:
    """Mark an item done."""
    handing_over.tick(session, code, item, evidence)
    say(f"done: {code}, {item}, by {session.actor.login}")
    return 0


def send_back(session: Session, code: str, item: str, reason: str) -> int:
    """Send an item back."""
    by = handing_over.send_back(session, code, item, reason)
    say(f"sent back: {code}, {item}, by {by}")
    return 0


def accept(session: Session, code: str) -> int:
    """Take over."""
    early = handing_over.handover_view(session, known_initiative(session, code).id).early
    by = handing_over.accept(session, code)
    say(f"taken over: {code}, by {by}")
    if early is not None:
        complain(early)
    return 0


def _document(view: HandoverView) -> dict[str, object]:
    found = view.handover
    return {
        "code": view.code,
        "title": view.title,
        "client": view.client,
        "service": found.service,
        "service_owner": found.service_owner,
        "done_percent": round(100 * view.share, 1),
        "accepted_at": found.accepted_at,
        "accepted_by": found.accepted_by,
        "missing": view.refused,
        "early": view.early,
        "formality": view.formality,
        "days": {"planned": view.duration.planned, "actual": view.duration.actual},
        "hours": {"planned": view.effort.planned, "actual": view.effort.actual},
        "look_again_on": view.again.due,
        "looked_again": view.again.looked,
        "items": [
            {
                "item": item.key,
                "text": item.text,
                "state": item.state,
                "evidence": item.evidence,
                "reason": item.reason,
                "done_by": item.done_by,
                "sent_back_by": item.rejected_by,
            }
            for item in found.items
        ],
    }
