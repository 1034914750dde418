"""Go-live: what hits the service desk today, whether that is normal, what answers it, and when hypercare may end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from changedesk.commands import Command, key_to
from changedesk.domain.early_life.hypercare import READ_FROM, Criterion
from changedesk.domain.planning.over import refuse_planning
from changedesk.screens.context import Context
from changedesk.screens.exporting import ask_for_report
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.going_on import go_on
from changedesk.screens.golive.bell import Bell
from changedesk.screens.golive.choice import pick_go_live
from changedesk.screens.golive.panels import PANELS, RECORDS, GoLivePanels, one_at_a_time
from changedesk.screens.golive.parts import state_of, their_time
from changedesk.screens.golive.talk import ask_for_cause, ask_to_confirm, ask_to_withdraw
from changedesk.screens.golive.ticket_rows import NO_TICKET
from changedesk.screens.golive.tickets import GoLiveTickets
from changedesk.screens.golive.wall import wall_drawing
from changedesk.screens.one_of_all import OneOfAll
from changedesk.screens.records.kind_menu import pick_kind
from changedesk.services.golive.choice import GoLiveChoice, choices
from changedesk.services.golive.page import GoLiveView, golive_by_id
from changedesk.services.golive.tickets import TicketList, tickets_of
from changedesk.services.records import records
from changedesk.services.records.records import Record
from changedesk.widgets.drawing import Drawing

NONE_SHOWN: Final = "There is no go-live to show."


class GoLiveScreen(OneOfAll[GoLiveChoice, GoLiveView]):
    """One go-live as its service desk sees it; ``f`` makes it a wall."""

    scope = "golive"
    enter = "answer"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel = 0
        self._on_wall = False
        self._bell = Bell()
        keymap = context.config.keymap
        self._panels = GoLivePanels(keymap, self._follow)
        self._tickets = GoLiveTickets(keymap, self._follow)
        self._wall = Drawing(id="wall")

    def content(self) -> Iterable[Widget]:
        """Title, today, four panels; the tickets or the wall take their place when they are open."""
        yield from self._panels.widgets()
        yield from self._tickets.widgets()
        yield self._wall

    def read_all(self) -> Sequence[GoLiveChoice]:
        """All go-lives, in the order of the choice."""
        return choices(self.context.session)

    def read_one(self, initiative: str) -> GoLiveView | None:
        """The go-live of an initiative."""
        return golive_by_id(self.context.session, initiative)

    def reload(self) -> None:
        """Read the go-live as it is now, and the tickets where they are listed."""
        super().reload()
        if self._tickets.is_open:
            self._load_tickets()

    def open_subject(self, subject: str) -> None:
        """Show the go-live of this initiative."""
        if subject != self._subject:
            self._subject = subject
            self._view = None
            self._bell.forget()
            if self.is_attached:
                self._close_tickets()
            self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What has no sense for what is selected."""
        if name in ("next", "previous", "choose") and self._all:
            # They go on from the one that was asked for, whether it is here already or not.
            return None if len(self._all) > 1 else "This is the only go-live."
        if self._view is None:
            return self.lacks(self.scope, NONE_SHOWN)
        if name in ("wall", "bell", "next_panel"):
            return None
        criterion = self._criterion
        match name:
            case "answer" if self._tickets.is_open:
                return None if self._tickets.selected else NO_TICKET
            case "answer" if self.focused is self._panels.criteria:
                if criterion is None:
                    return "There is no criterion to confirm."
                if not criterion.said:
                    return f"Nobody confirms this: it is read from {READ_FROM[criterion.key]}."
            case "reason":
                return refuse_planning(self._view.code, cancelled=self._view.cancelled)
            case "answer":
                if self.focused is not self._panels.reasons or not self._panels.reasons.selected_key:
                    return f"Choose a reason or a criterion first: {key_to('golive.next_panel')} goes there."
            case "withdraw":
                if self.focused is not self._panels.criteria or criterion is None:
                    return f"Choose a confirmed criterion first: {key_to('golive.next_panel')} goes there."
                if not criterion.said:
                    return f"Nobody takes this back: it is read from {READ_FROM[criterion.key]}."
                if not criterion.met:
                    return f"Nobody has confirmed it: {criterion.text}."
        return None

    def word_now(self, command: Command) -> str:
        """Enter confirms a criterion, answers a reason, or names the cause of a ticket."""
        if command.name != "answer":
            return command.word
        return (
            "cause" if self._tickets.is_open else "confirm" if self.focused is self._panels.criteria else command.word
        )

    # --- commands

    def do_next_panel(self) -> None:
        """Go to the next panel; where all are seen, to the next list."""
        if self._tickets.is_open or self._on_wall:
            return
        step = 1 if one_at_a_time(*self.size) else 2
        self._panel = (self._panel + step - self._panel % step) % len(PANELS)
        self._arrange()

    def do_answer(self) -> None:
        """Confirm the selected criterion, answer the selected reason, or name the cause of the selected ticket."""
        view = self._view
        if view is None:
            return
        if self._tickets.is_open:
            row = self._tickets.selected
            if row is not None:
                ask_for_cause(self, row, self._done)
        elif self.focused is self._panels.criteria and (criterion := self._criterion) is not None:
            ask_to_confirm(self, view.code, criterion, lambda said: self._confirmed(criterion, said))
        else:
            self._answer_reason(view, self._panels.reasons.selected_key)

    def do_withdraw(self) -> None:
        """Take a confirmation back."""
        view, criterion = self._view, self._criterion
        if view is not None and criterion is not None:
            ask_to_withdraw(self, view.code, criterion, self._done)

    def do_workaround(self) -> None:
        """Note a workaround: what it is, and Enter."""
        self._form("workarounds", quick="title")

    def do_reason(self) -> None:
        """Say why people will call."""
        self._form("contact_reasons")

    def do_duty(self) -> None:
        """Say who is on duty."""
        if self._view is not None:
            open_form(self, FormRequest("duties", start={"client": self._view.client}, done=self._done))

    def do_choose(self) -> None:
        """Choose a go-live from the list of all."""
        pick_go_live(self, self._all, self._subject, self.context.clock().date(), self.open_subject)

    def do_wall(self) -> None:
        """Fill the terminal with what is read from afar, or show everything again."""
        self._on_wall = not self._on_wall
        self._close_tickets()
        self._draw_wall()

    def do_bell(self) -> None:
        """Ring when something leaves the usual, or be quiet again."""
        self._bell.is_on = not self._bell.is_on
        self._show_title()
        self.say("The bell rings when today leaves what is usual." if self._bell.is_on else "The bell is off.")

    def do_tickets(self) -> None:
        """List the tickets, or show the panels again."""
        if self._tickets.is_open:
            self._close_tickets()
            return
        self._on_wall = False
        self._tickets.is_open = True
        self._arrange()
        self._tickets.table.focus()
        self._load_tickets()

    def do_records(self) -> None:
        """List what belongs to the initiative, from the kind on that the panel is about."""
        pick_kind(self, self._subject, RECORDS[self._panel])

    def do_report(self) -> None:
        """Write the sponsor's report into a file."""
        if self._view is not None:
            ask_for_report(self, self._view.code, self._view.title)

    def do_handover(self) -> None:
        """Show the handover."""
        self.go("handover", self._subject)

    def do_back(self) -> None:
        """Leave the wall or the tickets, or go back to the portfolio."""
        if self._on_wall:
            self.do_wall()
        elif self._tickets.is_open:
            self._close_tickets()
        else:
            super().do_back()

    # --- what happens

    def on_resize(self) -> None:
        """Another size shows other panels."""
        self._arrange()

    def minute_passed(self) -> None:
        """What was to be expected by now grows with every minute, even when nobody writes."""
        self.reload()

    # --- how it works

    @property
    def _criterion(self) -> Criterion | None:
        """The selected criterion."""
        criteria = self._view.criteria if self._view else ()
        return next((one for one in criteria if one.key == self._panels.criteria.selected_key), None)

    def _confirmed(self, criterion: Criterion, sentence: str) -> None:
        """The next criterion that waits for somebody's word is the next to confirm."""
        if self._view is not None:
            rows = [(one.key, one.said and not one.met) for one in self._view.criteria]
            go_on(self._panels.criteria, rows, criterion.key)
        self._done(sentence)

    def _form(self, name: str, quick: str = "") -> None:
        if self._view is not None:
            open_form(self, FormRequest(name, "", self._view.code, quick=quick, done=self._done))

    def _answer_reason(self, view: GoLiveView, reason: str) -> None:
        """Open the form of a reason that is on record, or a new one that is called so."""
        session = self.context.session

        def found(reasons: Sequence[Record]) -> None:
            known = next((r.id or "" for r in reasons if r.values["reason"].casefold() == reason.casefold()), "")
            start = {} if known else {"reason": reason}
            open_form(self, FormRequest("contact_reasons", known, view.code, start=start, done=self._done))

        self.read_to_ask("reason", lambda: records.listed(session, "contact_reasons", view.code), found)

    def _show(self) -> None:
        view = self._view
        self._panels.show(view)
        self._follow()
        if view is None:
            self._arrange()
            return
        self._subject = view.initiative_id
        self._show_title()
        if self._bell.rings(view, state_of(view)[0]):
            self.app.bell()
        self._draw_wall()

    def _show_title(self) -> None:
        order = [one.initiative_id for one in self._all]
        place = f"{order.index(self._subject) + 1:,} of {len(order):,}" if self._subject in order else ""
        self._panels.show_title(self._view, place, self.context.clock(), self._bell.is_on)

    def _draw_wall(self) -> None:
        now, view = self.context.clock(), self._view
        theirs = their_time(view, now) if view is not None else ""
        leave = f"{self.context.config.keymap.shown('app.back')} leaves"
        self._wall.show(wall_drawing(view, " · ".join(part for part in (leave, theirs, f"{now:%H:%M}") if part)))
        self._arrange()

    def _arrange(self) -> None:
        """The wall, the tickets, all panels, or one of them under today."""
        wall, listed = self._on_wall, self._tickets.is_open
        self._wall.display = wall
        self._title_line.display = self._key_line.display = not wall
        if wall or listed:
            self._panels.hide(today=wall)
            self.set_focus(self._tickets.table if listed else None)
        else:
            self.set_focus(self._panels.arrange(self._view, *self.size, self._panel))
        self.refresh_keys()

    def _load_tickets(self) -> None:
        session, subject = self.context.session, self._subject

        def show(found: TicketList) -> None:
            if subject != self._subject:
                return
            self._tickets.show(found, self._view.now if self._view else self.context.clock())
            self._follow()

        if subject:
            self.load("tickets", lambda: tickets_of(session, subject), show)

    def _close_tickets(self) -> None:
        self._tickets.is_open = False
        self._arrange()

    def _follow(self) -> None:
        self._panels.follow(self._view)
        self._tickets.follow()
        self.refresh_keys()
