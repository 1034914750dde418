"""What nobody is looking at: everything that is missing before the operating model can be trusted (R107).

Each rule is a small function that yields what it finds, each finding with what to do about it.
"""

from __future__ import annotations

from typing import Final

from changedesk.domain.material import Material
from changedesk.domain.measures import blind_spots_governance as governance
from changedesk.domain.measures import blind_spots_people as people
from changedesk.domain.measures.blind_spot import BlindSpot, Rule

__all__ = ["BlindSpot", "blind_spots"]


RULES: Final[tuple[Rule, ...]] = (
    governance.owners,
    governance.go_live,
    governance.purpose,
    governance.benefits_observed,
    governance.outcome_owner,
    people.reinforcement,
    people.phases,
    people.audiences,
    people.impacts,
    people.readiness,
    people.sponsors,
    people.behaviours,
    people.use_observed,
    people.metrics,
    governance.risks,
    people.ownerless_work,
    governance.snapshots,
    governance.decisions,
    governance.change_budget,
)
"""All of them; their order does not matter."""

RULES_WHEN_CLOSED: Final[tuple[Rule, ...]] = (
    governance.benefits_observed,
    governance.outcome_owner,
    people.use_observed,
)
"""What still matters after closing."""


def blind_spots(material: Material) -> tuple[BlindSpot, ...]:
    """Every blind spot, the heaviest first, those of one weight by rule and sentence; none of what was cancelled.

    Of a closed initiative only what must last is asked: its outcome's owner, its benefits and its people's use.
    """
    if material.standing.cancelled:
        return ()
    rules = RULES_WHEN_CLOSED if material.standing.state == "closed" else RULES
    found = [spot for rule in rules for spot in rule(material)]
    return tuple(sorted(found, key=lambda spot: (-spot.weight, spot.rule, spot.sentence)))
