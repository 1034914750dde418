"""Reviews and lessons: what is owed after changes, done on the spot, and what they have taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from changedesk.commands import Command, key_to
from changedesk.domain.control.lessons import Lesson, Tag, tags_of
from changedesk.domain.control.proposal import LearnedProposal
from changedesk.domain.control.review import OpenAction
from changedesk.domain.control.template import Template
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.context import Context
from changedesk.screens.control.learned_screen import LearnedScreen
from changedesk.screens.control.learning.review_form import open_review
from changedesk.screens.control.learning.reviews_parts import (
    LESSON_COLUMNS,
    NO_LESSON,
    NOTHING_OWED,
    OWED_COLUMNS,
    OwedItem,
    lesson_detail,
    lesson_rows,
    mix_lines,
    overdue_said,
    owed_detail,
    owed_items,
    owed_rows,
    section_of,
)
from changedesk.screens.following import following
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.question import Answer, Question, ask_first
from changedesk.services.control.learning import learned, reviewing
from changedesk.services.control.learning.reviews import Owed, ReviewsView, reviews_view
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing

Read = tuple[ReviewsView, Sequence[Lesson]]


class ReviewsScreen(LearnedScreen):
    """What is owed after changes in view; ``L`` shows their lessons in its place."""

    scope = "reviews"
    home = "approvals"
    enter = "open"
    CSS_PATH = "reviews.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, OWED_COLUMNS)
        self._view: ReviewsView | None = None
        self._items: dict[str, OwedItem] = {}
        self._lessons: Sequence[Lesson] = ()
        self._taught = False
        self._tag: Tag | None = None
        self._mix = Drawing(id="mix")
        self._mix_box = Box("How did changes end?", id="mix-box")
        self._detail = Drawing(id="owed-detail")
        self._box = self.boxed("What is owed after changes?", self._detail, id="owed")

    def content(self) -> Iterable[Widget]:
        """How changes ended of late, and the list with what is known of the selected row."""
        with self._mix_box:
            yield self._mix
        yield self._box

    def reload(self) -> None:
        """Read what is owed now."""
        session = self.context.session
        self.load("reviews", lambda: (reviews_view(session), learned.lessons(session)), self._show)

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be done with the selected row, or without one."""
        match name:
            case "tag":
                if not self._taught:
                    return f"Tags belong to lessons: {key_to('reviews.lessons')} shows them."
                return None if tags_of(self._lessons) else "No lesson has a tag yet."
            case "section" if self._taught:
                return f"Lessons have no parts; {key_to('reviews.tag')} shows those of one tag."
            case "open" | "action" | "change" if self._taught:
                return f"That belongs to what is owed: {key_to('reviews.lessons')} shows it."
            case "section" | "open" | "action" | "change" if not self._items:
                return self.lacks("reviews", NOTHING_OWED)
            case "action" | "change" if not self._change_key:
                return "Choose a change first."
        return None

    def word_now(self, command: Command) -> str:
        """The key that shows the lessons leads back from them as well."""
        return "what is owed" if self._taught and command.id == "reviews.lessons" else command.word

    # --- commands

    def do_open(self) -> None:
        """Do what the selected row asks for."""
        chosen = self._chosen
        match chosen:
            case Owed():
                name = f"{chosen.change.client}/{chosen.change.number}"
                if chosen.why:
                    open_review(self, chosen.change.id, name, self._done)
                elif chosen.missing:
                    self.do_change()
                else:
                    self._ask_to_close(chosen, name)
            case OpenAction():
                self._ask_if_done(chosen)
            case LearnedProposal():
                self._ask_to_decide(chosen)
            case Template():
                self.go("catalogue")

    def do_action(self) -> None:
        """Add an action to the change of the selected row."""
        open_form(self, FormRequest("review_action", self._change_key, done=self._done))

    def do_change(self) -> None:
        """Show all about the change of the selected row."""
        self.go("change", self._change_key)

    def do_section(self) -> None:
        """Go to the first row of the next part."""
        firsts: dict[str, str] = {}
        for key in self._items:
            firsts.setdefault(section_of(key), key)
        if firsts:
            section = following(list(firsts), section_of(self._table.selected_key))
            self._table.select(firsts[section])
            self._follow()

    def do_lessons(self) -> None:
        """Show the lessons, or again what is owed."""
        self._taught = not self._taught
        self._table.set_columns(LESSON_COLUMNS if self._taught else OWED_COLUMNS)
        self._list()
        self._to_first()

    def do_tag(self) -> None:
        """Show the lessons of the next tag, after the last one those of all."""
        tags = (None, *(tag for tag, _ in tags_of(self._lessons)))
        self._tag = following(tags, self._tag)
        self._list()
        self._to_first()

    # --- how it works

    @property
    def _chosen(self) -> OwedItem | None:
        """What stands in the selected row; None where lessons are shown, or nothing is owed."""
        return self._items.get(self._table.selected_key)

    @property
    def _change_key(self) -> str:
        """The id of the change that an action can be added to; empty without one."""
        chosen = self._chosen
        return chosen.change.id if isinstance(chosen, Owed) else ""

    def _ask_to_close(self, owed: Owed, name: str) -> None:
        session = self.context.session
        self._ask(
            f"Close {owed.change.number}?",
            f"{owed.title}. What is closed stays as it is; only its actions go on.",
            "close it",
            lambda: reviewing.close(session, name),
            f"Closed: {owed.change.number}.",
        )

    def _ask_if_done(self, owed: OpenAction) -> None:
        session = self.context.session
        self._ask(
            "Is it done?",
            f"{owed.action.text} ({owed.number})",
            "it is done",
            lambda: reviewing.finish_action(session, f"{owed.client}/{owed.number}", owed.action.id),
            f"Done: {owed.action.text}.",
        )

    def _ask(self, title: str, text: str, word: str, write: Callable[[], object], said: str) -> None:
        ask_first(self, title, text, word, lambda: self.load("act", write, lambda _: self._done(said)))

    def _ask_to_decide(self, proposal: LearnedProposal) -> None:
        session = self.context.session

        def reasoned(reason: str | None) -> None:
            if reason:
                self.load(
                    "act",
                    lambda: learned.decline(session, proposal.id, reason),
                    lambda _: self._done("Declined, with the reason."),
                )

        def answered(key: str | None) -> None:
            if key == "a":
                self.load(
                    "act",
                    lambda: learned.accept(session, proposal.id),
                    lambda _: self._done("Accepted: it is an action of yours now."),
                )
            elif key == "d":
                wanted = "to decline a proposal takes a reason"
                text = (f"{proposal.made_by} will read it.",)
                self.app.push_screen(AskLine("Why is it declined?", text, some_line(wanted), word="decline"), reasoned)

        answers = (
            Answer("a", "accept", "It becomes an action: somebody has to do it."),
            Answer("d", "decline", "With a reason."),
        )
        self.app.push_screen(
            Question(f"Change {proposal.target}?", proposal.text, answers, leave="decide later"), answered
        )

    def _show(self, read: Read) -> None:
        self._view, self._lessons = read
        view = self._view
        self._items = owed_items(view)
        self._mix.show(lambda width, _height: mix_lines(view, width))
        self._mix_box.set_title("How did changes end?", "last 90 days", "explain")
        self._list()

    def _to_first(self) -> None:
        """Another list begins at its beginning."""
        self._table.action_edge(-1)
        self._follow()

    def _list(self) -> None:
        view, today = self._view, self.context.clock().date()
        if view is None:
            return
        if self._taught:
            shown = [one for one in self._lessons if self._tag is None or self._tag.is_of(one)]
            self._table.show(lesson_rows(shown, today), empty=NO_LESSON)
            answer = "every service and path" if self._tag is None else self._tag.name
            self._box.set_title("What have changes taught?", answer, "explain")
        else:
            self._table.show(owed_rows(view, today), total=len(self._items), empty=NOTHING_OWED)
            self._box.set_title("What is owed after changes?", overdue_said(view, today), "late")
        self._follow()

    def _follow(self) -> None:
        today = self.context.clock().date()
        if self._view is None:
            return
        if self._taught:
            key = self._table.selected_key
            lesson = next((one for one in self._lessons if one.id == key), None)
            self._detail.show(lambda width, height: lesson_detail(lesson, today, width)[:height])
        else:
            chosen = self._chosen
            self._detail.show(lambda width, height: owed_detail(chosen, today, width)[:height])
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
