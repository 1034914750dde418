"""Resistance and old ways: how early they came to light, and whether they are gone when they should be (R8, R9, R33)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from changedesk.domain.counted import counted
from changedesk.domain.saying import in_days
from changedesk.domain.working import Resistance, Workaround
from changedesk.values import dataclass

WorkaroundState = Literal["gone", "overdue", "due", "undated"]

EARLY_DAYS: Final = 30
"""Resistance that came to light so long before go-live still leaves time to do something about it."""


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """How many days before go-live resistance came to light: the middle of all entries, and how many were early enough.

    ``median`` is negative when it came to light after go-live; None without entries or without a go-live.
    """

    median: float | None
    early: int
    entries: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """Where an old way stands against the day on which it is to be gone, as a sentence."""

    state: WorkaroundState
    sentence: str


def lead_times(entries: Iterable[Resistance], go_live: date | None) -> LeadTimes:
    """How early the resistance of an initiative came to light."""
    known = sorted(days for entry in entries if (days := entry.lead_days(go_live)) is not None)
    if not known:
        said = "no resistance is noted" if go_live is not None else "there is no go-live to count from"
        return LeadTimes(None, 0, 0, said)
    half = len(known) // 2
    median = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
    early = sum(days >= EARLY_DAYS for days in known)
    side = "before" if median >= 0 else "after"
    span = counted(abs(round(median)), "day")
    noted = f"noted {span} {side} go-live" if len(known) == 1 else f"half noted {span} {side} go-live or earlier"
    sentence = f"{noted}; {early} of {len(known)} early"
    return LeadTimes(median, early, len(known), sentence)


def retirement(entry: Workaround, today: date) -> Retirement:
    """Whether an old way is gone, due or overdue."""
    if entry.closed_on is not None:
        return Retirement("gone", f"gone {in_days(entry.closed_on, today)}")
    if entry.retire_by is None:
        return Retirement("undated", "no day to retire it")
    if entry.retire_by < today:
        return Retirement("overdue", f"was to be gone {in_days(entry.retire_by, today)}")
    return Retirement("due", f"to be gone {in_days(entry.retire_by, today)}")


def people_on_old_ways(entries: Iterable[Workaround]) -> int | None:
    """How many people or cases the open entries count; None when none of them was counted."""
    counts = [entry.count for entry in entries if entry.closed_on is None and entry.count is not None]
    return sum(counts) if counts else None
