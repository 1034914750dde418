from datetime import date, time

import pytest
from drawings import any_day, as_text, is_exactly, words
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.measures.fact import Fact
from changedesk.screens.people.saturation_parts import detail_in
from changedesk.screens.people.section_drawing import fitted
from changedesk.widgets.canvas import LEFT_OUT, Look, Span, cells
from changedesk.widgets.checklist import Checklist, Item, draw_checklist, sign_of_open
from changedesk.widgets.facts import draw_facts
from changedesk.widgets.headline import HEIGHT, Card, draw_headline
from changedesk.widgets.upcoming import Event, draw_upcoming

sizes = st.integers(0, 120)
heights = st.integers(0, 12)
forms = st.lists(words, min_size=1, max_size=3).map(tuple)
events = st.builds(Event, any_day, st.none() | st.times(), st.sampled_from("◇★□"), words)
facts = st.builds(
    Fact,
    words,
    words,
    st.none() | st.floats(0, 1),
    words,
    st.sampled_from(["", "output", "outcome"]),
    age=st.none() | st.integers(0, 5000),
)


@given(st.lists(events, max_size=9), sizes, heights)
def test_what_comes_next_fills_its_place(some: list[Event], width: int, height: int) -> None:
    assert is_exactly(draw_upcoming(some, width, height, "Nothing in the next 14 days"), width, height)


@given(st.lists(st.builds(Card, forms, forms, forms), max_size=5), sizes)
def test_a_headline_fills_its_place(cards: list[Card], width: int) -> None:
    assert is_exactly(draw_headline(cards, width), width, HEIGHT)


@given(st.lists(facts, max_size=9), sizes, heights, words)
def test_facts_fill_their_place(some: list[Fact], width: int, height: int, closing: str) -> None:
    assert is_exactly(draw_facts(some, width, height, "people", closing), width, height)


@given(st.lists(st.builds(Item, words, st.booleans()), max_size=9), words, words, sizes, heights)
def test_a_checklist_fills_its_place(items: list[Item], heading: str, closing: str, width: int, height: int) -> None:
    checklist = Checklist(heading, "late", tuple(items), closing)
    assert is_exactly(draw_checklist(checklist, width, height), width, height)


def test_each_day_is_named_once_and_the_rest_is_counted() -> None:
    friday = date(2026, 11, 27)
    some = [Event(friday, time(14), "□", "CAB"), Event(friday, None, "◇", "gate 3"), Event(friday, None, "★", "live")]
    rows = as_text(draw_upcoming(some, 40, 2, ""))
    assert rows[0].startswith("Fri 27  14:00   □ CAB")
    assert rows[1].startswith("2 more")
    assert sum("Fri 27" in row for row in as_text(draw_upcoming(some, 40, 5, ""))) == 1


def test_that_there_is_more_than_has_room_is_said_as_plainly_as_what_explains() -> None:
    friday = date(2026, 11, 27)
    many = [Event(friday, None, "□", "CAB")] * 9
    items = Checklist("Open", "late", tuple(Item("Trained", False) for _ in range(9)), "")
    known = [Fact("Scope", "44 of 50")] * 9
    for drawn in (
        draw_upcoming(many, 40, 3, ""),
        draw_checklist(items, 40, 3),
        draw_facts(known, 40, 3, "people", ""),
        fitted([(Span("a line", Look()),)] * 9, 3, 0, "space"),
        detail_in([(Span("a line", Look()),)] * 9, 3),
    ):
        (said,) = (span for line in drawn for span in line if " more" in span.text)
        assert said.look == LEFT_OUT
    assert Look("explain") == LEFT_OUT


def test_without_events_it_says_so() -> None:
    assert as_text(draw_upcoming([], 40, 2, "Nothing in the next 14 days"))[0].startswith("Nothing in the next")


def test_a_narrow_headline_takes_the_shorter_words() -> None:
    card = Card(("Change lag, median", "Median lag"), ("+6 days",), ("worst +23 d, best -2 d", "worst +23 d"))
    assert "worst +23 d, best -2 d" in as_text(draw_headline([card] * 4, 118))[2]
    assert "best" not in as_text(draw_headline([card] * 4, 76))[2]


def test_a_note_of_which_nothing_that_says_something_has_room_is_left_out() -> None:
    some = [
        Fact("Training", "70 %", 0.7, "n 1,236", "output", age=132),
        Fact("Benefits", "16 % to 23 %", None, "2 of 3 benefits observed", "outcome"),
    ]
    training, _ = as_text(draw_facts(some, 44, 2, "people"))
    assert training.split()[-4:] == ["132", "d", "old", "output"]
    assert "n" not in training.split()
    _, benefits = as_text(draw_facts(some, 39, 2, "people"))
    assert benefits.split() == ["Benefits", "16", "%", "to", "23", "%", "outcome"]


@pytest.mark.requirement("R47")
def test_each_fact_says_whether_it_is_an_output_or_an_outcome() -> None:
    some = [Fact("Training", "90 %", 0.9, "29 of 32 people", "output"), Fact("Use", "12 %", 0.12, "", "outcome")]
    rows = as_text(draw_facts(some, 57, 4, "people"))
    assert rows[0].endswith(" output")
    assert rows[1].endswith("outcome")
    assert "━" in rows[0]


def test_facts_without_room_are_counted() -> None:
    some = [Fact(f"Fact {n}", "1") for n in range(9)]
    assert any("6 more" in row for row in as_text(draw_facts(some, 40, 4, "people")))


def test_a_note_without_room_ends_with_a_clause_and_not_within_one() -> None:
    fact = Fact("Ready", "41 %", note="worst Executives 12 %; 15 % unknown")
    (row,) = as_text(draw_facts([fact], 50, 1, "people"))
    assert row.rstrip().endswith("worst Executives 12 %…")
    (wide,) = as_text(draw_facts([fact], 64, 1, "people"))
    assert wide.rstrip().endswith("12 %; 15 % unknown")


def _at(fact: Fact, room: int) -> str:
    """What a fact says behind its value where its note has so many columns."""
    name, value = cells(fact.name) + 1, 15
    return as_text(draw_facts([fact], name + value + room, 1, "people"))[0][name + value :].rstrip()


def test_the_longest_form_of_a_note_that_has_room_is_said_whole() -> None:
    forms = ("3 days behind by plan", "3 days behind")
    fact = Fact("Work", "14 of 18 done", None, forms[0], shorter=forms[1:])
    assert [_at(fact, room) for room in (21, 20, 13, 12)] == [*forms, forms[1], ""]
    gap = Fact("Gap", "69 points", None, "delivery ahead")
    assert [_at(gap, room) for room in (14, 13)] == ["delivery ahead", ""]


def test_where_a_note_has_shorter_forms_only_a_title_is_cut() -> None:
    fact = Fact("Overdue", "1", None, "Charter and scope, due 24 d ago", shorter=("24 d ago: Charter and scope",))
    assert _at(fact, 27) == "24 d ago: Charter and scope"
    assert _at(fact, 22) == "24 d ago: Charter…"
    assert _at(fact, 10) == "24 d ago…"
    assert _at(fact, 9) == ""


def test_that_people_said_it_of_themselves_is_the_last_word_that_is_left_out() -> None:
    fact = Fact("Satisfaction", "61 %", 0.61, "n 31", "outcome", age=10, source="self-reported")
    said = ("self-reported, n 31, 10 d old", "self-reported, 10 d old", "self-reported")
    assert fact.explained == "self-reported, n 31"
    for room, form in ((29, said[0]), (28, said[1]), (23, said[1]), (22, said[2]), (13, said[2])):
        assert _at(fact, room + 8) == f"{form:<{room}} outcome", room
    # Before it goes, the word for its kind does.
    assert _at(fact, 20) == said[2]


def test_columns_are_as_wide_as_what_is_shown_needs() -> None:
    some = [Fact("Work", "done", None, "on plan"), Fact("Owner", "a.very.long.login"), Fact("Gates", "?")]
    above, below = (as_text(draw_facts(some, 60, rows, "people"))[0].index("on plan") for rows in (2, 3))
    assert above < below


@pytest.mark.requirement("R36")
def test_what_is_missing_stands_first_in_a_checklist() -> None:
    items = (Item("Plan agreed", True), Item("Managers briefed", False))
    rows = as_text(draw_checklist(Checklist("people: unsigned, 1 of 2 missing", "late", items), 40, 4))
    assert rows[1].startswith("✗ Managers briefed")
    assert rows[2].startswith("✓ Plan agreed")


def test_items_stand_side_by_side_when_rows_are_few() -> None:
    items = tuple(Item(f"Item {n}", False) for n in range(4))
    rows = as_text(draw_checklist(Checklist("unsigned", "late", items), 60, 3))
    assert rows[1].count("✗") == 2
    assert not any("more" in row for row in rows)


def test_the_age_of_old_data_stays_when_the_note_is_shortened():
    facts = [Fact("In use", "41 %", None, "whole teams of both sites", age=age) for age in (3, 9, 30)]
    fresh, old, stale = draw_facts(facts, 48, 3, "people")
    assert "old" not in "".join(span.text for span in fresh)
    assert "".join(span.text for span in old).rstrip().endswith("… 9 d old")
    assert next(span.look.ink for span in stale if "30 d old" in span.text) == "risk"
    (bare,) = draw_facts([Fact("In use", "41 %", age=9)], 48, 1, "people")
    assert "".join(span.text for span in bare).split() == ["In", "use", "41", "%", "9", "d", "old"]


def test_only_where_a_gate_is_followed_is_an_open_item_missing():
    for cancelled, in_use, sign in ((False, True, "✗"), (False, False, "○"), (True, True, "×"), (True, False, "×")):
        mark = sign_of_open(cancelled=cancelled, in_use=in_use)
        rows = as_text(
            draw_checklist(Checklist("delivery", "explain", (Item("Steps written", False),), "", mark), 40, 3)
        )
        assert f"{sign} Steps written" in "\n".join(rows)
