"""The guard of a risk questionnaire: its keys, their types and bounds; what must hold between them is the domain's rule."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from changedesk.domain.control.risk import Answer, Question, Questionnaire, Rule, questionnaire_faults
from changedesk.intake.faults import fault, refused
from changedesk.intake.lines import Line, Text
from changedesk.intake.tables import read_table

MOST: Final = 50
"""So many questions, answers and rules a questionnaire may have; nobody answers more."""


_Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerTable(_Table):
    """One of the ``answers`` of a question."""

    word: _Word
    text: Text
    points: int


class QuestionTable(_Table):
    """A ``[[questions]]`` table."""

    key: _Word
    text: Text
    about: str
    weight: Annotated[float, Field(le=1000, allow_inf_nan=False)]
    answers: Annotated[list[AnswerTable], Field(max_length=MOST)]


class RuleTable(_Table):
    """A ``[[rules]]`` table."""

    level: str
    why: Text
    at_least: dict[str, str] = {}
    services: Annotated[list[Line], Field(max_length=1000)] = []


class RiskFile(_Table):
    """A whole questionnaire."""

    title: Text
    matrix: list[list[str]]
    questions: Annotated[list[QuestionTable], Field(min_length=2, max_length=MOST)]
    rules: Annotated[list[RuleTable], Field(max_length=MOST)] = []


class AnswersFile(BaseModel):
    """A file of answers: question to the word of its answer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    answers: dict[str, str]


def read_questionnaire(name: str, text: str, file: str) -> Questionnaire:
    """The questionnaire in a TOML text. BadInput names ``file``, the key and the reason; entries of a list count from 1."""
    try:
        model = RiskFile.model_validate(read_table(text, file))
    except ValidationError as error:
        raise refused(file, [fault(details) for details in error.errors()]) from error
    questionnaire = Questionnaire(
        name=name,
        title=model.title,
        questions=tuple(
            Question(q.key, q.text, q.about, q.weight, tuple(Answer(a.word, a.text, a.points) for a in q.answers))
            for q in model.questions
        ),
        matrix=tuple(tuple(row) for row in model.matrix),
        rules=tuple(Rule(r.level, r.why, tuple(r.at_least.items()), tuple(r.services)) for r in model.rules),
    )
    if faults := questionnaire_faults(questionnaire):
        raise refused(file, faults)
    return questionnaire


def read_answers(text: str, file: str) -> dict[str, str]:
    """The answers in a TOML text, ``question = "word"`` each. BadInput names file, key and reason."""
    try:
        return dict(AnswersFile.model_validate({"answers": read_table(text, file)}).answers)
    except ValidationError as error:
        faults = [fault(details) for details in error.errors()]
        raise refused(file, [(key.removeprefix("answers."), reason) for key, reason in faults]) from error
