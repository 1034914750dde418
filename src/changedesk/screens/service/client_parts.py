"""From a client to its cards, the rows of its initiatives, and what there is to say to it."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.counted import money, short_money
from changedesk.domain.saying import capital, count, day_month, percent, whole
from changedesk.domain.service.client_side import ClientInitiative
from changedesk.domain.words import plain
from changedesk.screens.far_days import in_days_or_month
from changedesk.screens.labelled import explained, plain_lines
from changedesk.services.service.client_view import ClientView
from changedesk.widgets.canvas import LEFT_OUT, Line, Span, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.headline import Card, draw_headline
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("Initiative", 18, share=3),
    Column("Go-live", 9),
    Column("In use", 12),
    Column("Target", 6, align="right", priority=1),
    Column("Tickets", 7, align="right"),
    Column("Before", 7, align="right", priority=1),
    Column("Tech h", 7, align="right", from_width=100, priority=4),
    Column("People h", 8, align="right", from_width=100, priority=3),
    Column("Costs us", 12, align="right", from_width=90, priority=2),
    Column("Exceptions", 10, align="right", from_width=110, priority=5),
)
EMPTY: Final = "No initiative of this client is under way, and none went live within half a year."
POINTS: Final = "What to tell the sponsor stands here, from what the desk knows of this client."
OURS: Final = "Open exceptions, confidence with its comments and services that miss what was agreed stand here."


def cards(view: ClientView | None) -> Draw:
    """Support load, hours, what non-adoption costs, and confidence."""

    def draw(width: int, _height: int) -> tuple[Line, ...]:
        return draw_headline(_cards(view), width) if view is not None else ()

    return draw


def _cards(view: ClientView) -> list[Card]:
    now, before = view.load_now, view.load_before
    worse = now is not None and before is not None and now > 1.2 * before
    earlier = _rate(before)
    technical = whole(view.technical, "h")
    behavioural = whole(view.behavioural, "h")
    unknown = (
        (f"{len(view.margin_unknown)} unknown",)
        if view.margin_unknown
        else ("hours spent on behaviour", "behaviour hours")
    )
    scores = [one.score for one in view.confidence]
    lowest = min(view.confidence, key=lambda one: one.score, default=None)
    return [
        Card(
            ("Tickets per 100 people", "Tickets per 100", "Tickets/100"),
            ("?" if now is None else f"{now:.1f} a week", _rate(now)),
            (f"{earlier} before go-live", f"{earlier} before"),
            "late" if worse else "service",
        ),
        Card(
            ("Hours since go-live", "Hours"),
            (f"{technical} technical", f"{technical} tech", technical),
            (f"{behavioural} on behaviour", f"{behavioural} behaviour", f"{behavioural} people"),
            "people",
        ),
        Card(
            ("What non-adoption costs", "Costs us"),
            (view.margin_said if view.margins else "?", _short_margin(view)),
            unknown,
            "risk" if view.margins else "unknown",
        ),
        Card(
            ("Confidence", "Trust"),
            (f"lowest {min(scores)} of 5" if scores else "?", f"{min(scores)} of 5" if scores else "?"),
            (f"{plain(lowest.whose)}, {lowest.code}" if lowest else "nobody was asked",),
            "unknown" if lowest is None else "late" if lowest.score <= 2 else "risk" if lowest.score == 3 else "fine",
        ),
    ]


def _short_margin(view: ClientView) -> str:
    known = " + ".join(short_money(amount, currency) for currency, amount in view.margins)
    return f"{known}{'+' if view.margin_unknown else ''}" if known else "?"


def initiative_rows(view: ClientView) -> ListSource:
    """The initiatives of this client and of no other."""
    return ListSource(Row(one.initiative_id, _cells(one, view.today)) for one in view.initiatives)


def _cells(one: ClientInitiative, today: date) -> tuple[tuple[Span, ...], ...]:
    more = one.excess_since is not None
    use = "not observed" if one.use is None else percent(one.use)
    # The target of one group says nothing of everybody's use.
    target = None if one.target_of else one.target
    return (
        cell(one.title),
        cell(in_days_or_month(one.go_live, today), "explain"),
        cell(use, "unknown" if one.use is None else "people"),
        cell("" if target is None else percent(target), "explain"),
        cell(_rate(one.load_now), "late" if more else "ink"),
        cell(_rate(one.load_before), "explain"),
        cell(whole(one.technical), "ink"),
        cell(whole(one.behavioural), "unknown" if one.behavioural is None else "people"),
        cell(money(one.margin, one.currency), "ink"),
        cell(count(one.open_exceptions), "risk" if one.open_exceptions else "faint"),
    )


def _rate(value: float | None) -> str:
    return "?" if value is None else f"{value:.1f}"


def points(view: ClientView | None) -> Draw:
    """What to say to the client, each point wrapped under its dash; what has no room is counted."""
    if view is None:
        return explained(POINTS)

    def draw(width: int, height: int) -> tuple[Line, ...]:
        if not view.talking_points:
            return ((ink("There is nothing to report yet.", "explain"),),)
        lines: list[Line] = []
        for number, point in enumerate(view.talking_points):
            wrapped = [
                (ink("- " if place == 0 else "  ", "faint"), ink(line))
                for place, line in enumerate(wrap(ink(point).text, width - 2))
            ]
            left = len(view.talking_points) - number
            if len(lines) + len(wrapped) > height - (1 if left > 1 else 0):
                lines.append((Span(f"{left} more in the file", LEFT_OUT),))
                break
            lines += wrapped
        return tuple(lines[:height])

    return draw


def exceptions(view: ClientView | None) -> Draw:
    """What is left open, the confidence with our comments, and how its services stand."""
    if view is None:
        return explained(OURS)

    def draw(width: int, height: int) -> tuple[Line, ...]:
        lines: list[Line] = []
        for one in view.exceptions:
            until = f", until {day_month(one.expires_on, view.today)}" if one.expires_on else ", without an end"
            over = one.expires_on is not None and one.expires_on < view.today
            lines += _wrapped(f"Open: {one.title} ({one.initiative}){until}", width, "late" if over else "risk")
        for seen in view.confidence:
            moved = "" if not seen.moved else f", {'+' if seen.moved > 0 else '-'}{abs(seen.moved)}"
            comment = f": {seen.comment}" if seen.comment else ""
            lines += _wrapped(f"{plain(seen.whose)} on {seen.code}: {seen.score} of 5{moved}{comment}", width, "ink")
        for row in view.services:
            if row.level in ("late", "at_risk"):
                lines += _wrapped(f"{row.name}: {row.why}", width, "late" if row.level == "late" else "risk")
        kept = "nothing is missed" if view.services else "no service is on record"
        nothing = f"No exception is open, nobody was asked, {kept}."
        return tuple((lines or [*plain_lines(nothing, width, "explain")])[:height])

    return draw


def _wrapped(text: str, width: int, token: str) -> list[Line]:
    first, *rest = wrap(ink(capital(text)).text, max(10, width - 2)) or [""]
    return [(ink(first, token),), *((ink(f"  {line}", token),) for line in rest)]
