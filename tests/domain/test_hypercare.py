"""When early-life support may end: all criteria met, and what nobody knows is not met."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.early_life import hypercare
from changedesk.domain.early_life.hypercare import Criterion, Seen, Word
from changedesk.domain.usage.live_use import LiveUse

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
USED = LiveUse(70, 120, 80, None, 0, ())
CALM = Seen(((10, 10.0),) * 14, 0, USED, "ben")
WORDS = [Word(key, "ben", AT, "minutes of 20 Nov") for key in hypercare.SAID]


@pytest.mark.requirement("R64")
@given(st.sets(st.sampled_from([*hypercare.SAID])), st.integers(0, 3), st.floats(0, 100))
def test_it_ends_when_every_criterion_is_met_and_not_before(said: set[str], urgent: int, use: float) -> None:
    found = hypercare.criteria(
        replace(CALM, urgent_open=urgent, use=replace(USED, percent=use)),
        [word for word in WORDS if word.criterion in said],
    )
    assert hypercare.may_end(found) == (len(said) == len(hypercare.SAID) and urgent == 0 and use >= 64)
    assert [one.key for one in found if one.said] == [*hypercare.SAID]
    assert [one.key for one in found if not one.said] == [*hypercare.READ_FROM]


def test_what_is_unknown_is_not_met_and_says_what_is_missing() -> None:
    found = {one.key: one for one in hypercare.criteria(Seen((), None, None, None), [])}
    assert [one.met for one in found.values()].count(True) == 0
    assert [one.key for one in found.values() if one.said] == [*hypercare.SAID]
    assert found["load"].evidence == "0 days seen"
    assert found["urgent"].evidence == "no tickets recorded"
    assert found["use"].evidence == "nobody is live yet"
    assert (found["owner"].met, found["owner"].evidence) == (False, "nobody is named")
    assert (found["activity"].met, found["activity"].evidence) == (None, "not confirmed yet")


@pytest.mark.requirement("R64")
@pytest.mark.parametrize(
    ("use", "met", "evidence"),
    [
        (USED, True, "70 % of 120 live use it, target 80 %"),
        (replace(USED, later=1240), True, "70 % of 120 live use it, target 80 %; 1,240 go live later"),
        (replace(USED, percent=50.0, group="Sales"), False, "Sales: 50 % of 120 live use it, target 80 %"),
        (
            replace(USED, uncounted=("Sales", "Desk")),
            True,
            "70 % of 120 live use it, target 80 %; nobody counted Sales and Desk",
        ),
        (replace(USED, percent=None, group="Sales"), None, "Sales: use was not observed"),
        (replace(USED, target=None), None, "no target set"),
        (replace(USED, percent=64.0), True, "64 % of 120 live use it, target 80 %"),
    ],
)
def test_the_criterion_of_use_says_whose_use_it_counts(use: LiveUse, met: bool | None, evidence: str) -> None:
    found: Criterion = hypercare.criteria(replace(CALM, use=use), [])[2]
    assert (found.text, found.met, found.evidence) == (
        "Those live use it, to 80 % of the target",
        met,
        evidence,
    )
    assert not found.said


def test_the_load_is_that_of_two_weeks_against_the_base() -> None:
    def load(*days: tuple[int, float]) -> hypercare.Criterion:
        return hypercare.criteria(replace(CALM, loads=days), [])[0]

    assert (load(*[(12, 10.0)] * 14).met, load(*[(13, 10.0)] * 14).met) == (True, False)
    assert load(*[(13, 10.0)] * 14).evidence == "30 % above the base"
    assert load(*[(12, 10.0)] * 13, (13, 10.0)).met is False
    assert load(*[(0, 5 / 14)] * 13, (6, 5 / 14)).met is True, "6 of 5 are a fifth above, and not a hair more"
    assert load(*[(20, 10.0)] * 14).evidence == "100 % above the base"
    assert load(*[(10, 10.0)] * 13, (11, 10.0)).evidence == "1 % above the base"
    assert load(*[(8, 10.0)] * 14).evidence == "20 % below the base"
    assert (load(*[(13, 10.0)] * 13).met, load(*[(13, 10.0)] * 13).evidence) == (None, "13 days seen")
    assert load(*[(0, 0.0)] * 14).evidence == "the base is unknown"


def test_somebodys_word_has_a_name_and_evidence() -> None:
    found = {one.key: one for one in hypercare.criteria(CALM, WORDS)}
    assert found["activity"].evidence == "minutes of 20 Nov (ben)"
    assert hypercare.may_end(found.values())


def test_open_tickets_and_the_owner_are_said_by_number_and_name() -> None:
    def found(urgent: int) -> list[str]:
        return [one.evidence for one in hypercare.criteria(replace(CALM, urgent_open=urgent), [])]

    assert [found(0)[1], found(1)[1], found(2)[1]] == ["none open", "1 ticket open", "2 tickets open"]
    assert found(0)[3] == "ben"
