"""What change control has to say about initiatives and clients now: what is overdue, and what still waits for leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, datetime
from typing import Final

from changedesk.domain.saying import length
from changedesk.values import dataclass

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
WORDS: Final = {"retro": "approval afterwards", "review": "review"}
"""What is owed, by its kind: the votes on what was begun on somebody's word, or the review of what was done."""
SHORT_WORDS: Final = {"retro": "approval", "review": "review"}


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a change owes: ``kind`` is retro or review, ``initiative`` the id of the one that it serves, if any."""

    kind: str
    number: str
    client: str
    initiative: str | None
    due: datetime

    def sentence(self, now: datetime) -> str:
        """``CHG-0419: review overdue by 4 h``."""
        return f"{self.number}: {WORDS[self.kind]} overdue by {length(now - self.due)}"


@dataclass(frozen=True, slots=True)
class Unapproved:
    """A change that is the go-live of an initiative and is not authorised yet; ``words`` say how far it is: ``CAB open``."""

    number: str
    initiative: str
    words: str


@dataclass(frozen=True, slots=True)
class OpenExceptions:
    """Security exceptions of an initiative: open ``now`` and 30 days ``before``; ``expired`` ones are past their day (R2)."""

    initiative: str
    now: int
    before: int
    expired: int

    @property
    def worse(self) -> bool:
        """Whether they pile up, or one is still open past its day."""
        return self.now > self.before or self.expired > 0

    @property
    def sentence(self) -> str:
        """``security exceptions ↑ 3 open, 1 a month ago, 1 past its day``."""
        arrow = "↑" if self.now > self.before else "↓" if self.now < self.before else "→"
        past = f", {self.expired} past {'its' if self.expired == 1 else 'their'} day" if self.expired else ""
        return f"security exceptions {arrow} {self.now} open, {self.before} a month ago{past}"

    @property
    def short(self) -> str:
        """The same in 24 characters: ``exceptions ↑ 3``, or ``exception past its day``."""
        return f"exceptions ↑ {self.now}" if self.now > self.before else "exception past its day"


@dataclass(frozen=True, slots=True)
class ControlNews:
    """What is owed and overdue at ``now``, which go-lives wait for leave, and whose security exceptions get worse."""

    now: datetime = _LONG_AGO
    overdue: tuple[Owed, ...] = ()
    unapproved: tuple[Unapproved, ...] = ()
    exceptions: tuple[OpenExceptions, ...] = ()
    _by_initiative: dict[str, ControlNews] = field(default_factory=dict)

    def about(self, initiative_id: str) -> ControlNews:
        """Only what concerns one initiative; :func:`sorted_news` has prepared it."""
        return self._by_initiative.get(initiative_id, NO_NEWS)

    def count(self, kind: str) -> int:
        """How many of a kind are overdue."""
        return sum(one.kind == kind for one in self.overdue)


NO_NEWS: Final = ControlNews()
"""Nothing is owed, nothing waits."""


def sorted_news(
    now: datetime,
    owed: Iterable[Owed],
    unapproved: Iterable[Unapproved],
    exceptions: Iterable[OpenExceptions] = (),
) -> ControlNews:
    """The news of a moment, the longest overdue first, at hand for each initiative."""
    overdue = tuple(sorted((one for one in owed if one.due < now), key=lambda one: (one.due, one.number)))
    waiting = tuple(unapproved)
    worse = tuple(one for one in exceptions if one.worse)
    mine: dict[str, ControlNews] = {}
    concerned = {
        *(one.initiative for one in overdue),
        *(one.initiative for one in waiting),
        *(one.initiative for one in worse),
    }
    for initiative in concerned - {None}:
        assert initiative is not None
        mine[initiative] = ControlNews(
            now,
            tuple(one for one in overdue if one.initiative == initiative),
            tuple(one for one in waiting if one.initiative == initiative),
            tuple(one for one in worse if one.initiative == initiative),
        )
    return ControlNews(now, overdue, waiting, worse, mine)
