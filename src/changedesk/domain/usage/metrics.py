"""What is counted of an initiative, and whether it says that people use it: an output never speaks for an outcome (R47)."""

from __future__ import annotations

from typing import Final, Literal

from changedesk.domain.saying import capital
from changedesk.domain.words import plain
from changedesk.values import dataclass

Nature = Literal["outcome", "output", "unclassed"]

COUNTED_METHODS: Final = frozenset({"observed", "tested"})
"""What was seen or tested; what people say of themselves is a series of its own (invariant 17)."""

SAID_METHODS: Final = frozenset({"self_reported"})


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure: so many out of so many.

    ``title`` heads a chart, ``says`` what the share of people or cases does. Only ``sampled`` ones
    have denominators that are samples: their n is always said.
    """

    name: str
    title: str
    says: str
    nature: Nature
    sampled: bool = False

    @property
    def colours(self) -> bool:
        """Whether it may speak for the adoption light: only an outcome may."""
        return self.nature == "outcome"


UTILIZATION: Final = "utilization"

METRICS: Final[dict[str, Metric]] = {
    metric.name: metric
    for metric in (
        Metric(UTILIZATION, "Use", "use it", "outcome"),
        Metric("proficiency", "Proficiency", "do it as they should", "outcome", sampled=True),
        Metric("compliance", "Compliance", "goes the new way", "outcome", sampled=True),
        Metric("satisfaction", "Satisfaction", "are satisfied", "outcome", sampled=True),
        Metric("training", "Training", "are trained", "output"),
    )
}
"""The metrics with a fixed meaning, in the order in which they are shown."""


def metric_of(name: str) -> Metric:
    """The metric of that name; one that a desk has made up itself speaks for nothing but itself."""
    known = METRICS.get(name)
    return known or Metric(name, capital(name), name, "unclassed", sampled=True)


def metric_in_words(name: str) -> str:
    """A metric in a sentence, by the name that it has on the screens: ``use`` for what files call utilization."""
    known = METRICS.get(name)
    return known.title.lower() if known else plain(name)


def in_order(names: set[str]) -> tuple[str, ...]:
    """Metric names as they are shown: the known ones in their order, then the others by name."""
    return (*(name for name in METRICS if name in names), *sorted(names - METRICS.keys()))
