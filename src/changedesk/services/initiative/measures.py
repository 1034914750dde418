"""How an initiative is measured: the project's figures, what lasts, the four questions, and what nobody looks at.

Everything is made of one :class:`Material`, so that no two figures of a page speak of two states of the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.control.serving import Serving
from changedesk.domain.decisions import refuse_lock
from changedesk.domain.material import Material
from changedesk.domain.measures.blind_spots import BlindSpot, blind_spots
from changedesk.domain.measures.earned_value import EarnedValue, change_budget_share, figures_of
from changedesk.domain.measures.extended import ExtendedMeasure, extended_measures
from changedesk.domain.measures.milestones import MilestonesMissed, milestones_missed
from changedesk.domain.measures.questions import Answer, Lens, answers
from changedesk.domain.measures.risks import RiskTotal, risk_totals
from changedesk.domain.people.causes import CausalChain, Heard, causal_chains, heard
from changedesk.domain.planning.constraints import Constraint, constraints
from changedesk.domain.working import Decision, Risk
from changedesk.services.control.lights import Lights
from changedesk.services.initiative.facts import FactColumn, without_alarm
from changedesk.services.initiative.scorecard import scorecard
from changedesk.services.initiative.scorecard_change import with_changes
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import working
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with what it waits for, as a sentence; None when it is locked or nothing is missing."""

    decision: Decision
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of an initiative on ``today``.

    ``change_share`` is the people side's part of the budget in percent; ``milestones`` are those of the delivery lane;
    ``answers`` come in the order of :class:`Lens`.
    """

    today: date
    cancelled: bool
    currency: str | None
    columns: tuple[FactColumn, FactColumn]
    figures: EarnedValue
    milestones: MilestonesMissed
    change_share: float | None
    extended: tuple[ExtendedMeasure, ...]
    answers: tuple[Answer, ...]
    blind_spots: tuple[BlindSpot, ...]
    constraints: tuple[Constraint, ...]
    chains: tuple[CausalChain, ...]
    heard: tuple[Heard, ...]
    risk_totals: tuple[RiskTotal, ...]
    decisions: tuple[DecisionView, ...]

    def answer(self, lens: Lens) -> Answer:
        """What one lens asks, answered."""
        return next(answer for answer in self.answers if answer.lens is lens)

    @property
    def waiting(self) -> tuple[DecisionView, ...]:
        """The decisions that wait for somebody's acknowledgement (R69)."""
        return tuple(view for view in self.decisions if view.waits_for is not None)


def risks(session: Session, code: str) -> tuple[Risk, ...]:
    """Every risk of the initiative with that code, open ones first, by score."""
    authorise(session, "desk.read")
    return working.risks(session.desk.reader(), known_initiative(session, code).id)


def measured(m: Material, changes: Sequence[Serving], lights: Lights) -> Measures:
    """All measures of what is known, with the changes that serve it and both lights."""
    figures = figures_of(m)
    own = m.lane("delivery")
    milestones = milestones_missed([a for a in own if a.actual_end] if m.standing.cancelled else own, m.today)
    columns = with_changes(scorecard(m, figures, milestones), changes, lights, went_live=m.standing.went_live)
    return Measures(
        today=m.today,
        cancelled=m.standing.cancelled,
        currency=m.initiative.currency,
        columns=without_alarm(columns) if m.standing.cancelled else columns,
        figures=figures,
        milestones=milestones,
        change_share=change_budget_share(m.initiative.change_budget, m.initiative.budget),
        extended=extended_measures(m),
        answers=answers(m),
        blind_spots=blind_spots(m),
        constraints=constraints(m),
        chains=causal_chains(m.resistances, m.activities, m.today),
        heard=heard(m.resistances, m.initiative.go_live),
        risk_totals=risk_totals(m.risks),
        decisions=tuple(DecisionView(one, _waits_for(one)) for one in m.decisions),
    )


def _waits_for(decision: Decision) -> str | None:
    return None if decision.locked_at is not None else refuse_lock(decision)
