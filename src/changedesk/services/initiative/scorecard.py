"""The two columns of facts under the lanes: delivered correctly, and used well (R19-R28).

Each answer comes from data alone and says why; an output (training given) never answers the question of an outcome (R47).
"""

from __future__ import annotations

from changedesk.domain.material import Material
from changedesk.domain.measures.earned_value import EarnedValue
from changedesk.domain.measures.milestones import MilestonesMissed
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.scorecard_delivery import delivery_column
from changedesk.services.initiative.scorecard_people import people_column


def scorecard(m: Material, figures: EarnedValue, milestones: MilestonesMissed) -> tuple[FactColumn, FactColumn]:
    """Both columns; ``figures`` and ``milestones`` are the initiative's own, computed once for all that show them."""
    return delivery_column(m, figures, milestones), people_column(m)
