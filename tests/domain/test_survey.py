"""What people say of themselves in five elements, and what holds them up."""

from collections import Counter

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from people_builders import an_answer

from changedesk.domain.people.survey import first_barrier, profile, profiles
from changedesk.domain.words import ELEMENTS

SCORES = st.lists(st.integers(1, 5), min_size=5, max_size=5)
ANSWERS = st.lists(SCORES, min_size=5, max_size=40)


@pytest.mark.parametrize(
    ("scores", "barrier"),
    [
        ((5, 5, 5, 5, 5), None),
        ((3, 5, 5, 5, 5), "awareness"),
        ((4, 1, 1, 1, 1), "desire"),
        ((4, 4, 4, 4, 2), "reinforcement"),
    ],
)
def test_the_first_element_that_scores_three_or_less_holds_a_person_up(scores, barrier):
    assert first_barrier(scores) == (True, barrier)


def test_where_the_limit_lies_can_be_set():
    assert first_barrier((3, 3, 3, 3, 3), limit=2) == (True, None)
    assert first_barrier((3, 2, 3, 3, 3), limit=2) == (True, "desire")


def test_an_answer_with_a_gap_before_its_first_low_score_cannot_be_told():
    assert first_barrier((5, None, 1, 1, 1)) == (False, None)
    assert first_barrier((2, None, 1, 1, 1)) == (True, "awareness")


def test_the_barrier_is_where_most_people_stand_and_not_the_first_low_mean():
    # The mean of awareness is the lowest (2.6), but most people are held up by desire.
    answers = [an_answer(1, 5, 5, 5, 5, answers=4), an_answer(4, 2, 4, 4, 4, answers=6)]
    found = profile(answers, 20)
    assert (found.barrier, found.held_up, found.through) == ("desire", 6, 0)
    assert found.sentence == "desire holds up 6 of 10; 10 answers, 50 % of the group"
    assert found.distribution[0] == (4, 0, 0, 6, 0)


def test_of_equally_frequent_barriers_the_earlier_one_counts():
    found = profile([an_answer(5, 5, 5, 2, 5, answers=5), an_answer(5, 2, 5, 5, 5, answers=5)], 10)
    assert found.barrier == "desire"


@pytest.mark.parametrize(("count", "hidden"), [(4, True), (5, False)])
def test_a_group_with_fewer_than_five_answers_is_hidden(count, hidden):
    found = profile([an_answer(1, 1, 1, 1, 1, answers=count)], 32)
    assert found.hidden is hidden
    if hidden:
        assert (found.answers, found.rate, found.distribution, found.barrier) == (None, None, (), None)
        assert (found.held_up, found.through, found.unclear) == (0, 0, 0), "nothing tells how few they were"
        assert found.sentence == "fewer than 5 answers: hidden"


def test_single_counts_tell_a_barrier_only_where_nothing_else_is_possible():
    low_awareness = [an_answer(2, None, None, None, None, answers=8), an_answer(5, None, None, None, None, answers=2)]
    found = profile(low_awareness, 10)
    assert (found.answers, found.barrier, found.held_up, found.unclear) == (10, "awareness", 8, 2)
    even = [an_answer(2, None, None, None, None, answers=4), an_answer(5, None, None, None, None, answers=6)]
    assert (profile(even, 10).barrier, profile(even, 10).held_up) == (None, 0)
    assert "cannot be told" in profile(even, 10).sentence


def test_where_nothing_holds_anybody_up_that_is_said():
    found = profile([an_answer(5, 4, 4, 5, 4, answers=9)], 0)
    assert (found.barrier, found.through, found.rate) == (None, 9, None)
    assert found.sentence == "nothing holds anybody up; 9 answers"


def test_rounds_come_by_group_the_newest_first():
    answers = [an_answer(1, 1, 1, 1, 1, answers=5, audience=name, on=on) for name in "ba" for on in (80, 90)]
    found = profiles(answers, {"a": 10})
    assert [(one.audience, one.day) for one in found] == [
        ("a", day(90)), ("a", day(80)), ("b", day(90)), ("b", day(80)),
    ]  # fmt: skip
    assert [one.rate for one in found] == [0.5, 0.5, None, None]


@given(ANSWERS)
def test_a_profile_counts_everybody_once(given_scores):
    found = profile([an_answer(*scores) for scores in given_scores], 100)
    barriers = Counter(element for scores in given_scores if (element := first_barrier(scores)[1]))
    assert found.answers == len(given_scores)
    assert found.through + sum(barriers.values()) == len(given_scores)
    assert all(sum(counts) == len(given_scores) for counts in found.distribution)
    assert found.held_up == max(barriers.values(), default=0)
    assert found.barrier is None or barriers[found.barrier] == found.held_up
    assert found.barrier is None or ELEMENTS.index(found.barrier) == min(
        ELEMENTS.index(element) for element, count in barriers.items() if count == found.held_up
    )


@given(ANSWERS)
def test_counted_answers_say_the_same_as_the_answers_one_by_one(given_scores):
    counted = Counter(map(tuple, given_scores))
    together = [an_answer(*scores, answers=count) for scores, count in counted.items()]
    assert profile(together, 50) == profile([an_answer(*scores) for scores in given_scores], 50)


@given(ANSWERS)
def test_answers_that_a_tool_counted_element_by_element_never_tell_another_barrier_than_the_people_themselves(scores):
    people = profile([an_answer(*one) for one in scores], 50)
    by_element = [
        an_answer(*(score if n == element else None for n in range(len(ELEMENTS))))
        for one in scores
        for element, score in enumerate(one)
    ]
    counted = profile(by_element, 50)
    assert (counted.answers, counted.rate, counted.distribution) == (people.answers, people.rate, people.distribution)
    assert (counted.barrier, counted.held_up) in ((None, 0), (people.barrier, people.held_up))
    assert counted.held_up + counted.unclear <= len(scores)


def test_an_answer_with_a_gap_is_somebody_of_whom_the_barrier_cannot_be_told():
    given_ = [an_answer(5, None, 1, 1, 1, answers=3), an_answer(5, 2, 5, 5, 5, answers=4)]
    found = profile(given_, 10)
    assert (found.answers, found.barrier, found.held_up, found.unclear) == (7, "desire", 4, 3)
    even = profile([*given_, an_answer(5, None, 1, 1, 1)], 10)
    assert (even.barrier, even.unclear) == (None, 4)
