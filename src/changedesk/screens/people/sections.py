"""A page in parts: one subject, its parts as tabs, each a list with everything about the selected row under it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final, Generic

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import Command
from changedesk.domain.planning.over import refuse_new
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.listed import ListScreen
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.screens.people.section import PageT, Section
from changedesk.screens.people.section_drawing import fitted, head_parts, tab_line, titled, told_line
from changedesk.screens.read_on import AT_END
from changedesk.screens.records.kind_menu import pick_kind
from changedesk.services.people.head import Head
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.one_line import Part, draw_parts

LEAST_DETAIL: Final = 6
"""The rows that the detail has at least; a longer one takes what the list leaves."""
HIGH: Final = 32
"""From so many rows on, what the other parts come to stands under the part that is shown."""
EMPTY: Final = 4
"""The rows of an empty list: what would stand there takes more than one line on a narrow screen."""
FRAME: Final = 6
"""The rows around list and detail: title line, head, tabs, the box, the line of keys."""


class SectionsScreen(ListScreen, Generic[PageT]):
    """A page about one initiative in parts. Its subject is the initiative's id, and after a slash where one came from."""

    CSS_PATH = "sections.tcss"
    enter = "edit"
    home: ClassVar[str] = "people"
    """The main screen that it belongs to, and to which Esc goes unless one came from elsewhere."""

    def __init__(self, context: Context, sections: Sequence[Section[PageT]]) -> None:
        super().__init__(context)
        self._sections = tuple(sections)
        self._at = 0
        self._initiative = ""
        self._from = ""
        self._page: PageT | None = None
        self._read_of = ""
        self._top = 0
        self._head = Drawing(id="head")
        self._tabs = Drawing(id="tabs")
        self._detail = Drawing(id="detail")
        self._detail_lines = 0
        self._picture = Drawing(id="picture")
        keymap = context.config.keymap
        self._rest = Drawing()
        self._others = Box("And the other parts?", self._rest, keys=(KeyHint(keymap.shown(f"{self.scope}.next"), "next"),),
                           id="others")  # fmt: skip
        self._box = Box("", id="section")

    # --- what a screen fills in

    @abstractmethod
    def read(self, initiative: str) -> PageT:
        """The page as it is now; called in the background."""

    @abstractmethod
    def head(self, page: PageT) -> Head:
        """Whose page it is."""

    def said(self, page: PageT) -> Sequence[Part]:  # noqa: ARG002 - for subclasses
        """What the page comes to, behind its title."""
        return ()

    # --- the frame of a screen

    def content(self) -> Iterable[Widget]:
        """Whose page it is, its parts, and the part that is shown."""
        yield self._head
        yield self._tabs
        with self._box:
            yield self._table
            with Horizontal(id="under"):
                yield self._detail
                yield self._picture
        yield self._others

    def reload(self) -> None:
        """Read the page; without an initiative there is none."""
        initiative = self._initiative
        if initiative:
            self.load("page", lambda: self.read(initiative), self._show)

    @property
    def subject(self) -> str:
        """The initiative."""
        return self._initiative

    def open_subject(self, subject: str) -> None:
        """Show the page of this initiative: ``ID``, ``ID/where one came from`` or ``ID/where/part``."""
        initiative, _, rest = subject.partition("/")
        origin, _, part = rest.partition("/")
        names = [section.name.casefold() for section in self._sections]
        if part in names:
            self._at = names.index(part)
        another = initiative != self._initiative
        if another:
            self._page = None
            self._at = names.index(part) if part in names else 0
        self._initiative, self._from = initiative, origin
        if self.is_attached:
            self._set_section()
        if another:
            self.begin_anew()
        elif self.is_attached:
            self.reload()

    def blocked_reason(self, name: str) -> str | None:
        """What the part that is shown has no use for now."""
        if self._page is None:
            return NOT_READ if self._initiative else NO_INITIATIVE
        if name in ("edit", "new"):
            found: FormRequest | str = getattr(self.section, name)(self._page, self._table.selected_key)
            return found if isinstance(found, str) else self._refuse_new(self.head(self._page), found)
        if name == "more" and self._detail_lines <= self._detail.size.height:
            return AT_END
        return self.part_blocked(name)

    def part_blocked(self, name: str) -> str | None:  # noqa: ARG002 - for subclasses
        """Why another command cannot be given now."""
        return None

    def word_now(self, command: Command) -> str:
        """Enter is called what it does: where nothing stands yet that could be edited, it makes something new."""
        return "new" if command.name == "edit" and self._enter_makes else command.word

    @property
    def section(self) -> Section[PageT]:
        """The part that is shown."""
        return self._sections[self._at]

    @property
    def shown(self) -> PageT | None:
        """The page, None while it is read."""
        return self._page

    @property
    def selected_key(self) -> str:
        """The key of the selected row."""
        return self._table.selected_key

    # --- commands

    def do_next(self) -> None:
        """Show the next part."""
        self._turn(1)

    def do_previous(self) -> None:
        """Show the part before."""
        self._turn(-1)

    def do_more(self) -> None:
        """Show the next part of the detail, after the last one the first."""
        page, size = self._page, self._detail.size
        if page is not None:
            lines = self.section.detail(page, self._table.selected_key, size.width)
            following = self._top + max(1, size.height - 1)
            self._top = following if following < len(lines) and len(lines) - self._top > size.height else 0
            self._follow()

    def do_edit(self) -> None:
        """Open the form of the selected row."""
        self._open("edit")

    def do_new(self) -> None:
        """Open the form of a new record."""
        self._open("new")

    def do_records(self) -> None:
        """List what belongs to the initiative, kind by kind, from that of the part that is shown on."""
        made: Any = self.section.new(self._page, self._table.selected_key) if self._page is not None else ""
        pick_kind(self, self._initiative, made.form_name if isinstance(made, FormRequest) else "")

    def do_initiative(self) -> None:
        """Show the initiative."""
        self.go("initiative", self._initiative)

    def do_ready(self) -> None:
        """Show how ready its people are."""
        self._onwards("ready")

    def do_hit(self) -> None:
        """Show who is hit."""
        self._onwards("hit")

    def do_plan(self) -> None:
        """Show what is planned for people."""
        self._onwards("change_plan")

    def leave(self) -> None:
        """Go back to where one came from."""
        if self._from in ("initiative", "gate"):
            self.go(self._from, self._initiative)
        else:
            self.go(self._from or self.home)

    # --- what happens

    def on_mount(self) -> None:
        """The first part has its columns."""
        self._set_section()

    def on_resize(self, _event: events.Resize) -> None:
        """Another size has other columns, and shares its rows otherwise."""
        self._set_section()

    # --- how it works

    def _onwards(self, name: str) -> None:
        self.go(name, f"{self._initiative}/{self._from}")

    @staticmethod
    def _refuse_new(head: Head, request: FormRequest) -> str | None:
        """Why the record that is to be made cannot be; None for one that is there."""
        if request.record_id or not head.cancelled:
            return None
        return refuse_new(request.form.kind, head.code, cancelled=True)

    def _turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._sections)
        self._set_section()
        self._table.action_edge(-1)

    def _open(self, what: str) -> None:
        if self._page is None:
            return
        request: Any = getattr(self.section, what)(self._page, self._table.selected_key)
        if isinstance(request, FormRequest):
            open_form(self, self.told(request))

    def told(self, request: FormRequest) -> FormRequest:
        """The request with what follows when its form is saved."""
        return replace(request, done=self._done)

    def _set_section(self) -> None:
        """Show another part, or the same one for another width."""
        width = self.size.width
        self._table.set_columns(self.section.columns(width))
        self._picture.display = bool(self.section.picture_width) and width >= 76
        self._picture.styles.width = self.section.picture_width + max(0, width - 100) // 2
        self._fill()

    def _show(self, page: PageT) -> None:
        self._page = page
        self._fill()

    def renew(self) -> None:
        """The rows look otherwise than they did."""
        self._fill()

    def _fill(self) -> None:
        page, section = self._page, self.section
        if page is None:
            return
        head, said = self.head(page), self.said(page)
        self._head.show(lambda width, _height: (draw_parts(head_parts(head, said), width - 1),))
        self._tabs.show(lambda width, _height: (tab_line(self._sections, section, page, width),))
        rows = list(section.rows(page, self.size.width))
        # Where rows are numbered, what stands among them without being one of them takes the number before it.
        total = max((row.number for row in rows), default=0) or sum(not row.heading for row in rows)
        self._table.show(ListSource(rows), total=total, empty=section.empty)
        title, answer = titled(section, page, self.size.width)
        self._box.set_title(title, "", "", *answer)
        others = [one for one in self._sections if one is not section]
        self._rest.show(lambda width, _height: tuple(told_line(one, page, width) for one in others))
        self._share_rows(len(rows))
        self._follow()

    @property
    def _enter_makes(self) -> bool:
        found: Any = self.section.edit(self._page, self._table.selected_key) if self._page is not None else ""
        return isinstance(found, FormRequest) and not found.record_id

    def _share_rows(self, rows: int) -> None:
        """The list has its rows, and the detail what is left, but always some."""
        self._others.display = self.size.height >= HIGH
        self._others.styles.height = len(self._sections) + 1
        below = len(self._sections) + 1 if self._others.display else 0
        room = max(LEAST_DETAIL + 3, self.size.height - FRAME - below)
        self._table.styles.height = min((rows or EMPTY) + 1, room - LEAST_DETAIL - 1)

    def _follow(self) -> None:
        """Say everything about the selected row, and how far down the list one sees."""
        page, section, key = self._page, self.section, self._table.selected_key
        if page is None:
            return
        if key != self._read_of:
            self._read_of, self._top = key, 0
        top, more = self._top, self.context.config.keymap.shown(f"{self.scope}.more")

        def draw(width: int, height: int) -> tuple[Line, ...]:
            lines = section.detail(page, key, width)
            self._detail_lines = len(lines)
            return fitted(lines, height, top, more)

        self._detail.show(draw)
        self._picture.show(lambda width, height: section.picture(page, key, width, height))
        enter, new = (self.context.config.keymap.shown(f"{self.scope}.{name}") for name in ("edit", "new"))
        edits = (KeyHint(enter, "edit"), KeyHint(new, "new"))
        self._box.set_keys((KeyHint(f"{enter} {new}", "new"),) if self._enter_makes else edits)
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
