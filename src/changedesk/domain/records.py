"""The records of a desk as frozen values: what is known about clients, people, initiatives and their work.

Dates are calendar days, instants are aware and in UTC. ``None`` is unknown, never zero.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from changedesk.values import dataclass

ActivityState = Literal["done", "late", "running", "to_come", "cancelled"]


@dataclass(frozen=True, slots=True)
class Client:
    """An organisation whose initiatives the desk follows; ``code`` is its short name, unique on the desk."""

    id: str
    rev: int
    code: str
    name: str | None
    timezone: str | None
    user_maturity: int | None
    business_hours: str | None
    retro_hours: int | None
    pir_days: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a login; without a client the person works for the desk's own organisation."""

    id: str
    rev: int
    login: str
    name: str
    client: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initiative:
    """A piece of work with a delivery and a people lane; owners are logins or plain names.

    ``charter`` is where its charter lies, ``outcome_owner`` answers for it when the project is over, ``change_budget`` is
    the part of the budget that goes to people work. ``service`` is the name of the service that it becomes or changes,
    ``origin`` the id of the improvement that it came from.
    """

    id: str
    rev: int
    client: str
    code: str
    title: str
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None
    go_live_planned: date | None
    go_live_actual: date | None
    budget: float | None
    currency: str | None
    state: str | None
    imported: bool
    charter: str | None = None
    outcome_owner: str | None = None
    change_budget: float | None = None
    service: str | None = None
    origin: str | None = None

    @property
    def go_live(self) -> date | None:
        """The day it went live, or else the day it is planned to."""
        return self.go_live_actual or self.go_live_planned

    @property
    def effective_state(self) -> str:
        """The stated state, and active when none is; a draft or an active one is live once it went live."""
        state = self.state or "active"
        return "live" if self.go_live_actual and state in ("draft", "active") else state

    @property
    def cancelled(self) -> bool:
        """Nothing more is to come of it."""
        return self.state == "cancelled"


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of people by role and site, with its own go-live when it comes in a wave of its own.

    ``capacity`` is the load that it can bear in a week, where that is not its client's.
    """

    id: str
    rev: int
    name: str
    role: str | None
    site: str | None
    headcount: int
    go_live: date | None
    capacity: float | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One piece of work in a lane. The baseline is the plan it is measured against; ``weight`` None counts as 1.

    ``source_key`` is what identifies it in the plan of another tool that it came from.
    """

    id: str
    rev: int
    lane: str
    phase: str
    title: str
    kind: str | None
    audience: str | None
    owner: str | None
    planned_start: date | None
    planned_end: date
    actual_start: date | None
    actual_end: date | None
    weight: float | None
    percent_complete: float | None
    milestone: bool | None
    baseline_start: date | None
    baseline_end: date | None
    baseline_weight: float | None
    source_key: str | None = None

    @property
    def counted_weight(self) -> float:
        """The weight it earns when done: 1 unless stated."""
        return 1.0 if self.weight is None else self.weight

    @property
    def first_day(self) -> date:
        """The day it began, or else is planned to; what has no start begins when it ends."""
        return self.actual_start or self.planned_start or self.last_day

    @property
    def last_day(self) -> date:
        """The day it ended, or else is planned to."""
        return self.actual_end or self.planned_end

    def state(self, today: date, *, cancelled: bool) -> ActivityState:
        """Where it is on a day: done, late once its planned end has passed, running from its start on, else to come.

        What a ``cancelled`` initiative left undone is cancelled with it.
        """
        if self.actual_end is not None:
            return "done"
        if cancelled:
            return "cancelled"
        if self.planned_end < today:
            return "late"
        begun = self.actual_start or self.planned_start
        return "running" if begun is not None and begun <= today else "to_come"


@dataclass(frozen=True, slots=True)
class Target:
    """So many percent of a metric by a day, for one audience or (``audience`` None) for all."""

    id: str
    audience: str | None
    metric: str
    target: float
    by: date


@dataclass(frozen=True, slots=True)
class Observation:
    """A count out of a count on a day; the percentage is always derived (invariant 18)."""

    id: str
    rev: int
    audience: str
    metric: str
    date: date
    numerator: float
    denominator: float
    method: str

    @property
    def percent(self) -> float:
        """100 x numerator / denominator."""
        return 100.0 * self.numerator / self.denominator

    @property
    def from_percentages(self) -> bool:
        """True when the source gave a percentage instead of counts: a decimal numerator out of exactly 100."""
        return self.denominator == 100 and self.numerator != int(self.numerator)


@dataclass(frozen=True, slots=True)
class Signature:
    """One lane's signature under a checkpoint; ``counts`` is false once the checklist it was given on has changed."""

    checkpoint: str
    lane: str
    signer: str
    signed_at: datetime
    waiver: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a lane has to have done before its signature under a checkpoint."""

    checkpoint: str
    lane: str
    key: str
    text: str
    done_at: datetime | None
    done_by: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Gate:
    """A shared checkpoint of an initiative: when it is due, its two checklists and its two signatures.

    ``in_use`` is false for gates before the first one that this desk followed (an imported initiative): they are shown,
    but being unsigned is no finding against anybody.
    """

    name: str
    due: date | None
    in_use: bool
    items: tuple[ChecklistItem, ...]
    signatures: tuple[Signature, ...]

    def signature(self, lane: str) -> Signature | None:
        """The lane's counting signature."""
        return next((s for s in reversed(self.signatures) if s.lane == lane and s.counts), None)

    @property
    def signed(self) -> bool:
        """Both lanes signed, and both signatures count."""
        return self.signature("delivery") is not None and self.signature("people") is not None

    def missing(self, lane: str) -> tuple[ChecklistItem, ...]:
        """The lane's items that are not done."""
        return tuple(item for item in self.items if item.lane == lane and item.done_at is None)

    @property
    def state_by_lane(self) -> dict[str, bool]:
        """Lane to whether it has signed."""
        return {lane: self.signature(lane) is not None for lane in ("delivery", "people")}
