"""What a figure is there for: an objective's key results, each shown by a figure of the desk and never by a number of its
own (R184)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A key result or critical success factor of an objective; ``metric`` or ``benefit`` names the figure that shows it."""

    id: str
    rev: int
    objective: str
    title: str
    metric: str | None
    benefit: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A key result with its figure: ``way`` in percent of what is to be reached, None while unknown, and where from."""

    key_result: KeyResult
    figure: str
    way: float | None


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective with its key results."""

    name: str
    results: tuple[Shown, ...]

    @property
    def reached(self) -> int:
        """How many of its key results are reached."""
        return sum(one.way is not None and one.way >= 100 for one in self.results)


def objectives_of(
    results: Sequence[KeyResult], metrics: Mapping[str, float | None], benefits: Mapping[str, float | None]
) -> tuple[Objective, ...]:
    """Objectives by name; ``metrics`` and ``benefits`` say how far each figure is on its way, in percent."""
    by_name: dict[str, list[Shown]] = {}
    for one in results:
        if one.benefit is not None:
            shown = Shown(one, one.benefit, benefits.get(one.benefit))
        elif one.metric is not None:
            shown = Shown(one, one.metric, metrics.get(one.metric))
        else:
            shown = Shown(one, "", None)
        by_name.setdefault(one.objective, []).append(shown)
    return tuple(Objective(name, tuple(found)) for name, found in sorted(by_name.items()))
