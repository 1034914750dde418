"""Is the training made for the roles that are hit? Generic training is not (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from changedesk.domain.counted import counted, listed
from changedesk.domain.people.impacts import degrees_of
from changedesk.domain.people.people_side import Impact
from changedesk.domain.records import Activity, Audience
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class RoleTraining:
    """A role that is hit, with its groups and whether a training of its own is planned, and done, for every one of them."""

    role: str
    audiences: tuple[str, ...]
    planned: bool
    done: bool


@dataclass(frozen=True, slots=True)
class TrainingCoverage:
    """The roles that are hit, and how many of them are trained as what they are."""

    roles: tuple[RoleTraining, ...]
    sentence: str

    @property
    def covered(self) -> int:
        """How many roles have a training of their own."""
        return sum(role.planned for role in self.roles)

    @property
    def share(self) -> float | None:
        """0 to 1; None when nobody is hit."""
        return self.covered / len(self.roles) if self.roles else None


def groups_hit(audiences: Iterable[Audience], impacts: Sequence[Impact]) -> tuple[Audience, ...]:
    """The groups that are hit; one that nobody has rated counts as hit."""
    degrees = degrees_of(impacts)
    return tuple(a for a in audiences if degrees.get(a.name) != 0)


def training_coverage(
    audiences: Sequence[Audience], impacts: Sequence[Impact], people_work: Sequence[Activity]
) -> TrainingCoverage:
    """How far training is made for the roles that are hit; a group without a role is a role of its own."""
    trainings: dict[str, list[Activity]] = {}
    for activity in people_work:
        if activity.audience is not None and (activity.kind or activity.phase) == "training":
            trainings.setdefault(activity.audience, []).append(activity)
    by_role: dict[str, list[str]] = {}
    for audience in groups_hit(audiences, impacts):
        by_role.setdefault(audience.role or audience.name, []).append(audience.name)
    roles = tuple(
        RoleTraining(
            role,
            tuple(names),
            all(name in trainings for name in names),
            all(name in trainings and all(a.actual_end for a in trainings[name]) for name in names),
        )
        for role, names in sorted(by_role.items())
    )
    covered = sum(role.planned for role in roles)
    without = [role.role for role in roles if not role.planned]
    if not roles:
        sentence = "nobody is known to be hit"
    elif not without and len(roles) == 1:
        sentence = f"{roles[0].role}, the only role that is hit, has a training of its own"
    elif not without:
        sentence = f"every one of {counted(len(roles), 'role')} has a training of its own"
    elif len(roles) == 1:
        sentence = f"{without[0]}, the only role that is hit, has no training of its own"
    else:
        sentence = f"{covered} of {counted(len(roles), 'role')} have a training of their own; not {listed(without)}"
    return TrainingCoverage(roles, sentence)
