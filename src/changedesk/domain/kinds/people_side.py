"""The kinds of files of the people side: whom a change hits, who stands behind it, what is ready, and what people answer.

``impacts`` and ``readiness`` are the files that others rely on; ``readiness_items`` has all that is known of the same
items. The columns of the others are told in docs/interchange-people.md.
"""

from __future__ import annotations

from typing import Final

from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    Column,
    Day,
    Kind,
    Number,
    Text,
    ToAudience,
    ToAudiences,
    ToInitiative,
    Whole,
    Word,
    YesNo,
)
from changedesk.domain.kinds.row_rules import RowRule
from changedesk.domain.words import (
    ASPECTS,
    CHECKPOINTS,
    CONFIDENCE_OF,
    ELEMENTS,
    READINESS_ABOUT,
    READINESS_KINDS,
    READINESS_STATUSES,
    RESISTANCE_ACTIONS,
    SIGNING_LANES,
)

_NAME = Text(NAME_LENGTH)
_TEXT = Text()
_WEIGHT = Number(0, 1e15)
_COUNT = Whole(0, 1_000_000_000)
_RATING = Whole(1, 5)
_STANCE = Whole(-2, 2)
_INITIATIVE = Column("initiative", ToInitiative(), "initiative_id", required=True)
_OF_AUDIENCE = Column("initiative", ToInitiative(), "", required=True)
_AUDIENCE = Column("audience", ToAudience(), "audience_id", required=True)
_ANY_AUDIENCE = Column("audience", ToAudience(), "audience_id")


def _names_a_group(_today: str, about: str, audience: str | None) -> str | None:
    return "an item about an audience names the audience" if about == "audience" and audience is None else None


def _has_a_score(_today: str, *scores: float | None) -> str | None:
    return "there is no score" if all(score is None for score in scores) else None


def _nameless(_today: str, respondent: str) -> str | None:
    return "an answer names nobody: write a number, not an address" if "@" in respondent else None


IMPACTS: Final = Kind(
    "impacts",
    "impact",
    (
        _OF_AUDIENCE,
        _AUDIENCE,
        Column("aspect", Word(ASPECTS), "aspect", required=True),
        Column("degree", Whole(0, 5), "degree", required=True),
    ),
    key=("initiative", "audience", "aspect"),
    plans=True,
)

READINESS: Final = Kind(
    "readiness",
    "readiness",
    (
        _INITIATIVE,
        _AUDIENCE,
        Column("item", _TEXT, "item", required=True),
        Column("status", Word(READINESS_STATUSES), "status", required=True),
        Column("weight", _WEIGHT, "weight"),
        Column("due", Day(), "due"),
        Column("owner", _TEXT, "owner"),
        Column("evidence", _TEXT, "evidence"),
    ),
    key=("initiative", "audience", "item"),
    plans=True,
)

READINESS_ITEMS: Final = Kind(
    "readiness_items",
    "readiness",
    (
        _INITIATIVE,
        Column("about", Word(READINESS_ABOUT), "about", required=True),
        _ANY_AUDIENCE,
        Column("item", _TEXT, "item", required=True),
        Column("status", Word(READINESS_STATUSES), "status", required=True),
        Column("kind", Word(READINESS_KINDS), "kind"),
        Column("weight", _WEIGHT, "weight"),
        Column("due", Day(), "due"),
        Column("checkpoint", Word(CHECKPOINTS), "checkpoint"),
        Column("lane", Word(SIGNING_LANES), "lane", empty_is="people"),
        Column("owner", _TEXT, "owner"),
        Column("evidence", _TEXT, "evidence"),
        Column("action", _TEXT, "action"),
    ),
    key=("initiative", "audience", "item"),
    plans=True,
    refuses=(RowRule(("about", "audience"), _names_a_group),),
)

CONTACT_REASONS: Final = Kind(
    "contact_reasons",
    "contact_reason",
    (
        _INITIATIVE,
        Column("reason", _TEXT, "reason", required=True),
        Column("expected", _COUNT, "expected"),
        Column("script", _TEXT, "script"),
        Column("article", _TEXT, "article"),
        Column("escalation", _TEXT, "escalation"),
    ),
    key=("initiative", "reason"),
    plans=True,
)

STAKEHOLDERS: Final = Kind(
    "stakeholders",
    "stakeholder",
    (
        _INITIATIVE,
        Column("stakeholder", _NAME, "name", required=True),
        Column("role", _TEXT, "role"),
        Column("audiences", ToAudiences(), "audience_ids"),
        Column("power", _RATING, "power"),
        Column("interest", _RATING, "interest"),
        Column("stance_now", _STANCE, "stance_now"),
        Column("stance_wanted", _STANCE, "stance_wanted"),
        Column("coalition", YesNo(), "coalition"),
        Column("last_act", _TEXT, "last_act"),
        Column("last_act_on", Day(has_been=True), "last_act_on"),
        Column("owner", _TEXT, "owner"),
    ),
    key=("initiative", "stakeholder"),
    plans=True,
)

SURVEYS: Final = Kind(
    "surveys",
    "survey_answer",
    (
        _OF_AUDIENCE,
        _AUDIENCE,
        Column("date", Day(has_been=True), "day", required=True),
        Column("respondent", _NAME, "respondent", required=True),
        *(Column(element, _RATING, element) for element in ELEMENTS),
        Column("answers", Whole(1, 1_000_000), "answers"),
    ),
    key=("initiative", "audience", "date", "respondent"),
    refuses=(RowRule(("respondent",), _nameless), RowRule(ELEMENTS, _has_a_score)),
    seen_with="survey.see",
)

CONFIDENCE: Final = Kind(
    "confidence",
    "confidence",
    (
        _INITIATIVE,
        Column("whose", Word(CONFIDENCE_OF), "whose", required=True),
        Column("date", Day(has_been=True), "day", required=True),
        Column("score", _RATING, "score", required=True),
        Column("comment", _TEXT, "comment"),
    ),
    key=("initiative", "whose", "date"),
)

BEHAVIOURS: Final = Kind(
    "behaviours",
    "behaviour",
    (
        _INITIATIVE,
        Column("behaviour", _TEXT, "title", required=True),
        _ANY_AUDIENCE,
        Column("standard", _TEXT, "standard"),
        Column("metric", _NAME, "metric"),
    ),
    key=("initiative", "behaviour"),
    plans=True,
)

EXPECTED_RESISTANCE: Final = Kind(
    "expected_resistance",
    "expected_resistance",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        _ANY_AUDIENCE,
        Column("cause", _TEXT, "cause"),
        Column("action", Word(RESISTANCE_ACTIONS), "action"),
        Column("answer", _TEXT, "answer"),
    ),
    key=("initiative", "title"),
    plans=True,
)
