"""Events of the audit in words: no id and no bare time where a person reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.services.trail_words import about, says

ID = "01M8BY7063C0GG79PH4MP9Z27Y"
NOBODY = {ID: "cora"}.get
CHANGE = "01M8BY7063C0GG79PH4MP9Z27Z"


def names(reference: str) -> str:
    return NOBODY(reference) or "somebody erased"


def records(reference: str) -> str:
    return {CHANGE: "CHG-0404"}.get(reference, reference)


def test_a_go_live_is_written_as_everywhere():
    body = {"go_live": "2026-12-02", "before": {"go_live_planned": "2026-12-01"}}
    assert says(json.dumps(body), names, records) == (
        ("go-live", "2026-12-02"),
        ("before", "go-live planned 2026-12-01"),
    )


def test_people_are_named_and_times_read_and_what_is_empty_is_left_out():
    body = {"to": {"person": ID}, "told": [{"person": ID}], "end": "2026-12-01T00:00:00+00:00", "role": None,
            "recorded_by": ID, "added": [CHANGE, ID[::-1]],
            "rows": 1008000, "log": [164202, 364201], "year": 2026, "revision": 2, "caused_p1": False,
            "after": {"risk": "high", "plan": None, "tests": ""}}  # fmt: skip
    assert says(json.dumps(body), names, records) == (
        ("to", "cora"),
        ("told", "cora"),
        ("end", "2026-12-01 00:00 UTC"),
        ("recorded by", "cora"),
        ("added", f"CHG-0404, {ID[::-1]}"),
        ("rows", "1,008,000"),
        ("log", "164202, 364201"),
        ("year", "2026"),
        ("revision", "2"),
        ("caused p1", "no"),
        ("after", "risk high, plan nothing, tests nothing"),
    )


@pytest.mark.parametrize(
    ("subject", "kind", "body", "said"),
    [
        ("CHG-1", "change.voted", {}, "CHG-1"),
        (ID, "delegation.given", {"to": {"person": ID}}, "stand-in cora"),
        (ID, "record.saved", {"kind": "workarounds", "after": {"kind": "paper"}}, "workarounds"),
        (ID, "record.saved", {"kind": "windows", "after": {"title": "Sunday night"}}, "windows Sunday night"),
        (ID, "record.removed", {"kind": "risks", "before": {"title": "Late vendor"}}, "risks Late vendor"),
        (ID, "desk.created", {"kind": "personal"}, "this desk"),
        (ID, "x", {}, ID),
        (CHANGE, "x", {}, "CHG-0404"),
    ],
)
def test_what_it_is_about_has_a_name_where_there_is_one(subject: str, kind: str, body: object, said: str):
    assert about(subject, kind, json.dumps(body), names, records) == said


@given(st.text(max_size=80))
def test_no_body_does_harm(body: str):
    assert isinstance(says(body, names, records), tuple)
    assert isinstance(about(ID, "x", body, names, records), str)
