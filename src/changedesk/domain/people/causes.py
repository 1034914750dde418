"""How people's resistance comes to move a milestone, and how early it was heard (R33, R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from changedesk.domain.counted import counted
from changedesk.domain.measures.milestones import slip
from changedesk.domain.records import Activity
from changedesk.domain.working import Resistance
from changedesk.values import dataclass


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
    steps: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The steps in one line, in signs that every file and terminal knows."""
        return " -> ".join(self.steps)


@dataclass(frozen=True, slots=True)
class Heard:
    """Resistance with the days that were left to act on it when it was first seen; ``lead`` None is unknown."""

    resistance: Resistance
    lead: int | None
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


def heard(resistances: Iterable[Resistance], go_live: date | None) -> tuple[Heard, ...]:
    """What is still open, the least time to act first (R33)."""
    found = [Heard(one, one.lead_days(go_live), _heard(one, go_live)) for one in resistances if one.closed_on is None]
    never = float("inf")
    return tuple(
        sorted(found, key=lambda h: (never if h.lead is None else h.lead, h.resistance.first_seen, h.resistance.title))
    )


def _heard(resistance: Resistance, go_live: date | None) -> str:
    lead = resistance.lead_days(go_live)
    if lead is None:
        when = "there is no go-live to count to"
    elif lead == 0:
        when = "heard on the day of go-live"
    else:
        when = f"heard {counted(abs(lead), 'day')} {'before' if lead > 0 else 'after'} go-live"
    action = f"corrective action: {resistance.action}" if resistance.action else "no corrective action is chosen yet"
    return f"{_first(resistance)}; {when}; {action}"


def _chain(resistance: Resistance, activities: Sequence[Activity], today: date) -> CausalChain:
    wanted = resistance.milestone
    hit = next((a for a in activities if a.id == wanted), None) or next(
        (a for a in activities if a.title == wanted), None
    )
    title = hit.title if hit else wanted
    days = slip(hit, today) if hit else None
    done = hit is not None and hit.actual_end is not None
    following = (resistance.issue, _last(title, days, done))
    steps = (_first(resistance), *(step for step in following if step))
    return CausalChain(resistance, resistance.issue, title, days, done, steps)


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
