"""The audit trail: who decided what and when, found by words, and proven."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import neg
from pathlib import Path
from typing import Final

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.counted import counted, doing
from changedesk.domain.saying import capital, day_month
from changedesk.domain.words import CHANGE_STATES, plain
from changedesk.screens.ask_line import AskLine, any_line, some_line
from changedesk.screens.context import Context
from changedesk.screens.listed import ListScreen
from changedesk.screens.read_on import ReadOnScreen
from changedesk.services.session import Session
from changedesk.services.trail import TrailRow, Verified, bundle, event_numbers, events, verified
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.followed_page import FollowedPage
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("Event", 5, align="right"),
    Column("When (UTC)", 16),
    Column("Who", 14, share=1),
    Column("What", 18, share=1),
    Column("About", 14, share=2),
    Column("Client", 10, from_width=100),
)
PAGE_ROWS: Final = 200
LABEL: Final = 15
STATES: Final = frozenset(map(plain, CHANGE_STATES))


class TrailScreen(ReadOnScreen, ListScreen):
    """Events, the newest first, with what each says."""

    scope = "trail"
    home = "portfolio"
    CSS_PATH = "trail.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._words = ""
        self._of_people = False
        self._source: TrailSource | None = None
        self._seq: int | None = None
        self._page = FollowedPage(self._lines, self._say_position, id="event")
        self._box = Box("Who decided what, and when?", self._table, id="events")
        self._detail = Box("What it says", self._page, id="said")

    def content(self) -> Iterable[Widget]:
        """The events, and what the selected one says."""
        yield self._box
        yield self._detail

    def reload(self) -> None:
        """Read the trail as it is now."""
        session, words, of_people = self.context.session, self._words, self._of_people
        self.load("trail", lambda: TrailSource(session, words, of_people), self._show)

    # --- commands

    def do_filter(self) -> None:
        """Find events by words."""

        def said(text: str | None) -> None:
            if text is not None:
                self._words = text
                self.reload()

        about = ("A person, a number, a client, a kind of event; several words are all looked for.",)
        self.app.push_screen(AskLine("Find events", about, any_line("Empty: every event."), start=self._words), said)

    def do_people(self) -> None:
        """Leave out what the program itself has written down, or show it again."""
        self._of_people = not self._of_people
        self.reload()

    def do_verify(self) -> None:
        """Prove the desk."""
        session = self.context.session
        self._box.set_title("Who decided what, and when?", "proving ...", "explain")
        self.load("verify", lambda: verified(session), self._proven)

    def do_bundle(self) -> None:
        """Write everything about the change of the selected event into a new folder."""
        row, session = self._selected, self.context.session
        if row is None or row.change is None:
            return
        change = row.change

        def named(text: str | None) -> None:
            if text:
                folder = Path(text).expanduser()
                self.load(
                    "bundle",
                    lambda: bundle(session, change, folder),
                    lambda names: self.say(
                        f"Written: {counted(len(names), 'file')} about {row.subject} into {folder}", "fine"
                    ),
                )

        about = ("A page to read, its record and its events as JSON, and its files. The folder must not be there yet.",)
        start = str(Path.cwd() / row.subject)
        self.app.push_screen(
            AskLine(f"Hand over {row.subject}", about, some_line("name the new folder"), start=start), named
        )

    def blocked_reason(self, name: str) -> str | None:
        """Only a change can be handed over."""
        if name == "bundle" and (self._selected is None or self._selected.change is None):
            about = f"about {self._selected.subject}, not " if self._selected is not None else ""
            return f"This event is {about}about a change: only a change can be handed over."
        return super().blocked_reason(name)

    def leave(self) -> None:
        """Take away what narrows the list, then go back."""
        if self._words or self._of_people:
            self._words, self._of_people = "", False
            self.reload()
        else:
            super().leave()

    # --- how it works

    def _show(self, source: TrailSource) -> None:
        narrow = [f"“{self._words.strip()}”" if self._words.strip() else "", "people only" if self._of_people else ""]
        empty = f"No event is like that; {key_to('app.back')} shows all of them." if any(narrow) else "No event yet."
        self._source = source
        self._table.show(source, empty=empty)
        said = counted(source.count(), "event")
        told = self.narrowed(narrow, said)
        self._box.set_title("Who decided what, and when?", told or said, "key" if told else "explain")
        self._follow()

    def _proven(self, found: Verified) -> None:
        if found.holds:
            self._box.set_title("Who decided what, and when?", doing(found.links, "link", "hold"), "fine")
            self.say(f"Proven: {counted(found.links, 'link')}, every vote, state and signature.", "fine")
        else:
            where = f" from event {found.broken_at} on" if found.broken_at else ""
            self._box.set_title("Who decided what, and when?", f"it does not hold{where}", "late")
            self.say("; ".join(found.problems[:3]), "late", passing=False)

    def _follow(self) -> None:
        self._box.set_note(self._table.position_text)
        seq = self._selected.seq if self._selected else None
        if seq != self._seq:
            self._seq = seq
            self._page.to_top()
        else:
            self._page.refresh_lines()

    def _say_position(self) -> None:
        self.say_how_far(self._detail)

    @property
    def page(self) -> Page:
        """What the selected event says."""
        return self._page

    @property
    def _selected(self) -> TrailRow | None:
        return self._source.found(self._table.selected_key) if self._source else None

    def _lines(self, width: int) -> Lines:
        row = self._selected
        if row is None:
            return ()
        today = self.context.clock().date()
        facts = [
            ("Event", f"{row.seq}: {row.what}"),
            ("When", f"{day_month(row.at.date(), today)} {row.at:%H:%M:%S} UTC"),
            ("Who", row.who),
            ("About", f"{row.subject}{f', {row.client}' if row.client else ''}"),
            *((capital(label), said) for label, said in _with_state(row.told)),
            ("Seal", row.hash),
        ]
        return [line for label, text in facts for line in _wrapped(label, text, width)]


class TrailSource:
    """Events page by page, as the list asks for them; which ones there are was looked for once."""

    def __init__(self, session: Session, words: str, of_people: bool) -> None:
        self._session = session
        self._numbers = event_numbers(session, words, of_people=of_people)
        self._pages: dict[int, dict[int, TrailRow]] = {}
        # Whoever makes a list reads in a thread, and will see its first page.
        self.rows(0, 1)

    def count(self) -> int:
        """How many events there are."""
        return len(self._numbers)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """These events as rows."""
        wanted = range(offset, min(offset + limit, self.count()))
        return [_row(found) for place in wanted if (found := self._at(place)) is not None]

    def position(self, key: str) -> int | None:
        """Where an event stands."""
        number = int(key or 0)
        place = bisect_left(self._numbers, -number, key=neg)
        return place if self._numbers[place : place + 1] == [number] else None

    def found(self, key: str) -> TrailRow | None:
        """The event with that key."""
        place = self.position(key)
        return None if place is None else self._at(place)

    def _at(self, place: int) -> TrailRow | None:
        """The event in that place; None where it has gone out of view since."""
        number = place // PAGE_ROWS
        if number not in self._pages:
            page = events(self._session, self._numbers[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
            self._pages[number] = {row.seq: row for row in page}
        return self._pages[number].get(self._numbers[place])


def _row(found: TrailRow) -> Row:
    refused = found.what.startswith("denied")
    return Row(
        str(found.seq),
        (
            cell(str(found.seq), "explain"),
            cell(f"{found.at:%Y-%m-%d %H:%M}", "explain"),
            cell(found.who),
            cell(found.what, "risk" if refused else "ink"),
            cell(found.subject),
            cell(found.client or "", "explain"),
        ),
    )


def _with_state(says: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """What an event says, with the state that a change had and the one it got in one line, wherever they stood."""
    before, after = (dict(says).get(label) for label in ("from", "to"))
    for label, said in says:
        if before not in STATES or after not in STATES or label not in ("from", "to"):
            yield label, said
        elif label == "from":
            yield "state", f"{after}, as before" if before == after else f"{before} → {after}"


def _wrapped(label: str, text: str, width: int) -> Lines:
    parts = wrap(ink(text).text, max(10, width - LABEL - 2)) or [""]
    return [
        (Span(f"{label if place == 0 else '':<{LABEL}.{LABEL}} ", Look("explain")), Span(part, Look("ink")))
        for place, part in enumerate(parts)
    ]
