"""How people's resistance comes to move a milestone, and how early it was heard (R33, R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from changedesk.domain.counted import counted
from changedesk.domain.milestones import slip
from changedesk.domain.records import Activity
from changedesk.domain.working import Resistance


@dataclass(frozen=True, slots=True)
class CausalChain:
    """Resistance, what came of it, and the milestone that slipped by it.

    ``slip_days`` is from the baseline to the actual or forecast end, None where the plan has no such milestone.
    ``done`` says whether the milestone is reached, so that the slip is final.
    """

    resistance: Resistance
    issue: str | None
    milestone: str | None
    slip_days: int | None
    done: bool
    sentence: str


def causal_chains(
    resistances: Iterable[Resistance], activities: Sequence[Activity], today: date
) -> tuple[CausalChain, ...]:
    """The chains that are known, the greatest slip first; resistance that came to nothing makes none (R34).

    ``Resistance.milestone`` is an activity's id or title.
    """
    chains = [_chain(one, activities, today) for one in resistances if one.issue or one.milestone]
    unknown = float("-inf")
    return tuple(
        sorted(
            chains,
            key=lambda c: (
                -(unknown if c.slip_days is None else c.slip_days),
                c.resistance.first_seen,
                c.resistance.title,
            ),
        )
    )


def lead_days(resistance: Resistance, go_live: date | None) -> int | None:
    """How many days before go-live it was first seen: the time left to act (R33); negative is after, None is unknown."""
    return None if go_live is None else (go_live - resistance.first_seen).days


def _chain(resistance: Resistance, activities: Sequence[Activity], today: date) -> CausalChain:
    wanted = resistance.milestone
    hit = next((a for a in activities if a.id == wanted), None) or next(
        (a for a in activities if a.title == wanted), None
    )
    title = hit.title if hit else wanted
    days = slip(hit, today) if hit else None
    done = hit is not None and hit.actual_end is not None
    steps = [_first(resistance)] + [step for step in (resistance.issue, _last(title, days, done)) if step]
    return CausalChain(resistance, resistance.issue, title, days, done, " -> ".join(steps))


def _first(resistance: Resistance) -> str:
    return f"{resistance.audience}: {resistance.title}" if resistance.audience else resistance.title


def _last(title: str | None, days: int | None, done: bool) -> str | None:
    if title is None:
        return None
    if days is None:
        return f"{title}, which is not in the plan"
    if days <= 0:
        return f"{title} {'held' if done else 'holds so far'}"
    return f"{title} {'slipped' if done else 'slips'} {counted(days, 'day')}"
