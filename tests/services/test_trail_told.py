"""What an event tells a person: in the words and forms of every other screen, and never as it is kept."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.services.opening import open_desk
from changedesk.services.session import open_session
from changedesk.services.trail import trail
from changedesk.services.trail_told import Telling
from changedesk.services.trail_words import ID, about, says

CORA, CHANGE, ITEM = (f"01M8BY7063C0GG79PH4MP9Z27{letter}" for letter in "YZX")
TELLING = Telling(
    {CORA: "cora"}.get,  # type: ignore[arg-type]
    lambda reference: {CHANGE: "CHG-0404", ITEM: "Scripts are there"}.get(reference, reference),
    date(2026, 11, 26),
)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"go_live": "2027-01-20"}, ("go-live", "Wed 20 Jan 2027")),
        ({"began": "2026-11-25T09:57:00+00:00"}, ("began", "Wed 25 Nov 09:57 UTC")),
        ({"reason": "as said on 2026-10-01"}, ("reason", "as said on 2026-10-01")),
        ({"reason": "2026-99-99"}, ("reason", "2026-99-99")),
        ({"log": [3, 3, 117]}, ("log", "entries 3 to 117 of the change log")),
        ({"log": [5990, 6676]}, ("log", "entries 5,990 to 6,676 of the change log")),
        ({"log": [2, 2]}, ("log", "entry 2 of the change log")),
        ({"outcome": "backed_out"}, ("outcome", "backed out")),
        ({"comment": "backed_out"}, ("comment", "backed_out")),
        ({"checkpoint": "sustain_90"}, ("checkpoint", "90 days")),
        ({"fields": ["risk", "test_plan"]}, ("fields", "Risk, Tests")),
        ({"after": {"test_plan": "none", "plan": None}}, ("after", "Tests: none; Plan: nothing")),
        ({"content": {"test_plan": "none", "plan": None}}, ("content", "Tests: none")),
        ({"owner": CORA}, ("owner", "cora")),
        ({"told": [{"person": CORA}]}, ("told", "cora")),
        ({"gap": f"item/{ITEM}"}, ("gap", "item Scripts are there")),
        ({"not_ready": [ITEM, CHANGE]}, ("not ready", "Scripts are there, CHG-0404")),
        ({"rows": 1008000}, ("rows", "1,008,000")),
    ],
)
def test_a_fact_is_told_in_the_words_of_the_program(fact: object, said: tuple[str, str]) -> None:
    assert TELLING.facts(json.dumps(fact)) == (said,)


def test_the_columns_of_a_record_are_told_by_their_titles() -> None:
    body = {"kind": "workarounds", "columns": ["tolerated"], "after": {"tolerated": 1, "retire_by": "2026-12-01"}}
    assert dict(TELLING.facts(json.dumps(body))) == {
        "kind": "workarounds",
        "columns": "Tolerated",
        "after": "Tolerated: yes; Retire by: Tue 1 Dec",
    }


def test_an_id_that_nobody_knows_anything_by_is_left_out() -> None:
    assert TELLING.facts(json.dumps({"vote": CHANGE[::-1], "decision": "approve"})) == (("decision", "approve"),)


@given(st.text(max_size=80))
def test_no_body_does_harm(body: str) -> None:
    assert isinstance(TELLING.facts(body), tuple)


@given(
    st.dictionaries(st.sampled_from(["log", "gap", "kind", "after", "columns", "owner"]), st.from_type(str) | st.none())
)
def test_no_value_does_harm(facts: dict[str, str | None]) -> None:
    assert isinstance(TELLING.facts(json.dumps(facts)), tuple)


def test_no_event_of_the_demo_tells_an_id_a_bare_date_or_a_name_of_a_column(demo_file: Path) -> None:
    raw = re.compile(rf"{ID.pattern}|\d{{4}}-\d\d-\d\dT|^\d{{4}}-\d\d-\d\d$|\b[a-z]+_[a-z_]+: ")
    with open_desk(demo_file, {}) as desk:
        told = [fact for row in trail(open_session(desk), limit=100_000).rows for fact in row.told]
    assert [fact for fact in told if raw.search(fact[1])] == []


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("levels", [30, 450, 900, 50_000])
def test_a_body_that_is_deeper_than_can_be_told_is_given_as_it_is(opens: str, closes: str, levels: int):
    body = f'{{"after":{opens * levels}1{closes * levels}}}'
    assert TELLING.facts(body) == says(body, str, str) == (("says", body),)
    assert about(CHANGE, "record.saved", body, str, str) == CHANGE
