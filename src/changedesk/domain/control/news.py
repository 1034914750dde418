"""What change control has to say about initiatives and clients now: what is overdue, and what still waits for leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from changedesk.domain.saying import length

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
class ControlNews:
    """What is owed and overdue at ``now``, and which go-lives wait for leave."""

    now: datetime = _LONG_AGO
    overdue: tuple[Owed, ...] = ()
    unapproved: tuple[Unapproved, ...] = ()
    _by_initiative: dict[str, ControlNews] = field(default_factory=dict)

    def about(self, initiative_id: str) -> ControlNews:
        """Only what concerns one initiative; :func:`sorted_news` has prepared it."""
        return self._by_initiative.get(initiative_id, NO_NEWS)

    def count(self, kind: str, client: str | None = None) -> int:
        """How many of a kind are overdue, of one client or of all."""
        return sum(one.kind == kind and client in (None, one.client) for one in self.overdue)


NO_NEWS: Final = ControlNews()
"""Nothing is owed, nothing waits."""


def sorted_news(now: datetime, owed: Iterable[Owed], unapproved: Iterable[Unapproved]) -> ControlNews:
    """The news of a moment, the longest overdue first, at hand for each initiative."""
    overdue = tuple(sorted((one for one in owed if one.due < now), key=lambda one: (one.due, one.number)))
    waiting = tuple(unapproved)
    mine: dict[str, ControlNews] = {}
    concerned = {one.initiative for one in overdue} | {one.initiative for one in waiting}
    for initiative in concerned - {None}:
        assert initiative is not None
        mine[initiative] = ControlNews(
            now,
            tuple(one for one in overdue if one.initiative == initiative),
            tuple(one for one in waiting if one.initiative == initiative),
        )
    return ControlNews(now, overdue, waiting, mine)
