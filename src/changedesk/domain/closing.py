"""When a lane may close: delivery when its work is done, people only when the new way has stuck.

Each lane closes for itself, on its own day and its own checklist (R26, R41). Going live closes nothing (R22, R46): the
people lane stays open until 90 days after go-live with its targets met, or until somebody waives that by name
(invariant 15).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saying import day_month, in_days, percent
from changedesk.domain.standing import Standing

SUSTAIN_DAYS: Final = 90


def refuse_closing(standing: Standing, lane: str, today: date) -> str | None:
    """All that keeps the lane from closing today by how it stands, in one sentence; None when it can close."""
    reasons = _delivery(standing) if lane == "delivery" else _people(standing, today)
    return "; ".join(reason for reason in (*reasons, _open_items(standing, lane)) if reason) or None


def _delivery(standing: Standing) -> tuple[str | None, ...]:
    if standing.delivery.finished:
        return ()
    return (f"{standing.code} has open work in its delivery lane ({percent(_done(standing))} done)",)


def _people(standing: Standing, today: date) -> tuple[str | None, ...]:
    if standing.go_live is None or not standing.went_live:
        # Until then nobody uses it, and no target can be met.
        early = f"the people lane closes {SUSTAIN_DAYS} days after go-live at the earliest"
        return (f"{standing.code} has not gone live; {early}",)
    since = (today - standing.go_live).days
    early = (
        f"{standing.code} went live {in_days(standing.go_live, today)}; the people lane closes {SUSTAIN_DAYS} days after go-live"
        " at the earliest, because going live is not the end of it"
    )
    return (early if since < SUSTAIN_DAYS else None, _use(standing, today))


def _use(standing: Standing, today: date) -> str | None:
    """What is missing to the use that it was to reach."""
    adoption = standing.adoption
    if adoption.target is None:
        return f"{standing.code} has no target of use to be met; set one, or waive it"
    use = adoption.aimed_use
    if use is not None and use >= adoption.target:
        return None
    wanted = percent(adoption.target) + (f" by {day_month(adoption.by, today)}" if adoption.by else "")
    if use is None:
        return f"nobody has counted who{adoption.of_whom} uses {standing.code}, the target is {wanted}; count it, or waive it"
    return f"{percent(use)}{adoption.of_whom} use {standing.code}, the target is {wanted}; reach it, or waive it"


def _open_items(standing: Standing, lane: str) -> str | None:
    """The lane's items under the last checkpoint that both its days and its work have reached."""
    last = standing.gates[-1] if standing.gates else None
    if last is None or not last.in_use:
        return None
    missing = last.delivery_missing if lane == "delivery" else last.people_missing
    if not missing:
        return None
    return f"{counted(missing, f'{lane} item')} of the last gate {'is' if missing == 1 else 'are'} open"


def _done(standing: Standing) -> float | None:
    progress = standing.delivery.progress
    return None if progress is None else 100 * progress
