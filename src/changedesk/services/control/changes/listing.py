"""The list of changes as a source of pages: its order is read once, its lines when they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from changedesk.services.session import Session, authorise
from changedesk.services.sought import Sought
from changedesk.store.control import listing
from changedesk.store.control.listing import SORTS, Listed, Wanted

__all__ = ["SORTS", "ChangeSource", "Listed", "Wanted", "change_source"]


class ChangeSource:
    """The changes that were asked for, in their order; ``total`` is how many there are without a filter."""

    def __init__(self, session: Session, wanted: Wanted, ids: Sequence[str], total: int) -> None:
        self.wanted = wanted
        self.total = total
        self._session = session
        self._ids = ids
        self._places = {one: place for place, one in enumerate(ids)}
        self._sought = Sought()

    def count(self) -> int:
        """How many there are."""
        return len(self._ids)

    def rows(self, offset: int, limit: int) -> Sequence[Listed]:
        """Some of them, as they are now."""
        wanted = self._ids[offset : offset + limit]
        return listing.page(self._session.desk.reader(), self._session.scope, wanted) if wanted else ()

    def position(self, change_id: str) -> int | None:
        """Where a change stands."""
        return self._places.get(change_id)

    def having(self, words: str) -> ChangeSource:
        """Those of them that have every one of some words in their texts. The first time the texts are read for it."""
        places = self._sought.having(words, self._texts)
        if places is None:
            return self
        return ChangeSource(self._session, self.wanted, [self._ids[place] for place in places], self.total)

    def _texts(self) -> Iterator[str]:
        """What words are looked for in; nothing for a change that is gone."""
        found = listing.texts(self._session.desk.reader(), self._session.scope, self.wanted)
        return (found.get(one, "") for one in self._ids)


def change_source(session: Session, wanted: Wanted) -> ChangeSource:
    """The changes in view that are wanted."""
    authorise(session, "desk.read", wanted.client)
    with session.desk.snapshot() as conn:
        found = listing.ids(conn, session.scope, wanted)
        total = listing.total(conn, session.scope)
    return ChangeSource(session, wanted, found, total)
