"""One change as lines: its path through the states, what it needs, what it is, what was done and what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.control.differences import LABELS
from changedesk.domain.control.fulfilled import fulfilled
from changedesk.domain.control.guards import foreseen
from changedesk.domain.control.ran import ran_of
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.situation import UNAUTHORISED
from changedesk.domain.saying import day_time, from_to
from changedesk.domain.words import ending_said, plain
from changedesk.screens.control.approvals.card_parts import (
    LABEL,
    back_out,
    conflicts,
    deadlines,
    past,
    risk,
    serves,
    services,
    told,
    votes,
    window,
)
from changedesk.screens.control.moments import short_moment
from changedesk.screens.sheet import Sheet
from changedesk.services.control.changes.change_page import ChangePage
from changedesk.services.control.changes.timeline import Moment
from changedesk.widgets.canvas import Line, Look, Span, cells, fit, wrap
from changedesk.widgets.one_line import Part, draw_parts
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import GLYPH, ink

PATHS: Final = {
    "normal": ("draft", "assessing", "authorizing", "scheduled", "implementing", "review", "closed"),
    "standard": ("draft", "scheduled", "implementing", "review", "closed"),
    "emergency": ("draft", "authorizing", "scheduled", "implementing", "review", "closed"),
    "act first": ("draft", "implementing", "review", "closed"),
}
"""The states that a change goes through, by its path; an emergency that was begun on somebody's word waits for no votes."""
WHEN: Final = 13
"""The columns for when something happened, before what it was."""
NOTHING_HAPPENED: Final = "Nothing yet on this desk. Each vote and step of it will stand here, with who and when."
STATE_TOKENS: Final = {"rejected": "late", "cancelled": "faint", "closed": "fine"}


def title_line(page: ChangePage, width: int) -> Line:
    """Which change it is, whose, and which revision."""
    change = page.change
    parts = (
        Part(change.number, Look("ink", "", True), 0),
        Part(change.title, Look("ink", "", True), 0),
        Part(f"{change.client} · {change.content.path}", Look("explain"), 1, change.client),
        Part(f"revision {change.revision}", Look("explain"), 2, f"r{change.revision}"),
        Part("" if change.held_here else "brought by a file", Look("explain"), 3),
    )
    return draw_parts(parts, width)


def path_line(change: ChangeRequest, width: int) -> Line:
    """The states of its path with the one that it is in: what is behind it, where it is, what is to come."""
    states = PATHS["act first" if change.acted_first else change.content.path]
    if change.state not in states:
        # Rejected or cancelled: it came no further than its decisions.
        states = (*states[: states.index("scheduled") if change.state == "rejected" else 1], change.state)
    here = states.index(change.state)
    for gap in (" › ", "›"):
        spans: list[Span] = []
        for number, state in enumerate(states):
            if number:
                spans.append(Span(gap, Look("faint")))
            spans.append(_state(state, number - here))
        if sum(cells(span.text) for span in spans) <= width:
            return tuple(spans)
    return (_state(change.state, 0),)


def _state(state: str, place: int) -> Span:
    if place == 0:
        return Span(f"▸{state}", Look(STATE_TOKENS.get(state, "key"), "", True))
    return Span(state, Look("explain" if place < 0 else "faint"))


def standing_line(page: ChangePage, width: int) -> Line:
    """What is remarkable about how it stands: on hold, overdue, unauthorised, or how it ended."""
    change, s = page.change, page.view.s
    if change.hold:
        return (
            Span(f"{GLYPH['late']} ", Look("late")),
            Span(fit(f"on hold: {ink(change.hold).text}", width - 2), Look("late")),
        )
    if s.retro_overdue:
        return (Span(f"{GLYPH['late']} approval afterwards overdue", Look("late", "", True)),)
    if s.authorised is False:
        return (Span(f"{GLYPH['late']} {UNAUTHORISED}", Look("late")),)
    if change.outcome:
        token = {"successful": "fine", "with_issues": "risk"}.get(change.outcome, "late")
        why = f": {ink(change.outcome_reason).text}" if change.outcome_reason else ""
        return (Span(fit(f"{ending_said(change.outcome)}{why}", width), Look(token)),)
    return ()


def needed_lines(page: ChangePage, wall: datetime, width: int) -> Lines:
    """What the next step needs, met and unmet; the steps with their votes; conflicts; both lights."""
    sheet = Sheet(width, LABEL)
    view = page.view
    missing = list(view.missing)
    for sign, token, strength, sentences in (
        ("✗", "late", "ink", missing),
        ("◆", "risk", "ink", foreseen(view.s)),
        ("✓", "fine", "explain", fulfilled(view.s)),
    ):
        for sentence in sentences:
            for number, line in enumerate(_wrapped(sentence, width - 2)):
                sheet.lines.append((Span(f"{sign} " if number == 0 else "  ", Look(token)), ink(line, strength)))
    if not missing and view.change.state in ("closed", "cancelled"):
        sheet.plain("Nothing: it is over.", "explain")
    sheet.gap()
    votes(sheet, view, page.reader)
    deadlines(sheet, view, wall)
    if page.change.state in ("draft", "assessing", "authorizing", "scheduled", "implementing"):
        conflicts(sheet, view.s)
    if page.served is not None:
        serves(sheet, page.served)
    for number, step in enumerate(page.steps):
        done = step.done_at is not None
        note = f" · {step.note}" if step.note else ""
        by = f", {step.done_by} {day_time(step.done_at, view.zone, view.s.now)}{note}" if step.done_at else ""
        text = f"{step.position} {step.text}{by}"
        sheet.say("Steps" if number == 0 else "", text, "explain" if done else "ink", "✓" if done else "○")
    for number, match in enumerate(page.lessons[:3] if page.change.state == "draft" else ()):
        taught = match.lesson
        sheet.say("Lessons" if number == 0 else "", f"{taught.text} ({taught.number or page.change.client})", "risk")
    return sheet.page()


def content_lines(page: ChangePage, wall: datetime, width: int) -> Lines:
    """What is asked for, field by field."""
    sheet = Sheet(width, LABEL)
    content = page.change.content
    told(sheet, page.change, "reason")
    window(sheet, page.view, wall)
    if ran := ran_of(page.change, page.view.zone, page.view.s.now):
        sheet.say("Ran", ran)
    services(sheet, content)
    risk(sheet, page.view, page.risk)
    past(sheet, page.rate)
    back_out(sheet, page.view)
    for name in ("test_plan", "plan", "incident"):
        told(sheet, page.change, name)
    if content.template:
        sheet.say(LABELS["template"], f"{content.template}, version {content.template_version}")
    if content.requester:
        sheet.say(LABELS["requester"], content.requester)
    sheet.say(LABELS["implementer"], content.implementer or "?", "ink" if content.implementer else "explain")
    return sheet.page()


def happened_lines(page: ChangePage, width: int) -> Lines:
    """What shows what was done, the review with its actions, and its life, the newest first."""
    sheet = Sheet(width, LABEL)
    zone, now = page.view.zone, page.view.s.now
    for one in page.view.evidence:
        what = f"file {one.name}, {one.size:,} bytes" if one.name else one.text or ""
        sheet.say("Evidence", f"{what} ({one.by}, SHA-256 {one.sha256[:12]})")
    review = page.view.s.review
    if review is not None:
        result = f"{plain(review.result)}: " if review.result else ""
        sheet.say("Review", f"{result}{review.findings} ({review.reviewer})")
    for action in page.view.actions:
        _marked(sheet, "✓" if action.done_at else "○", "fine" if action.done_at else "risk", f"action: {action.text}")
    sheet.gap()
    life = Sheet(width, WHEN)
    for moment in reversed(page.timeline):
        life.say(
            short_moment(moment.at, zone, now) if moment.at.date() == now.date() else _day(moment, page),
            _told(moment, page),
        )
    if not life.lines and not sheet.lines:
        sheet.plain(NOTHING_HAPPENED, "explain")
    return [*sheet.page(), *life.page()]


def _day(moment: Moment, page: ChangePage) -> str:
    said = day_time(moment.at, page.view.zone, page.view.s.now).partition(" ")[2]
    return said if len(said) < WHEN else said.rpartition(" ")[0]


def _told(moment: Moment, page: ChangePage) -> str:
    """What happened, where it led, and who did it; a vote names its voter already."""
    said = f"; ran {from_to(*moment.ran, page.view.zone, page.view.s.now)}, said afterwards" if moment.ran else ""
    state = f" → {moment.state}" if moment.state else ""
    name, _, recorded = moment.who.partition(", ")
    by = recorded if moment.sentence.startswith(name) else moment.who
    return f"{moment.sentence}{said}{state}{f' · {by}' if by else ''}"


def _marked(sheet: Sheet, sign: str, token: str, text: str) -> None:
    for number, line in enumerate(_wrapped(text, sheet.width - 2)):
        sheet.lines.append((Span(f"{sign} " if number == 0 else "  ", Look(token)), ink(line)))


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(ink(text).text, max(10, width))
