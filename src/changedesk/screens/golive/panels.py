"""The panels of the Go-live screen: today, why people call, what is open, the exit criteria, people and support."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.keymap import Keymap
from changedesk.screens.golive.lists import (
    CRITERIA_COLUMNS,
    NO_REASON,
    REASON_COLUMNS,
    criterion_detail,
    criterion_rows,
    open_drawing,
    people_drawing,
    reason_columns,
    reason_rows,
    then_to,
)
from changedesk.screens.golive.parts import answer_of, title, today_drawing
from changedesk.screens.none_yet import from_a_file
from changedesk.services.golive.page import GoLiveView
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.drawing import Draw, Drawing, awaited
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.paint import ink

NOTHING_HERE: Final = (
    f"No go-live yet. An initiative with a go-live date stands here: {key_to('portfolio.new_from_playbook')} on the "
    "portfolio makes one.",
    from_a_file("initiatives"),
)
NARROW, LOW, HIGH = 100, 30, 44
"""Below so many columns or rows one panel is shown at a time under today."""
MORE: Final = 4
"""Today has so many rows more on a high terminal."""
FRAME, TODAY, BORDER, DETAIL = 3, 10, 2, 2
"""The rows of the frame with the title, of today, of a box's border, and of the selected criterion in full."""
PANELS: Final = ("reasons", "open", "criteria", "people")
RECORDS: Final = ("contact_reasons", "contact_reasons", "handovers", "workarounds")
"""The kind of records that each panel is about."""
HITS: Final = "What hits us today, is it normal?"
CALLS: Final = "Why do people call, what answers it?"
LEAVE: Final = "Can we leave hypercare?"


class GoLivePanels:
    """The widgets around one go-live, and how they share the room; ``follow`` is called when another row is selected."""

    def __init__(self, keymap: Keymap, follow: Callable[[], None]) -> None:
        self._keymap = keymap
        self._shown = ""
        self._nothing = False
        self._leave = ""
        self._title = Drawing(id="title")
        self._today = Drawing(awaited, id="today-drawing")
        self._today_box = Box(HITS, token="service", id="today")
        self.reasons = FollowedTable(REASON_COLUMNS, follow)
        self.criteria = FollowedTable(CRITERIA_COLUMNS, follow)
        self._detail = Drawing(id="criterion")
        self._open = Drawing(awaited)
        self._people = Drawing(awaited)
        confirm = KeyHint(keymap.shown("golive.answer"), "confirm")
        answer = KeyHint(keymap.shown("golive.answer"), "answer")
        workaround = KeyHint(keymap.shown("golive.workaround"), "workaround")
        self._boxes = {
            "reasons": Box(CALLS, token="service", keys=[answer], id="reasons"),
            "open": Box("What is open?", token="service", id="open"),
            "criteria": Box(LEAVE, token="service", keys=[confirm], id="criteria"),
            "people": Box("Is it used, who helps?", token="people", keys=[workaround], id="people"),
        }
        self._rows = (Horizontal(id="reasons-row"), Horizontal(id="criteria-row"))

    def widgets(self) -> Iterable[Widget]:
        """The widgets, from top to bottom."""
        yield self._title
        with self._today_box:
            yield self._today
        with self._rows[0]:
            with self._boxes["reasons"]:
                yield self.reasons
            with self._boxes["open"]:
                yield self._open
        with self._rows[1]:
            with self._boxes["criteria"]:
                yield self.criteria
                yield self._detail
            with self._boxes["people"]:
                yield self._people

    def show_title(self, view: GoLiveView | None, place: str, reader: datetime, bell: bool) -> None:
        """Show what goes live, its place among the go-lives, a clock that is not the reader's, and whether the bell is on."""
        self._title.show(title(view, place, reader, bell))

    def show(self, view: GoLiveView | None) -> None:
        """Show a go-live, or say what would stand here."""
        self._today.show(today_drawing(view) if view is not None else _nothing(self._keymap))
        self._open.show(open_drawing(view))
        self._people.show(people_drawing(view))
        self._nothing, self._leave = view is None, ""
        if view is None:
            self.reasons.show(ListSource(), empty="")
            self.criteria.show(ListSource(), empty="")
            return
        self._today_box.set_title(HITS, *answer_of(view))
        self.reasons.set_columns(reason_columns(view))
        self.reasons.show(reason_rows(view), empty=NO_REASON)
        unanswered = f"no answer for {counted(view.without_script, 'ticket')}" if view.without_script else ""
        self._boxes["reasons"].set_title(CALLS, unanswered, "late")
        known = view.load.today is not None
        self._boxes["open"].set_title("What is open?", f"{view.open_count:,}" if known else "", "ink")
        another = view.initiative_id != self._shown
        self._shown = view.initiative_id
        self.criteria.show(criterion_rows(view))
        if another and view.criteria:
            # What the desk reads by itself needs nobody: the keys begin where somebody's word is wanted, else at what is missing.
            waiting = [one for one in view.criteria if one.said and not one.met]
            missing = [one for one in view.criteria if one.met is not True]
            self.criteria.select((waiting or missing or view.criteria)[0].key)
        met = sum(one.met is True for one in view.criteria)
        answer = "yes" if view.may_end else f"{met} of {len(view.criteria)} met"
        self._boxes["criteria"].set_title(LEAVE, answer, "fine" if view.may_end else "risk")
        self._leave = f"{LEAVE} {answer}"

    def follow(self, view: GoLiveView | None) -> None:
        """Say how far down the lists one sees, and the selected criterion in full."""
        key = self.criteria.selected_key
        self._detail.show(lambda width, height: criterion_detail(view, key, width)[:height])
        then = then_to(view, self.reasons.selected_key)
        self._boxes["reasons"].set_note("   ".join(part for part in (then, self.reasons.position_text) if part))
        self._boxes["criteria"].set_note(self.criteria.position_text)

    def hide(self, *, today: bool) -> None:
        """Make room for a list, or for the wall, which takes ``today`` too."""
        self._title.display = self._today_box.display = not today
        for row in self._rows:
            row.display = False

    def arrange(self, view: GoLiveView | None, width: int, height: int, panel: int) -> Widget | None:
        """Show all panels, or one of them under today; returns the list that takes the keys."""
        one, shown = one_at_a_time(width, height), PANELS[panel]
        self._title.display, self._today_box.display = not self._nothing, True
        for place, row in enumerate(self._rows):
            row.display = not self._nothing and (not one or panel // 2 == place)
        for name, box in self._boxes.items():
            box.display = not one or name == shown
        # Whether hypercare may end is answered without a key, also where its criteria are not seen.
        self._today_box.set_note(self._leave if one and shown != "criteria" else "")
        today = TODAY + MORE if height >= HIGH else TODAY
        self._today_box.styles.height = "1fr" if self._nothing else today
        self._rows[0].styles.height = "1fr" if one else _reasons_height(view, height - FRAME - today)
        if one and shown in ("open", "people"):
            return None
        return self.reasons if panel < 2 else self.criteria


def _nothing(keymap: Keymap) -> Draw:
    """What would stand here, and which key makes it; where an empty list says it."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        lines = (line for sentence in NOTHING_HERE for line in wrap(keymap.said(sentence), width - 2))
        return ((), *((ink(f" {line}", "explain"),) for line in lines))[:height]

    return draw


def one_at_a_time(width: int, height: int) -> bool:
    """Whether there is room for one panel only."""
    return width < NARROW or height < LOW


def _reasons_height(view: GoLiveView | None, room: int) -> int:
    """As many rows as the reasons need, as long as every exit criterion has its row."""
    wanted = max(len(view.reasons), len(view.open) + 3, 3) + BORDER + 1 if view else 6
    criteria = (len(view.criteria) if view else 0) + BORDER + 1 + DETAIL
    return max(6, min(wanted, room - criteria))
