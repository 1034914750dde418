"""The records of the people side: whom a change hits and how hard, who stands behind it, what is ready, what people say.

Dates are calendar days, ``None`` is unknown. People are logins or plain names, audiences stand by name.
"""

from __future__ import annotations

from datetime import date, datetime

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Impact:
    """How hard a change hits a group in one aspect, 0 to 5, and what that is: how it was done and how it will be."""

    id: str
    rev: int
    audience: str
    aspect: str
    degree: int
    yesterday: str | None
    tomorrow: str | None


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """Something that has to be true before go-live; one about an audience counts towards that group's readiness.

    ``checkpoint`` is the one by which it has to be ready, ``lane`` answers for it, ``action`` is what to do first while
    it is not.
    """

    id: str
    rev: int
    about: str
    audience: str | None
    item: str
    status: str
    kind: str | None
    weight: float | None
    due: date | None
    checkpoint: str | None
    lane: str
    owner: str | None
    evidence: str | None
    action: str | None

    @property
    def counted_weight(self) -> float:
        """How much it counts: 1 unless stated."""
        return 1.0 if self.weight is None else self.weight


@dataclass(frozen=True, slots=True)
class ContactReason:
    """Why people will call the desk: how many are expected in the first week, and what answers them."""

    id: str
    rev: int
    reason: str
    expected: int | None
    script: str | None
    article: str | None
    escalation: str | None


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody whose stance matters. Power and interest are 1 to 5, stances -2 (against) to 2 (for it, in the open).

    ``audiences`` are the groups that hear it from this person; ``coalition`` says that the person stands for it with the
    sponsor; ``last_act`` is the last thing that people saw this person do for it.
    """

    id: str
    rev: int
    name: str
    role: str | None
    audiences: tuple[str, ...]
    power: int | None
    interest: int | None
    stance_now: int | None
    stance_wanted: int | None
    coalition: bool | None
    last_act: str | None
    last_act_on: date | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """What one respondent, or so many with the same scores, answered in a round: the five elements in order, 1 to 5.

    A row with the score of one element alone is a count of that element, as tools give that keep no answers.
    """

    audience: str
    day: date
    scores: tuple[int | None, ...]
    answers: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the sponsor or the client trusts that it will work, 1 to 5, on a day (R15)."""

    id: str
    rev: int
    whose: str
    day: date
    score: int
    comment: str | None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What people do differently, the standard that counts as doing it, and the metric that shows it."""

    id: str
    rev: int
    audience: str | None
    title: str
    standard: str | None
    metric: str | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """Resistance that such a change usually meets, why, and what has helped; none of it has been met yet."""

    id: str
    rev: int
    audience: str | None
    title: str
    cause: str | None
    action: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class GapMark:
    """What was decided about a gap: who takes care of it, and until when somebody has waived it or put it off.

    ``gap`` is the gap's key. A waiver and a delay hold until the day given, and no longer on it. ``waived_by`` and
    ``snoozed_by`` are ids, so that a person's name can be erased.
    """

    gap: str
    owner: str | None
    waiver: str | None
    waived_by: str | None
    waived_at: datetime | None
    waived_until: date | None
    snoozed_by: str | None
    snoozed_until: date | None
