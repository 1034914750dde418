"""What may be done about a gap, and what may not: closing it, waiving it, putting it off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from changedesk.domain.people.gaps import Gap
from changedesk.domain.saying import day_month

MOST_WAIVED: Final = timedelta(days=180)
"""A waiver ends by itself after so long at the latest: then somebody decides again."""

MOST_SNOOZED: Final = timedelta(days=30)
"""Nothing is put off for longer."""


def refuse_done(gap: Gap, evidence: str = "seen") -> str | None:
    """Why a gap cannot be called done, as a sentence; None when it can.

    Only what somebody can show is done. Whether people use it is counted, never said (invariant 17).
    """
    match gap.kind:
        case "adoption" | "relapse":
            return "this closes when use is counted again and has come up; record an observation, or waive it"
        case "unassessed":
            return "this closes when somebody records what the group needs to be ready; add its readiness items"
        case "training":
            return "this closes when a training is planned for a role that is hit; add the activity"
        case "readiness":
            return None if evidence.strip() else "say what shows that it is ready"


def refuse_waiver(reason: str, until: date, today: date) -> str | None:
    """Why a gap cannot be waived so, as a sentence; None when it can."""
    if not reason.strip():
        return "a waiver says why"
    if until <= today:
        return f"a waiver ends in the future; {day_month(until, today)} does not lie there"
    if until - today > MOST_WAIVED:
        latest = day_month(today + MOST_WAIVED, today)
        return f"a waiver ends after {MOST_WAIVED.days} days at the latest: by {latest}, then somebody decides again"
    return None


def refuse_snooze(gap: Gap, until: date, today: date) -> str | None:
    """Why a gap cannot be put off until a day, as a sentence; None when it can. Nothing is put off beyond its go-live."""
    if until <= today:
        return f"{day_month(until, today)} does not lie in the future"
    if until - today > MOST_SNOOZED:
        return f"nothing is put off for more than {MOST_SNOOZED.days} days; waive it with a reason instead"
    if gap.by is not None and not gap.live and today < gap.by < until:
        return f"its go-live is on {day_month(gap.by, today)}; waive it with a reason instead"
    return None
