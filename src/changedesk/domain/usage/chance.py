"""How likely the target is by its day, from what is kept of the newest forecast: no list has to forecast anything."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import TYPE_CHECKING, Final

from changedesk.domain.saying import UNKNOWN, day_month
from changedesk.domain.standing import AdoptionStanding

if TYPE_CHECKING:
    from changedesk.domain.usage.calibration import KeptForecast
    from changedesk.domain.usage.outlook import Outlook

FRESH_DAYS: Final = 21
"""A kept forecast speaks for so many days; an older one says nothing of now."""


def chance_kept(kept: KeptForecast | None, target: float | None, by: date | None) -> tuple[float | None, date | None]:
    """The chance that a kept forecast gives the target, and its day; (None, None) when it was asked for another one."""
    if kept is None or kept.basis != "data" or kept.chance is None or (kept.target, kept.by) != (target, by):
        return None, None
    return kept.chance, kept.made_on


def chance_now(adoption: AdoptionStanding, today: date) -> float | None:
    """The chance of the target by its day, 0 to 1; None when no fresh forecast says, and while use slips back.

    What is past due has no chance any more: it was reached or it was not.
    """
    speaks = _still_speaks(adoption.chance_on, adoption.by, today) and adoption.state != "relapsed"
    return adoption.chance if speaks else None


def _still_speaks(made: date | None, by: date | None, today: date) -> bool:
    """Whether a kept chance says something of now: it is fresh, and the day that it is about has not gone by."""
    return made is not None and by is not None and by >= today and 0 <= (today - made).days <= FRESH_DAYS


def said_in_lists(kept: KeptForecast | None, outlook: Outlook, today: date) -> str:
    """What lists say of the chance that ``outlook`` has found anew, where they say something else; nothing where they agree.

    Lists show the forecast that was kept this week or last, so that hindsight can judge it; a page reckons with all that is
    known today.
    """
    chance, made = chance_kept(kept, outlook.target, outlook.by)
    if chance is None or made is None or outlook.chance is None or not _still_speaks(made, outlook.by, today):
        return ""
    then, now = said_chance(chance), said_chance(outlook.chance)
    return "" if then == now else f"Lists say {then}: the forecast that was kept on {day_month(made, today)}"


def said_chance(chance: float | None) -> str:
    """A probability in percent; a forecast is never certain, so neither 0 nor 100 is said."""
    if chance is None:
        return UNKNOWN
    whole = floor(100 * chance + 0.5)
    return "< 1 %" if whole < 1 else "> 99 %" if whole > 99 else f"{whole} %"
