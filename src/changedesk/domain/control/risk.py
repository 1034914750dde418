"""How risky a change is: a weighted questionnaire, a matrix of impact and likelihood, and rules of which the highest wins.

Whatever is answered more severely never makes the level lower: answers of a question are in order, the matrix rises to
both sides, and a rule speaks of "at least that severe". :func:`questionnaire_faults` holds a questionnaire to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import Final

from changedesk.domain.service.names import shared
from changedesk.domain.words import RISK_LEVELS
from changedesk.values import dataclass

SIDE: Final = 5
"""Impact and likelihood go from 1 to this."""
ABOUT: Final = ("impact", "likelihood")
Matrix = tuple[tuple[str, ...], ...]
"""``matrix[likelihood - 1][impact - 1]`` is the level."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question: its word, what it says, and how severe it is, 1 to 5."""

    word: str
    text: str
    points: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question about the impact or the likelihood; ``weight`` is how much it counts, the mildest answer comes first."""

    key: str
    text: str
    about: str
    weight: float
    answers: tuple[Answer, ...]

    def answer(self, word: str | None) -> Answer | None:
        """The answer of that word; None when it has none."""
        return next((answer for answer in self.answers if answer.word == word), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that beats the sum: the level is at least ``level`` when all its conditions hold.

    ``at_least`` are questions with an answer that has to be that severe or more, ``services`` names of which the change
    touches one.
    """

    level: str
    why: str
    at_least: tuple[tuple[str, str], ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions, the matrix and the rules of a client."""

    name: str
    title: str
    questions: tuple[Question, ...]
    matrix: Matrix
    rules: tuple[Rule, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((question for question in self.questions if question.key == key), None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the answers make of a change.

    ``impact`` and ``likelihood`` are 1 to 5, their product is the ``score``; with a question unanswered they and the
    level are None, and ``at_least`` is what the level is in the best case. ``rules`` are those that speak, the highest
    first. ``factors`` are sentences, what drives the level most first. ``missing`` are the keys of unanswered questions,
    ``strange`` answers that the questionnaire does not know.
    """

    impact: int | None
    likelihood: int | None
    level: str | None
    at_least: str
    rules: tuple[Rule, ...]
    factors: tuple[str, ...]
    missing: tuple[str, ...]
    strange: tuple[str, ...]

    @property
    def score(self) -> int | None:
        """Impact times likelihood, 1 to 25."""
        return None if self.impact is None or self.likelihood is None else self.impact * self.likelihood

    @property
    def by_rule(self) -> bool:
        """Whether a rule made the level higher than the matrix does."""
        return bool(self.rules) and self.level == self.rules[0].level


def rank(level: str | None) -> int:
    """The place of a level, 1 is the lowest; 0 for unknown."""
    return RISK_LEVELS.index(level) + 1 if level in RISK_LEVELS else 0


def assess(questionnaire: Questionnaire, answers: Mapping[str, str], services: Sequence[str] = ()) -> Assessment:
    """What the answers make of a change of these services: the highest of the matrix and every rule that speaks."""
    chosen = {q.key: q.answer(answers.get(q.key)) for q in questionnaire.questions}
    missing = tuple(key for key, answer in chosen.items() if answer is None)
    strange = tuple(
        f"{key} = {word}" for key, word in answers.items() if key not in chosen or (chosen[key] is None and word)
    )
    mild = {q.key: chosen[q.key] or q.answers[0] for q in questionnaire.questions}
    impact, likelihood = (_side(questionnaire, mild, about) for about in ABOUT)
    rules = tuple(sorted(_speaking(questionnaire, chosen, services), key=lambda rule: -rank(rule.level)))
    by_matrix = questionnaire.matrix[likelihood - 1][impact - 1]
    level = max((by_matrix, *(rule.level for rule in rules)), key=rank)
    return Assessment(
        impact=None if missing else impact,
        likelihood=None if missing else likelihood,
        # A rule of the highest level has the last word, whatever is still unanswered.
        level=level if not missing or level == RISK_LEVELS[-1] else None,
        at_least=level,
        rules=rules,
        factors=tuple(_factors(questionnaire, chosen, rules)),
        missing=missing,
        strange=strange,
    )


def _side(questionnaire: Questionnaire, answers: Mapping[str, Answer], about: str) -> int:
    """The weighted mean of the answers about one side, in whole points; halves go up."""
    asked = [question for question in questionnaire.questions if question.about == about]
    total = sum(question.weight for question in asked)
    return floor(sum(question.weight * answers[question.key].points for question in asked) / total + 0.5)


def _speaking(
    questionnaire: Questionnaire, chosen: Mapping[str, Answer | None], services: Sequence[str]
) -> Iterator[Rule]:
    for rule in questionnaire.rules:
        if rule.services and not shared(rule.services, services):
            continue
        if all(_reached(questionnaire, chosen, key, word) for key, word in rule.at_least):
            yield rule


def _reached(questionnaire: Questionnaire, chosen: Mapping[str, Answer | None], key: str, word: str) -> bool:
    question = questionnaire.question(key)
    given, wanted = chosen.get(key), question.answer(word) if question else None
    return given is not None and wanted is not None and given.points >= wanted.points


def _factors(questionnaire: Questionnaire, chosen: Mapping[str, Answer | None], rules: Sequence[Rule]) -> Iterator[str]:
    yield from (f"{rule.why}: {rule.level}, whatever the sum says" for rule in rules)
    totals = {about: sum(q.weight for q in questionnaire.questions if q.about == about) for about in ABOUT}
    pushes = []
    for place, question in enumerate(questionnaire.questions):
        answer = chosen[question.key]
        if answer is not None and answer.points > 1:
            push = question.weight * (answer.points - 1) / totals[question.about]
            pushes.append((-push, place, f"{answer.text} ({question.about} {answer.points} of {SIDE})"))
    yield from (sentence for _, _, sentence in sorted(pushes))


def why_not_level(assessment: Assessment, level: str) -> str | None:
    """Why answers cannot go with a level that somebody sets by hand; None when they can. A level can be raised, not lowered."""
    if rank(level) >= rank(assessment.at_least):
        return None
    because = f": {assessment.rules[0].why}" if assessment.by_rule else ""
    return f"the answers make the risk {assessment.at_least}{because}; it can be set higher by hand, not lower"


def questionnaire_faults(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """What is wrong with a questionnaire, as key and reason; empty when it can be used."""
    return [
        *_question_faults(questionnaire),
        *_matrix_faults(questionnaire.matrix),
        *_rule_faults(questionnaire),
    ]


def _question_faults(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    keys = [question.key for question in questionnaire.questions]
    for place, question in enumerate(questionnaire.questions, 1):
        where = f"questions[{place}]"
        if keys.index(question.key) != place - 1:
            yield f"{where}.key", f"{question.key} is the key of an earlier question"
        if question.about not in ABOUT:
            yield f"{where}.about", f"one of {', '.join(ABOUT)} is wanted"
        if question.weight <= 0:
            yield f"{where}.weight", "it must be above 0"
        points = [answer.points for answer in question.answers]
        if len(points) < 2:
            yield f"{where}.answers", "at least 2 wanted"
        if any(not 1 <= point <= SIDE for point in points):
            yield f"{where}.answers", f"points go from 1 to {SIDE}"
        if points != sorted(points):
            yield f"{where}.answers", "the mildest answer comes first, each one after it is at least as severe"
        words = [answer.word for answer in question.answers]
        if len(set(words)) < len(words):
            yield f"{where}.answers", "two answers have the same word"
    for about in ABOUT:
        if not any(question.about == about for question in questionnaire.questions):
            yield "questions", f"none is about {about}"


def _matrix_faults(matrix: Matrix) -> Iterator[tuple[str, str]]:
    if len(matrix) != SIDE or any(len(row) != SIDE for row in matrix):
        yield "matrix", f"{SIDE} rows of {SIDE} levels are wanted"
        return
    if any(level not in RISK_LEVELS for row in matrix for level in row):
        yield "matrix", f"levels are {', '.join(RISK_LEVELS)}"
        return
    ranks = [[rank(level) for level in row] for row in matrix]
    if any(row != sorted(row) for row in ranks) or any(
        list(column) != sorted(column) for column in zip(*ranks, strict=True)
    ):
        yield "matrix", "more impact or more likelihood must not make the level lower"


def _rule_faults(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for place, rule in enumerate(questionnaire.rules, 1):
        where = f"rules[{place}]"
        if rule.level not in RISK_LEVELS:
            yield f"{where}.level", f"one of {', '.join(RISK_LEVELS)} is wanted"
        if not rule.at_least and not rule.services:
            yield where, "it says neither at_least nor services, so it would always hold"
        for key, word in rule.at_least:
            question = questionnaire.question(key)
            if question is None:
                yield f"{where}.at_least", f"there is no question {key}"
            elif question.answer(word) is None:
                words = ", ".join(answer.word for answer in question.answers)
                yield f"{where}.at_least.{key}", f"{word} is no answer; it is one of {words}"
