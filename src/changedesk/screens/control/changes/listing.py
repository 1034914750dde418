"""Changes: every change in view, found by words, state and client, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.saying import zone_name
from changedesk.domain.words import CHANGE_STATES, plain
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.context import Context
from changedesk.screens.control.approvals.card_parts import RISKS
from changedesk.screens.control.ask_for_change import ask_for_change
from changedesk.screens.control.learned_screen import LeadsToLearned
from changedesk.screens.control.moments import window_said, window_short
from changedesk.screens.filtered import SoughtScreen
from changedesk.screens.following import following
from changedesk.screens.labelled import explained
from changedesk.screens.none_yet import from_a_file
from changedesk.screens.pick_client import pick_client
from changedesk.services.control.changes.listing import SORTS, ChangeSource, Listed, Wanted, change_source
from changedesk.services.zones import zone_named
from changedesk.values import dataclass
from changedesk.widgets.canvas import HELD
from changedesk.widgets.drawing import Draw, Drawing
from changedesk.widgets.lists.rows import Cell, Column, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN

OPEN: Final = ("draft", "assessing", "authorizing", "scheduled", "implementing", "review", "rejected")
OVER: Final = ("closed", "cancelled")
GROUPS: Final = {"all": (), "open": OPEN, "over": OVER} | {state: (state,) for state in CHANGE_STATES}
"""What can be asked for by state, and the states that it stands for."""

BY_WINDOW: Final = ("window", "soonest")
SORT_NAMES: Final = {
    "window": "latest window",
    "soonest": "earliest window",
    "number": "number",
    "state": "state",
    "risk": "risk",
    "client": "client",
}
STATE_TOKENS: Final = {
    "implementing": "key",
    "rejected": "late",
    "cancelled": "faint",
    "closed": "explain",
    "scheduled": "fine",
}
COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Change", 8, whole=12),
    Column("Title", 22, share=3),
    Column("Client", 9, share=1, priority=3),
    Column("Path", 9, priority=5, from_width=100),
    Column("State", 11),
    Column("Window, client's time", 23, priority=2),
    Column("Serves", 7, priority=4, from_width=110),
)
NONE_SERVES: Final = (
    f"No change serves {{}} in this list: {key_to('changes.new')} asks for one, {key_to('app.back')} leads back."
)
NONE_YET: Final = f"No change yet: {key_to('changes.new')} asks for the first one.\n{from_a_file('changes')}"
RISK_SIGNS: Final = (
    f"risk {GLYPH['late']} high {GLYPH['at_risk']} medium {GLYPH['fine']} low {GLYPH['unknown']} not assessed"
)
NONE_SELECTED: Final = "There is no change to open."


@dataclass(frozen=True, slots=True)
class ChangeRows:
    """The changes as lines of the list, read page by page."""

    source: ChangeSource
    now: datetime

    def count(self) -> int:
        """How many lines there are."""
        return self.source.count()

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines of the list."""
        return [change_row(one, self.now) for one in self.source.rows(offset, limit)]

    def position(self, key: str) -> int | None:
        """On which line a change stands."""
        return self.source.position(key)


def change_row(one: Listed, now: datetime) -> Row:
    """A change as a line of a list."""
    level = RISKS.get(one.risk or "", "unknown")
    state = one.outcome if one.state == "closed" and one.outcome else one.state
    zone = zone_named(one.timezone)
    window = window_short(one.planned_start, one.planned_end, zone, now)
    return Row(
        one.id,
        (
            cell(GLYPH[level], LEVEL_TOKEN[level]),
            cell(one.number),
            cell(one.title, "explain" if one.state in OVER else "ink"),
            cell(one.client, "explain"),
            cell(one.path, "risk" if one.path == "emergency" else "explain"),
            _state(one, state, now),
            cell(window, "explain"),
            cell(one.initiative or "", "explain"),
        ),
    )


def _is_over(one: Listed, now: datetime) -> bool:
    """Whether it was never begun and its window has gone by: it needs another one, or somebody to say how it ended."""
    return one.state == "scheduled" and one.planned_end < now


def _state(one: Listed, state: str, now: datetime) -> Cell:
    """The state that a change is in, or what keeps it there."""
    if one.hold:
        return cell("on hold", "risk")
    if _is_over(one, now):
        return cell("window over", "risk")
    return cell(plain(state), STATE_TOKENS.get(one.state, "ink"))


def by_window(group: str) -> str:
    """The order by window of a group of states: what is to come from its next one on, what is over from its last one back."""
    return "soonest" if set(GROUPS[group] or OVER) <= set(OPEN) else "window"


class ChangesScreen(LeadsToLearned, SoughtScreen[ChangeSource]):
    """All changes in view, or those of an initiative or a client. Its subject says which: :meth:`open_subject`."""

    scope = "changes"
    home = "approvals"
    enter = "open"
    filter_hint = "words of number, title, client, services, people, initiative"
    shows_forecasts = False
    CSS_PATH = "listing.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._wanted_now = Wanted(states=OPEN, sort="soonest", alive=True)
        self._group = "open"
        self._from = ""
        self._is_part = False
        self._detail = Drawing(id="detail")
        keys = (("filter", "filter"), ("state", "state"), ("client", "client"), ("sort", "order"))
        self._box = self.boxed("Changes", self._detail, *keys, id="changes")

    def content(self) -> Iterable[Widget]:
        """The list, and what the selected one is."""
        yield self._box

    def reload(self) -> None:
        """Read the list as it is now."""
        session, wanted = self.context.session, self._wanted_now
        self.read_all(lambda: change_source(session, wanted))

    def open_subject(self, subject: str) -> None:
        """List the changes of an initiative (``initiative CODE ID``), of a client (``client CODE``), or again ``all`` of them.

        A list of all changes that was filtered by hand stays as it was left.
        """
        kind, _, rest = subject.partition(" ")
        if kind == "initiative":
            code, _, self._from = rest.rpartition(" ")
            self._group, self._wanted_now = "all", Wanted(initiative=code)
        elif kind == "client":
            self._from = ""
            self._group, self._wanted_now = "all", Wanted(client=rest)
        elif kind == "all" and self._is_part:
            self._from = ""
            self._group, self._wanted_now = "open", Wanted(states=OPEN, sort="soonest", alive=True)
        else:
            return
        self._is_part = kind != "all"
        self.list_anew()

    def blocked_reason(self, name: str) -> str | None:
        """An empty list has nothing to open."""
        if name == "open" and not self._table.selected_key:
            return NONE_SELECTED
        return super().blocked_reason(name)

    # --- commands

    def do_open(self) -> None:
        """Open the selected change."""
        self.go("change", self._table.selected_key)

    def do_state(self) -> None:
        """Choose by state."""
        said = {"all": "whatever their state", "open": "that are not over", "over": "closed and cancelled"}
        choices = [Choice(name, (plain(name), said.get(name, ""))) for name in GROUPS]

        def chosen(group: str) -> None:
            self._group = group
            sort = by_window(group) if self._wanted_now.sort in BY_WINDOW else self._wanted_now.sort
            self._ask(replace(self._wanted_now, states=GROUPS[group], alive=group == "open", sort=sort))

        columns = (Column("State", 14), Column("", 20, share=1))
        choose_one(self, "Which changes?", columns, choices, chosen, start=self._group)

    def do_client(self) -> None:
        """Choose by client."""

        def chosen(client: str | None) -> None:
            self._ask(replace(self._wanted_now, client=client))

        pick_client(self, "Whose changes?", chosen, now=self._wanted_now.client)

    def do_sort(self) -> None:
        """Take the next order."""
        self._wanted_now = replace(self._wanted_now, sort=following(SORTS, self._wanted_now.sort))
        self.reload()

    def do_new(self) -> None:
        """Ask for a change; from an initiative it serves that one."""
        ask_for_change(self, self._wanted_now.initiative or "")

    def leave(self) -> None:
        """Go back to where the list was opened from."""
        if self._from:
            self.go("initiative", self._from)
        else:
            self.go("approvals")

    # --- how it works

    def _ask(self, wanted: Wanted) -> None:
        self._wanted_now = wanted
        self._all = self._shown = None
        self.begin_anew()

    def _fill(self) -> None:
        source = self._shown
        if source is None:
            return
        serves = source.wanted.initiative
        empty = NONE_YET
        if serves and not self._words.strip():
            empty = NONE_SERVES.format(serves)
        elif source.total:
            empty = f"No change is like that; {key_to('app.back')} shows more."
        self._table.show(ChangeRows(source, self.context.clock()), total=source.count(), empty=empty)
        self._box.set_title(*self._title(source))
        self._follow()

    def _title(self, source: ChangeSource) -> tuple[str, str, str]:
        wanted, words = source.wanted, self._words.strip()
        whose = f" of {wanted.client}" if wanted.client else ""
        serves = f" that serve {wanted.initiative}" if wanted.initiative else ""
        group = "" if self._group == "all" else f", {plain(self._group)}"
        title = f"Changes{whose}{serves}{group}, by {SORT_NAMES[wanted.sort]}"
        if not words:
            return title, "", "key"
        return title, self.narrowed((f"“{words}”",), counted(source.count(), "change")), "key"

    def _follow(self) -> None:
        source, key = self._shown, self._table.selected_key
        position = source.position(key) if source else None
        found = source.rows(position, 1) if source is not None and position is not None else ()
        self._detail.show(_detail(found[0] if found else None, self.context.clock()))
        self._box.set_note(f"{RISK_SIGNS}  {self._table.position_text}" if found else "")
        self.refresh_keys()


def _detail(one: Listed | None, now: datetime) -> Draw:
    if one is None:
        return lambda _width, _height: ()
    zone = zone_named(one.timezone)
    window, where = window_said(one.planned_start, one.planned_end, zone, now), zone_name(zone, now, now)
    kept = [said for said, holds in (("on hold", one.hold), ("its window is over", _is_over(one, now))) if holds]
    parts = [
        one.title,
        f"{window} {where.replace(' ', HELD)}" if where else window,
        f"services{HELD}{', '.join(one.services)}" if one.services else "no services named",
        f"risk {one.risk}" if one.risk else "risk not assessed",
        f"serves {one.initiative}" if one.initiative else "",
        ", ".join((plain(one.state), *kept)) if kept else "",
        "brought by a file" if one.imported else "",
    ]
    said = "  ·  ".join(part for part in parts if part)

    return explained(said)
