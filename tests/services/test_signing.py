"""In whose name one signs and closes at a personal desk, and what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import OWNER, TODAY, a_desk, a_person, an_initiative, as_person, at, found, staffed, tick_all
from changedesk.errors import RuleRefused
from changedesk.services.initiative import gates
from changedesk.services.initiative.gate_page import closing_view, gate_page
from changedesk.services.initiative.page import initiative
from changedesk.services.initiative.signing import close_for, sign_for
from changedesk.services.session import Choices, Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "planning", "Plan", TODAY).with_work(
            "people", "training", "Train", TODAY
        ).on(desk)
        yield desk


@pytest.fixture
def me(desk: Desk) -> Session:
    """The owner of the desk."""
    return open_session(desk)


@pytest.mark.requirement("R60")
def test_the_owner_of_a_personal_desk_records_the_signature_of_each_lanes_owner(desk: Desk, me: Session) -> None:
    for lane, owner in (("delivery", "pat"), ("people", "chris")):
        tick_all(me, "MFA", "planning", lane)
        assert sign_for(me, "MFA", "planning", lane) == owner
    rows = found(
        desk,
        "SELECT p.login, s.recorded_by FROM signature s JOIN person p ON p.id = s.signer ORDER BY p.login",
    )
    assert rows == [("chris", me.actor.id), ("pat", me.actor.id)]
    page = gate_page(me, "MFA", 2)
    assert [(s.signature.signer, s.signature.recorded_by) for s in page.sides if s.signature] == [
        ("pat", OWNER),
        ("chris", OWNER),
    ]
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R60")
def test_a_person_signs_only_the_own_side(desk: Desk) -> None:
    pat = as_person(desk, "pat")
    tick_all(pat, "MFA", "planning", "people")
    with pytest.raises(RuleRefused, match="signed by its change owner chris, not by pat"):
        sign_for(pat, "MFA", "planning", "people")
    assert gate_page(pat, "MFA", 2).side("people").refused == "the people side of MFA belongs to its change owner chris"


@pytest.mark.requirement("R60")
def test_an_owner_of_the_desk_who_owns_a_lane_signs_as_oneself(desk: Desk) -> None:
    an_initiative().named("OWN").owned_by(OWNER, "chris").on(desk)
    me = open_session(desk)
    me = replace(me, actor=replace(me.actor, login=OWNER))
    assert sign_for(me, "OWN", "planning", "delivery", "no plan is needed") == OWNER
    assert found(desk, "SELECT signer, recorded_by FROM signature") == [(me.actor.id, None)]


def test_an_owner_whom_the_desk_does_not_know_cannot_be_signed_for(desk: Desk, me: Session) -> None:
    an_initiative().named("FAR").owned_by("nobody.here", "chris").on(desk)
    refused = "no person of this desk has the login nobody.here; add one, or name another owner"
    assert gate_page(me, "FAR", 2).side("delivery").refused == refused
    with pytest.raises(RuleRefused, match=r"login nobody\.here"):
        sign_for(me, "FAR", "planning", "delivery", "waived")


def test_an_owner_without_the_role_is_refused_before_one_tries(desk: Desk, me: Session) -> None:
    a_person(desk, "kim", client="alder")
    an_initiative().named("KIM").owned_by("kim", "chris").on(desk)
    refused = gate_page(me, "KIM", 2).side("delivery").refused
    assert refused == "the project owner kim may not sign a gate: that takes the role change owner or project owner"


@pytest.mark.requirement("R36")
def test_without_both_owners_nothing_can_be_signed_and_the_page_says_so(desk: Desk, me: Session) -> None:
    an_initiative().named("BARE").owned_by("pat", None).on(desk)
    for side in gate_page(me, "BARE", 1).sides:
        assert side.refused == "BARE has no change owner; both are named before any gate is signed"


@pytest.mark.requirement("R134")
@pytest.mark.requirement("R147")
def test_the_page_says_what_is_missing_before_one_signs(me: Session) -> None:
    side = gate_page(me, "MFA", 1).side("delivery")
    assert side.refused is None
    assert side.lacking == (
        "3 of 3 items are open",
        "MFA has no charter and no benefit; say where the approved one is and what it is done for, with its baseline and"
        " target, before initiation is signed",
    )
    gates.tick(me, "MFA", "initiation", "delivery", "charter", "charter.pdf")
    assert gate_page(me, "MFA", 1).side("delivery").lacking[1].startswith("MFA has no benefit")
    with pytest.raises(RuleRefused, match=r"2 of 3 items are open \(.*\); MFA has no benefit; "):
        sign_for(me, "MFA", "initiation", "delivery")
    sign_for(me, "MFA", "initiation", "delivery", "the steering group said so")
    signed = gate_page(me, "MFA", 1).side("delivery").signature
    assert signed is not None
    assert signed.waiver == "the steering group said so"


@pytest.mark.requirement("R60")
def test_a_signature_that_no_longer_counts_stays_on_the_page(me: Session) -> None:
    tick_all(me, "MFA", "planning", "delivery")
    sign_for(me, "MFA", "planning", "delivery")
    gates.tick(me, "MFA", "planning", "delivery", "plan", "another plan")
    side = gate_page(me, "MFA", 2).side("delivery")
    assert side.signature is None
    assert [void.signer for void in side.void] == ["pat"]


@pytest.mark.requirement("R166")
def test_the_pattern_of_a_formality_is_named(me: Session) -> None:
    tick_all(me, "MFA", "planning", "delivery")
    sign_for(me, "MFA", "planning", "delivery")
    said = gate_page(me, "MFA", 2).side("delivery").formality
    assert said == "planning: all 3 items of the delivery side were ticked within one minute, right before pat signed"


@pytest.mark.requirement("R22")
@pytest.mark.requirement("R46")
def test_the_people_lane_closes_in_its_owners_name_and_over_a_rule_only_with_a_reason(desk: Desk, me: Session) -> None:
    an_initiative().named("LIVE").live(TODAY - timedelta(days=10)).on(desk)
    view = closing_view(me, "LIVE", "people")
    assert view.refused is None
    assert view.lacking is not None
    assert "went live 10 d ago" in view.lacking
    with pytest.raises(RuleRefused, match="the people lane closes 90 days after go-live"):
        close_for(me, "LIVE", "people")
    assert close_for(me, "LIVE", "people", "the client leaves") == "chris"
    assert closing_view(me, "LIVE", "people").refused == "the people lane of LIVE is closed already"
    side = gate_page(me, "LIVE", 1).side("people")
    assert (side.closed_on, side.closed_over) == (TODAY, "the client leaves")


def test_a_lane_is_closed_on_the_day_that_it_is_where_the_reader_is(desk: Desk, me: Session) -> None:
    an_initiative().named("LIVE").live(TODAY - timedelta(days=100)).on(desk)
    close_for(me, "LIVE", "people", "the client leaves")
    there = open_session(desk, choices=lambda: Choices(ZoneInfo("Pacific/Auckland")))
    tomorrow = TODAY + timedelta(days=1)
    assert gate_page(there, "LIVE", 1).side("people").closed_on == tomorrow
    people = next(lane for lane in initiative(there, "LIVE").lanes if lane.lane == "people")
    assert people.closed_on == tomorrow


def test_the_current_gate_is_the_first_that_is_not_signed(me: Session) -> None:
    assert gate_page(me, "MFA").number == 1
    for lane in ("delivery", "people"):
        sign_for(me, "MFA", "initiation", lane, "waived")
    assert gate_page(me, "MFA").number == 2


def test_who_ticked_when_is_said_by_the_readers_clock(tmp_path: Path) -> None:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().on(desk)
        desk.clock = at()
        me = open_session(desk, choices=lambda: Choices(ZoneInfo("Asia/Tokyo")))
        gates.tick(me, "MFA", "planning", "delivery", "plan", "seen")
        done = next(i.done_at for i in gate_page(me, "MFA", 2).side("delivery").items if i.key == "plan")
        assert done is not None
        assert done.hour == 23
