"""The risk of a change by questionnaire: the client's own questions, what the answers make of it, and keeping them (R88)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.risk import Assessment, Questionnaire, assess, why_not_level
from changedesk.domain.words import RISK_LEVELS
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import acting
from changedesk.services.control.changes.asking import refuse_stale, rewrite
from changedesk.services.control.changes.risk_files import questionnaire_for
from changedesk.services.control.situation import find
from changedesk.services.lookup import refuse_unknown
from changedesk.services.session import Session, authorise
from changedesk.values import dataclass

DRIVERS: Final = 2
"""So many of what drives a risk are told beside it; the page of the questions has them all."""


@dataclass(frozen=True, slots=True)
class RiskView:
    """The risk of a change: the questions of its client, the answers that were given, what they make of it.

    ``level`` is the one that stands. ``doubt`` says that it is lower than the answers make it, or that answers belong to
    questions that are asked no more; None when nothing is odd.
    """

    number: str
    revision: int
    services: tuple[str, ...]
    questionnaire: Questionnaire
    own: bool
    answers: Mapping[str, str]
    assessment: Assessment
    level: str | None
    doubt: str | None

    @property
    def answered(self) -> bool:
        """Whether any question was answered: otherwise the level was set by hand."""
        return bool(self.answers)


def said_behind(found: RiskView | None) -> str:
    """What made a level, to be said behind it: the score and what drives it most, or a hand; empty where that is unknown."""
    if found is None or found.level is None:
        return ""
    if not found.answered:
        return ", set by hand"
    known = found.assessment
    score = "" if known.score is None else f", {known.score} of 25"
    # Where a rule speaks, the answers behind it say the same once more.
    factors = f"{known.rules[0].why}, whatever the sum says" if known.by_rule else "; ".join(known.factors[:DRIVERS])
    return f"{score}{f': {factors}' if factors else ''}"


def questionnaire_of(session: Session, client: str | None) -> Questionnaire:
    """The questions that are asked about changes of a client; None: of a client without questions of its own."""
    authorise(session, "desk.read", client)
    return questionnaire_for(session.desk.path, client).questionnaire


def risk_view(session: Session, number: str) -> RiskView:
    """The risk of one change."""
    change = find(session, number)
    authorise(session, "desk.read", change.client)
    return view_of(session, change)


def view_of(session: Session, change: ChangeRequest) -> RiskView:
    """The risk of a change that has been read already."""
    loaded = questionnaire_for(session.desk.path, change.client)
    content = change.content
    answers = dict(content.risk_answers)
    found = assess(loaded.questionnaire, answers, content.services)
    return RiskView(
        change.number,
        change.revision,
        content.services,
        loaded.questionnaire,
        loaded.own,
        answers,
        found,
        content.risk,
        _doubt(found, answers, content.risk),
    )


def seen_of(session: Session, change: ChangeRequest) -> RiskView | None:
    """The same where the risk is only a part of what is shown: None when the client's questions cannot be read."""
    try:
        return view_of(session, change)
    except BadInput:
        return None


def _doubt(found: Assessment, answers: Mapping[str, str], level: str | None) -> str | None:
    if not answers:
        return None
    if level is not None and (why := why_not_level(found, level)):
        return f"the risk is set to {level} by hand, but {why.partition('; ')[0]}"
    if found.strange:
        return f"the questions have changed since: nothing asks for {', '.join(found.strange)}"
    return None


def answer(
    session: Session,
    number: str,
    answers: Mapping[str, str],
    *,
    risk: str | None = None,
    comment: str | None = None,
    revision: int | None = None,
) -> tuple[str, int]:
    """Keep the answers about a change and the level that they make, an edit like any other; gives level and revision.

    ``answers`` are added to those that are kept; all questions have to be answered then. ``risk`` is a higher level set
    by hand. ``revision`` is the one that was read: a stale one is refused.
    """
    refuse_unknown("risk", risk, RISK_LEVELS)
    with acting(session, number, "change.assess") as act:
        change = act.change
        refuse_stale(change, revision)
        act.refuse("assess")
        loaded = questionnaire_for(session.desk.path, change.client)
        asked = loaded.questionnaire
        known = {key: word for key, word in change.content.risk_answers if _fits(asked, key, word)}
        whole = known | dict(answers)
        found = assess(asked, whole, change.content.services)
        if found.strange:
            raise BadInput(_strange(asked, found.strange[0]))
        if found.missing:
            raise RuleRefused(f"{change.number} is not assessed yet: {_unanswered(asked, found.missing)}")
        level = risk or found.at_least
        if refused := why_not_level(found, level):
            raise RuleRefused(refused)
        content = replace(
            change.content, risk=level, risk_answers=tuple((q.key, whole[q.key]) for q in asked.questions)
        )
        source = {"questionnaire": asked.name, "questionnaire_digest": loaded.digest, "score": found.score}
        return level, rewrite(act, content, "assessed", comment, more=source)


def _fits(asked: Questionnaire, key: str, word: str) -> bool:
    question = asked.question(key)
    return question is not None and question.answer(word) is not None


def _unanswered(asked: Questionnaire, missing: tuple[str, ...]) -> str:
    keys = ", ".join(missing)
    return f"{len(missing)} of {len(asked.questions)} questions are not answered ({keys})"


def _strange(asked: Questionnaire, strange: str) -> str:
    key, _, word = strange.partition(" = ")
    question = asked.question(key)
    if question is None:
        return f"there is no question {key}; there are {', '.join(one.key for one in asked.questions)}"
    return f"{word} does not answer {key}; it is one of {', '.join(one.word for one in question.answers)}"
