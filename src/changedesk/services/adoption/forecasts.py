"""Forecasts, made once for each state of the data: the same counts, target and history are never forecast twice."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from typing import Final

from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.outlook import Asked, Outlook, outlook
from changedesk.domain.usage.views import SeriesView

KEPT_IN_MEMORY: Final = 256
"""So many answers are at hand at once: all groups and metrics of a dozen initiatives, 15 KiB each with their questions."""


@lru_cache(maxsize=KEPT_IN_MEMORY)
def outlook_of(question: Asked) -> Outlook:
    """The forecast of a question; one that was asked before, of the same data, is answered at once.

    50 to 100 ms when it is new: it is called in the background.
    """
    return outlook(question)


def revision_of(question: Asked) -> str:
    """What names the data that a forecast is made of: SHA-256 of all of the question."""
    return hashlib.sha256(repr(question).encode()).hexdigest()


def to_be_kept(view: SeriesView, made_on: date) -> KeptForecast | None:
    """The forecast of a series as it is kept on a day; None where there is none."""
    question = view.question
    if question is None:
        return None
    found = outlook_of(question)
    expected = found.expected
    return KeptForecast(
        audience=view.audience,
        metric=view.metric.name,
        made_on=made_on,
        through=view.measured[-1].day if view.measured else None,
        revision=revision_of(question),
        basis=found.basis,
        target=found.target,
        by=found.by,
        chance=found.chance,
        expected=expected.middle if expected else None,
        expected_early=expected.early if expected else None,
        expected_late=expected.late if expected else None,
        ceiling=(found.ceiling.low, found.ceiling.middle, found.ceiling.high),
        fan=found.fan,
    )
