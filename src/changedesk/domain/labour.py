"""Who owns this? Assigned by the kind of risk that is controlled, not by definitions (R67-R70)."""

from __future__ import annotations

from typing import Final, Literal

from changedesk.values import dataclass

Owner = Literal["project owner", "change owner", "both", "nobody yet"]

QUESTIONS: Final = (
    "Does it touch delivery mechanics: scope, sequence, build, cutover?",
    "Does it touch readiness or behaviour: who does what differently?",
    "Does it touch both timing and adoption?",
)
"""The three questions in the order of :func:`who_owns`'s arguments."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns it, and the rule that says so in words."""

    owner: Owner
    rule: str


def who_owns(*, delivery: bool, behaviour: bool, timing_and_adoption: bool) -> Ownership:
    """The owner of a piece of work, a risk or a decision, from what it touches (R67, R68, R69)."""
    if timing_and_adoption or (delivery and behaviour):
        return Ownership("both", "It affects timing and adoption: both owners are involved before it is locked.")
    if delivery:
        return Ownership("project owner", "Delivery mechanics belong to project management.")
    if behaviour:
        return Ownership("change owner", "Readiness and behaviour belong to change management.")
    return Ownership("nobody yet", "It controls neither kind of risk yet: say which one, then it has an owner.")
