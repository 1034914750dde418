"""A fact of the scorecard."""

from __future__ import annotations

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a column: a name, a value in words, the share of a bar (0 to 1) where it has one, and what explains it.

    ``kind`` is output, outcome or empty; ``level`` how the value looks (late, risk; empty: as it is). ``age`` is how many
    days old the data behind it are; None when they have no day. ``shorter`` are forms of the note for less room, the
    longest first. ``source`` is whose word it is where nobody observed it: it stands before every form, and is never left out.
    """

    name: str
    value: str
    share: float | None = None
    note: str = ""
    kind: str = ""
    level: str = ""
    indent: bool = False
    age: int | None = None
    shorter: tuple[str, ...] = ()
    source: str = ""

    @property
    def explained(self) -> str:
        """The note in full, with whose word it is."""
        return ", ".join(filter(None, (self.source, self.note)))
