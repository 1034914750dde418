"""The panels under the ranking: why, the group, what is new; beside each other where they fit, else one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.keymap import Keymap
from changedesk.screens.labelled import explained
from changedesk.screens.readiness.lines import (
    NOTHING_SELECTED,
    aside_lines,
    group_lines,
    leaning_lines,
    news_lines,
    pocket_lines,
    why_lines,
)
from changedesk.services.people.readiness import PocketRow, ReadinessPage
from changedesk.services.people.triage import SetAside, TriageRow, TriageView
from changedesk.values import dataclass
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing, awaited
from changedesk.widgets.frame import KeyHint

BROAD: Final = 110
WIDE: Final = 150
"""From so many columns on two panels stand beside each other, and from so many all three."""
WHY: Final = "Why there?"
GROUP: Final = "How does the group stand?"
TITLES: Final = (WHY, GROUP, "What is new?")
PANELS: Final = len(TITLES)


@dataclass(frozen=True, slots=True)
class Selected:
    """What is selected: a gap, something set aside, or a pocket; at most one of them, with its group's name."""

    gap: TriageRow | None = None
    aside: SetAside | None = None
    pocket: PocketRow | None = None

    @property
    def audience(self) -> str | None:
        """The group that it is about."""
        if self.gap is not None:
            return self.gap.gap.audience
        if self.aside is not None:
            return self.aside.gap.audience
        return self.pocket.pocket.audience if self.pocket is not None else None


class ReadinessPanels:
    """The three panels. :meth:`show` says what is selected, :meth:`show_group` follows when its initiative is read."""

    def __init__(self, keymap: Keymap, barrier: int) -> None:
        self._keymap = keymap
        self._barrier = barrier
        self._first = 0
        self._row = Horizontal(id="panels")
        self.brief = False
        """Whether what is selected takes few lines, so that the list may have the rest."""
        self._drawings = [Drawing(awaited) for _ in range(PANELS)]
        self._boxes = [
            Box(title, drawing, id=f"panel-{n}")
            for n, (title, drawing) in enumerate(zip(TITLES, self._drawings, strict=True))
        ]

    def widgets(self) -> Iterable[Widget]:
        """The panels in their row."""
        with self._row:
            yield from self._boxes

    @staticmethod
    def count_at(width: int) -> int:
        """How many panels stand beside each other on so many columns."""
        return 3 if width >= WIDE else 2 if width >= BROAD else 1

    def arrange(self, width: int, turn: int = 0) -> None:
        """Show as many panels as fit, after ``turn`` more of them."""
        self._first = (self._first + turn) % PANELS
        shown = [(self._first + n) % PANELS for n in range(self.count_at(width))]
        last = self._boxes[shown[-1]] if len(shown) < PANELS else None
        for number, box in enumerate(self._boxes):
            box.display = number in shown
            box.set_keys((KeyHint(self._keymap.shown("readiness.panel"), "next"),) if box is last else ())
        self._row.set_class(self.brief and shown == [0], "-brief")

    @property
    def is_hidden(self) -> bool:
        """Whether there is nothing that the panels could be about."""
        return not self._row.display

    def hide(self, *, nothing: bool) -> None:
        """Stand nowhere where there is ``nothing`` that the panels could be about."""
        self._row.display = not nothing

    def show(self, view: TriageView, selected: Selected) -> None:
        """Say why what is selected stands there, and what is new."""
        why, _, news = self._drawings
        today, gap, aside, pocket = view.today, selected.gap, selected.aside, selected.pocket
        if aside is not None:
            self._boxes[0].set_title("Why is it set aside?")
            why.show(lambda width, height: aside_lines(aside, today, width)[:height])
        elif pocket is not None:
            self._boxes[0].set_title("How low is it?")
            why.show(lambda width, height: pocket_lines(pocket, today, width)[:height])
        else:
            self._boxes[0].set_title(WHY)
            why.show(lambda width, height: why_lines(gap, view.total, width, height))
        key = self._keymap.shown("readiness.aside")
        news.show(lambda width, height: news_lines(view, key, width, height))

    def show_group(self, page: ReadinessPage | None, audience: str | None, *, anything: bool) -> None:
        """Show the group in its initiative; ``page`` None while it is read, ``anything`` false when nothing is selected."""
        panel, box = self._drawings[1], self._boxes[1]
        if not anything or page is None:
            box.set_title(GROUP)
            panel.show(awaited if anything else explained(NOTHING_SELECTED))
            return
        opens = self._keymap.shown("readiness.open")
        group = next((one for one in page.groups if one.audience.name == audience), None)
        if group is None:
            box.set_title("Is everybody ready?", page.head.code, "explain")
            panel.show(lambda width, height: leaning_lines(page, width, height, opens))
        else:
            box.set_title(GROUP, page.head.code, "explain")
            panel.show(lambda width, height: group_lines(group, page.head.today, width, height, self._barrier, opens))
