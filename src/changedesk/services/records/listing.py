"""The records of a kind as a source of pages: their order is read once, what stands in them when they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.domain.forms.form import Form
from changedesk.domain.planning.over import refuse_new
from changedesk.services.control.calendar.business import holiday_windows
from changedesk.services.lookup import known_initiative
from changedesk.services.records.records import Record, authorise_seeing, form, shown
from changedesk.services.session import Session
from changedesk.services.sought import Sought
from changedesk.store import records

PAGE: Final = 400
"""So many records are read at once, and kept."""


class RecordSource:
    """Records of a kind, what is open first, by natural key; ``total`` is how many there are with other words, too.

    ``initiative`` is the code of the one that they all belong to, empty for all in view; ``made_no_more`` says why there
    will be no new ones of it, empty while there may be. ``windows`` are the titles of what is a holiday by a window, not by
    a record of its own.
    """

    def __init__(
        self,
        session: Session,
        wanted: Form,
        ids: Sequence[str],
        total: int,
        initiative: str,
        made_no_more: str,
        windows: tuple[str, ...],
    ) -> None:
        self.total = total
        self.initiative = initiative
        self.made_no_more = made_no_more
        self.windows = windows
        self._session = session
        self._form = wanted
        self._ids = ids
        self._places = {one: place for place, one in enumerate(ids)}
        self._pages: dict[int, Sequence[Record]] = {}
        self._sought = Sought()
        # Whoever makes a list reads in a thread, and will see its first page.
        self.rows(0, 1)

    def count(self) -> int:
        """How many there are."""
        return len(self._ids)

    def rows(self, offset: int, limit: int) -> Sequence[Record]:
        """Some of them, as they were when their page was seen first."""
        end = min(offset + limit, self.count())
        first = offset // PAGE
        read = [record for number in range(first, -(-end // PAGE)) for record in self._page(number)]
        return read[offset - first * PAGE : end - first * PAGE]

    def position(self, record_id: str) -> int | None:
        """Where a record stands."""
        return self._places.get(record_id)

    def having(self, words: str) -> RecordSource:
        """Those of them that have every one of some words, somewhere. The first time all of them are read for it."""
        places = self._sought.having(words, self._texts)
        if places is None:
            return self
        ids = [self._ids[place] for place in places]
        return RecordSource(
            self._session, self._form, ids, self.total, self.initiative, self.made_no_more, self.windows
        )

    def _page(self, number: int) -> Sequence[Record]:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(number)
        return page

    def _read(self, number: int) -> Sequence[Record]:
        wanted = self._ids[number * PAGE : (number + 1) * PAGE]
        session = self._session
        found = records.page(session.desk.reader(), self._form.kind, session.scope, wanted)
        return shown(session, self._form, found)

    def _texts(self) -> Iterator[str]:
        """All that stands in each record; nothing for one that is gone."""
        for number in range(-(-self.count() // PAGE)):
            texts = {record.id: " ".join(record.values.values()) for record in self._read(number)}
            yield from (texts.get(one, "") for one in self._ids[number * PAGE : (number + 1) * PAGE])


def record_source(session: Session, form_name: str, initiative_code: str = "") -> RecordSource:
    """The records of a kind, of one initiative or all in view."""
    wanted = form(form_name)
    initiative = known_initiative(session, initiative_code) if initiative_code else None
    authorise_seeing(session, wanted, initiative.client if initiative else None)
    ids = records.ids(
        session.desk.reader(), wanted.kind, session.scope, initiative.id if initiative else None, wanted.closing
    )
    refused = refuse_new(wanted.kind, initiative.code, cancelled=initiative.cancelled) if initiative else None
    windows = holiday_windows(session) if form_name == "holidays" else ()
    return RecordSource(session, wanted, ids, len(ids), initiative_code, refused or "", windows)
