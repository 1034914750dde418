"""Rules between the cells of one row of a file: what cannot be is refused, what is odd but possible is a warning.

Days stand as ISO text here, so that they compare as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from changedesk.domain.words import plain
from changedesk.values import dataclass

Cell = str | int | float | None
"""A checked cell: text, a day as ISO text, a number, or None for unknown."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule on some cells of a row.

    ``broken(today, *cells)`` gets today as ISO text and the cells of ``columns`` in that order (None where the file
    lacks the column) and says what is wrong, or None. The sentence is told of the first column.
    """

    columns: tuple[str, ...]
    broken: Callable[..., str | None]


def not_after_today(column: str) -> RowRule:
    """A day that has been does not lie in the future."""

    def broken(today: str, day: str | None) -> str | None:
        return f"{day} is in the future" if day is not None and day > today else None

    return RowRule((column,), broken)


def in_order(start: str, end: str) -> RowRule:
    """What starts does not end before."""

    def broken(_today: str, last: str | None, first: str | None) -> str | None:
        if first is None or last is None or first <= last:
            return None
        # Without the values: here days are ISO and times UTC, which is not how a form or a file has to have them.
        return f"{plain(end)} lies before {plain(start)}"

    return RowRule((end, start), broken)


def moment_not_ahead(column: str) -> RowRule:
    """A moment that has been lies at most a day ahead of the reader's today: the sun rises earlier elsewhere."""

    def broken(today: str, moment: str | None) -> str | None:
        if moment is None or moment[:10] <= today:
            return None
        ahead = (date.fromisoformat(moment[:10]) - date.fromisoformat(today)).days
        return f"{moment} is in the future" if ahead > 1 else None

    return RowRule((column,), broken)


def goes_with(part: str, whole: str) -> RowRule:
    """What belongs to something names it."""

    def broken(_today: str, share: Cell, of: Cell) -> str | None:
        return (
            f"name the {plain(whole)} that the {plain(part)} belongs to" if share is not None and of is None else None
        )

    return RowRule((part, whole), broken)


def after(end: str, start: str) -> RowRule:
    """What has a start and an end takes time (invariant 10)."""

    def broken(_today: str, last: str | None, first: str | None) -> str | None:
        if first is None or last is None or first < last:
            return None
        return f"{plain(end)} does not lie after {plain(start)}"

    return RowRule((end, start), broken)


def not_more(part: str, whole: str) -> RowRule:
    """A part is not more than its whole."""

    def broken(_today: str, share: float | None, of: float | None) -> str | None:
        if share is None or of is None or share <= of:
            return None
        return f"{plain(part)} is more than {plain(whole)}"

    return RowRule((part, whole), broken)


def fits_lane(column: str, noun: str, words: Mapping[str, tuple[str, ...]]) -> RowRule:
    """Each lane has words of its own."""

    def broken(_today: str, word: str | None, lane: str) -> str | None:
        if word is None or word in words[lane]:
            return None
        return f"{word} is not {noun} of the {lane} lane; it is one of {', '.join(words[lane])}"

    return RowRule((column, "lane"), broken)


def _of_somebody(_today: str, denominator: float) -> str | None:
    return "the denominator must be above 0" if denominator <= 0 else None


OF_SOMEBODY = RowRule(("denominator",), _of_somebody)
"""A rate is one of somebody, never of nobody."""


def _counts(_today: str, numerator: float, denominator: float) -> str | None:
    return "the numerator is more than the denominator" if numerator > denominator > 0 else None


COUNTS = RowRule(("numerator", "denominator"), _counts)
"""So many out of so many: 0 <= numerator <= denominator, denominator > 0 (invariant 18)."""


def _to_reach(_today: str, target: float, baseline: float) -> str | None:
    return "the target is the baseline: there is nothing to realise" if target == baseline else None


BASELINE_IS_TARGET = RowRule(("target", "baseline"), _to_reach)
"""A benefit is a difference between its baseline and its target (DOMAIN 1.5)."""


def _scope(_today: str, scope: str | None) -> str | None:
    if scope is None or (scope.startswith("service:") and scope.removeprefix("service:").strip()):
        return None
    return f'"{scope}" is no scope; leave it empty for the whole client, or write service:NAME'


SCOPE = RowRule(("scope",), _scope)
"""A window is about a whole client or about one service of it."""


def _outcome(_today: str, outcome: str | None, end: str | None) -> str | None:
    return "it has an outcome and no actual end" if outcome is not None and end is None else None


OUTCOME_WITHOUT_END = RowRule(("outcome", "actual_end"), _outcome)
"""What ended one way or another ended at some time."""
