"""Where risk questionnaires lie: the one that is shipped, and a desk's own in the folder ``risk`` beside it."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from changedesk.domain.control.risk import Answer, Question, Questionnaire, Rule
from changedesk.services.beside_desk import bytes_of, own_files, shipped, text_of
from changedesk.values import dataclass

FOLDER: Final = "risk"
STANDARD: Final = "standard"


@dataclass(frozen=True, slots=True)
class LoadedQuestionnaire:
    """A questionnaire that may be used, whether it is a desk's own, and the SHA-256 of the file that it came from."""

    questionnaire: Questionnaire
    own: bool
    digest: str


def questionnaire_for(desk: Path, client: str | None) -> LoadedQuestionnaire:
    """The questionnaire of a client: its own, else the desk's own ``standard``, else the one that is shipped.

    BadInput names file, key and reason.
    """
    own = own_files(desk, FOLDER)
    # Looked up among the files that are there: a client's code never becomes part of a path.
    name = client if client is not None and client in own else STANDARD
    path = own.get(name)
    if path is None:
        raw = shipped(FOLDER, STANDARD)
        return LoadedQuestionnaire(_shipped_questionnaire(raw), False, hashlib.sha256(raw).hexdigest())
    from changedesk.intake.risk import read_questionnaire

    raw = bytes_of(path)
    questionnaire = read_questionnaire(name, text_of(raw, str(path)), str(path))
    return LoadedQuestionnaire(questionnaire, True, hashlib.sha256(raw).hexdigest())


@cache
def _shipped_questionnaire(raw: bytes) -> Questionnaire:
    """The shipped one needs no guard of its keys and types, which costs a seventh of a second and as much memory as a screen:
    a test has it read by the guard, too."""
    table = tomllib.loads(raw.decode("utf-8"))
    return Questionnaire(
        name=STANDARD,
        title=table["title"],
        questions=tuple(
            Question(**question | {"answers": tuple(Answer(**answer) for answer in question["answers"])})
            for question in table["questions"]
        ),
        matrix=tuple(tuple(row) for row in table["matrix"]),
        rules=tuple(
            Rule(rule["level"], rule["why"], tuple(rule.get("at_least", {}).items()), tuple(rule.get("services", ())))
            for rule in table.get("rules", ())
        ),
    )


def answers_in(path: Path) -> dict[str, str]:
    """The answers in a file: TOML, ``question = "word"`` each."""
    from changedesk.intake.risk import read_answers

    return read_answers(text_of(bytes_of(path), str(path)), str(path))
