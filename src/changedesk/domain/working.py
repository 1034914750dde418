"""The records of the work on an initiative: money, risks, decisions, benefits, resistance, what depends on what.

Dates are calendar days, instants are aware and in UTC, ``None`` is unknown. People are logins or plain names.
"""

from __future__ import annotations

from datetime import date, datetime

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The project's money and scope as of a day: planned value, earned value, actual cost; scope in any one unit."""

    id: str
    rev: int
    day: date
    planned_value: float | None
    earned_value: float | None
    actual_cost: float | None
    scope_done: float | None
    scope_total: float | None


@dataclass(frozen=True, slots=True)
class Benefit:
    """What the initiative is done for, as a measure with its baseline; a target below the baseline is to be reduced.

    ``dependent_share`` (0 to 1) is the part of it that comes only if people use the new way. ``kind`` says whether it is
    sought or borne, None when nobody has said it.
    """

    id: str
    rev: int
    name: str
    unit: str | None
    baseline: float
    target: float
    due: date | None
    owner: str | None
    dependent_share: float | None
    kind: str | None = None

    @property
    def said(self) -> str:
        """Its name, and that it is borne where the name does not say it."""
        return f"{self.name} (borne)" if self.borne and "disbenefit" not in self.name.casefold() else self.name

    @property
    def borne(self) -> bool:
        """Whether it is a disbenefit: something that people bear for the rest, whose target is a limit.

        Files of other tools have no place for it; what they call a disbenefit by its name is one until somebody says else.
        """
        return self.kind == "disbenefit" or (self.kind is None and "disbenefit" in self.name.casefold())


@dataclass(frozen=True, slots=True)
class BenefitObservation:
    """The measured value of a benefit on a day."""

    benefit: str
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong; the kind decides who owns it: delivery the project owner, adoption the change owner (R67, R68)."""

    id: str
    rev: int
    title: str
    kind: str
    probability: int | None
    impact: int | None
    owner: str | None
    response: str | None
    closed_on: date | None

    @property
    def score(self) -> int | None:
        """Probability x impact, 1 to 25."""
        return None if self.probability is None or self.impact is None else self.probability * self.impact


@dataclass(frozen=True, slots=True)
class RiskCount:
    """How many risks of one kind have one score, None for those that nobody has rated, and are open, or closed.

    ``title`` is that of the first of them.
    """

    kind: str
    score: int | None
    open: bool
    count: int
    title: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided for the initiative; one that touches timing and adoption locks when both sides know it (R69)."""

    id: str
    rev: int
    title: str
    touches_timing: bool
    touches_adoption: bool
    delivery_ack: str | None
    people_ack: str | None
    locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resistance:
    """Resistance as it was met: what, why, how hard (1 to 5), and what is done about it.

    ``issue`` is what came of it and ``milestone`` the activity that it made slip: the causal chain of R34.
    """

    id: str
    rev: int
    audience: str | None
    title: str
    cause: str | None
    severity: int | None
    first_seen: date
    owner: str | None
    action: str | None
    outcome: str | None
    issue: str | None
    milestone: str | None
    closed_on: date | None

    def lead_days(self, go_live: date | None) -> int | None:
        """How many days before go-live it was first seen: the time left to act (R33); negative is after, None is unknown."""
        return None if go_live is None else (go_live - self.first_seen).days


@dataclass(frozen=True, slots=True)
class Workaround:
    """An old way that people keep using: how many, since when, and by when it is to be gone.

    ``kind`` says whether it is a way around the new one or an old process kept alive beside it (R8, R9); ``tolerated``
    that a manager lets it pass (R82).
    """

    id: str
    rev: int
    audience: str | None
    title: str
    count: int | None
    first_seen: date
    owner: str | None
    retire_by: date | None
    closed_on: date | None
    kind: str | None = None
    tolerated: bool | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """An activity that depends on another; ``kind`` is FS, SS, FF or SF (finish or start of the one, of the other)."""

    predecessor_id: str
    successor_id: str
    kind: str
    lag_days: float


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which a client does not work."""

    client: str
    day: date
    title: str
