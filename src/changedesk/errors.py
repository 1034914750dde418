"""What can go wrong, in words for the person at the keyboard.

Every refusal is one of four kinds, and the kind decides the exit status of the command line (docs/interchange: 1 a
rule forbids it, 2 wrong use or bad input, 3 the desk cannot be used).
"""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.values import dataclass


class ChangeDeskError(Exception):
    """A refusal that a person can act on: a short title, one clear sentence, and what to do about it.

    ``exit_status`` is what the command line ends with.
    """

    title = "That did not work"
    exit_status = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def sentence(self) -> str:
        """The message and the hint as one line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class RuleRefused(ChangeDeskError):
    """A rule of the domain forbids it."""

    title = "A rule forbids this"
    exit_status = 1


class Denied(RuleRefused):
    """The actor may not do this; the denial is in the audit trail."""

    title = "Not allowed"


class Stale(RuleRefused):
    """Somebody else changed the record in the meantime."""

    title = "Changed meanwhile"


class BadInput(ChangeDeskError):
    """Wrong use of a command, or input that cannot be understood."""

    title = "Bad input"
    exit_status = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a file. ``row`` counts lines of data from 2 (the header is row 1); 0 is the file itself."""

    row: int
    column: str
    problem: str

    def sentence(self, file: str = "") -> str:
        """``people.csv row 7, column email: ...``."""
        place = ", ".join(
            part
            for part in (
                f"{file} row {self.row}" if file and self.row else file or (f"row {self.row}" if self.row else ""),
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place}: {self.problem}" if place else self.problem


class RefusedFile(BadInput):
    """A file with rows that cannot be taken; nothing of it was taken."""

    title = "The file was refused"

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    @classmethod
    def whole(cls, sentence: str) -> RefusedFile:
        """The refusal of a file that cannot be read at all."""
        return cls(sentence, [Problem(0, "", sentence)])


class DeskUnusable(ChangeDeskError):
    """The desk is absent, locked, newer than this program, or damaged; the file was neither created nor changed."""

    title = "The desk cannot be used"
    exit_status = 3


class WrongPlace(DeskUnusable):
    """No desk can lie there, or one lies there already: a link, a folder, a device, a network file system, a taken name."""

    title = "No place for a desk"
    exit_status = 2


class Damaged(DeskUnusable):
    """The file is no desk, or no longer a sound one; a backup helps."""

    title = "The desk is damaged"
