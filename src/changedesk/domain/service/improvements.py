"""The loop by which a service stays good: signals, what is systemic about them, improvements, and where a service stands.

Operations see something (R168); only what comes again and again justifies a project (R169); the project redesigns, upgrades
or adds (R170); it is handed over and watched again (R171).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.service.running import Improvement, Service, Signal
from changedesk.domain.words import plain
from changedesk.values import dataclass

SYSTEMIC_SIGNALS: Final = 3
"""So many signals within the window make a limitation systemic."""
SYSTEMIC_WINDOW: Final = timedelta(days=180)
SYSTEMIC_DAYS: Final = 2
"""They were seen on at least so many days: one bad day is an incident, however many saw it."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a limitation has shown, and what follows: ``systemic`` or incidental, with the reason as a sentence."""

    count: int
    systemic: bool
    sentence: str


def recurrence(signals: Iterable[Signal], today: date) -> Recurrence:
    """Whether a limitation is systemic: at least three signals within 180 days, seen on at least two days."""
    recent = [one for one in signals if timedelta(0) <= today - one.seen_on <= SYSTEMIC_WINDOW]
    days = len({one.seen_on for one in recent})
    kinds = sorted({one.kind for one in recent})
    systemic = len(recent) >= SYSTEMIC_SIGNALS and days >= SYSTEMIC_DAYS
    said = f"{counted(len(recent), 'signal')} on {counted(days, 'day')} within {SYSTEMIC_WINDOW.days} days"
    if kinds:
        said += f" ({', '.join(map(plain, kinds))})"
    return Recurrence(len(recent), systemic, f"{'systemic' if systemic else 'incidental'}: {said}")


def refuse_approval(improvement: Improvement) -> str | None:
    """Why it cannot be approved, as a sentence; None when it can."""
    if improvement.state != "proposed":
        return f"{improvement.title} is {improvement.state} already"
    if not improvement.signals:
        return f"nothing speaks for {improvement.title} yet; record the signal that it answers"
    return None


def refuse_initiation(improvement: Improvement, today: date, reason: str | None) -> str | None:
    """Why it cannot become an initiative of its own: it is not approved, or incidental and nobody says why all the same."""
    if improvement.state != "approved":
        return f"{improvement.title} is {improvement.state}; only what is approved becomes an initiative"
    found = recurrence(improvement.signals, today)
    if not found.systemic and not (reason and reason.strip()):
        return f"{improvement.title} is {found.sentence}; a project for it takes a reason"
    return None


def refuse_implementation(improvement: Improvement, evidence: str | None) -> str | None:
    """Why it cannot be called implemented."""
    if improvement.state not in ("approved", "initiated"):
        return f"{improvement.title} is {improvement.state}; only what is approved or initiated is implemented"
    if not (evidence and evidence.strip()):
        return f"say what shows that {improvement.title} is implemented"
    return None


def refuse_rejection(improvement: Improvement, reason: str | None) -> str | None:
    """Why it cannot be rejected."""
    if improvement.state not in ("proposed", "approved"):
        return f"{improvement.title} is {improvement.state} already"
    if not (reason and reason.strip()):
        return f"say why {improvement.title} is rejected"
    return None


@dataclass(frozen=True, slots=True)
class Register:
    """Improvements planned (approved and later ones) against implemented (R116)."""

    planned: int
    implemented: int

    @property
    def share(self) -> float | None:
        """Implemented of planned, 0 to 1; None when nothing was planned."""
        return self.implemented / self.planned if self.planned else None


def register(improvements: Iterable[Improvement]) -> Register:
    """What became of the improvements of a service."""
    states = [one.state for one in improvements]
    return Register(
        planned=sum(state in ("approved", "initiated", "implemented") for state in states),
        implemented=states.count("implemented"),
    )


LOOP: Final = ("operation", "signals", "improvement", "project", "transition")
"""The stations of the loop in their order; after the last comes the first again."""


@dataclass(frozen=True, slots=True)
class LoopPosition:
    """Where a service stands in the loop, with the sentence that says why; ``retired`` has left it."""

    station: str
    sentence: str


def loop_position(
    service: Service, improvements: Sequence[Improvement], running: Sequence[str], today: date
) -> LoopPosition:
    """Where a service stands: the furthest station that something of it has reached.

    ``running`` are codes of the initiatives that change the service and are not live yet.
    """
    if service.state == "retired":
        return LoopPosition("retired", "it is retired")
    if service.state == "transition":
        return LoopPosition("transition", "it is being handed over to operations")
    if service.state in ("strategy", "design"):
        return LoopPosition("project", f"it is in {service.state}, before its first operation")
    initiated = [one for one in improvements if one.state == "initiated"]
    if running or initiated:
        what = ", ".join(running) or ", ".join(one.initiative or one.title for one in initiated)
        return LoopPosition("project", f"changed by {what}")
    approved = [one for one in improvements if one.state == "approved"]
    if approved:
        return LoopPosition("improvement", f"{counted(len(approved), 'improvement')} approved and to be done")
    proposed = [one for one in improvements if one.state == "proposed"]
    if proposed:
        systemic = sum(recurrence(one.signals, today).systemic for one in proposed)
        said = f"{counted(len(proposed), 'improvement')} to be decided"
        return LoopPosition("signals", f"{said}, {systemic} systemic" if systemic else said)
    last = max(
        (one for one in improvements if one.implemented_on), key=lambda one: str(one.implemented_on), default=None
    )
    if last is not None:
        return LoopPosition("operation", f"watched again after {last.title}")
    return LoopPosition("operation", "it runs, and nothing speaks against it")
