"""When a change could run, in sentences: the time, what stood in the way of an earlier one, and how long a decision takes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.control.slots import Slot
from changedesk.domain.counted import counted
from changedesk.domain.saying import day_time, from_to, percent
from changedesk.services.control.calendar.planning import HORIZON, WATCHED, Feasible

NAMED: Final = 3
"""So many obstacles are named before the rest are counted."""
FEW: Final = 10
"""With fewer decisions than this the lead time is a guess, and is called one."""


def _said(moment: datetime, found: Feasible) -> str:
    return day_time(moment, found.zone, found.now)


def slot_said(slot: Slot, found: Feasible) -> str:
    """A time by the clock of the client: ``Wed 2 Dec 22:00 to 23:30``."""
    return from_to(slot.start, slot.end, found.zone, found.now)


def free_said(found: Feasible) -> tuple[str, ...]:
    """The next free time and what stood in the way of an earlier one."""
    if found.free is None:
        return (f"Nothing is free within {HORIZON.days} days.", *_passed(found, None))
    return (f"{slot_said(found.free, found)}{_home(found.free, found)}.", *_passed(found, found.free))


def feasible_said(found: Feasible) -> tuple[str, ...]:
    """The earliest time that the approval can be there for, and how that is known."""
    said = list(lead_said(found))
    if found.decided_by is None:
        return tuple(said)
    said.append(f"Submitted now, four of five would be decided by {_said(found.decided_by, found)}.")
    if found.lead_hours:
        said.append(
            f"The client's policy asks for {counted(found.lead_hours, 'hour')} between submitting and the window."
        )
    if found.feasible is None:
        return (*said, f"After that nothing is free within {HORIZON.days} days.")
    return (
        f"{slot_said(found.feasible, found)}{_home(found.feasible, found)}.",
        *said,
        *_passed(found, found.feasible),
    )


def lead_said(found: Feasible) -> tuple[str, ...]:
    """How long decisions of this client have taken, with how many that is known from; or that it is not known."""
    lead, client = found.lead, found.wish.client
    if lead.n == 0:
        return (
            f"No normal change of {client} was submitted here in {WATCHED.days} days: there is no lead time to go by.",
        )
    open_ones = ""
    if lead.undecided:
        counts = "counts" if lead.undecided == 1 else "count"
        open_ones = f"; {counted(lead.undecided, 'open one', 'open ones')} {counts} as longer than so far"
    of = f"{counted(lead.n, 'normal change')} of {client}"
    if lead.p50 is None:
        return (f"Of {of} not even half are decided; the longest has waited {hours_said(lead.longest)}{open_ones}.",)
    if lead.n == 1:
        alone = f"The only normal change of {client} in {WATCHED.days} days was decided within {hours_said(lead.p50)}."
        return (alone, "That is little to go by.")
    half = f"Half of {of} were decided within {hours_said(lead.p50)}"
    if lead.p80 is None:
        return (f"{half}; four of five take longer than the longest so far, {hours_said(lead.longest)}{open_ones}.",)
    few = (
        (f"That is few to go by: only {counted(lead.n - lead.undecided, 'decision')}.",)
        if lead.n - lead.undecided < FEW
        else ()
    )
    return (f"{half}, four of five within {hours_said(lead.p80)}{open_ones}.", *few)


def tired_said(found: Feasible) -> tuple[str, ...]:
    """Who has enough to bear in the week of the proposed time."""
    return tuple(
        f"That week {week.audience} bear {percent(100 * week.share)} of what they can: "
        f"{', '.join(source.code for source in week.sources)}."
        for week in found.tired
    )


def hours_said(hours: float) -> str:
    """Business hours as a person says them."""
    if hours < 1:
        return "an hour"
    return counted(round(hours), "business hour")


def _home(slot: Slot, found: Feasible) -> str:
    if slot.home is not None:
        return f", in the maintenance window {slot.home.title}"
    return ", outside the maintenance windows: none is there for all of it" if found.outside else ""


def _passed(found: Feasible, slot: Slot | None) -> tuple[str, ...]:
    passed = slot.passed if slot else ()
    if not passed:
        return ()
    named = [f"{one.what} until {_said(one.end, found)}" for one in passed[:NAMED]]
    more = f"; and {len(passed) - NAMED} more" if len(passed) > NAMED else ""
    return (f"In the way of an earlier one: {'; '.join(named)}{more}.",)
