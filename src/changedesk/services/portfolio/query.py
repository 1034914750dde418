"""What can be asked of the portfolio: a filter, an order, groups."""

from __future__ import annotations

from changedesk.values import dataclass

SORTS = ("attention", "go_live", "lag", "adopted", "client", "code")


@dataclass(frozen=True, slots=True)
class PortfolioQuery:
    """What to show: every word of ``text`` must occur in an initiative's texts; ``by_client`` groups."""

    text: str = ""
    sort: str = "attention"
    by_client: bool = False


EVERYTHING = PortfolioQuery()
"""The whole portfolio, by attention."""
