"""The list of changes as a source of pages: its order is read once, its lines when they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from changedesk.services.session import Session, authorise
from changedesk.store.control import listing
from changedesk.store.control.listing import SORTS, Listed, Wanted
from changedesk.values import dataclass

__all__ = ["SORTS", "ChangeSource", "Listed", "Wanted", "change_source"]


@dataclass(frozen=True, slots=True)
class ChangeSource:
    """The changes that were asked for, in their order; ``total`` is how many there are without a filter."""

    session: Session
    wanted: Wanted
    total: int
    ids: Sequence[str]
    _places: dict[str, int] = field(default_factory=dict)

    def count(self) -> int:
        """How many there are."""
        return len(self.ids)

    def rows(self, offset: int, limit: int) -> Sequence[Listed]:
        """Some of them, as they are now."""
        wanted = self.ids[offset : offset + limit]
        return listing.page(self.session.desk.reader(), self.session.scope, wanted) if wanted else ()

    def position(self, change_id: str) -> int | None:
        """Where a change stands."""
        return self._places.get(change_id)


def change_source(session: Session, wanted: Wanted) -> ChangeSource:
    """The changes in view that are wanted."""
    authorise(session, "desk.read", wanted.client)
    with session.desk.snapshot() as conn:
        found = listing.ids(conn, session.scope, wanted)
        total = listing.total(conn, session.scope)
    return ChangeSource(session, wanted, total, found, {one: place for place, one in enumerate(found)})
