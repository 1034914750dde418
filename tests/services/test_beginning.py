"""What a new record begins with before anything is typed: the only one where one has to be named, and today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, an_initiative, record
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import ToAudience, ToBenefit, ToClient, ToService
from changedesk.services.records import records
from changedesk.services.records.beginning import SEEN_TODAY, begun
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

NAMED = (ToClient, ToAudience, ToBenefit, ToService)
OPENED_ELSEWHERE = {"ending", "review", "review_action"}
"""Forms that are opened for a change that is there."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        an_initiative().with_audience("reception").on(desk)
        record(desk, "service", client_id=a_client(desk), name="Mail")
        session = open_session(desk)
        blank = records.blank(session, "benefits", "MFA")
        calls = {"benefit": "Calls", "baseline": "30", "target": "10"}
        records.save(session, "benefits", blank, blank.values | calls)
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def begun_of(owner: Session, form: str, **given: str) -> dict[str, str]:
    return begun(owner, form, "MFA" if FORMS[form].of_initiative or form == "observation" else None, given).values


@pytest.mark.parametrize("form", sorted(set(FORMS) - OPENED_ELSEWHERE))
def test_the_only_one_of_what_has_to_be_named_is_filled_in_by_every_form(owner: Session, form: str):
    values = begun_of(owner, form)
    wanted = [
        field.column.name
        for field in FORMS[form].fields
        if field.column.required and isinstance(field.column.type, NAMED)
    ]
    assert [name for name in wanted if not values[name]] == []


def test_of_several_none_is_chosen_and_what_hangs_on_the_choice_stays_open(desk: Desk, owner: Session):
    a_client(desk, "birch")
    values = begun_of(owner, "agreements")
    assert (values["client"], values["service"]) == ("", "")
    values = begun_of(owner, "agreements", client="alder")
    assert (values["client"], values["service"]) == ("alder", "Mail")


def test_what_may_be_left_empty_stays_empty_but_in_a_quick_entry(owner: Session):
    assert begun_of(owner, "windows")["client"] == ""
    assert begun_of(owner, "workarounds")["audience"] == ""
    assert begun(owner, "workarounds", "MFA", quick=True).values["audience"] == "reception"


@pytest.mark.parametrize("form", SEEN_TODAY)
def test_what_is_seen_is_seen_today_unless_another_day_is_given(owner: Session, form: str):
    column = SEEN_TODAY[form]
    assert begun_of(owner, form)[column] == TODAY.isoformat()
    assert begun_of(owner, form, **{column: "2026-11-02"})[column] == "2026-11-02"
