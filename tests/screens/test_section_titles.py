"""The title of a part of a page: its question and its answer, of which each half has the colour of what it means."""

from __future__ import annotations

from changedesk.screens.people.section import Section
from changedesk.screens.people.section_drawing import titled, told_line
from changedesk.widgets.canvas import Look, Span

QUESTION = "Who hears, learns and does what?"


class Heard(Section[bool]):
    name, question = "Audiences", QUESTION

    def columns(self, _width):
        return ()

    def rows(self, _page, _width):
        return ()

    def detail(self, _page, _key, _width):
        return ()

    def answer(self, page):
        return ("all hear of it", "fine") if page else ("", "explain")

    def besides(self, _page):
        return "3 pieces late", "late"


def test_good_news_keeps_its_colour_beside_what_is_late():
    question, answer = titled(Heard(), True, 100)
    assert question == QUESTION
    assert answer == (
        Span("all hear of it", Look("fine", "", True)),
        Span(", 3 pieces late", Look("late", "", True)),
    )
    assert [span.text.strip() for span in told_line(Heard(), True, 60)][:3] == [
        "Audiences",
        "all hear of it",
        ", 3 pieces late",
    ]


def test_what_an_answer_goes_on_with_is_the_answer_where_there_is_no_other():
    assert titled(Heard(), False, 100) == (QUESTION, (Span("3 pieces late", Look("late", "", True)),))


def test_where_both_have_no_room_the_answer_stands_alone_and_the_question_where_that_has_none():
    title, answer = titled(Heard(), True, 50)
    assert (title, "".join(span.text for span in answer)) == ("", "All hear of it, 3 pieces late")
    assert titled(Heard(), True, 36) == (QUESTION, ())
