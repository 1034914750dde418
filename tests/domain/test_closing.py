"""Each lane closes for itself, and going live closes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.closing import SUSTAIN_DAYS, refuse_closing
from changedesk.domain.saying import in_days
from changedesk.domain.standing import AdoptionStanding, GateStanding, LaneStanding, Standing

TODAY = date(2026, 11, 26)
DONE = LaneStanding(1, 1, TODAY, TODAY, None, TODAY, TODAY, True)
OPEN = replace(DONE, earned=0.5, finished=False)
USED = AdoptionStanding("adopted", 85, TODAY, (85,), None, None, 80, TODAY)
LAST = GateStanding("sustain_90", TODAY, True, False, False, 0, 0)


def a_standing(days_live: int = 100, **changes) -> Standing:
    standing = Standing(
        "id", "alder", "MFA", "MFA for everyone", "live", "p", "c", "s", TODAY - timedelta(days=days_live), True,
        DONE, DONE, None, (LAST,), USED, TODAY, TODAY, False, False, False, 100,
    )  # fmt: skip
    return replace(standing, **changes)


@pytest.mark.requirement("R22")
@pytest.mark.requirement("R46")
@given(st.integers(0, SUSTAIN_DAYS - 1))
def test_the_people_lane_never_closes_in_the_first_ninety_days_whatever_was_reached(days_live):
    assert f"went live {in_days(TODAY - timedelta(days=days_live), TODAY)}; the people lane" in (
        refuse_closing(a_standing(days_live), "people", TODAY) or ""
    )


@pytest.mark.requirement("R22")
def test_the_people_lane_closes_when_the_target_is_met_and_not_before():
    assert refuse_closing(a_standing(), "people", TODAY) is None
    below = replace(USED, percent=79.0)
    assert "the target is 80 %" in (refuse_closing(a_standing(adoption=below), "people", TODAY) or "")
    nothing = replace(USED, percent=None)
    assert "nobody has counted who uses MFA, the target is 80 %" in (
        refuse_closing(a_standing(adoption=nothing), "people", TODAY) or ""
    )
    without = replace(USED, target=None, by=None)
    assert "no target" in (refuse_closing(a_standing(adoption=without), "people", TODAY) or "")


@pytest.mark.requirement("R26")
@pytest.mark.requirement("R41")
def test_each_lane_closes_for_itself_on_its_own_checklist():
    early = a_standing(days_live=3)
    assert refuse_closing(early, "delivery", TODAY) is None
    assert refuse_closing(early, "people", TODAY) is not None
    delivery_items_open = a_standing(gates=(replace(LAST, delivery_missing=1),))
    assert refuse_closing(delivery_items_open, "delivery", TODAY) == "1 delivery item of the last gate is open"
    assert refuse_closing(delivery_items_open, "people", TODAY) is None


def test_delivery_with_open_work_stays_open():
    assert "50 % done" in (refuse_closing(a_standing(delivery=OPEN), "delivery", TODAY) or "")


def test_people_work_does_not_close_while_a_group_misses_its_own_target_however_many_use_it_elsewhere():
    short = replace(USED, target_of="Sales", target_of_use=40.0)
    said = refuse_closing(a_standing(adoption=short), "people", TODAY)
    assert said is not None
    assert said.startswith("40 % of Sales use ")
    there = replace(USED, percent=20.0, target_of="Sales", target_of_use=85.0)
    assert refuse_closing(a_standing(adoption=there), "people", TODAY) is None


@pytest.mark.requirement("R22")
def test_the_people_lane_closes_on_the_ninetieth_day_with_just_what_was_aimed_at():
    met = replace(USED, percent=80.0)
    assert refuse_closing(a_standing(90, adoption=met), "people", TODAY) is None
    assert "closes 90 days after go-live" in (refuse_closing(a_standing(89, adoption=met), "people", TODAY) or "")
    assert refuse_closing(a_standing(adoption=replace(USED, percent=79.9)), "people", TODAY) is not None


@pytest.mark.requirement("R22")
@pytest.mark.parametrize("changes", [{"went_live": False}, {"go_live": None}])
def test_people_work_does_not_close_before_anything_went_live(changes):
    assert "has not gone live" in (refuse_closing(a_standing(**changes), "people", TODAY) or "")


def test_several_open_items_are_said_as_several_and_a_checkpoint_that_is_not_followed_here_asks_nothing():
    two = replace(LAST, delivery_missing=2, people_missing=3)
    said = [refuse_closing(a_standing(gates=(LAST, two)), lane, TODAY) for lane in ("delivery", "people")]
    assert said == [f"{n} items of the last gate are open" for n in ("2 delivery", "3 people")]
    for gates in ((), (two, LAST), (replace(two, in_use=False),)):
        assert refuse_closing(a_standing(gates=gates), "delivery", TODAY) is None


@pytest.mark.requirement("R22")
def test_what_keeps_a_lane_open_is_said_with_its_figures():
    nearly = a_standing(delivery=replace(OPEN, earned=0.9))
    assert refuse_closing(nearly, "delivery", TODAY) == "MFA has open work in its delivery lane (90 % done)"
    unplanned = a_standing(delivery=replace(OPEN, earned=0, total=0))
    assert refuse_closing(unplanned, "delivery", TODAY) == "MFA has open work in its delivery lane (? done)"
    for by, wanted in ((TODAY, "80 % by Thu 26 Nov"), (None, "80 %")):
        below = a_standing(adoption=replace(USED, percent=79.0, by=by))
        said = f"79 % use MFA, the target is {wanted}; reach it, or waive it"
        assert refuse_closing(below, "people", TODAY) == said


def test_what_went_live_on_this_day_went_live_today():
    assert (refuse_closing(a_standing(0), "people", TODAY) or "").startswith("MFA went live today; the people lane")


@pytest.mark.requirement("R22")
def test_whoever_waives_reads_all_that_the_waiver_goes_for():
    early = a_standing(12, adoption=replace(USED, percent=31.0, by=None), gates=(replace(LAST, people_missing=2),))
    assert refuse_closing(early, "people", TODAY) == (
        "MFA went live 12 d ago; the people lane closes 90 days after go-live at the earliest, because going live is not"
        " the end of it; 31 % use MFA, the target is 80 %; reach it, or waive it; 2 people items of the last gate are open"
    )
