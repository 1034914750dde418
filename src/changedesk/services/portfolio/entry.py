"""An initiative as the portfolio weighs it: how it stands, what was found, how far its people trail."""

from __future__ import annotations

from datetime import date

from changedesk.domain.attention import attention
from changedesk.domain.attention_rules import Attention
from changedesk.domain.control.news import ControlNews
from changedesk.domain.lag import lag_of
from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import Thresholds
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """An initiative of the portfolio. ``lag`` is in days; ``waits`` is what change control has open for it."""

    standing: Standing
    found: Attention
    lag: int | None
    waits: str

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look at it."""
        return self.found.level in ("late", "at_risk")

    @property
    def runs(self) -> bool:
        """Whether it is neither closed nor cancelled."""
        return self.standing.state not in ("closed", "cancelled")


def entry_of(s: Standing, told: ControlNews, today: date, thresholds: Thresholds) -> Entry:
    """An initiative with what is found of it today."""
    found = attention(s, today, thresholds, told)
    waits = "" if found.rule == "unapproved_go_live" or s.went_live else next((o.words for o in told.unapproved), "")
    return Entry(s, found, lag_of(s, today), waits)
