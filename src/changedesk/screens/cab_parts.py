"""What the screen of a meeting shows of its agenda and of the change that is talked about."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.control.approval import Vote
from changedesk.domain.saying import day_month
from changedesk.domain.words import plain
from changedesk.services.control.meetings import AgendaItem, MeetingView
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink
from changedesk.widgets.rows import Column, Row, cell

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Change", 9),
    Column("Title", 22, share=3),
    Column("Risk", 6),
    Column("Window", 16),
    Column("Minutes", 9, align="right"),
    Column("Votes", 14, from_width=100),
    Column("State", 12),
)
EMPTY: Final = "Nothing on the agenda. f fills it with every change that waits for this board."
LABEL: Final = 11
VOTED: Final = {
    "approve": "approves",
    "reject": "rejects",
    "abstain": "abstains",
    "request_changes": "asks for changes",
}
_RISK: Final = {"low": "fine", "medium": "risk", "high": "late"}


def said(moment: datetime, view: MeetingView) -> str:
    """A moment by the clock of the client."""
    local = moment.astimezone(view.zone)
    return f"{day_month(local.date(), view.now.astimezone(view.zone).date())} {local:%H:%M}"


def summary(view: MeetingView) -> str:
    """The meeting in a few words: when, for whom, how it stands, and whether the time is enough."""
    meeting = view.meeting
    kind = "ballot until" if meeting.kind == "vcab" else "begins"
    when = said(meeting.ends_at if meeting.kind == "vcab" else meeting.at, view)
    if view.late:
        return f"{meeting.client}, ballot ended {when}, not all decided"
    planned = sum(one.item.minutes for one in view.agenda)
    room = round((meeting.ends_at - meeting.at).total_seconds() / 60)
    time = f", {planned} of {room} min" if meeting.kind == "cab" else ""
    return f"{meeting.client}, {kind} {when}, {meeting.state}{time}"


def row(one: AgendaItem, view: MeetingView) -> Row:
    """An item of the agenda."""
    item, change = one.item, one.view.change
    running = item.began_at is not None and item.ended_at is None
    taken = round(item.taken(view.now).total_seconds() / 60)
    over = taken > item.minutes
    times = f"{taken}/{item.minutes}" if item.began_at else f"{item.minutes}"
    sign, token = ("▸", "key") if running else ("✓", "fine") if item.decision else ("·", "faint")
    risk = change.content.risk
    return Row(
        item.id,
        (
            cell(sign, token),
            cell(change.number),
            cell(change.title),
            cell(risk or "?", _RISK.get(risk or "", "explain")),
            cell(said(change.content.planned_start, view), "explain"),
            cell(times, "late" if over else "ink"),
            cell(_votes(one), "explain"),
            cell(change.state, "fine" if change.state == "scheduled" else "explain"),
        ),
    )


def _votes(one: AgendaItem) -> str:
    step = one.view.s.waiting_step or (one.view.s.steps[-1] if one.view.s.steps else None)
    found = next((view for view in one.view.steps if step is not None and view.step.order == step.order), None)
    return f"{len(found.cast)} of {len(found.step.seats)}" if found else ""


def card(one: AgendaItem, view: MeetingView, width: int) -> Lines:
    """What those present have to know of the change, the most important first."""
    content, s = one.view.change.content, one.view.s
    facts: list[tuple[str, str, str]] = [
        ("Window", f"{said(content.planned_start, view)} to {said(content.planned_end, view)}", "ink"),
        ("Why", content.reason or "not said", "ink" if content.reason else "risk"),
        ("Services", ", ".join(content.services) or "none named: it meets every freeze", "ink"),
        ("Risk", content.risk or "not assessed", _RISK.get(content.risk or "", "risk")),
        ("Plan", content.plan or "none", "ink" if content.plan else "risk"),
        ("Tests", content.test_plan or "none", "ink" if content.test_plan else "risk"),
        ("Back-out", _back_out(one), "ink" if content.backout_plan else "late"),
        ("Conflicts", "; ".join(c.sentence for c in s.conflicts) or "none", "risk" if s.conflicts else "fine"),
    ]
    if s.light is not None:
        ready = s.light.delivery and s.light.people
        text = f"go-live of {s.light.initiative}: {'checkpoint signed' if ready else 'checkpoint unsigned'}"
        facts.insert(1, ("Serves", text, "fine" if ready else "late"))
    elif content.initiative:
        facts.insert(1, ("Serves", content.initiative, "ink"))
    for step in one.view.steps:
        votes = ", ".join(_vote_said(vote) for vote in step.cast)
        waiting = f"; waits for {', '.join(step.waiting)}" if step.result == "pending" and step.waiting else ""
        facts.append((step.step.name, f"{step.rule}: {votes or 'no vote yet'}{waiting}", "ink"))
    facts.append(("Missing", "; ".join(one.view.missing) or "nothing", "risk" if one.view.missing else "fine"))
    if one.item.notes:
        facts.append(("Said", one.item.notes, "explain"))
    lines: list[tuple[Span, ...]] = []
    for label, text, token in facts:
        parts = wrap(ink(text).text, max(10, width - LABEL - 2)) or [""]
        for place, part in enumerate(parts):
            head = f"{label if place == 0 else '':<{LABEL}} "[: LABEL + 1]
            lines.append((Span(head, Look("explain")), Span(part, Look(token))))
    return lines


def _vote_said(vote: Vote) -> str:
    behalf = f" for {vote.on_behalf_of}" if vote.on_behalf_of else ""
    return f"{vote.voter}{behalf} {VOTED.get(vote.decision, plain(vote.decision))}"


def _back_out(one: AgendaItem) -> str:
    content = one.view.change.content
    if not content.backout_plan:
        return "none"
    minutes = f", {content.backout_minutes} min" if content.backout_minutes is not None else ""
    return f"{content.backout_plan}{minutes}"
