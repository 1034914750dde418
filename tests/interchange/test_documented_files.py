"""What the documentation shows as files to write can be read as it stands there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from builders import a_desk, found
from changedesk.config import SETTINGS, read_config
from changedesk.domain.control.policy_problems import policy_problems
from changedesk.domain.control.template import draft_faults
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.intake.policy import parse_policy
from changedesk.intake.risk import read_answers, read_questionnaire
from changedesk.intake.template import read_template
from changedesk.services.imports.file_maps import read_map
from changedesk.services.imports.importing import import_file
from changedesk.services.session import open_session

DOCS = Path(__file__).parents[2] / "docs"


def shown(page: str, form: str = "toml") -> list[str]:
    """The files of that form that a page shows."""
    return re.findall(rf"```{form}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


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


def test_the_policy_of_its_page_can_be_kept():
    (written,) = shown("policies.md")
    policy = parse_policy(written.encode(), "policies.md")
    assert [step.name for step in policy.routes[0].steps] == ["Assessment", "CAB"]
    assert policy_problems(policy) == []


def test_the_map_of_the_worked_example_takes_its_file_once(tmp_path: Path):
    (theirs,) = shown("profiles.md", "csv")
    mine, calendar = shown("profiles.md")
    for name, text in (("theirs.csv", theirs), ("mine.toml", mine), ("calendar.toml", calendar)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with a_desk(tmp_path) as desk:
        session = open_session(desk)
        mapping = read_map(tmp_path / "mine.toml", {"client": "alder"})
        first = import_file(session, tmp_path / "theirs.csv", "tickets", mapping=mapping)
        again = import_file(session, tmp_path / "theirs.csv", "tickets", mapping=mapping)
        assert (first.read, first.added, first.problems, again.added, again.updated) == (3, 2, (), 0, 0)
        assert found(desk, "SELECT number, opened_at, resolved_at, priority, state FROM ticket ORDER BY number") == [
            ("4711", "2026-11-23T07:12:00Z", "2026-11-23T08:40:00Z", "P2", "closed"),
            ("4712", "2026-11-24T13:03:00Z", None, "P4", "waiting"),
        ]
    assert read_map(tmp_path / "calendar.toml", {}).kind == "windows"


def test_the_settings_of_operations_are_all_there_are_and_its_thresholds_those_without_a_file(tmp_path: Path):
    (told,) = shown("operations.md")
    file = tmp_path / "config.toml"
    file.write_text(told, encoding="utf-8")
    assert read_config(file).thresholds == DEFAULT_THRESHOLDS
    table = tomllib.loads(told)
    assert sorted(table) == sorted(SETTINGS)
    assert sorted(table["thresholds"]) == sorted(one.name for one in fields(Thresholds))
