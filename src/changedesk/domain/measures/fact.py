"""A fact of the scorecard."""

from __future__ import annotations

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a column: a name, a value in words, the share of a bar (0 to 1) where it has one, and what explains it.

    ``kind`` is output, outcome or empty; ``level`` how the value looks (late, risk; empty: as it is). ``age`` is how many
    days old the data behind it are; None when they have no day.
    """

    name: str
    value: str
    share: float | None = None
    note: str = ""
    kind: str = ""
    level: str = ""
    indent: bool = False
    age: int | None = None
