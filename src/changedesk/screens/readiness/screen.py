"""Readiness: who is not ready, and what is to be done about it first? One ranking over all initiatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from textual import events
from textual.widget import Widget

from changedesk.commands import Command, key_to
from changedesk.domain.saying import count
from changedesk.screens.context import Context
from changedesk.screens.following import following
from changedesk.screens.listed import in_order
from changedesk.screens.none_yet import from_a_file
from changedesk.screens.pick_client import pick_client
from changedesk.screens.readiness.group import FollowedGroup
from changedesk.screens.readiness.panels import PANELS, ReadinessPanels, Selected
from changedesk.screens.readiness.rows import (
    ASIDE_COLUMNS,
    COLUMNS,
    POCKET_COLUMNS,
    GapRows,
    aside_rows,
    parts_of,
    pocket_rows,
)
from changedesk.screens.readiness.work import NO_GAP, ReadinessWork
from changedesk.services.people import triage
from changedesk.services.people.readiness import PocketRow, all_pockets
from changedesk.services.people.triage import SetAside, TriageQuery, TriageRow, TriageView
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.paint import LOADING

BROAD: Final = 110
"""From so many columns on the group has a column of its own."""
NO_GAP_YET: Final = (
    f"No gap yet. {key_to('portfolio.new_from_playbook')} on the portfolio makes an initiative with what has to be "
    "true before its go-live; "
    f"{key_to('app.people')}, {key_to('people.open')}, {key_to('hit.ready')}, then {key_to('ready.new')} adds to "
    f"it.\n{from_a_file('readiness')}"
)
NONE_LIKE_IT: Final = {
    "all": f"No gap is like that; {key_to('app.back')} shows all of them.",
    "mine": f"No gap here is yours: {key_to('readiness.mine')} shows those that nobody owns, {key_to('app.back')} all of them.",
    "nobody's": f"Every gap here has an owner; {key_to('app.back')} shows all of them.",
}
"""What is said where no gap is listed, by whose gaps are."""
NOTHING_ASIDE: Final = (
    f"Nothing is waived or put off: {key_to('readiness.waive')} waives a gap, {key_to('readiness.snooze')} puts it off."
)
NO_POCKET: Final = (
    "No group is known to be below the threshold before its go-live; of what nobody has recorded nothing is known."
)
ONLY_GAPS: Final = f"Only gaps are filtered so: {key_to('app.back')} shows them."
ORDER: Final = {"pockets": "nearest go-live first, then the least ready"}
OWNERS: Final = ("all", "mine", "nobody's")
COLUMNS_OF: Final[dict[str, Sequence[Column]]] = {"gaps": COLUMNS, "aside": ASIDE_COLUMNS, "pockets": POCKET_COLUMNS}
"""What can be listed, and its columns."""


class ReadinessScreen(ReadinessWork):
    """The ranking with what is behind the selected gap; in its place what is set aside, or the pockets."""

    scope = "readiness"
    enter = "open"
    filter_hint = "words of gap, initiative, client, group, owner"
    shows_forecasts = False
    CSS_PATH = "screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (44, "-tall")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self.query_now = TriageQuery()
        self._view: TriageView | None = None
        self._pockets: Sequence[PocketRow] | None = None
        self._listed = "gaps"
        self._whose = OWNERS[0]
        self._visiting = False
        keymap = context.config.keymap
        self._box = Box("Which gap first?", keys=self._box_keys(), id="gaps")
        self._panels = ReadinessPanels(keymap, context.config.thresholds.barrier)
        self._group = FollowedGroup(self, self._panels)

    @property
    def words(self) -> str:
        """The words that the list is filtered by now."""
        return self.query_now.text

    def filter_by(self, words: str) -> None:
        """Show only what contains these words."""
        self._ask(replace(self.query_now, text=words))

    def content(self) -> Iterable[Widget]:
        """The list, and the panels about what is selected in it."""
        with self._box:
            yield self._table
        yield from self._panels.widgets()

    def reload(self) -> None:
        """Read the ranking as it is now."""
        session, query, view = self.context.session, self.query_now, self._view
        pockets = self._listed == "pockets"
        # What is new stays marked while one goes to and fro; another day begins anew.
        since = view.since if view is not None and view.today == self.context.clock().date() else None

        def read() -> tuple[TriageView, Sequence[PocketRow] | None]:
            return triage.triage(session, query, since), all_pockets(session, query.client) if pockets else None

        self.load(self.scope, read, self._show)

    @property
    def subject(self) -> str:
        """The initiative of what is selected."""
        return self.about

    def open_subject(self, subject: str) -> None:
        """Show only the gaps of an initiative: ``initiative ID``. What other screens are about filters nothing here."""
        kind, _, initiative = subject.partition(" ")
        if kind == "initiative":
            self._listed, self._panels.brief = "gaps", False
            self._panels.arrange(self.size.width)
            self._table.set_columns(COLUMNS)
            self._box.set_keys(self._box_keys())
            self._ask(TriageQuery(initiative_id=initiative))

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be done with the selected gap, or without one."""
        if name == "panel" and self._panels.is_hidden:
            return NO_GAP
        if name == "panel" and self._panels.count_at(self.size.width) == PANELS:
            return "All panels are shown."
        if name in ("filter", "mine", "initiative") and self._listed != "gaps":
            return ONLY_GAPS
        if name == "initiative" and not self.about and self.query_now.initiative_id is None:
            return "There is no gap whose initiative could be meant."
        return self.work_blocked(name) or super().blocked_reason(name)

    def word_now(self, command: Command) -> str:
        """Beside the gaps only what works there is named, and how one comes back to them."""
        if self._listed == "gaps":
            return command.word
        if command.name == self._listed:
            return "gaps"
        return command.word if self.reason_against(command.id) is None else ""

    # --- what is selected

    @property
    def gap(self) -> TriageRow | None:
        """The selected gap."""
        view = self._view
        if view is None or self._listed != "gaps":
            return None
        position = view.position(*parts_of(self._table.selected_key))
        return None if position is None else view.rows(position, 1)[0]

    @property
    def set_aside(self) -> SetAside | None:
        """What is selected of what is set aside."""
        if self._view is None or self._listed != "aside":
            return None
        wanted = parts_of(self._table.selected_key)
        return next((one for one in self._view.set_aside if (one.gap.initiative_id, one.gap.key) == wanted), None)

    @property
    def about(self) -> str:
        """The id of the initiative of what is selected."""
        return parts_of(self._table.selected_key)[0]

    # --- commands

    def do_mine(self) -> None:
        """Show one's own gaps, then those of nobody, then all."""
        self._whose = following(OWNERS, self._whose)
        me = self.context.session.actor.login
        self._ask(replace(self.query_now, owner={"mine": me, "nobody's": ""}.get(self._whose)))

    def do_client(self) -> None:
        """Choose by client."""

        def chosen(client: str | None) -> None:
            self._ask(replace(self.query_now, client=client))

        pick_client(self, "Whose gaps?", chosen, now=self.query_now.client)

    def do_initiative(self) -> None:
        """Show only the gaps of the selected one's initiative, or all of them."""
        wanted = None if self.query_now.initiative_id else self.about
        self._ask(replace(self.query_now, initiative_id=wanted or None))

    def do_aside(self) -> None:
        """Show what is set aside, or again the gaps."""
        self._list("gaps" if self._listed == "aside" else "aside")

    def do_pockets(self) -> None:
        """Show the pockets, or again the gaps."""
        self._list("gaps" if self._listed == "pockets" else "pockets")
        self.reload()

    def do_panel(self) -> None:
        """Show the next panel."""
        self._panels.arrange(self.size.width, turn=1)

    def do_back(self) -> None:
        """Show the gaps again, all of them, or go back to the portfolio."""
        if self.take_filter_away():
            return
        if self._listed != "gaps":
            self._list("gaps")
        elif self.query_now != TriageQuery():
            self._whose = OWNERS[0]
            self._ask(TriageQuery())
        else:
            super().do_back()

    # --- what happens

    def on_screen_suspend(self) -> None:
        """Leaving the screen ends a visit; a question over it does not."""
        view, session = self._view, self.context.session
        if view is not None and self not in self.app.screen_stack:
            self._visiting = False
            self.load("visit", lambda: triage.end_visit(session, view), lambda _: None)

    def on_screen_resume(self) -> None:
        """Another visit, or the same one after a question."""
        self._visiting = True

    def on_unmount(self) -> None:
        """Leaving the program from here ends a visit too."""
        if self._view is not None and self._visiting:
            triage.end_visit(self.context.session, self._view)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width has other columns and panels."""
        self._panels.arrange(self.size.width)
        self._fill()

    # --- how it works

    def _box_keys(self) -> list[KeyHint]:
        """What narrows the gaps; beside them, what narrows those, and how one comes back."""
        if self._listed == "gaps":
            return self.keys_of(("filter", "filter"), ("mine", "mine"), ("client", "client"))
        narrows = [("client", "client")] if self._listed == "pockets" else []
        return self.keys_of(*narrows, (self._listed, "gaps"))

    def _ask(self, query: TriageQuery) -> None:
        """Show what is asked for: of what is known at once, pockets when they are read."""
        self.query_now = query
        if self._view is not None and self._listed != "pockets":
            self._view = self._view.narrowed(query)
            self._fill()
        else:
            self._pockets = None
            self.begin_anew()

    def _list(self, name: str) -> None:
        """List something else in the same place, from its beginning."""
        self._listed = name
        self._panels.brief = name != "gaps"
        self._panels.arrange(self.size.width)
        self._table.set_columns(COLUMNS_OF[name])
        self._box.set_keys(self._box_keys())
        self._fill()
        self._table.action_edge(-1)

    def _show(self, read: tuple[TriageView, Sequence[PocketRow] | None]) -> None:
        view, pockets = read
        # What was asked for meanwhile is asked of what has come.
        self._view = view if view.query == self.query_now else view.narrowed(self.query_now)
        # What was read without them says nothing about pockets: those that are known go on standing there.
        self._pockets = self._pockets if pockets is None else pockets
        self._group.forget()
        self._fill()

    def _fill(self) -> None:
        view = self._view
        if view is None:
            return
        listed = {"aside": view.set_aside, "pockets": self._pockets}.get(self._listed)
        self._panels.hide(nothing=not (view.total or view.set_aside) if listed is None else not listed)
        match self._listed:
            case "aside":
                self._table.show(aside_rows(view.set_aside, view.today), empty=NOTHING_ASIDE)
                self._box.set_title("What is set aside?", count(len(view.set_aside)), "explain")
            case "pockets":
                self._table.show(
                    pocket_rows(self._pockets or (), view.today),
                    empty=LOADING.text if self._pockets is None else NO_POCKET,
                )
                self._box.set_title("Where are pockets of low readiness?", self.query_now.client or "", "key")
            case _:
                rows = GapRows(view, broad=self.size.width >= BROAD)
                none = NONE_LIKE_IT[self._whose] if view.total else NO_GAP_YET
                self._table.show(rows, total=view.matched, empty=none)
                self._box.set_title("Which gap first?", self._asked(view), "key")
        self._follow()

    def _asked(self, view: TriageView) -> str:
        """What of everything is shown, in few words; empty for all of it."""
        query = view.query
        first = view.rows(0, 1)
        words = query.text.strip()
        parts = [
            query.client or "",
            (first[0].gap.code if first else "this one") if query.initiative_id else "",
            "" if self._whose == OWNERS[0] else self._whose,
            f"“{words}”" if words else "",
        ]
        return self.narrowed(parts, f"{view.matched:,} of {view.total:,}")

    def _follow(self) -> None:
        """Say everything about what is selected."""
        view = self._view
        if view is None:
            return
        self._box.set_note(in_order(ORDER.get(self._listed, ""), self._table))
        selected = Selected(self.gap, self.set_aside, self._pocket)
        self._panels.show(view, selected)
        self._group.follow(self.about, selected.audience)
        self.refresh_keys()

    @property
    def _pocket(self) -> PocketRow | None:
        if self._listed != "pockets":
            return None
        wanted = parts_of(self._table.selected_key)
        return next((one for one in self._pockets or () if (one.initiative_id, one.pocket.audience) == wanted), None)
