"""How an initiative stands, in figures that do not depend on today's date.

The store keeps one :class:`Standing` an initiative, current in the same transaction as the records it is made of;
whatever depends on the day (days behind, attention, "in 6 d") is computed from it when it is shown.
"""

from __future__ import annotations

from datetime import date

from changedesk.domain.saying import percent, share_said
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class LaneStanding:
    """A lane's earned progress on its own baseline (DOMAIN 2.5).

    ``earned`` and ``total`` are weights. ``reached_on`` is the day the lane reached what it has earned so far,
    ``due_on`` the day by which the baseline wanted that much, ``next_due_on`` the day by which it wants more (None: it
    wants nothing more). ``begins`` and ``ends`` are the first and last day of the plan as it now stands.
    """

    earned: float
    total: float
    reached_on: date | None
    due_on: date | None
    next_due_on: date | None
    begins: date | None
    ends: date | None
    finished: bool

    @property
    def progress(self) -> float | None:
        """Earned / total weight, 0 to 1; None without a plan."""
        return self.earned / self.total if self.total > 0 else None


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A checkpoint as the attention rules see it: due day, who has signed, how many items each lane still misses."""

    name: str
    due: date | None
    in_use: bool
    delivery_signed: bool
    people_signed: bool
    delivery_missing: int
    people_missing: int

    @property
    def signed(self) -> bool:
        """Both lanes signed."""
        return self.delivery_signed and self.people_signed


@dataclass(frozen=True, slots=True)
class AdoptionStanding:
    """Observed use so far. ``trend`` holds up to 24 weekly percentages over all audiences, oldest first.

    ``state`` is one of not_started, rising, adopted, relapsed, recovered; ``worst`` names the audience that relapsed or
    is lowest; ``worst_was`` is the best level it had held (a median of three weeks), known when it relapsed.
    ``percent`` is from the latest counts of every audience that has any; ``target`` and ``by`` are the first target of
    utilization not reached yet, else the last one. ``chance`` (0 to 1) is that of the target by its day, as the forecast
    that was kept on ``chance_on`` has it. ``target_of`` names the group whose target it is, with ``target_of_use``, its own
    use; None where it is everybody's.
    """

    state: str
    percent: float | None
    observed_on: date | None
    trend: tuple[float, ...]
    worst: str | None
    worst_percent: float | None
    target: float | None
    by: date | None
    worst_was: float | None = None
    chance: float | None = None
    chance_on: date | None = None
    target_of: str | None = None
    target_of_use: float | None = None

    @property
    def of_whom(self) -> str:
        """Behind a target: `` of Sales`` where single groups have one; nothing where it is everybody's."""
        return f" of {self.target_of}" if self.target_of else ""

    @property
    def aimed_use(self) -> float | None:
        """The use of those whose target it is, in percent."""
        return self.target_of_use if self.target_of else self.percent


@dataclass(frozen=True, slots=True)
class WaveReadiness:
    """How ready the groups that go live on a day are, 0 to 100 by people."""

    day: date | None
    percent: float
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadinessStanding:
    """How ready the people are, 0 to 100 by people, and how much of that is known (0 to 1).

    ``left`` counts items that are not ready, ``unknown`` those that nobody knows.
    """

    percent: float
    coverage: float
    left: int
    unknown: int
    waves: tuple[WaveReadiness, ...]

    @property
    def seen(self) -> float | None:
        """The figure as it is said: None while nobody knows anything of it."""
        return self.percent if self.coverage else None

    def on(self, day: date | None) -> float | None:
        """How ready those are who go live on a day, else all of them; None while nobody knows anything of it."""
        of_day = next((wave.percent for wave in self.waves if wave.day == day), self.percent)
        return of_day if self.coverage else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the portfolio needs about one initiative, independent of the day it is looked at."""

    initiative_id: str
    client: str
    code: str
    title: str
    state: str
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None
    go_live: date | None
    went_live: bool
    delivery: LaneStanding
    people: LaneStanding
    service: LaneStanding | None
    gates: tuple[GateStanding, ...]
    adoption: AdoptionStanding
    charter_on: date | None
    people_begin: date | None
    late_start: bool
    ends_at_go_live: bool
    only_comms_and_training: bool
    headcount: int
    readiness: ReadinessStanding | None = None

    @property
    def cancelled(self) -> bool:
        """Nothing more is to come of it: what it left undone is not late."""
        return self.state == "cancelled"

    @property
    def people_said(self) -> tuple[str, str]:
        """How far its people are, in words and in fewer: how ready they are, where nobody knows that how far their work is.

        Of several waves it is the one of its go-live, and called so: it is another figure than that of all of them.
        """
        ready = self.readiness.on(self.go_live) if self.readiness else None
        if self.readiness is not None and ready is not None:
            who = "wave" if len(self.readiness.waves) > 1 else "people"
            return f"{who} {percent(ready)} ready", f"{percent(ready)} ready"
        if self.people.progress is None:
            return "people side unknown", "people ?"
        return f"people work {share_said(self.people.progress)}", f"work {share_said(self.people.progress)}"
