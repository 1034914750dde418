"""Imports: what came in from files, what can be taken back, and the folder that is watched while the dashboard is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from textual.timer import Timer
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.saying import capital
from changedesk.screens.ask_line import AskLine, Judged
from changedesk.screens.context import Context
from changedesk.screens.listed import ListScreen
from changedesk.screens.question import ask_first
from changedesk.screens.records.imports_parts import COLUMNS, EMPTY, detail, rows
from changedesk.screens.records.watch_entry import HOW, Watched, judged, watched
from changedesk.services.imports import undo
from changedesk.services.imports.file_maps import map_of
from changedesk.services.imports.undo import ImportEntry
from changedesk.services.imports.watching import FolderWatch, Taken
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.lists.followed_table import FollowedTable

EVERY: Final = 2.0
"""Seconds between two looks into the watched folder."""
NONE_CHOSEN: Final = "Nothing was imported yet."


class ImportsScreen(ListScreen):
    """The latest imports; ``w`` watches a folder."""

    scope = "imports"
    home = "portfolio"
    CSS_PATH = "imports.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._entries: Sequence[ImportEntry] = ()
        self._watch: FolderWatch | None = None
        self._clock: Timer | None = None
        self._detail = Drawing(id="import-detail")
        keys = (("undo", "take back"), ("watch", "watch"))
        self._box = self.boxed("What came in from files?", self._detail, *keys, id="imports")

    def content(self) -> Iterable[Widget]:
        """The list, and the selected import in full."""
        yield self._box

    def reload(self) -> None:
        """Read the imports as they are now."""
        session = self.context.session
        self.load("imports", lambda: undo.imports(session), self._show)

    def blocked_reason(self, name: str) -> str | None:
        """Why the selected import cannot be taken back."""
        if name != "undo":
            return None
        chosen = self._chosen
        if chosen is None:
            return NONE_CHOSEN
        return chosen.refused

    # --- commands

    def do_undo(self) -> None:
        """Take the selected import back, after a question."""
        chosen, session = self._chosen, self.context.session
        if chosen is None:
            return

        def take_back() -> None:
            self.load("undo", lambda: undo.undo_import(session, chosen.number), lambda said: self._done(said))

        text = f"{capital(chosen.sentence)}. What it added goes, what it changed is as it was."
        ask_first(self, f"Take import {chosen.number} back?", text, "take it back", take_back)

    def do_watch(self) -> None:
        """Watch a folder, or stop."""
        if self._watch is not None:
            self._stop("The folder is no longer watched.")
            return

        def named(folder: str | None) -> None:
            if folder:
                self._ask_kind(Path(folder).expanduser())

        text = ("The folder into which another program exports. Its files come in again whenever they have grown.",)
        self.app.push_screen(AskLine("Which folder is watched?", text, a_folder, word="go on"), named)

    # --- what happens

    def on_virtual_table_row_opened(self, _event: FollowedTable.RowOpened) -> None:
        """Enter says whether it can be taken back, and which key does."""
        chosen = self._chosen
        if chosen is not None:
            self.say(
                self.reason_against("imports.undo")
                or f"Import {chosen.number} is taken back with {key_to('imports.undo')}."
            )

    # --- how it works

    @property
    def _chosen(self) -> ImportEntry | None:
        key = self._table.selected_key
        return next((one for one in self._entries if str(one.number) == key), None)

    def _ask_kind(self, folder: Path) -> None:
        session = self.context.session

        def chosen(answer: str | None) -> None:
            found = watched(answer) if answer else None
            if isinstance(found, Watched):
                self.load(
                    "watch",
                    lambda: FolderWatch(
                        session, folder, found.kind, map_of(found.profile, found.own_map, found.values)
                    ),
                    self._begin,
                )

        text = (f"Of which kind are the rows in {folder}, and by which map are they read?", HOW)
        self.app.push_screen(AskLine("What is in it?", text, judged, start="tickets", word="watch"), chosen)

    def _begin(self, watch: FolderWatch) -> None:
        self._watch = watch
        # The clock goes on when another screen is seen: that is where what came in is looked at.
        self._clock = self.app.set_interval(EVERY, self._look)
        self._say_watched()
        self._look()
        self.say(f"As long as the dashboard is open this is watched: {watch.folder}", "fine")

    def _look(self) -> None:
        watch = self._watch
        if watch is not None and not any(w.group == "poll" and not w.is_finished for w in self.workers):
            self.load("poll", watch.poll, self._taken)

    def _taken(self, taken: tuple[Taken, ...]) -> None:
        for one in taken:
            if one.refused is not None:
                self.say(f"Not taken, {one.path.name}: {one.refused.sentence}", "late", passing=False)
            elif one.report is not None:
                report = one.report
                said = f"{counted(report.added, 'row')} new, {report.updated:,} changed"
                self.say(f"Taken, {one.path.name}: {said}", "fine")
        if taken and self.is_current:
            self.reload()

    def _stop(self, said: str) -> None:
        if self._clock is not None:
            self._clock.stop()
        self._watch = self._clock = None
        self._say_watched()
        self.say(said)

    def _say_watched(self) -> None:
        watched = f"{self._watch.folder.name} is watched" if self._watch is not None else ""
        self._box.set_title("What came in from files?", watched, "fine")

    def _show(self, entries: Sequence[ImportEntry]) -> None:
        self._entries = entries
        self._table.show(rows(entries, self.context.clock()), empty=EMPTY)
        self._follow()

    def _follow(self) -> None:
        chosen = self._chosen
        self._detail.show(lambda width, height: detail(chosen, width)[:height])
        self._box.set_note(self._table.position_text)
        self.refresh_keys()


def a_folder(text: str) -> Judged:
    """Takes the name of a folder that is there."""
    if not text.strip():
        return Judged(False, "the name of a folder")
    path = Path(text.strip()).expanduser()
    return Judged(path.is_dir(), f"{path.absolute()} is watched" if path.is_dir() else f"there is no folder {path}")
