"""What belongs to adoption: key results as a kind of file, and a single count as it is written in a form.

The columns of the file are told in docs/adoption.md.
"""

from __future__ import annotations

from changedesk.domain.kinds.kind import NAME_LENGTH, Column, Day, Kind, Text, ToAudience, ToBenefit, ToInitiative, Word
from changedesk.domain.kinds.row_rules import RowRule
from changedesk.domain.words import METHODS

_NAME = Text(NAME_LENGTH)
_TEXT = Text()


def _one_figure(_today: str, metric: str | None, benefit: str | None) -> str | None:
    return "a benefit is named besides: that one shows the key result" if metric and benefit else None


KEY_RESULTS = Kind(
    "key_results",
    "key_result",
    (
        Column("initiative", ToInitiative(), "initiative_id", required=True),
        Column("objective", _TEXT, "objective", required=True),
        Column("key_result", _TEXT, "title", required=True),
        Column("metric", _NAME, "metric"),
        Column("benefit", ToBenefit(), "benefit_id"),
        Column("owner", _TEXT, "owner"),
    ),
    key=("initiative", "objective", "key_result"),
    plans=True,
    warns=(RowRule(("metric", "benefit"), _one_figure),),
)

COUNT = Kind(
    "observation",
    "observation",
    (
        Column("initiative", ToInitiative(), "", required=True),
        Column("audience", ToAudience(), "", required=True),
        Column("metric", _NAME, "", required=True),
        Column("date", Day(has_been=True), "", required=True),
        Column("value", _NAME, "", required=True),
        Column("method", Word(METHODS), "", required=True),
    ),
    key=("initiative", "audience", "metric", "date", "method"),
)
"""A count as a person writes it: ``412/1240``."""
