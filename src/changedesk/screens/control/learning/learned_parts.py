"""What the past says beside a change, as lines for cards and pages: base rate, risk, lessons, planned and actual times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from changedesk.domain.control.looking_back import (
    LookingBack,
    said_downtime,
    said_late,
    said_use,
)
from changedesk.domain.proportion import Proportion
from changedesk.domain.saying import day_month, zone_name
from changedesk.screens.labelled import said
from changedesk.widgets.canvas import Line, cells
from changedesk.widgets.paint import column_of, ink

LEFT = 11
"""The columns for the name of what is said."""


def looking_back_lines(back: LookingBack, width: int, wall: datetime, zone: tzinfo) -> tuple[Line, ...]:
    """Planned and actual times beside each other, then downtime, then the use of what it served.

    They are by the clock of the client, which is named where it differs from the reader's, ``wall``.
    """
    head = f"{'':<{LEFT}}{'Planned':<18}{'As it was':<18}{zone_name(zone, wall, wall)}".rstrip()
    lines: list[Line] = [(ink(head, "explain"),)]
    for one in back.times:
        planned, actual = said_at(one.planned, wall, zone), said_at(one.actual, wall, zone)
        late = said_late(one.late)
        token = "late" if late.endswith("late") and one.label != "Decided" else "explain"
        lines.append((ink(f"{one.label:<{LEFT}}", "explain"), ink(f"{planned:<18}{actual:<18}"), ink(late, token)))
    lines += said("Downtime", said_downtime(back.outage_planned, back.outage_actual), width, room=LEFT)
    if back.use:
        lines += said("Adoption", f"{back.initiative}: {said_use(back.use)}", width, room=LEFT)
    return tuple(lines)


def said_at(moment: datetime | None, now: datetime, zone: tzinfo) -> str:
    """A moment by the clock of a zone: ``Wed 2 Dec 06:00``."""
    if moment is None:
        return "?"
    local = moment.astimezone(zone)
    day = day_month(local.date(), now.astimezone(zone).date())
    # Of another year the weekday goes, so that the columns stay.
    return f"{day if cells(day) <= 10 else day.partition(' ')[2]} {local:%H:%M}"


def spark(shares: Sequence[Proportion], width: int) -> str:
    """Shares, the oldest first, as small columns from nothing to all; a month without any is a dot."""
    shown = shares[-width:]
    return "".join("·" if share.value is None else column_of(share.value) for share in shown)
