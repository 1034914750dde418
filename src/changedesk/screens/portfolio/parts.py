"""What stands around the list of the portfolio: headline, detail of the selected row, the two-by-two, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from changedesk.domain.counted import listed
from changedesk.domain.saying import count, in_days, signed_days
from changedesk.domain.thresholds import Thresholds
from changedesk.widgets.canvas import Canvas, Line, Look, cells, first_that_fits, whole_sentences
from changedesk.widgets.drawing import Draw
from changedesk.widgets.figures.quadrant import Point, draw_quadrant
from changedesk.widgets.headline import Card, draw_headline
from changedesk.widgets.paint import LEVEL_TOKEN
from changedesk.widgets.upcoming import Event, draw_upcoming

if TYPE_CHECKING:
    from changedesk.services.portfolio.days import Event as ComingEvent
    from changedesk.services.portfolio.headline import Headline
    from changedesk.services.portfolio.page import PortfolioDetail, PortfolioRow, PortfolioView

EVENT_GLYPHS: Final = {
    "go_live": "★",
    "wave": "☆",
    "gate": "◇",
    "milestone": "□",
    "target": "◎",
    "retro": "!",
    "review": "!",
    "cab": "§",
    "freeze_hard": "╳",
    "change": "■",
}
TIMED: Final = ("cab", "change")
"""Kinds of which the time is told; of the others it is the day that matters."""
MANY: Final = {
    "go_live": "go-lives",
    "gate": "gates",
    "wave": "waves",
    "milestone": "milestones",
    "target": "targets",
}
"""What several of a kind are called."""
ONE_BY_ONE: Final = 2
"""So many of a kind on a day are told each by itself."""
MISSING: Final = {"delivery": "no project owner", "change": "no change owner", "sponsor": "no sponsor"}
"""What is said of a side for which nobody answers."""
SORT_NAMES: Final = {
    "attention": "attention",
    "go_live": "go-live",
    "lag": "change lag",
    "adopted": "adoption",
    "client": "client",
    "code": "code",
}
"""How each order of the list is called."""


def headline(view: PortfolioView) -> Draw:
    """The four figures at the top."""
    cards = (
        _attention(view.headline),
        _next_go_live(view),
        _lag(view.headline, view.thresholds),
        _adopted(view.headline),
    )
    return lambda width, _height: draw_headline(cards, width)


def _attention(h: Headline) -> Card:
    codes = ", ".join(h.attention_codes[:3]) or ("nothing late or at risk" if h.total else "")
    more = h.need_attention - 3
    note = f"{codes} and {count(more)} more" if more > 0 else codes
    token = "late" if h.need_attention else "fine"
    few = tuple(", ".join(h.attention_codes[:shown]) for shown in (3, 2, 1))
    fewer = few if h.need_attention else ("none" if h.total else "",)
    said = (f"{count(h.need_attention)} of {count(h.total)}",) if h.total else ("nothing here yet", "nothing yet")
    return Card(("Need attention",), said, (note, *fewer), token if h.total else "explain")


def _next_go_live(view: PortfolioView) -> Card:
    h = view.headline
    if h.next_go_live is None:
        return Card(("Next go-live",), ("none planned",), ("",), "explain")
    title, code = h.next_go_live_title or "", h.next_go_live_code or ""
    people, short = h.next_go_live_people
    near = (h.next_go_live - view.today).days <= 14
    forms = (f"{title}: {people}", f"{code}: {people}", f"{code}: {short}", code)
    return Card(("Next go-live",), (in_days(h.next_go_live, view.today),), forms, "risk" if near else "ink")


def _lag(h: Headline, thresholds: Thresholds) -> Card:
    title = ("Change lag, median", "Change lag", "Lag")
    if h.lag_median is None:
        return Card(title, ("unknown",), ("no plans to compare", "no plans"), "explain")
    middle = round(h.lag_median)
    # Lanes that are late together, or people who are ahead of late delivery, are nothing to be green about.
    calm = "ink" if h.need_attention else "fine"
    token = thresholds.lag_level(middle) or calm
    worst = f"worst {signed_days(h.lag_worst)}"
    forms: tuple[str, ...] = (
        f"{worst} {h.lag_worst_code}, best {signed_days(h.lag_best)}",
        f"{worst} {h.lag_worst_code}",
        worst,
    )
    if h.lag_worst == h.lag_best:
        behind, ahead = ("people behind delivery", "people behind"), ("people ahead of delivery", "people ahead")
        forms = behind if middle > 0 else ahead if middle < 0 else ("in step with delivery", "in step")
    return Card(title, (signed_days(middle, "day", "days"), signed_days(middle)), forms, token)


def _adopted(h: Headline) -> Card:
    title = ("Delivered and adopted", "Adopted")
    if not h.delivered:
        return Card(title, ("nothing live yet",), ("",), "explain")
    points = None if h.gap_median is None else round(100 * h.gap_median)
    gap = "" if points is None else f"median gap {points} points"
    # The short form says what the gap is: without its title nothing else does.
    short = f"{points} points unused" if points and points > 0 else gap.replace("median ", "")
    forms = (f"{count(h.delivered)} live, {count(h.adopted)} adopted", f"{count(h.adopted)} of {count(h.delivered)}")
    return Card(title, forms, (gap, short), "people")


def detail(found: PortfolioDetail | None, row: PortfolioRow | None) -> Draw:
    """What is said of the selected initiative: every finding in a sentence, then who it belongs to."""
    return partial(_draw_detail, found, row)


def _draw_detail(found: PortfolioDetail | None, row: PortfolioRow | None, width: int, height: int) -> tuple[Line, ...]:
    sheet = Canvas(width, height)
    if found is None or row is None or not height:
        return sheet.lines()
    room = max(1, height - 1)
    whose = first_that_fits(_whose(found), width) if height > 1 else ""
    # Who is missing is said once: in the line below, where there is one.
    said = [one for one in found.findings if one.sentence not in MISSING.values() or one.sentence not in whose]
    sentences = [finding.sentence for finding in said or found.findings] or [row.why]
    named = f"{row.title}: " if row.title.startswith(row.code) else f"{row.code} {row.title}: "
    start = named if cells(named + sentences[0]) + len("; 99 more") <= width * room else f"{row.code}: "
    lines = whole_sentences(start, sentences, width, room)
    for y, line in enumerate(lines):
        sheet.put(0, y, line, Look("ink"))
    if height > 1:
        sheet.put(0, len(lines), whose, Look("explain"))
    return sheet.lines()


def _whose(found: PortfolioDetail) -> tuple[str, ...]:
    """Whom it touches and who answers for it, the longest form first."""
    owners = (("delivery", found.project_owner), ("change", found.change_owner), ("sponsor", found.sponsor))
    # Who answers for several sides is named once, with all of them.
    sides: dict[str, list[str]] = {}
    for role, name in owners:
        sides.setdefault(name or MISSING[role], []).extend([role] if name else [])
    words = ", ".join(f"{listed(roles)} {name}".lstrip() for name, roles in sides.items())
    people = f"{count(found.headcount)} people" if found.headcount else "people not counted"
    names = ", ".join(sides)
    over = f"; {found.handover}" if found.handover else ""
    return f"{people} at {found.client_name}{over}; {words}", f"{people}{over}; {words}", f"{people}{over}; {names}"


def quadrant(view: PortfolioView) -> Draw:
    """Built and ready: every open initiative in the two-by-two."""
    points = [Point(row.code, row.delivery, row.people, row.level) for row in view.points]
    return lambda width, height: draw_quadrant(points, width, height, view.points_left_out)


def upcoming(view: PortfolioView) -> Draw:
    """What the coming fortnight brings."""
    events = _events(view.events)
    return lambda width, height: draw_upcoming(events, width, height, "No go-live, gate, milestone or change comes.")


def clock_of(view: PortfolioView) -> str:
    """Whose clock the times of what comes are told by; nothing where no time is told."""
    timed = any(event.at and event.kind in TIMED for event in view.events)
    return "times by your own clock" if timed else ""


def _events(coming: Sequence[ComingEvent]) -> tuple[Event, ...]:
    """What comes, one line each; of many of a kind on a day how many they are, and the first of them by code."""
    lines: list[Event] = []
    for (day, kind), found in groupby(coming, lambda event: (event.day, event.kind)):
        same = tuple(found)
        if kind in MANY and len(same) > ONE_BY_ONE:
            text = f"{count(len(same))} {MANY[kind]}: {listed([event.code for event in same], ONE_BY_ONE)}"
            lines.append(_line(day, kind, text, same[0].level))  # the most urgent of a day comes first
        else:
            lines += [_line(day, kind, _timed(event), event.level) for event in same]
    return tuple(lines)


def _timed(event: ComingEvent) -> str:
    return f"{event.at:%H:%M} {event.text}" if event.at and event.kind in TIMED else event.text


def _line(day: date, kind: str, text: str, level: str) -> Event:
    token = LEVEL_TOKEN[level] if level in ("late", "at_risk") else "ink"
    return Event(day, None, EVENT_GLYPHS.get(kind, "·"), text, token)
