"""The risk of a change: the sum, the matrix, and rules that beat both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.risk import (
    ABOUT,
    SIDE,
    Answer,
    Question,
    Questionnaire,
    Rule,
    assess,
    questionnaire_faults,
    rank,
    why_not_level,
)
from changedesk.domain.words import RISK_LEVELS
from changedesk.intake.risk import read_questionnaire
from changedesk.resources import data_text
from changedesk.services.control.changes.risk_files import questionnaire_for

STANDARD = questionnaire_for(Path("/nowhere/desk.db"), "alder").questionnaire
SERVICES = ("mail", "erp", "files")


@st.composite
def matrices(draw):
    """Any matrix that rises to both sides: the more likely, the smaller the impact that is medium, and that is high."""
    places = st.lists(st.integers(0, SIDE), min_size=SIDE, max_size=SIDE).map(lambda row: sorted(row, reverse=True))
    medium, high = draw(places), draw(places)
    return tuple(
        tuple(RISK_LEVELS[(impact >= from_medium) + (impact >= max(from_medium, from_high))] for impact in range(SIDE))
        for from_medium, from_high in zip(medium, high, strict=True)
    )


@st.composite
def questionnaires(draw):
    """Any questionnaire that can be used."""
    questions = []
    for number, about in enumerate([*ABOUT, *draw(st.lists(st.sampled_from(ABOUT), max_size=4))]):
        points = sorted(draw(st.lists(st.integers(1, SIDE), min_size=2, max_size=5)))
        answers = tuple(Answer(f"a{place}", f"answer {place}", point) for place, point in enumerate(points))
        weight = draw(st.sampled_from([0.5, 1.0, 2.0, 7.0]))
        questions.append(Question(f"q{number}", f"Question {number}?", about, weight, answers))
    rules = []
    for number in range(draw(st.integers(0, 3))):
        asked = draw(st.lists(st.sampled_from(questions), max_size=2, unique_by=lambda one: one.key))
        at_least = tuple((one.key, draw(st.sampled_from(one.answers)).word) for one in asked)
        services = tuple(draw(st.lists(st.sampled_from(SERVICES), max_size=2, unique=True)))
        if at_least or services:
            rules.append(Rule(draw(st.sampled_from(RISK_LEVELS)), f"rule {number}", at_least, services))
    return Questionnaire("any", "Any", tuple(questions), draw(matrices()), tuple(rules))


@st.composite
def answered(draw, complete=False):
    """A questionnaire with answers, all of them or some."""
    asked = draw(questionnaires())
    answers = {
        one.key: draw(st.sampled_from(one.answers)).word for one in asked.questions if complete or draw(st.booleans())
    }
    return asked, answers, tuple(draw(st.lists(st.sampled_from(SERVICES), max_size=2, unique=True)))


@given(answered())
def test_any_such_questionnaire_has_no_faults(case):
    assert questionnaire_faults(case[0]) == []


@given(answered(), st.data())
def test_a_more_severe_answer_never_lowers_anything(case, data):
    asked, answers, services = case
    question = data.draw(st.sampled_from(asked.questions))
    words = [answer.word for answer in question.answers]
    before = words.index(answers[question.key]) if question.key in answers else 0
    worse = {**answers, question.key: data.draw(st.sampled_from(words[before:]))}
    then, now = assess(asked, answers, services), assess(asked, worse, services)
    assert rank(now.at_least) >= rank(then.at_least)
    assert rank(now.level) >= rank(then.level)


@given(answered(), st.sampled_from(SERVICES))
def test_one_more_service_never_lowers_the_level(case, service):
    asked, answers, services = case
    assert rank(assess(asked, answers, (*services, service)).at_least) >= rank(
        assess(asked, answers, services).at_least
    )


@given(answered())
def test_a_service_in_capitals_is_no_way_around_a_rule(case):
    asked, answers, services = case
    shouted = tuple(map(str.upper, services))
    assert assess(asked, answers, shouted).rules == assess(asked, answers, services).rules


@given(answered(complete=True))
def test_the_level_is_the_highest_of_the_matrix_and_of_every_rule_that_speaks(case):
    asked, answers, services = case
    found = assess(asked, answers, services)
    assert found.missing == ()
    by_matrix = asked.matrix[found.likelihood - 1][found.impact - 1]
    assert rank(found.level) == max(rank(by_matrix), *(rank(rule.level) for rule in found.rules), 0)
    assert found.score == found.impact * found.likelihood
    assert 1 <= found.score <= 25


@given(answered())
def test_what_is_not_answered_is_unknown_and_can_only_make_it_worse(case):
    asked, answers, services = case
    found = assess(asked, answers, services)
    assert set(found.missing) == {one.key for one in asked.questions} - set(answers)
    if found.missing:
        assert (found.impact, found.likelihood, found.score) == (None, None, None)
        assert found.level in (None, "high")
    worst = {one.key: answers.get(one.key, one.answers[-1].word) for one in asked.questions}
    mildest = {one.key: answers.get(one.key, one.answers[0].word) for one in asked.questions}
    assert rank(assess(asked, mildest, services).level) <= rank(assess(asked, worst, services).level)
    assert rank(found.at_least) <= rank(assess(asked, mildest, services).level)


@given(answered())
def test_a_level_can_be_raised_by_hand_and_never_lowered(case):
    found = assess(*case)
    for level in RISK_LEVELS:
        refused = why_not_level(found, level)
        assert (refused is None) == (rank(level) >= rank(found.at_least))


def mild(**worse: str) -> dict[str, str]:
    return {one.key: one.answers[0].word for one in STANDARD.questions} | worse


def test_the_mildest_answers_of_the_standard_questions_are_low_and_the_most_severe_high():
    worst = {one.key: one.answers[-1].word for one in STANDARD.questions}
    assert (assess(STANDARD, mild()).level, assess(STANDARD, worst).level) == ("low", "high")


@pytest.mark.parametrize(
    ("answers", "level", "because"),
    [
        ({"backout": "never"}, "high", "it cannot be taken back"),
        ({"backout": "long"}, "low", ""),
        ({"backout": "long", "people": "site"}, "high", "taking it back takes longer than the window"),
        ({"done_before": "never", "tested": "nowhere"}, "high", "nobody of us has done it"),
        ({"habits": "surprise"}, "medium", "people have to work differently and do not know yet"),
    ],
)
def test_one_hard_fact_beats_nine_easy_ones(answers, level, because):
    found = assess(STANDARD, mild(**answers))
    assert found.level == level
    assert found.by_rule == bool(because)
    if because:
        assert found.factors[0].startswith(because)
        assert found.factors[0].endswith(f": {level}, whatever the sum says")


def test_a_hard_to_back_out_service_makes_it_high():
    own = replace(STANDARD, rules=(Rule("high", "the ERP is hard to take back", services=("ERP",)),))
    assert assess(own, mild(), ("mail",)).level == "low"
    found = assess(own, mild(), ("mail", "ERP"))
    assert found.level == "high"
    assert found.factors == ("the ERP is hard to take back: high, whatever the sum says",)


def test_the_factor_that_drives_most_comes_first():
    found = assess(STANDARD, mild(parts="vendors", tested="nowhere", people="some"))
    assert [factor.partition(" (")[0] for factor in found.factors] == [
        "it was tried nowhere",
        "other companies have to act, too",
        "a few people are stopped if it fails",
    ]


def asked(key: str, about: str, weight: float, *points: int) -> Question:
    return Question(
        key, f"{key}?", about, weight, tuple(Answer(str(point), f"{key} {point}", point) for point in points)
    )


@pytest.mark.parametrize(
    ("weights", "impact"), [((1, 1), 3), ((21, 19), 2), ((19, 21), 3), ((1, 0.5), 2), ((0.5, 1), 3)]
)
def test_a_side_is_the_weighted_mean_of_its_answers_and_halves_go_up(weights, impact):
    mild_, severe = weights
    own = replace(
        STANDARD,
        questions=(
            asked("a", "impact", mild_, 1, 2),
            asked("b", "impact", severe, 1, 3),
            asked("c", "likelihood", 1, 1, 4),
        ),
        rules=(),
    )
    found = assess(own, {"a": "2", "b": "3", "c": "4"})
    assert (found.impact, found.likelihood, found.score) == (impact, 4, 4 * impact)


def test_what_drives_its_own_side_more_comes_first_however_much_the_other_side_is_asked():
    own = replace(
        STANDARD,
        questions=(
            asked("alone", "likelihood", 1, 1, 3),
            asked("heavy", "impact", 4, 1, 2),
            asked("light", "impact", 1, 1, 5),
            asked("easy", "impact", 3, 1, 2),
        ),
        rules=(),
    )
    found = assess(own, {"alone": "3", "heavy": "2", "light": "5", "easy": "1"})
    # Of what each side is asked: 2 of 1, 4 of 8 and 4 of 8 again, in the order of the questions.
    assert found.factors == ("alone 3 (likelihood 3 of 5)", "heavy 2 (impact 2 of 5)", "light 5 (impact 5 of 5)")
    turned = assess(
        replace(own, questions=own.questions[::-1]), {"alone": "3", "heavy": "2", "light": "5", "easy": "1"}
    )
    assert turned.factors == (found.factors[0], found.factors[2], found.factors[1])


def test_an_answer_that_the_questionnaire_does_not_know_is_named_and_does_not_count():
    found = assess(STANDARD, mild(colour="blue", people="most"))
    assert found.strange == ("people = most", "colour = blue")
    assert found.missing == ("people",)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (replace(STANDARD, matrix=STANDARD.matrix[:4]), "matrix: 5 rows of 5 levels are wanted"),
        (replace(STANDARD, matrix=STANDARD.matrix[::-1]), "matrix: more impact or more likelihood must not make"),
        (replace(STANDARD, questions=STANDARD.questions[:4]), "questions: none is about likelihood"),
        (replace(STANDARD, questions=STANDARD.questions * 2), "questions[11].key: people is the key of an earlier one"),
        (replace(STANDARD, rules=(Rule("high", "always"),)), "rules[1]: it says neither at_least nor services"),
        (replace(STANDARD, rules=(Rule("high", "x", (("age", "old"),)),)), "rules[1].at_least: there is no question"),
        (replace(STANDARD, rules=(Rule("high", "x", (("data", "old"),)),)), "rules[1].at_least.data: old is no answer"),
        (replace(STANDARD, rules=(Rule("huge", "x", (), ("erp",)),)), "rules[1].level: one of low, medium, high"),
    ],
)
def test_a_questionnaire_that_cannot_be_used_says_why(broken, said):
    told = [f"{key}: {reason}" for key, reason in questionnaire_faults(broken)]
    assert any(one.startswith(said.removesuffix(" one")) for one in told), told


def _first(**fields) -> Questionnaire:
    return replace(STANDARD, questions=(replace(STANDARD.questions[0], **fields), *STANDARD.questions[1:]))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (_first(weight=0.0), ("questions[1].weight", "it must be above 0")),
        (_first(weight=0.1), None),
        (_first(about="cost"), ("questions[1].about", "one of impact, likelihood is wanted")),
        (_first(answers=(Answer("few", "a few", 1),)), ("questions[1].answers", "at least 2 wanted")),
        (_first(answers=(Answer("a", "a", 1), Answer("b", "b", 5))), None),
        (_first(answers=(Answer("a", "a", 0), Answer("b", "b", 5))), ("questions[1].answers", "points go from 1 to 5")),
        (_first(answers=(Answer("a", "a", 1), Answer("b", "b", 6))), ("questions[1].answers", "points go from 1 to 5")),
        (
            _first(answers=(Answer("a", "a", 1), Answer("a", "b", 5))),
            ("questions[1].answers", "two answers have the same word"),
        ),
        (replace(STANDARD, matrix=(("low",) * 4,) * SIDE), ("matrix", "5 rows of 5 levels are wanted")),
        (
            replace(STANDARD, matrix=(*(("low",) * SIDE,) * 4, ("low",) * 4)),
            ("matrix", "5 rows of 5 levels are wanted"),
        ),
        (
            replace(STANDARD, matrix=(*(("low",) * SIDE,) * 4, (*("low",) * 4, "tiny"))),
            ("matrix", "levels are low, medium, high"),
        ),
        (replace(STANDARD, matrix=(*(("low",) * SIDE,) * 4, (*("low",) * 4, "high"))), None),
        (
            replace(STANDARD, matrix=(*(("low",) * SIDE,) * 4, ("high", *("low",) * 4))),
            ("matrix", "more impact or more likelihood must not make the level lower"),
        ),
        (
            replace(STANDARD, matrix=((*("low",) * 4, "high"), *(("low",) * SIDE,) * 4)),
            ("matrix", "more impact or more likelihood must not make the level lower"),
        ),
    ],
)
def test_a_single_fault_of_a_questionnaire_is_the_only_one_that_is_said(broken, said):
    # The rules of the standard questionnaire ask for answers that the broken ones may not have.
    assert questionnaire_faults(replace(broken, rules=())) == ([said] if said else [])


def test_answers_that_are_not_in_order_are_a_fault():
    first = STANDARD.questions[0]
    turned = replace(first, answers=first.answers[::-1])
    told = questionnaire_faults(replace(STANDARD, questions=(turned, *STANDARD.questions[1:])))
    assert told == [("questions[1].answers", "the mildest answer comes first, each one after it is at least as severe")]


def test_the_shipped_questionnaire_passes_the_guard_that_a_desks_own_has_to_pass():
    guarded = read_questionnaire("standard", data_text("risk", "standard.toml"), "standard.toml")
    assert guarded == STANDARD
