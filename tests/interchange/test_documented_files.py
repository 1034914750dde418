"""What the documentation shows as files to write can be read as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from changedesk.domain.control.template import draft_faults
from changedesk.intake.risk import read_answers, read_questionnaire
from changedesk.intake.template import read_template

DOCS = Path(__file__).parents[2] / "docs"


def shown(page: str) -> list[str]:
    """The TOML files that a page shows."""
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_questionnaire_and_the_answers_of_its_page_fit_each_other():
    questionnaire, answers = shown("risk.md")
    asked = read_questionnaire("clinic", questionnaire, "risk.md")
    given = read_answers(answers, "risk.md")
    assert {question.key for question in asked.questions} == set(given)
    assert all(question.answer(given[question.key]) for question in asked.questions)


def test_the_template_of_its_page_can_be_proposed():
    (template,) = shown("standard-changes.md")
    draft = read_template(template, "standard-changes.md")
    assert (draft.name, draft.client, draft_faults(draft)) == ("restart-mail", "alder", [])
