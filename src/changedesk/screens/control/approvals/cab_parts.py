"""What the screen of a meeting shows of its agenda and of the change that is talked about."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.control.approval import Vote
from changedesk.domain.control.meeting import Meeting
from changedesk.domain.saying import day_time, zone_name
from changedesk.domain.words import plain
from changedesk.screens.control.approvals.card_parts import RISKS, TOKENS, back_out, conflicts, services, told, window
from changedesk.screens.sheet import Sheet
from changedesk.services.control.approvals.meetings import AgendaItem, MeetingView
from changedesk.widgets.canvas import first_that_fits
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import GLYPH

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Change", 9, whole=12),
    Column("Title", 22, share=3),
    Column("Risk", 6),
    Column("Window", 16),
    Column("Minutes", 9, align="right"),
    Column("Votes", 14, from_width=100),
    Column("State", 12),
)
EMPTY: Final = f"Nothing on the agenda. {key_to('cab.fill')} fills it with every change that waits for this board."
NO_MEETING: Final = f"No meeting yet. {key_to('cab.new')} calls one: people together, or a ballot with a deadline."
NOTHING_CHOSEN: Final = "What those present have to know of the selected change stands here, and who votes how."
LABEL: Final = 12
VOTED: Final = {
    "approve": "approves",
    "reject": "rejects",
    "abstain": "abstains",
    "request_changes": "asks for changes",
}
_RISK: Final = {"low": "fine", "medium": "risk", "high": "late"}
_ESCAPED: Final = re.compile(r"\\(.)")


def begins_said(meeting: Meeting, zone: tzinfo, wall: datetime) -> str:
    """When a meeting begins by the clock of its client, whose name is told when it is not that of the reader's ``wall``."""
    when, where = day_time(meeting.at, zone, wall), zone_name(zone, meeting.at, wall)
    return f"{when} {where}" if where else when


def summary(view: MeetingView, wall: datetime, room: int) -> str:
    """The meeting in a few words: when by the clock of its client, for whom, how it stands, and whether the time is enough.

    Where ``room`` is short, whose it is and how long it takes are left out.
    """
    meeting = view.meeting
    ballot = meeting.kind == "vcab"
    zone = zone_name(view.zone, view.now, wall)
    when = day_time(meeting.ends_at if ballot else meeting.at, view.zone, view.now) + (f" {zone}" if zone else "")
    if view.late:
        end = f"ended {when}, not all decided"
        return first_that_fits((f"{meeting.client}, ballot {end}", end), room)
    planned = sum(one.item.minutes for one in view.agenda)
    minutes = round((meeting.ends_at - meeting.at).total_seconds() / 60)
    time = "" if ballot else f", {planned} of {minutes} min"
    begin = f"{'until' if ballot else 'begins'} {when}, {meeting.standing(view.now)}"
    whole = f"{meeting.client}, {'ballot ' if ballot else ''}{begin}{time}"
    return first_that_fits((whole, f"{begin}{time}", begin), room)


def row(one: AgendaItem, view: MeetingView) -> Row:
    """An item of the agenda."""
    item, change = one.item, one.view.change
    taken = round(item.taken(view.now).total_seconds() / 60)
    over = taken > item.minutes
    times = f"{taken}/{item.minutes}" if item.began_at else f"{item.minutes}"
    sign, token = ("▸", "key") if item.runs else ("✓", "fine") if item.decision else ("·", "faint")
    risk = change.content.risk
    return Row(
        item.id,
        (
            cell(sign, token),
            cell(change.number),
            cell(change.title),
            cell(risk or "?", _RISK.get(risk or "", "explain")),
            cell(day_time(change.content.planned_start, view.zone, view.now), "explain"),
            cell(times, "late" if over else "ink"),
            cell(_votes(one), "explain"),
            cell(change.state, "fine" if change.state == "scheduled" else "explain"),
        ),
    )


def as_read(line: str) -> tuple[str, bool]:
    """A line of the minutes as it is read, without the signs of Markdown, and whether they make it bold."""
    title = line.lstrip("#")
    bold = title != line or "**" in line
    return _ESCAPED.sub(r"\1", title.strip() if title != line else line.replace("**", "")), bold


def _votes(one: AgendaItem) -> str:
    step = one.view.s.waiting_step or (one.view.s.steps[-1] if one.view.s.steps else None)
    found = one.view.step_view(step)
    return f"{len(found.cast)} of {len(found.step.seats)}" if found else ""


def card(one: AgendaItem, wall: datetime, width: int) -> Lines:
    """What those present have to know of the change, the most important first; ``wall`` is the time on the reader's wall."""
    sheet = Sheet(width, LABEL)
    content, s = one.view.change.content, one.view.s
    window(sheet, one.view, wall)
    if s.light is not None:
        ready = s.light.delivery and s.light.people
        text = f"go-live of {s.light.initiative}: {'gate signed' if ready else 'gate unsigned'}"
        sheet.say("Serves", text, "fine" if ready else "late", GLYPH["fine" if ready else "late"])
    elif content.initiative:
        sheet.say("Serves", content.initiative)
    told(sheet, one.view.change, "reason")
    services(sheet, content)
    level = RISKS.get(content.risk or "", "unknown")
    sheet.say("Risk", content.risk or "not assessed", TOKENS[level], GLYPH[level])
    told(sheet, one.view.change, "plan")
    told(sheet, one.view.change, "test_plan")
    back_out(sheet, one.view)
    conflicts(sheet, s)
    for step in one.view.steps:
        votes = ", ".join(_vote_said(vote) for vote in step.cast)
        waiting = f"; waits for {', '.join(step.waiting)}" if step.result == "pending" and step.waiting else ""
        sheet.say(step.step.name[: LABEL - 1], f"{step.rule}: {votes or 'no vote yet'}{waiting}")
    sheet.say("Missing", "; ".join(one.view.missing) or "nothing", "risk" if one.view.missing else "fine")
    if one.item.notes:
        sheet.say("Said", one.item.notes, "explain")
    return sheet.page()


def _vote_said(vote: Vote) -> str:
    return f"{vote.who} {VOTED.get(vote.decision, plain(vote.decision))}"
