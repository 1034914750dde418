"""From services to the rows of a list and the words under it."""

from __future__ import annotations

from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import listed
from changedesk.domain.saying import count, day_month, percent
from changedesk.domain.service.improvements import LOOP
from changedesk.domain.service.window import said_metric
from changedesk.domain.words import plain
from changedesk.services.service.listing import ServiceRow, ServicesView
from changedesk.widgets.canvas import Line, Span, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, column_of, ink

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Service", 17, share=1),
    Column("Client", 9, from_width=110, priority=3),
    Column("Available", 9, align="right"),
    Column("12 periods", 12, from_width=100, priority=2),
    Column("CSAT", 5, align="right", from_width=76, priority=2),
    Column("In time", 7, align="right", from_width=140, priority=4),
    Column("MTRS", 7, align="right", from_width=140, priority=5),
    Column("Agreed", 8),
    Column("Loop", 11, from_width=100, priority=1),
    Column("Why it is here", 18, share=4),
)
EMPTY: Final = f"No service yet: {key_to('services.new')} adds one, or changedesk import FILE --kind services"

SHOWN: Final = 12
FULL: Final = 100.0
SPAN: Final = 1.0
"""The least height of a trend in percent points where nothing was agreed: availability moves in small steps."""


def none_yet(view: ServicesView) -> str:
    """What stands where there is no service: how one is made, and which ones changes and windows speak of already."""
    return f"{EMPTY}\nChanges and windows name {listed(view.named)}." if view.named else EMPTY


def rows(view: ServicesView) -> ListSource:
    """Every service, those that need somebody first."""
    return ListSource(Row(one.service_id, _cells(one)) for one in view.rows)


def _cells(one: ServiceRow) -> tuple[tuple[Span, ...], ...]:
    token = LEVEL_TOKEN[one.level]
    retired = one.state == "retired"
    figures = one.figures
    csat = figures.csat.percent if figures and figures.csat else None
    return (
        cell("-", "faint") if retired else cell(GLYPH[one.level], token),
        cell(one.name, "explain" if retired else "ink"),
        cell(one.client, "explain"),
        cell(said_metric("availability", figures.availability if figures else None), "service"),
        cell(trend(one.trend, one.agreed), "service"),
        cell(percent(csat), "ink"),
        cell(percent(figures.sla if figures else None), "ink"),
        cell(said_metric("mtrs", figures.mtrs if figures else None), "ink"),
        _agreed(one),
        cell(plain(one.loop.station), "explain"),
        cell(one.why, token if one.level in ("late", "at_risk") else "explain"),
    )


def _agreed(one: ServiceRow) -> tuple[Span, ...]:
    total = one.kept + one.tolerated + one.missed
    if not total:
        return cell("-", "faint")
    return cell(f"{one.kept} of {total}", "late" if one.missed else "risk" if one.tolerated else "fine")


def trend(values: tuple[float, ...], agreed: float | None) -> str:
    """Availability by period as small columns: half a column is what was ``agreed``, a full one all of the time.

    Without an agreement from its own lowest on, at least one point of a percent high.
    """
    shown = values[-SHOWN:]
    if not shown:
        return ""
    low = min(FULL - SPAN, *shown) if agreed is None or agreed >= FULL else FULL - 2 * (FULL - agreed)
    return "".join(column_of((value - low) / (FULL - low)) for value in shown)


def detail(one: ServiceRow | None, view: ServicesView, width: int) -> tuple[Line, ...]:
    """The selected service in a few sentences: the customer's side first, then where it stands in the loop."""
    if one is None:
        return ()
    figures = one.figures
    said = [f"{one.name} of {one.client_name}, phase {plain(one.state)}, owned by {one.owner or 'nobody'}."]
    if figures is not None:
        period = f"{day_month(figures.start, view.today)} to {day_month(figures.end, view.today)}"
        down = "unknown" if figures.change_down_min is None else f"{figures.change_down_min:,.0f} min"
        said.append(f"{period}: {count(figures.incidents)} incidents, {down} down by changes.")
    said.append(f"In the loop: {one.loop.sentence}.")
    if one.systemic:
        said.append(f"{one.systemic} systemic, undecided.")
    return tuple((ink(line, "explain"),) for line in wrap(ink(" ".join(said)).text, width))


def loop_line(station: str) -> Line:
    """The stations of the loop, the one where the service stands marked."""
    spans: list[Span] = []
    for place, name in enumerate(LOOP):
        here = name == station
        spans.append(ink(f"● {name}" if here else name, "service" if here else "faint", bold=here))
        spans.append(ink(" → " if place < len(LOOP) - 1 else " ↺", "faint"))
    return tuple(spans) if station in LOOP else (ink(plain(station), "explain"),)
