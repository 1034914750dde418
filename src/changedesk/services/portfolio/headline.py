"""The portfolio in four figures: who needs somebody, what goes live next, how far people trail, what is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.lag import deployment_gap
from changedesk.services.portfolio.entry import Entry
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Headline:
    """The portfolio in four figures; ``gap_median`` is delivered minus adopted over what is live, in shares (R12)."""

    need_attention: int
    total: int
    attention_codes: tuple[str, ...]
    next_go_live: date | None
    next_go_live_title: str | None
    next_go_live_code: str | None
    next_go_live_people: tuple[str, ...]
    lag_median: float | None
    lag_worst: int | None
    lag_worst_code: str | None
    lag_best: int | None
    delivered: int
    adopted: int
    gap_median: float | None


def headline(entries: Sequence[Entry], today: date) -> Headline:
    """The four figures over everything in view; the entries come by attention."""
    running = [entry for entry in entries if entry.runs]
    coming = [e for e in running if e.standing.go_live and not e.standing.went_live and e.standing.go_live >= today]
    following = min(coming, key=lambda entry: (entry.standing.go_live, entry.standing.code), default=None)
    lags = [(entry.lag, entry.standing.code) for entry in running if entry.lag is not None]
    worst = max(lags, key=lambda pair: pair[0], default=None)
    live = [e.standing for e in entries if e.standing.went_live and not e.standing.cancelled]
    gaps = [gap for s in live if (gap := deployment_gap(s.delivery.progress, s.adoption.percent)) is not None]
    return Headline(
        need_attention=sum(entry.needs_attention for entry in entries),
        total=len(entries),
        attention_codes=tuple(e.standing.code for e in entries if e.needs_attention)[:6],
        next_go_live=following.standing.go_live if following else None,
        next_go_live_title=following.standing.title if following else None,
        next_go_live_code=following.standing.code if following else None,
        next_go_live_people=following.standing.people_said if following else (),
        lag_median=_median([lag for lag, _ in lags]),
        lag_worst=worst[0] if worst else None,
        lag_worst_code=worst[1] if worst else None,
        lag_best=min((lag for lag, _ in lags), default=None),
        delivered=sum(s.went_live for s in live),
        adopted=sum(s.adoption.state in ("adopted", "recovered") for s in live),
        gap_median=None if (gap := _median(gaps)) is None else gap / 100,
    )


def _median(values: Sequence[float]) -> float | None:
    """The middle value; the module ``statistics`` would cost more to import than all of the list to read."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
