"""The risk of a change, question by question: each answer at once moves the mark in the matrix and says what drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from textual import events
from textual.widget import Widget

from changedesk.domain.control.risk import SIDE, Answer, Assessment, Question, assess, rank, why_not_level
from changedesk.domain.words import RISK_LEVELS
from changedesk.screens.base import DeskScreen
from changedesk.screens.dialog import Dialog
from changedesk.services.control.changes import assessing
from changedesk.services.control.changes.assessing import RiskView, risk_view
from changedesk.widgets.beside import beside
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, Look, Span, fit, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.figures.risk_matrix import HEIGHT, LEVEL, WIDTH, draw_risk_matrix
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Question", 28, share=2),
    Column("About", 10, from_width=100, priority=2),
    Column("Answer", 26, share=3),
    Column("", 5),
)
GAP: Final = 2
VERDICT: Final = 3
"""The rows of the sentence about the level."""
RAISE: Final = "r"


class Answered(NamedTuple):
    """What was answered: every question with a word, and a higher level that was set by hand, if one was."""

    answers: Mapping[str, str]
    raised: str | None


class RiskAssessment(Dialog[Answered]):
    """Asks the questions of a change's client; the answer is all of them, None when it was left with Esc."""

    DEFAULT_CSS = f"""
    RiskAssessment > Box {{ max-width: 132; margin: 0; }}
    RiskAssessment VirtualTable {{ height: 1fr; }}
    RiskAssessment #risk-below {{ height: {HEIGHT + VERDICT}; padding: 0 1; }}
    """
    leave_word = "leave"

    def __init__(self, view: RiskView) -> None:
        super().__init__()
        self._view = view
        self._asked = view.questionnaire
        self._answers = {
            question.key: word
            for question in self._asked.questions
            if question.answer(word := view.answers.get(question.key, ""))
        }
        self._raised: str | None = None
        found = self.assessment
        if view.level is not None and rank(view.level) > rank(found.at_least) and not found.missing:
            self._raised = view.level
        self._table = FollowedTable(COLUMNS, self._follow, empty="")
        self._below = Drawing(id="risk-below")
        self._box = Box(f"How risky is {view.number}?")
        self.hints = (
            KeyHint("↑ ↓", "question"),
            KeyHint(f"1-{SIDE}", "answer"),
            KeyHint(RAISE, "raise by hand"),
            KeyHint("enter", "keep"),
        )

    def content(self) -> Iterable[Widget]:
        """The questions, then the answers of the chosen one beside the matrix, then what drives the level."""
        with self._box:
            yield self._table
            yield self._below

    @property
    def assessment(self) -> Assessment:
        """What the answers make of the change now."""
        return assess(self._asked, self._answers, self._view.services)

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered so far."""
        return dict(self._answers)

    def on_mount(self) -> None:
        """Begin at the first question without an answer."""
        self._show()
        first = next((key for key in self.assessment.missing), self._asked.questions[0].key)
        self._table.select(first)
        self._table.focus()
        self._follow()

    def on_resize(self) -> None:
        """A few questions have a small box."""
        rows = len(self._asked.questions) + 1 + HEIGHT + VERDICT + 2
        self._box.styles.height = min(rows, self.size.height - 1)

    def on_key(self, event: events.Key) -> None:
        """A digit answers and goes on; left and right change the answer; ``r`` raises the level by hand."""
        question = self._chosen
        if question is None:
            return
        if event.key.isdecimal() and 1 <= int(event.key) <= len(question.answers):
            event.stop()
            self._answer(question, question.answers[int(event.key) - 1])
            self._next()
        elif event.key in ("left", "right"):
            event.stop()
            self._answer(question, self._neighbour(question, 1 if event.key == "right" else -1))
        elif event.key == RAISE:
            event.stop()
            self._raise()

    def on_virtual_table_row_opened(self) -> None:
        """Enter keeps the answers when every question has one; else it goes to the first that has none."""
        missing = self.assessment.missing
        if missing:
            self._table.select(missing[0])
            self._follow()
        else:
            self.dismiss(Answered(self.answers, self._raised))

    # --- how it works

    @property
    def _chosen(self) -> Question | None:
        return self._asked.question(self._table.selected_key)

    def _answer(self, question: Question, answer: Answer) -> None:
        self._answers[question.key] = answer.word
        if self._raised is not None and why_not_level(self.assessment, self._raised):
            self._raised = None
        self._show()

    def _neighbour(self, question: Question, step: int) -> Answer:
        words = [answer.word for answer in question.answers]
        given = self._answers.get(question.key)
        if given is None:
            return question.answers[0 if step > 0 else -1]
        return question.answers[min(max(0, words.index(given) + step), len(words) - 1)]

    def _next(self) -> None:
        """The next question without an answer; when all have one, the next question."""
        keys = [question.key for question in self._asked.questions]
        at = keys.index(self._table.selected_key)
        missing = self.assessment.missing
        later = next((key for key in keys[at + 1 :] if key in missing), None)
        if later or missing:
            self._table.select(later or missing[0])
        else:
            self._table.action_move(1)

    def _raise(self) -> None:
        """The next higher level, then back to what the answers make."""
        least = rank(self.assessment.at_least)
        at = rank(self._raised) if self._raised else least
        self._raised = RISK_LEVELS[at] if at < len(RISK_LEVELS) else None
        self._show()

    def _show(self) -> None:
        self._table.show(ListSource(self._row(question) for question in self._asked.questions))
        self._follow()

    def _row(self, question: Question) -> Row:
        answer = question.answer(self._answers.get(question.key))
        points = answer.points if answer else 0
        token = ("faint", "fine", "fine", "risk", "late", "late")[points]
        return Row(
            question.key,
            (
                cell("✓" if answer else "○", "fine" if answer else "unknown"),
                cell(question.text),
                cell(question.about, "explain"),
                cell(answer.text if answer else "not answered", "ink" if answer else "unknown"),
                cell("■" * points, token),
            ),
        )

    def _follow(self) -> None:
        found = self.assessment
        level = self._raised or found.level
        said = level or f"at least {found.at_least}"
        self._box.set_title(
            f"How risky is {self._view.number}?", said, LEVEL[found.at_least if level is None else level][1]
        )
        done = len(self._asked.questions) - len(found.missing)
        self._box.set_note(f"{done} of {len(self._asked.questions)} answered")
        question = self._chosen
        self._below.show(lambda width, _height: self._draw(question, found, width))

    def _draw(self, question: Question | None, found: Assessment, width: int) -> tuple[Line, ...]:
        left = width - WIDTH - GAP
        matrix = draw_risk_matrix(self._asked.matrix, found.impact, found.likelihood)
        above = beside(self._choices(question, left), matrix, left, GAP)
        return (*above, *self._verdict(found, width))

    def _choices(self, question: Question | None, width: int) -> tuple[Line, ...]:
        """The question in full, and its answers with their keys."""
        if question is None:
            return ()
        given = self._answers.get(question.key)
        lines: list[Line] = [(ink(line, bold=True),) for line in wrap(f"{question.text}  ({question.about})", width)]
        for number, answer in enumerate(question.answers, 1):
            chosen = answer.word == given
            mark = Span("▌" if chosen else " ", Look("key"))
            key = Span(f"{number} ", Look("key", "", True))
            lines.append((mark, key, ink(fit(answer.text, width - 3), "ink" if chosen else "explain", bold=chosen)))
        return tuple(lines[:HEIGHT])

    def _verdict(self, found: Assessment, width: int) -> tuple[Line, ...]:
        """The level with its reason, in at most three rows."""
        if found.missing and found.level is None:
            text = f"At least {found.at_least} so far: {len(found.missing)} questions are open."
            token = "explain"
        else:
            level = self._raised or found.level or found.at_least
            token = LEVEL[level][1]
            if self._raised:
                text = f"{level.capitalize()}, set by hand above {found.at_least}."
            elif found.by_rule:
                text = f"{level.capitalize()}, whatever the sum says: {found.rules[0].why}."
            else:
                text = f"{level.capitalize()}: impact {found.impact} × likelihood {found.likelihood} = {found.score} of 25."
        said = tuple(rule.why for rule in found.rules)
        drives = [factor for factor in found.factors if not factor.startswith(said)]
        if drives:
            text += f" What drives it: {'; '.join(drives[:2])}."
        return tuple((Span(line, Look(token)),) for line in wrap(text, width)[:VERDICT])


def ask_risk(screen: DeskScreen, number: str, done: Callable[[str], None]) -> None:
    """Ask for the risk of a change over a screen, keep it, and tell ``done`` in one sentence what was kept."""
    session = screen.context.session

    def ask(view: RiskView) -> None:
        def keep(answered: Answered | None) -> None:
            if answered is not None:
                screen.load(
                    "risk",
                    lambda: assessing.answer(
                        session, number, answered.answers, risk=answered.raised, revision=view.revision
                    ),
                    lambda kept: done(f"{view.number}: risk {kept[0]}, revision {kept[1]}"),
                )

        screen.app.push_screen(RiskAssessment(view), keep)

    screen.read_to_ask("risk", lambda: risk_view(session, number), ask)
