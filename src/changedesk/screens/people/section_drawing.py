"""How a page in parts is drawn around its list: head, tabs, title, the other parts in a line each, and a long detail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saying import capital, go_live_said, go_live_word, in_days
from changedesk.screens.people.section import PageT, Section
from changedesk.services.people.head import Head
from changedesk.widgets.canvas import LEFT_OUT, Line, Look, Span, cells
from changedesk.widgets.one_line import Part
from changedesk.widgets.paint import fit_spans, ink, width_of

NAME: Final = 16
CORNERS: Final = 10
"""The columns of the title's line that are not for it."""


def tab_line(sections: Sequence[Section[PageT]], shown: Section[PageT], page: PageT, width: int) -> Line:
    """The parts by name, with what each holds where there is room; the shown one stands out."""
    spans: list[Span] = [Span(" ", Look())]
    gap = "   " if width >= 100 else "  "
    for section in sections:
        here = section is shown
        said = section.count(page)
        spans.append(Span(section.name, Look("key" if here else "explain", "selection" if here else "", here)))
        if said and width >= 100:
            spans.append(ink(f" {said}", "ink" if here else "faint"))
        spans.append(Span(gap, Look()))
    return tuple(spans)


def told_line(section: Section[PageT], page: PageT, width: int) -> Line:
    """What a part that is not shown comes to, on one line."""
    said = _answered(section, page) or (ink(section.count(page) or "nothing is recorded", "explain"),)
    return (ink(f"{section.name:<{NAME}}", "explain"), *fit_spans(said, width - NAME))


def titled(section: Section[PageT], page: PageT, width: int) -> tuple[str, tuple[Span, ...]]:
    """The question with its answer; where both have no room, the answer alone, and where that has none, the question."""
    answer = _answered(section, page, bold=True)
    room, taken = width - CORNERS, width_of(answer)
    if not answer or taken > room:
        return section.question, ()
    if cells(section.question) + taken + 2 <= room:
        return section.question, answer
    return "", (answer[0]._replace(text=capital(answer[0].text)), *answer[1:])


def _answered(section: Section[PageT], page: PageT, *, bold: bool = False) -> tuple[Span, ...]:
    """The answer and what it goes on with, each in its colour."""
    spans: list[Span] = []
    for text, token in (section.answer(page), section.besides(page)):
        if text:
            spans.append(ink(f", {text}" if spans else text, token, bold=bold))
    return tuple(spans)


def head_parts(head: Head, said: Sequence[Part]) -> Sequence[Part]:
    """Whose page it is; where room is short, its owners are left out first."""
    live, short = go_live_said(head.go_live, head.today, went_live=head.went_live, cancelled=head.cancelled), ""
    if head.cancelled and not head.went_live:
        live, short = f"cancelled, {live}", "cancelled"
    elif head.go_live is not None:
        word = go_live_word(head.go_live, head.today, went_live=head.went_live)
        short = f"{word} {in_days(head.go_live, head.today)}"
    owners = (("change", head.change_owner), ("sponsor", head.sponsor))
    return (
        Part(ink(f" {head.title}").text, Look("ink", "", True), 0),
        Part(head.code, Look("explain"), 5),
        Part(ink(head.client).text, Look("explain"), 4),
        Part(live, Look("ink"), 2, short),
        *said,
        Part(ink(" · ".join(f"{role} {name}" for role, name in owners if name)).text, Look("explain"), 6),
    )


def fitted(lines: Sequence[Line], height: int, top: int, more_key: str) -> tuple[Line, ...]:
    """The lines from ``top`` on that have room; where more follow, the last one says how to see them."""
    rest = lines[top:]
    if len(rest) <= height or height < 2:
        return tuple(rest[:height])
    more = len(rest) - height + 1
    return (
        *rest[: height - 1],
        (Span(f"{more_key} shows {counted(more, 'more line')}", LEFT_OUT),),
    )
