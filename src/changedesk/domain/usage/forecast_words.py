"""A forecast as a person says it: how likely, when, and between which days; and why there is none."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.saying import day_month, percent
from changedesk.domain.usage.chance import said_chance
from changedesk.domain.usage.outlook import ENOUGH_COUNTS, Expected, Outlook

NEVER: Final = "never"

FAR: Final = 300
"""A day farther off than so many days is said with its year, unless it is of this one."""


def said_day(day: date | None, today: date) -> str:
    """A day without its weekday, ``18 Mar``, with its year where that might be mistaken; None is never."""
    if day is None:
        return NEVER
    year = today if abs((day - today).days) > FAR else day
    return day_month(day, year).partition(" ")[2]


def short_day(day: date | None, today: date) -> str:
    """A day for a narrow column: ``18 Mar``, and ``Oct 2027`` when it is far off."""
    if day is None:
        return NEVER
    said = day_month(day, day).partition(" ")[2]
    return said if abs((day - today).days) <= FAR else f"{said.partition(' ')[2]} {day.year}"


def _said_expected(expected: Expected, today: date) -> str:
    """When what is not reached yet will be, with the range of 8 of 10 futures: ``expected 18 Mar (8 of 10: 2 Mar - never)``."""
    low, high = said_day(expected.early, today), said_day(expected.late, today)
    if expected.early is not None and expected.early <= today:
        low = "now"
    if expected.middle is not None and expected.middle <= today:
        return f"expected by now, but not counted ({said_day(expected.middle, today)}; 8 of 10: {low} - {high})"
    if expected.middle is None:
        return "not expected" if expected.early is None else f"not expected (8 of 10: {low} - {high})"
    return f"expected {said_day(expected.middle, today)} (8 of 10: {low} - {high})"


def said_outlook(outlook: Outlook, today: date, *, sustained: bool = True, by_group: bool = False) -> str:
    """The forecast in one sentence: ``80 % by 31 Jan: 34 % likely, expected 18 Mar (8 of 10: 2 Mar - never)``.

    ``sustained`` says that what was reached still holds, ``by_group`` that only single groups have a target.
    """
    if outlook.target is None or outlook.expected is None:
        ceiling = outlook.ceiling
        low = percent(ceiling.low).removesuffix(" %")
        level = f"Levels off at {percent(ceiling.middle)} (8 of 10: {low} - {percent(ceiling.high)})"
        aim = "only groups have a target" if by_group else "no target is set"
        return f"{level}{_said_halfway(outlook.halfway, today)}; {aim}"
    goal, by, expected = percent(outlook.target), outlook.by, outlook.expected
    if expected.reached:
        late = 0 if by is None or expected.middle is None else (expected.middle - by).days
        when = f"{goal} reached on {said_day(expected.middle, today)}"
        after = f", {late} d late" if late > 0 else ""
        return f"{when}{after}" if sustained else f"{when}{after}, no longer held"
    if by is None:
        return f"{goal}: {_said_expected(expected, today)}"
    if by < today:
        return f"{goal} was due {said_day(by, today)}: {_said_expected(expected, today)}"
    return f"{goal} by {said_day(by, today)}: {said_chance(outlook.chance)} likely, {_said_expected(expected, today)}"


def _said_halfway(half: Expected, today: date) -> str:
    """When half of them have come: without a target that is what says how fast it goes."""
    if half.middle is None:
        return ""
    if half.middle <= today:
        return f", half of it since {said_day(half.middle, today)}"
    return f", half of it by {said_day(half.middle, today)} (8 of 10: {said_day(half.early, today)} - {said_day(half.late, today)})"


def said_ceiling(outlook: Outlook) -> str:
    """Where it levels off, with the range: ``64 % (58 - 81 %)``. What will be is never said as what is."""
    ceiling = outlook.ceiling
    return f"{percent(ceiling.middle)} ({percent(ceiling.low).removesuffix(' %')} - {percent(ceiling.high)})"


def said_likely(outlook: Outlook, today: date) -> str:
    """How likely the target is by its day; ``there`` when it is reached, ``past`` when its day has gone by."""
    if outlook.expected is None:
        return ""
    if outlook.expected.reached:
        return "there"
    return "past" if outlook.by is None or outlook.by < today else said_chance(outlook.chance)


def said_middle(outlook: Outlook, today: date) -> str:
    """When it is reached, for a narrow column; ``by now`` when counts should have shown it already."""
    expected = outlook.expected
    if expected is None:
        return ""
    overdue = expected.middle is not None and expected.middle <= today and not expected.reached
    return "by now" if overdue else short_day(expected.middle, today)


def said_range(outlook: Outlook, today: date) -> str:
    """Between which days it is reached, with 80 %: ``now - 18 Mar``; empty when it has been reached."""
    expected = outlook.expected
    if expected is None or expected.reached:
        return ""
    early = "now" if expected.early is not None and expected.early <= today else short_day(expected.early, today)
    return f"{early} - {short_day(expected.late, today)}"


def said_level(levelled: float | None, outlook: Outlook | None) -> str:
    """Where it has levelled off, else where its own counts say that it will: ``~ 64 % (58 - 81 %)``."""
    if levelled is not None:
        return percent(levelled)
    return f"~ {said_ceiling(outlook)}" if outlook is not None and outlook.basis == "data" else ""


def said_basis(outlook: Outlook, *, in_lists: bool = True) -> str:
    """What the forecast rests on, where it is not simply the counts, and why no list of initiatives shows it; empty when it is.

    ``in_lists`` says that lists show a forecast of this at all: they do of everybody's use, and of nothing else.
    """
    siblings = (
        f"{outlook.siblings} finished roll-outs of this client"
        if outlook.siblings >= 3
        else "what roll-outs usually do"
    )
    if outlook.basis == "prior":
        counts = f"{outlook.counts} of {ENOUGH_COUNTS} counts so far" if outlook.counts else "no count yet"
        return f"From {siblings}: {counts}{', so no list of initiatives shows it' if in_lists else ''}"
    return f"Knows {siblings}" if outlook.siblings >= 3 else ""
