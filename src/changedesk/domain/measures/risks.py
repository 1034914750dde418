"""Two risk totals an initiative: what may go wrong with the delivery, and what with the adoption (R17, R148)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from changedesk.domain.words import RISK_KINDS
from changedesk.domain.working import RiskCount
from changedesk.values import dataclass

Band = Literal["low", "medium", "high", "severe", "unknown"]

BANDS: Final[tuple[tuple[int, Band], ...]] = ((4, "low"), (9, "medium"), (14, "high"), (25, "severe"))
"""The highest score of each band; a score is probability x impact, 1 to 25."""


def band(score: int | None) -> Band:
    """A score in a word; what has no score is unknown, not low."""
    return "unknown" if score is None else next(word for highest, word in BANDS if score <= highest)


@dataclass(frozen=True, slots=True)
class RiskTotal:
    """The risks of one kind. ``total`` sums the scores of the open ones; None while no open risk has a score.

    ``named`` counts all that were ever entered, ``unscored`` the open ones that nobody has rated; ``worst`` are the open
    ones with the highest score.
    """

    kind: str
    total: int | None
    open: int
    unscored: int
    named: int
    worst: RiskCount | None

    @property
    def band(self) -> Band:
        """The worst risk's score in a word; low when nothing is open any more."""
        return "low" if self.total == 0 else band(self.worst.score if self.worst else None)


def risk_totals(risks: Sequence[RiskCount]) -> tuple[RiskTotal, ...]:
    """One total for each kind, delivery first (R17).

    Nothing open because all was closed is a total of 0; a kind without any risk at all has not been looked at: None.
    """
    return tuple(_total(kind, [risk for risk in risks if risk.kind == kind]) for kind in RISK_KINDS)


def _total(kind: str, risks: Sequence[RiskCount]) -> RiskTotal:
    still = [risk for risk in risks if risk.open]
    scored = [(risk.score, risk) for risk in still if risk.score is not None]
    known = scored or (risks and not still)
    rated, open_ones = sum(risk.count for _, risk in scored), sum(risk.count for risk in still)
    return RiskTotal(
        kind,
        sum(score * risk.count for score, risk in scored) if known else None,
        open_ones,
        open_ones - rated,
        sum(risk.count for risk in risks),
        max(scored, key=lambda pair: pair[0])[1] if scored else None,
    )
