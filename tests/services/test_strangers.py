"""Names of people whom nobody on the desk has as login are told beside their field, and taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_desk, a_person, an_initiative
from changedesk.domain.forms.registry import FORMS
from changedesk.services.records import records
from changedesk.services.records.strangers import NAMES_PEOPLE, NEED_NOT_BE_KNOWN
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

PEOPLE = [
    (name, field.column.name)
    for name, form in FORMS.items()
    for field in form.fields
    if field.suggest in NAMES_PEOPLE and field.column.name not in NEED_NOT_BE_KNOWN
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        an_initiative().on(desk)
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def told(session: Session, form: str, /, **values: str) -> dict[str, str]:
    blank = {column.name: "" for column in FORMS[form].kind.columns} | {"initiative": "MFA"}
    checked = records.check(session, form, blank | values)
    return {column: said for column, said in checked.warnings.items() if "login" in said}


@pytest.mark.parametrize(("form", "column"), PEOPLE)
def test_every_field_of_a_person_tells_a_name_that_nobody_has(desk: Desk, owner: Session, form: str, column: str):
    a_person(desk, "pat", client="alder")
    assert told(owner, form, **{column: "pta"}) == {column: "nobody on this desk has the login pta"}
    assert told(owner, form, **{column: "pat"}) == told(owner, form, **{column: owner.actor.login}) == {}


def test_of_several_names_the_first_strange_one_is_told_and_a_role_is_nobodys_name(desk: Desk, owner: Session):
    a_person(desk, "pat")
    assert told(owner, "meetings", attendees="pat; ann; kim") == {"attendees": "nobody on this desk has the login ann"}
    assert told(owner, "policy_step", seats="role:cab;pat") == {}


def test_a_stakeholder_may_be_anybody_and_a_desk_that_knows_nobody_says_nothing(desk: Desk, owner: Session):
    assert told(owner, "risks", owner="pta") == {}
    a_person(desk, "pat")
    assert told(owner, "stakeholders", stakeholder="The works council") == {}
    assert told(owner, "risks", owner="pta") != {}
