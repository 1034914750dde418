"""A playbook: everything that is known beforehand about a kind of change, for both lanes, counted from its go-live."""

from __future__ import annotations

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PlaybookActivity:
    """A piece of work; ``start`` and ``end`` are calendar days from go-live, negative before it.

    ``owner`` is a role, taken by a person when an initiative is made. ``anchor`` is the title of the milestone that the
    work is tied to (R62).
    """

    lane: str
    phase: str
    kind: str
    title: str
    start: int
    end: int
    owner: str
    audience: str | None
    weight: float
    milestone: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class PlaybookAudience:
    """A group that such a change usually meets: why it is hard for them, and how hard, aspect by aspect (0 to 5)."""

    name: str
    role: str
    why_hard: str
    impacts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlaybookReadiness:
    """Something that has to be ready by a checkpoint, beyond the standard checklists; ``lane`` answers for it.

    ``kind`` is what it is, ``action`` what to do first while it is not ready.
    """

    item: str
    about: str
    audience: str | None
    checkpoint: str
    lane: str
    weight: float
    kind: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedResistance:
    """What people will say, why, and what has helped; without an audience it may come from anybody."""

    what: str
    cause: str
    action: str
    answer: str
    audience: str | None


@dataclass(frozen=True, slots=True)
class ProficiencyCheck:
    """What is tested, and the standard that counts as able."""

    what: str
    standard: str
    audience: str | None


@dataclass(frozen=True, slots=True)
class PlaybookMetric:
    """What is counted out of what; ``kind`` is output or outcome (R47), ``better`` higher or lower."""

    name: str
    kind: str
    better: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class PlaybookTarget:
    """So many percent, so many days after go-live, for one audience or (None) for all."""

    metric: str
    audience: str | None
    percent: float
    by: int


@dataclass(frozen=True, slots=True)
class PlaybookRisk:
    """What usually goes wrong; probability and impact 1 to 5. The kind decides who owns it (R67, R68)."""

    title: str
    kind: str
    probability: int
    impact: int
    response: str


@dataclass(frozen=True, slots=True)
class SuggestedBenefit:
    """What such a change is usually done for; ``baseline`` says how to measure it, the value is filled in later.

    ``dependent_share`` (0 to 1) is the part that comes only if people use the new way.
    """

    name: str
    unit: str
    dependent_share: float
    baseline: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """A kind of change with its plan for both lanes; ``name`` is how it is asked for, ``code`` what initiatives get."""

    name: str
    code: str
    title: str
    summary: str
    tags: tuple[str, ...]
    rollback: str
    activities: tuple[PlaybookActivity, ...]
    audiences: tuple[PlaybookAudience, ...]
    readiness: tuple[PlaybookReadiness, ...]
    resistance: tuple[ExpectedResistance, ...]
    proficiency: tuple[ProficiencyCheck, ...]
    metrics: tuple[PlaybookMetric, ...]
    targets: tuple[PlaybookTarget, ...]
    risks: tuple[PlaybookRisk, ...]
    benefits: tuple[SuggestedBenefit, ...]

    def lane(self, name: str) -> tuple[PlaybookActivity, ...]:
        """The work of one lane, as written."""
        return tuple(activity for activity in self.activities if activity.lane == name)

    @property
    def first_day(self) -> int:
        """The day on which its work begins, counted from go-live."""
        return min(activity.start for activity in self.activities)

    @property
    def last_day(self) -> int:
        """The day on which its work ends, counted from go-live."""
        return max(activity.end for activity in self.activities)
