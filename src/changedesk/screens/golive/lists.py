"""From a go-live to its lists: why people call and what answers them, what is open, and when hypercare may end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.early_life.hypercare import Criterion
from changedesk.domain.saying import clock, count, in_hours, length, percent
from changedesk.screens.labelled import said
from changedesk.services.golive.page import GoLiveView
from changedesk.services.golive.reasons import NO_SCRIPT, ReasonView
from changedesk.widgets.canvas import Canvas, Line, Look, Span, cells, fit, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import bar, ink

REASON_COLUMNS: Final = (
    Column("Why people call", 26, share=4),
    Column("24 h", 4, align="right"),
    Column("All", 5, align="right"),
    Column("Expected, week 1", 16, align="right", from_width=150, priority=3),
    Column("Answer", 11, share=1),
    Column("Then to", 12, share=1, from_width=76, priority=2),
)
CRITERIA_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Hypercare may end when", 34, share=4),
    Column("Because", 18, share=2, priority=1),
)
EXPECTED_COLUMNS: Final = (
    Column("Why people will call", 26, share=4),
    Column("Week 1", 6, align="right"),
    Column("Answer", 11, share=1),
    Column("Then to", 12, share=1, from_width=76, priority=2),
)
"""The same before anybody has called."""
NO_REASON: Final = (
    f"Nobody has called, and nobody has said what people will ask: {key_to('golive.reason')} adds the likeliest reason."
)
MET: Final = {True: ("✓", "fine"), False: ("✗", "late"), None: ("○", "unknown")}
RANK_TOKEN: Final = {1: "late", 2: "late", 3: "ink"}
BARS: Final = 8
RANKS: Final = 10
"""The columns of a priority and how many tickets have it, before those of their ages."""


def reason_rows(view: GoLiveView) -> ListSource:
    """The reasons to call, the most frequent first."""
    cells_of = _expected_cells if view.stage == "before" else _reason_cells
    return ListSource(Row(one.reason, cells_of(one)) for one in view.reasons)


def reason_columns(view: GoLiveView | None) -> tuple[Column, ...]:
    """The columns of the reasons: what is expected before go-live, what came after it."""
    return EXPECTED_COLUMNS if view is not None and view.stage == "before" else REASON_COLUMNS


def _expected_cells(one: ReasonView) -> tuple[tuple[Span, ...], ...]:
    return (
        cell(one.reason),
        cell(count(one.expected), "unknown" if one.expected is None else "ink"),
        *_reason_cells(one)[4:],
    )


def _reason_cells(one: ReasonView) -> tuple[tuple[Span, ...], ...]:
    unanswered = one.answer == NO_SCRIPT
    return (
        cell(one.reason),
        cell(str(one.recent) if one.recent else "-", "ink" if one.recent else "faint", bold=bool(one.recent)),
        cell(f"{one.count:,}" if one.count else "-", "ink" if one.count else "faint"),
        cell(count(one.expected), "explain"),
        cell(one.answer, ("late" if one.count else "risk") if unanswered else "fine"),
        cell(one.escalation or "nobody named", "explain" if one.escalation else "unknown"),
    )


def then_to(view: GoLiveView | None, reason: str) -> str:
    """To whom a call for this reason goes on, in full: beside three other panels its column cuts a longer way."""
    way = next((one.escalation for one in (view.reasons if view else ()) if one.reason == reason), None)
    return f"then to {way}" if way else ""


def criterion_rows(view: GoLiveView) -> ListSource:
    """The exit criteria with what they rest on."""
    return ListSource(Row(one.key, _criterion_cells(one)) for one in view.criteria)


def _criterion_cells(one: Criterion) -> tuple[tuple[Span, ...], ...]:
    sign, token = MET[one.met]
    return cell(sign, token), cell(one.text), cell(one.evidence, "explain" if one.met else token)


def open_drawing(view: GoLiveView | None) -> Draw:
    """What is open by priority: how many, how old, and the oldest."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        if view is None:
            return ()
        if not view.open:
            said = "Nothing is open." if view.load.today is not None else "No ticket is known that belongs here."
            return (
                (ink(said, "fine" if view.tickets else "explain"),),
                (),
                (ink(fit(_solved(view), width), "explain"),),
            )
        sheet = Canvas(width, height)
        ages = [name for name, _ in view.open[0].by_age]
        each = max(6, min(10, (width - RANKS) // len(ages)))
        sheet.put(0, 0, "Priority", Look("explain"))
        for place, name in enumerate(ages):
            sheet.put_right(RANKS + (place + 1) * each, 0, fit(_short_age(name), each - 1), Look("explain"))
        for y, group in enumerate(view.open[: height - 1], start=1):
            token = RANK_TOKEN.get(group.rank or 0, "explain")
            sheet.put(0, y, f"P{group.rank}" if group.rank else "?", Look(token, "", token == "late"))
            sheet.put_right(RANKS, y, f"{group.count:,}", Look(token, "", True))
            for place, (_, many) in enumerate(group.by_age):
                old = place == len(ages) - 1 and many and group.rank in (1, 2)
                look = Look("late" if old else "ink" if many else "faint")
                sheet.put_right(RANKS + (place + 1) * each, y, str(many) if many else "-", look)
            rest = width - RANKS - len(ages) * each - 2
            oldest = f"oldest {length(view.now - group.oldest)}"
            if rest >= cells(oldest):
                sheet.put(RANKS + len(ages) * each + 2, y, oldest, Look("explain"))
        if height > len(view.open) + 2:
            sheet.put(0, len(view.open) + 2, fit(_solved(view), width), Look("explain"))
        return sheet.lines()

    return draw


def _solved(view: GoLiveView) -> str:
    """How soon tickets are solved; nothing while nobody knows."""
    times = view.load.times
    if times is None:
        return ""
    return f"half solved in {in_hours(times.median)}, 9 of 10 in {in_hours(times.p90)}"


def criterion_detail(view: GoLiveView | None, key: str, width: int) -> tuple[Line, ...]:
    """The selected criterion in full, with what it rests on."""
    one = next((c for c in view.criteria if c.key == key), None) if view else None
    if one is None:
        return ()
    _, token = MET[one.met]
    text = f"{one.text}: {one.evidence}."
    return tuple((ink(line, token if one.met is not True else "explain"),) for line in wrap(ink(text).text, width))


def _short_age(name: str) -> str:
    """``under 4 h`` as ``< 4 h``, so that the columns have room."""
    return name.replace("under ", "< ").replace("over ", "> ").replace(" to ", "-")


def people_drawing(view: GoLiveView | None) -> Draw:
    """Adoption so far, workarounds, how ready support is, what changed, and who is on duty."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        if view is None:
            return ()
        lines: list[Line] = [_use(view, width)]
        (duty, duty_token), (old_ways, old_token) = _duty(view), _workarounds(view)
        support_token = "ink" if view.support.scripts.of else "explain"
        lines += said("On duty", duty, width, duty_token, room=LABEL)
        lines += said("Support", _support(view), width, support_token, room=LABEL)
        lines += said("Old ways", old_ways, width, old_token, room=LABEL)
        for window in view.windows[:2]:
            came = said("Tickets", f"{window.sentence}: {window.title}", width, "explain", room=LABEL)
            lines += _whole(list(came), width, WINDOW_ROWS)
        return _whole(lines, width, height)

    return draw


LABEL: Final = 9
WINDOW_ROWS: Final = 2
"""A change whose window had tickets has no more rows: a long title leaves room for the rest."""


def _whole(lines: Sequence[Line], width: int, height: int) -> tuple[Line, ...]:
    """The lines that have room; where more follow, the last one says so."""
    if len(lines) <= height or height < 1:
        return tuple(lines[: max(0, height)])
    *before, last = lines[height - 1]
    room = width - sum(cells(span.text) for span in before)
    return (*lines[: height - 1], (*before, Span(fit(f"{last.text} …", room).replace(" …", "…"), last.look)))


def _use(view: GoLiveView, width: int) -> Line:
    adoption = view.adoption
    label = ink(f"{'In use':<{LABEL}}", "explain")
    if adoption.percent is None:
        return label, ink("not observed yet", "unknown")
    target = (
        f" of people, target {percent(adoption.target)}{adoption.of_whom}"
        if adoption.target is not None
        else " of people"
    )
    text = f"{percent(adoption.percent)}{target}"
    shown = bar(adoption.percent / 100, BARS, "people") if width >= LABEL + BARS + 1 + cells(text) else ()
    return label, *shown, ink(f" {text}" if shown else text, "people")


def _workarounds(view: GoLiveView) -> tuple[str, str]:
    if not view.workarounds:
        return "no workaround is known", "explain"
    first = ", ".join(one.title for one in view.workarounds[:3])
    more = f" and {len(view.workarounds) - 3} more" if len(view.workarounds) > 3 else ""
    return f"{len(view.workarounds)}: {first}{more}", "risk"


def _support(view: GoLiveView) -> str:
    """How ready the desk is, in figures: what is not ready by name stands on the page of its readiness."""
    support = view.support
    if not support.scripts.of and not support.checklist.items:
        return support.sentence
    answers = (
        (support.scripts, "script"),
        (support.articles, "article"),
        (support.escalations, "escalation"),
    )
    said = ", ".join(counted(one.having, what) for one, what in answers)
    parts = [f"{counted(support.scripts.of, 'reason')}: {said}"] if support.scripts.of else []
    if view.unforeseen and parts:
        parts.append(f"{count(view.unforeseen)} more came that nobody expected")
    if view.avoidable:
        parts.append(f"{count(view.avoidable)} of {counted(view.tickets, 'ticket')} asked what an article answers")
    if support.checklist.items:
        items = counted(support.checklist.items, "item")
        left = support.checklist.left
        what = "unknown" if left == support.checklist.unknown else "open"
        parts.append(f"{count(left)} of {items} {what}" if left else f"{items} ready")
    return "; ".join(parts)


def _duty(view: GoLiveView) -> tuple[str, str]:
    if view.on_duty:
        said = "; ".join(
            f"{one.who}{f' ({one.role})' if one.role else ''} until {_clock(view, one.end)}"
            f"{f', {one.contact}' if one.contact else ''}"
            for one in view.on_duty
        )
        return said, "ink"
    if view.next_duty:
        following = view.next_duty[0]
        return f"nobody now; {following.who} from {_clock(view, following.start)}", "risk"
    return "nobody is named", "unknown"


def _clock(view: GoLiveView, moment: datetime) -> str:
    local = moment.astimezone(view.now_local.tzinfo)
    return clock(local) if moment - view.now < timedelta(hours=20) else f"{local:%a} {clock(local)}"
