"""Moving the plan in a conversation: the new end, what moves and what breaks with it, and the key that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.day_entry import day_said, parse_day
from changedesk.domain.planning.schedule import Moved, MoveReport, refuse_move
from changedesk.domain.records import Activity
from changedesk.domain.saying import day_month, short_day, signed_days
from changedesk.screens.ask_line import AskLine, a_day, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.preview import Preview, heading, sentences
from changedesk.screens.question import Answer
from changedesk.services.initiative import plans, proposing
from changedesk.services.initiative.proposing import BaselineChange
from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import fit_spans, ink

LANE: Final = 9
DATES: Final = 27
BY: Final = 7
WHY: Final = "Say why the old baseline no longer serves; it is kept with your name."


def ask_to_move(host: DeskScreen, code: str, activity: Activity, done: Callable[[], None]) -> None:
    """Ask for the new end of an activity, show what that means, and move it."""
    session, today = host.context.session, host.context.clock().date()
    old_end = activity.planned_end

    def given(text: str | None) -> None:
        new_end = parse_day(text, today, steps_from=old_end) if text else None
        if new_end is not None:
            host.read_to_ask("preview", lambda: plans.preview_move(session, code, activity.id, new_end), shown)

    def shown(report: MoveReport) -> None:
        if not report.moved:
            host.say(f"It ends on that day already: {activity.title}.")
            return
        title = f"Move {activity.title}?"
        answers = (Answer("y", "move"),)
        host.app.push_screen(
            Preview(title, lambda width: move_lines(report, today, width), answers), lambda key: answered(key, report)
        )

    def answered(key: str | None, report: MoveReport) -> None:
        if key == "y":
            new_end = report.moved[0].new_end
            host.load("move", lambda: plans.move(session, code, activity.id, new_end, expected=report), moved)

    def moved(report: MoveReport) -> None:
        done()
        more = len(report.moved) - 1
        others = f", and {counted(more, 'activity', 'activities')} with it" if more else ""
        host.say(f"Moved: {activity.title} to {day_month(report.moved[0].new_end, today)}{others}.", "fine")

    text = (
        f"{activity.title} ends on {day_said(old_end, today)}. When shall it end? +2w is two weeks later than that.",
    )
    judge = a_day(today, refuse=lambda day: refuse_move(activity, day), steps_from=old_end)
    host.app.push_screen(AskLine("Move in the plan", text, judge, example="+2w, fri, 2 dec"), given)


def ask_for_baseline(host: DeskScreen, code: str, done: Callable[[], None]) -> None:
    """Show what a new baseline changes, ask for the reason, and set it."""
    session, today = host.context.session, host.context.clock().date()

    def shown(changes: Sequence[BaselineChange]) -> None:
        if not changes:
            host.say(f"The baseline of {code} is the plan as it stands already.")
            return
        title = f"A new baseline for {code}?"
        answers = (Answer("y", "go on"),)
        host.app.push_screen(Preview(title, lambda width: baseline_lines(changes, today, width), answers), agreed)

    def agreed(key: str | None) -> None:
        if key == "y":
            judge = some_line("A new baseline needs a reason.")
            host.app.push_screen(AskLine(f"A new baseline for {code}", (WHY,), judge, word="set it"), given)

    def given(reason: str | None) -> None:
        if reason:
            host.load("baseline", lambda: plans.rebaseline(session, code, reason), set_anew)

    def set_anew(changed: int) -> None:
        done()
        host.say(f"New baseline for {code}: {counted(changed, 'activity', 'activities')} changed.", "fine")

    host.read_to_ask("changes", lambda: proposing.baseline_changes(session, code), shown)


def move_lines(report: MoveReport, today: date, width: int) -> Lines:
    """What moves, what it breaks, and what was left out."""
    lines: list[Sequence[Span]] = [heading(f"{counted(len(report.moved), 'activity', 'activities')} would move")]
    lines += [_moved(one, today, width) for one in report.moved]
    if report.breaks:
        lines += [(), heading("What that breaks"), *sentences(report.breaks, width, "▲", "late")]
    else:
        lines += [
            (),
            (Span("● ", Look("fine")), Span("It breaks nothing: no go-live, no baseline, no promise.", Look())),
        ]
    if report.warnings:
        lines += [(), heading("Left out"), *sentences(report.warnings, width, "◆", "risk")]
    return lines


def baseline_lines(changes: Sequence[BaselineChange], today: date, width: int) -> Lines:
    """What would be measured against other days than before."""
    count = counted(len(changes), "activity", "activities")
    lines: list[Sequence[Span]] = [
        *sentences([f"{count} would be measured against the plan as it now stands, not against the old days."], width),
        (),
    ]
    for one in changes:
        new = short_day(one.new_end, today)
        if one.old_end == one.new_end:
            lines.append(_line(one.title, one.lane, f"{new}, another {one.other}", "", width))
        else:
            old = short_day(one.old_end, today) if one.old_end else "none"
            by = signed_days((one.new_end - one.old_end).days) if one.old_end else ""
            lines.append(_line(one.title, one.lane, f"{old} → {new}", by, width))
    return lines


def _moved(one: Moved, today: date, width: int) -> Sequence[Span]:
    old, new = short_day(one.old_end, today), short_day(one.new_end, today)
    return _line(one.title, one.lane, f"{old} → {new}", signed_days(one.days), width)


def _line(title: str, lane: str, dates: str, by: str, width: int) -> Sequence[Span]:
    right = (ink(f"{lane:<{LANE}}", lane), Span(f"{dates:>{DATES}} {by:>{BY}}", Look("explain")))
    return (*fit_spans((ink(title),), max(10, width - LANE - DATES - BY - 3)), Span("  ", Look()), *right)
