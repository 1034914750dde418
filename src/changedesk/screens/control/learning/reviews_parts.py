"""From what is owed after changes, and what they taught, to the rows of a list and the words under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.domain.control.lessons import Lesson
from changedesk.domain.control.proposal import LearnedProposal
from changedesk.domain.control.review import OpenAction
from changedesk.domain.control.template import Template
from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import capital, day_month, in_days
from changedesk.domain.words import plain
from changedesk.services.control.learning.reviews import Owed, ReviewsView
from changedesk.widgets.canvas import Line, Look, Span, cells, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink

OWED_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Change", 10, whole=12),
    Column("Client", 10, from_width=90, priority=3),
    Column("What", 30, share=3),
    Column("Who", 12, from_width=100, priority=2),
    Column("When", 13),
)
LESSON_COLUMNS: Final = (
    Column("Lesson", 34, share=4),
    Column("About", 18, share=1),
    Column("Change", 10, whole=12),
    Column("Client", 10, from_width=100, priority=2),
    Column("When", 11, from_width=90, priority=1),
)
NOTHING_OWED: Final = "Nothing is owed after any change."
NO_LESSON: Final = "No lesson yet: a review can keep one for the next change like it."
OUTCOME_TOKEN: Final = {"successful": "fine", "with_issues": "risk", "failed": "late", "backed_out": "late"}
SPLIT: Final = " "
OwedItem = Owed | OpenAction | LearnedProposal | Template
"""What stands in a row of what is owed."""


def key_of(section: str, what: str) -> str:
    """Under which a row stands in the list."""
    return f"{section}{SPLIT}{what}"


def section_of(key: str) -> str:
    """The part of the list that a row with this key stands in."""
    return key.partition(SPLIT)[0]


def owed_items(view: ReviewsView) -> dict[str, OwedItem]:
    """What stands in each row, by its key, in the order of the list."""
    return {
        **{key_of("review", one.change.id): one for one in view.reviews},
        **{key_of("close", one.change.id): one for one in view.to_close},
        **{key_of("action", one.action.id): one for one in view.actions},
        **{key_of("proposal", one.id): one for one in view.proposals},
        **{key_of("template", one.id): one for one in view.suspended},
    }


def owed_rows(view: ReviewsView, today: date) -> ListSource:
    """Everything that is owed, part by part, each under its name."""
    return ListSource(_numbered(_owed(view, today)))


def _numbered(rows: Iterator[Row]) -> Iterator[Row]:
    number = 0
    for row in rows:
        number += not row.heading
        yield row if row.heading else row._replace(number=number)


def overdue_said(view: ReviewsView, today: date) -> str:
    """What of it is overdue: ``1 review and 2 actions overdue``; empty when nothing is."""
    over = [(view.overdue, "review"), (_late_actions(view, today), "action")]
    said = listed([counted(number, thing) for number, thing in over if number])
    return f"{said} overdue" if said else ""


def _late_actions(view: ReviewsView, today: date) -> int:
    return sum(_is_late(owed, today) for owed in view.actions)


def _day_of(owed: OpenAction) -> date | None:
    return owed.action.due.date() if owed.action.due else None


def _is_late(owed: OpenAction, today: date) -> bool:
    day = _day_of(owed)
    return day is not None and day < today


def _owed(view: ReviewsView, today: date) -> Iterator[Row]:
    if view.reviews:
        yield _heading("review", "Reviews", len(view.reviews), f"{view.overdue} overdue" if view.overdue else "")
        yield from (_review(one, today) for one in view.reviews)
    if view.to_close:
        yield _heading("close", "To be closed", len(view.to_close))
        yield from (_to_close(one, today) for one in view.to_close)
    if view.actions:
        over = _late_actions(view, today)
        yield _heading("action", "Actions", len(view.actions), f"{over} overdue" if over else "")
        for owed in view.actions:
            due, late = _day_of(owed), _is_late(owed, today)
            yield Row(
                key_of("action", owed.action.id),
                (
                    cell("▲" if late else "·", "late" if late else "explain"),
                    cell(owed.number),
                    cell(owed.client, "explain"),
                    cell(owed.action.text),
                    cell(owed.action.owner or "nobody", "explain" if owed.action.owner else "unknown"),
                    cell(f"due {in_days(due, today)}" if due else "no day", "late" if late else "explain"),
                ),
            )
    if view.proposals:
        yield _heading("proposal", "Proposals", len(view.proposals))
        for proposal in view.proposals:
            yield Row(
                key_of("proposal", proposal.id),
                (
                    cell("◆", "risk"),
                    cell(proposal.number),
                    cell(proposal.client, "explain"),
                    cell(capital(f"{proposal.target}: {proposal.text}")),
                    cell(proposal.made_by, "explain"),
                    cell(f"made {in_days(proposal.made_at.date(), today)}", "explain"),
                ),
            )
    if view.suspended:
        yield _heading("template", "Suspended standard changes", len(view.suspended))
        for template in view.suspended:
            yield Row(
                key_of("template", template.id),
                (
                    cell("▲", "late"),
                    cell(f"version {template.version}", "explain"),
                    cell(template.client, "explain"),
                    cell(f"{template.name}: {template.suspended_why or 'suspended'}"),
                    cell("", "explain"),
                    cell("", "explain"),
                ),
            )


def _heading(section: str, title: str, count: int, said: str = "") -> Row:
    head = (ink(title, bold=True), ink(f"  {count}", "explain"), ink(f"  {said}" if said else "", "late"))
    return Row(key_of(section, ""), (head,), heading=True)


def _review(one: Owed, today: date) -> Row:
    due = one.due.date() if one.due else None
    level = "late" if one.overdue else "at_risk" if due is not None and (due - today).days <= 1 else "fine"
    token = "explain" if level == "fine" else LEVEL_TOKEN[level]
    return Row(
        key_of("review", one.change.id),
        (
            cell(GLYPH[level], LEVEL_TOKEN[level]),
            cell(one.change.number),
            cell(one.change.client, "explain"),
            cell(f"{one.title}: {_because(one)}"),
            cell(one.change.content.implementer or "", "explain"),
            cell(f"due {in_days(due, today)}", token),
        ),
    )


def _because(owed: Owed) -> str:
    """Why a review is owed, in a word: how it ended, or what it was."""
    outcome = owed.change.outcome
    return plain(outcome) if outcome not in (None, "successful") else owed.why or ""


def _to_close(one: Owed, today: date) -> Row:
    ended = one.ended
    said = plain(one.change.outcome or "")
    return Row(
        key_of("close", one.change.id),
        (
            cell("✗" if one.missing else "✓", "risk" if one.missing else "fine"),
            cell(one.change.number),
            cell(one.change.client, "explain"),
            cell(f"{one.title}: {'; '.join(one.missing) if one.missing else said}"),
            cell(one.change.content.implementer or "", "explain"),
            cell(f"done {in_days(ended.date(), today)}" if ended else "?", "explain"),
        ),
    )


def lesson_rows(lessons: Sequence[Lesson], today: date) -> ListSource:
    """The lessons, the newest first."""
    return ListSource(
        Row(
            lesson.id,
            (
                cell(lesson.text),
                cell(", ".join(lesson.tags), "explain"),
                cell(lesson.number or ""),
                cell(lesson.client, "explain"),
                cell(in_days(lesson.at.date(), today), "explain"),
            ),
        )
        for lesson in lessons
    )


def mix_lines(view: ReviewsView, width: int) -> tuple[Line, ...]:
    """How changes ended in the last 90 days: one bar made of the outcomes, then the figures, then the causes."""
    total = sum(count for _, count in view.outcomes)
    if not total:
        return ((ink("No change was done in the last 90 days.", "explain"),),)
    said = _outcomes_said(view, total)
    used = sum(cells(span.text) for span in said)
    bar = _mix_bar(view, total, max(0, min(40, width - used - 2)))
    first: Line = (*bar, Span("  ", Look()), *said) if bar else said
    causes = ", ".join(f"{count} {plain(word)}" for word, count in view.causes if word != "none")
    second = f"Causes, as far as reviews say: {causes}." if causes else "No review has named a cause."
    return first, (ink(second, "explain"),)


def _outcomes_said(view: ReviewsView, total: int) -> Line:
    spans: list[Span] = [ink(f"{total:,} done: ", "explain")]
    shown = [(word, count) for word, count in view.outcomes if count]
    for place, (word, count) in enumerate(shown):
        spans.append(ink(f"{count:,} {plain(word)}", OUTCOME_TOKEN[word]))
        spans.append(ink(" · " if place < len(shown) - 1 else "", "faint"))
    return tuple(spans)


def _mix_bar(view: ReviewsView, total: int, width: int) -> Line:
    """A bar of whole columns; what is there at all has one."""
    if width < 12:
        return ()
    shown = [(word, count) for word, count in view.outcomes if count]
    lengths = [max(1, round(count * width / total)) for _, count in shown]
    lengths[0] = max(1, width - sum(lengths[1:]))
    return tuple(
        Span("━" * length, Look(OUTCOME_TOKEN[word])) for (word, _), length in zip(shown, lengths, strict=True)
    )


def owed_detail(chosen: OwedItem | None, today: date, width: int) -> tuple[Line, ...]:
    """All about the selected row, and what Enter does with it."""
    match chosen:
        case Owed():
            text = _about_change(chosen, today)
            does = "enter reviews it" if chosen.why else "enter opens it" if chosen.missing else "enter closes it"
        case OpenAction():
            text = f"{chosen.action.text}. From the review of {chosen.number} {chosen.title}."
            does = "enter says that it is done"
        case LearnedProposal():
            text = f"{chosen.made_by} proposes, after {chosen.number}, to change {chosen.target}: {chosen.text}."
            does = "enter decides about it"
        case Template():
            text = f"{chosen.name} of {chosen.client} suspended itself: {chosen.suspended_why}."
            does = "enter opens the catalogue, where it can be approved again"
        case _:
            return ()
    return (*((ink(line),) for line in wrap(ink(text).text, width)), (ink(does, "explain"),))


def _about_change(owed: Owed, today: date) -> str:
    change = owed.change
    ended = day_month(owed.ended.date() if owed.ended else None, today)
    outcome = plain(change.outcome or "unknown")
    because = f" ({change.outcome_reason})" if change.outcome_reason else ""
    if owed.why:
        due = day_month(owed.due.date() if owed.due else None, today)
        wanted = "" if change.outcome != "successful" else f" ({_because(owed)})"
        return f"{change.number} {owed.title} ended {ended}, {outcome}{because}. A review is due by {due}{wanted}."
    if owed.missing:
        return f"{change.number} {owed.title} ended {ended}, {outcome}{because}. Before it closes: {'; '.join(owed.missing)}."
    return f"{change.number} {owed.title} ended {ended}, {outcome}{because}. Nothing stands before its closing."


def lesson_detail(lesson: Lesson | None, today: date, width: int) -> tuple[Line, ...]:
    """A lesson in full."""
    if lesson is None:
        return ()
    where = f"From {lesson.number or 'no change'} of {lesson.client}, {day_month(lesson.at.date(), today)}."
    about = f" About {', '.join(lesson.tags)}." if lesson.tags else ""
    said = [(ink(line),) for line in wrap(ink(lesson.text).text, width)]
    return (*said, *((ink(line, "explain"),) for line in wrap(ink(f"{where}{about}").text, width)))
