"""Where risk questionnaires lie: the one that is shipped, and a desk's own in the folder ``risk`` beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from changedesk.domain.control.risk import Questionnaire
from changedesk.services.beside_desk import bytes_of, own_files, shipped, text_of

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
    from changedesk.intake.risk import read_questionnaire

    own = own_files(desk, FOLDER)
    # Looked up among the files that are there: a client's code never becomes part of a path.
    name = client if client is not None and client in own else STANDARD
    path = own.get(name)
    raw, file = (bytes_of(path), str(path)) if path else (shipped(FOLDER, STANDARD), f"{STANDARD}.toml")
    questionnaire = read_questionnaire(name, text_of(raw, file), file)
    return LoadedQuestionnaire(questionnaire, path is not None, hashlib.sha256(raw).hexdigest())


def answers_in(path: Path) -> dict[str, str]:
    """The answers in a file: TOML, ``question = "word"`` each."""
    from changedesk.intake.risk import read_answers

    return read_answers(text_of(bytes_of(path), str(path)), str(path))
