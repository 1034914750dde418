"""The shared checkpoints: two checklists, two owners, two signatures, each bound to what it was given on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, TODAY, a_desk, a_person, an_initiative, as_person, at, found, staffed, tick_all
from changedesk.domain.gates import use_so_far
from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.domain.words import AFTER_GO_LIVE, CHECKPOINTS, SIGNING_LANES
from changedesk.errors import BadInput, ChangeDeskError, RuleRefused
from changedesk.resources import data_text
from changedesk.services.initiative import gates
from changedesk.services.initiative.closing import close_lane
from changedesk.services.initiative.gate_page import gate_page
from changedesk.services.initiative.page import SideView, initiative
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

LIFECYCLE = parse_lifecycle(data_text("lifecycles", "standard.toml"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "planning", "Plan", TODAY).with_work(
            "people", "training", "Train", TODAY + timedelta(days=20)
        ).on(desk)
        yield desk


@pytest.fixture
def pat(desk: Desk) -> Session:
    """The project owner."""
    return as_person(desk, "pat")


@pytest.fixture
def chris(desk: Desk) -> Session:
    """The change owner."""
    return as_person(desk, "chris")


def _side(session: Session, checkpoint: str, lane: str) -> SideView:
    gate = next(gate for gate in initiative(session, "MFA").gates if gate.name == checkpoint)
    return gate.delivery if lane == "delivery" else gate.people


@pytest.mark.requirement("R55")
@pytest.mark.requirement("R60")
def test_each_lane_is_signed_by_its_own_owner_on_its_own_checklist(desk: Desk, pat: Session, chris: Session) -> None:
    tick_all(pat, "MFA", "planning", "delivery")
    gates.sign(pat, "MFA", "planning", "delivery")
    assert _side(pat, "planning", "delivery").signer == "pat"
    assert _side(pat, "planning", "people").signer is None
    tick_all(chris, "MFA", "planning", "people")
    gates.sign(chris, "MFA", "planning", "people")
    assert _side(pat, "planning", "people").signer == "chris"
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R60")
@pytest.mark.parametrize(("who", "lane"), [("pat", "people"), ("chris", "delivery"), ("max", "people")])
def test_nobody_signs_for_the_other_lane(desk: Desk, who: str, lane: str) -> None:
    with pytest.raises(ChangeDeskError) as refused:
        gates.sign(as_person(desk, who), "MFA", "planning", lane, "waived")
    assert refused.value.exit_status == 1
    assert found(desk, "SELECT count(*) FROM signature") == [(0,)]


@pytest.mark.requirement("R60")
def test_the_owner_of_the_desk_does_not_sign_in_place_of_the_owners(desk: Desk) -> None:
    with pytest.raises(RuleRefused, match="signed by its project owner pat, not by"):
        gates.sign(open_session(desk), "MFA", "planning", "delivery", "waived")


@pytest.mark.requirement("R60")
@pytest.mark.requirement("R106")
@pytest.mark.parametrize("checkpoint", CHECKPOINTS)
def test_one_person_never_signs_both_sides(desk: Desk, checkpoint: str) -> None:
    a_person(desk, "both", "project_owner", "change_owner", client="alder")
    an_initiative().named("ONE").owned_by("both", "both").live().on(desk)
    session = as_person(desk, "both")
    gates.sign(session, "ONE", checkpoint, "delivery", "waived")
    with pytest.raises(RuleRefused, match="both signed the delivery side; the two signatures come from two people"):
        gates.sign(session, "ONE", checkpoint, "people", "waived")


@pytest.mark.requirement("R7")
@pytest.mark.requirement("R36")
@pytest.mark.parametrize(
    ("owners", "missing"),
    [
        ((None, "chris"), "no project owner"),
        (("pat", None), "no change owner"),
        ((None, None), "no project owner and no change owner"),
    ],
)
def test_both_owners_are_named_before_anything_is_signed(
    desk: Desk, owners: tuple[str | None, str | None], missing: str
) -> None:
    an_initiative().named("BARE").owned_by(*owners).on(desk)
    for who, lane in (("pat", "delivery"), ("chris", "people")):
        with pytest.raises(RuleRefused, match=f"BARE has {missing}; both are named before any gate"):
            gates.sign(as_person(desk, who), "BARE", "initiation", lane, "waived")


@pytest.mark.requirement("R36")
def test_the_first_checkpoint_asks_different_things_of_the_two_lanes(desk: Desk, pat: Session) -> None:
    delivery, people = _side(pat, "initiation", "delivery"), _side(pat, "initiation", "people")
    assert len(delivery.items) >= 3
    assert len(people.items) >= 4
    assert not {item.key for item in delivery.items} & {item.key for item in people.items}


@pytest.mark.requirement("R41")
def test_the_last_checkpoint_asks_for_closing_out_here_and_lasting_use_there(desk: Desk, pat: Session) -> None:
    assert [item.key for item in _side(pat, "sustain_90", "delivery").items] == ["closed_out"]
    assert "reinforcement_owner" in [item.key for item in _side(pat, "sustain_90", "people").items]


@pytest.mark.parametrize("checkpoint", AFTER_GO_LIVE)
def test_that_it_has_lasted_is_signed_after_go_live_and_no_waiver_helps(
    desk: Desk, pat: Session, chris: Session, checkpoint: str
) -> None:
    for session, lane in ((pat, "delivery"), (chris, "people")):
        with pytest.raises(RuleRefused, match=r"MFA has not gone live; .* signed once “Went live” says when"):
            gates.sign(session, "MFA", checkpoint, lane, "waived")
    assert found(desk, "SELECT count(*) FROM signature") == [(0,)]


@given(
    checkpoint=st.sampled_from(CHECKPOINTS),
    live=st.dates(TODAY - timedelta(days=200), TODAY),
    days=st.integers(-5, 200),
)
def test_a_gate_named_after_days_says_how_many_there_are_until_there_are_all(
    checkpoint: str, live: date, days: int
) -> None:
    asked = {"sustain_30": 30, "sustain_90": 90}.get(checkpoint, 0)
    said = use_so_far(LIFECYCLE.checkpoint(checkpoint), live, live + timedelta(days=days))
    assert said == (f"{max(0, days)} of {asked} days of use" if asked and days < asked else None)
    assert use_so_far(LIFECYCLE.checkpoint(checkpoint), None, live) is None


@pytest.mark.requirement("R64")
def test_the_last_gate_can_be_signed_on_the_day_of_the_go_live_and_says_what_that_looks_back_on(
    desk: Desk, pat: Session
) -> None:
    an_initiative().named("NEW").live(TODAY).on(desk)
    assert gate_page(pat, "NEW", 6).early == "0 of 90 days of use"
    assert gates.sign(pat, "NEW", "sustain_90", "delivery", "agreed") == "0 of 90 days of use"
    desk.clock = at(NOW + timedelta(days=89))
    shown = gate_page(pat, "NEW", 6)
    assert shown.early == "89 of 90 days of use"
    assert shown.side("delivery").signature.early == "0 of 90 days of use"
    desk.clock = at(NOW + timedelta(days=90))
    assert gate_page(pat, "NEW", 6).early is None
    assert gates.sign(as_person(desk, "chris"), "NEW", "sustain_90", "people", "agreed") is None
    assert gate_page(pat, "NEW", 6).side("people").signature.early is None


def test_nothing_of_what_is_cancelled_is_signed(desk: Desk) -> None:
    an_initiative().named("GONE").in_state("cancelled").on(desk)
    with pytest.raises(RuleRefused, match="GONE is cancelled; its gates are signed no more"):
        gates.sign(as_person(desk, "pat"), "GONE", "planning", "delivery", "waived")


def test_signing_over_open_items_takes_a_waiver(desk: Desk, pat: Session) -> None:
    for waiver in (None, "", "   ", "\x1b\u200b "):
        with pytest.raises(RuleRefused, match=r"^3 of 3 items are open \(Plan, .*\)") as refused:
            gates.sign(pat, "MFA", "planning", "delivery", waiver)
        assert refused.value.hint == "signing over it takes a waiver"
    gates.sign(pat, "MFA", "planning", "delivery", "  the supplier is late\x1b]0;x\x07, agreed\nwith Dora ")
    assert _side(pat, "planning", "delivery").waiver == "the supplier is late]0;x, agreed with Dora"
    assert check.check(desk, None).problems == ()


def test_what_is_written_has_a_length_that_can_be_read(desk: Desk, pat: Session) -> None:
    with pytest.raises(BadInput, match="500 are allowed"):
        gates.sign(pat, "MFA", "planning", "delivery", "x" * 501)
    with pytest.raises(BadInput, match="500 are allowed"):
        gates.tick(pat, "MFA", "planning", "delivery", "plan", "x" * 501)


def test_a_lane_is_signed_once(pat: Session) -> None:
    gates.sign(pat, "MFA", "planning", "delivery", "waived")
    with pytest.raises(RuleRefused, match="the delivery side of planning is signed already"):
        gates.sign(pat, "MFA", "planning", "delivery", "waived")


@pytest.mark.requirement("R60")
def test_an_item_edited_after_a_signature_makes_it_void_and_it_can_be_given_anew(desk: Desk, pat: Session) -> None:
    tick_all(pat, "MFA", "planning", "delivery")
    gates.sign(pat, "MFA", "planning", "delivery")
    desk.clock = at(NOW + timedelta(minutes=5))
    gates.tick(pat, "MFA", "planning", "delivery", "plan", "another plan")
    side = _side(pat, "planning", "delivery")
    assert (side.signer, side.void) == (None, True)
    gates.sign(pat, "MFA", "planning", "delivery")
    side = _side(pat, "planning", "delivery")
    assert (side.signer, side.void) == ("pat", False)
    assert found(desk, "SELECT count(*) FROM signature") == [(2,)]
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R55")
def test_an_item_of_one_lane_does_not_touch_the_signature_of_the_other(
    desk: Desk, pat: Session, chris: Session
) -> None:
    gates.sign(pat, "MFA", "planning", "delivery", "waived")
    gates.tick(chris, "MFA", "planning", "people", "training_plan", "seen")
    assert _side(pat, "planning", "delivery").signer == "pat"


def test_the_second_signature_under_planning_fixes_the_baseline(desk: Desk, pat: Session, chris: Session) -> None:
    moved = "2027-01-15"
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE activity SET planned_end = ?, rev = rev + 1 WHERE title = 'Plan'", (moved,))
        transaction.record("test.moved", "x", {})
    gates.sign(pat, "MFA", "planning", "delivery", "waived")
    assert found(desk, "SELECT baseline_end FROM activity WHERE title = 'Plan'") == [(TODAY.isoformat(),)]
    gates.sign(chris, "MFA", "planning", "people", "waived")
    assert found(desk, "SELECT baseline_end, baseline_weight FROM activity WHERE title = 'Plan'") == [(moved, 1.0)]
    assert found(
        desk, "SELECT json_extract(body, '$.baseline_changed') FROM audit WHERE kind = 'checkpoint.signed' ORDER BY seq"
    ) == [(None,), (2,)]
    assert check.stale_summaries(desk) == []


def test_signatures_are_never_changed(desk: Desk, pat: Session) -> None:
    gates.sign(pat, "MFA", "planning", "delivery", "waived")
    for statement in ("UPDATE signature SET waiver = NULL", "DELETE FROM signature"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.write("me") as transaction:
            transaction.conn.execute(statement)


@pytest.mark.requirement("R95")
def test_the_audit_tells_who_signed_what_and_who_recorded_it(desk: Desk, pat: Session) -> None:
    gates.sign(pat, "MFA", "planning", "delivery", "waived")
    ((actor, checkpoint, lane, waiver, recorded_by),) = found(
        desk,
        "SELECT actor, json_extract(body, '$.checkpoint'), json_extract(body, '$.lane'), json_extract(body, '$.waiver'),"
        " json_extract(body, '$.recorded_by') FROM audit WHERE kind = 'checkpoint.signed'",
    )
    assert (actor, checkpoint, lane, waiver) == (pat.actor.id, "planning", "delivery", "waived")
    assert recorded_by == open_session(desk).actor.id


def test_an_owner_who_was_replaced_meanwhile_no_longer_signs(desk: Desk, pat: Session) -> None:
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE initiative SET project_owner = 'somebody.new', rev = rev + 1")
        transaction.record("test.replaced", "x", {})
    with pytest.raises(RuleRefused, match=r"somebody\.new, not by pat"):
        gates.sign(pat, "MFA", "planning", "delivery", "waived")


@pytest.mark.parametrize(
    ("checkpoint", "lane", "item", "said"),
    [
        ("plannning", "delivery", "plan", "there is no checkpoint plannning; it is one of initiation, planning"),
        ("planning", "service", "plan", "the lane service signs no gates; it is one of delivery, people"),
        ("planning", "delivery", "charter", "planning has no delivery item charter; it has plan, test_strategy"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_the_list(
    pat: Session, checkpoint: str, lane: str, item: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        gates.tick(pat, "MFA", checkpoint, lane, item)


@pytest.mark.requirement("R41")
def test_a_lane_without_a_plan_is_closed_by_its_owner_and_stays_closed(desk: Desk, chris: Session) -> None:
    with desk.write("the test") as transaction:
        transaction.conn.execute("DELETE FROM lane")
        transaction.record("test.emptied", "x", {})
    close_lane(chris, "MFA", "people", "waived by the board")
    assert found(desk, "SELECT kind, closure_basis FROM lane") == [("people", "waived by the board")]
    with pytest.raises(RuleRefused, match="closed already"):
        close_lane(chris, "MFA", "people", "again")
    assert check.check(desk, None).problems == ()


steps = st.lists(
    st.tuples(
        st.sampled_from(["pat", "chris", "max", "both"]),
        st.sampled_from(["tick", "sign", "waive"]),
        st.sampled_from(["planning", "go_live"]),
        st.sampled_from(SIGNING_LANES),
        st.integers(0, 2),
    ),
    max_size=8,
)


@pytest.mark.requirement("R60")
@settings(max_examples=12)
@given(steps, st.sampled_from([("pat", "chris"), ("both", "both"), ("pat", "both")]))
def test_however_people_tick_and_sign_the_rules_hold(
    acts: list[tuple[str, str, str, str, int]], owners: tuple[str, str]
) -> None:
    with TemporaryDirectory() as folder, staffed(a_desk(Path(folder))) as desk:
        a_person(desk, "both", "project_owner", "change_owner", client="alder")
        an_initiative().owned_by(*owners).on(desk)
        for minute, (who, verb, checkpoint, lane, number) in enumerate(acts):
            desk.clock = at(NOW + timedelta(minutes=minute))
            session = as_person(desk, who)
            items = desk.lifecycle.checkpoint(checkpoint).items(lane)
            with suppress(RuleRefused):
                if verb == "tick":
                    gates.tick(session, "MFA", checkpoint, lane, items[number].key, f"at {minute}")
                else:
                    gates.sign(session, "MFA", checkpoint, lane, "waived" if verb == "waive" else None)
                    assert who == dict(zip(SIGNING_LANES, owners, strict=True))[lane]
        # What is drawn hardly ever ends with a signature that stands, let alone with two.
        for lane, owner in zip(SIGNING_LANES, owners, strict=True):
            tick_all(as_person(desk, owner), "MFA", "planning", lane)
            with suppress(RuleRefused):
                gates.sign(as_person(desk, owner), "MFA", "planning", lane)
        for gate in initiative(open_session(desk), "MFA").gates:
            if gate.name == "planning":
                signers = {gate.delivery.signer, gate.people.signer}
                assert signers == {*owners} if owners[0] != owners[1] else None in signers
            if gate.delivery.signer and gate.people.signer:
                assert gate.delivery.signer != gate.people.signer
            for side in (gate.delivery, gate.people):
                if side.signer and not side.waiver:
                    assert all(item.done for item in side.items)
        assert check.check(desk, None).problems == ()
        assert check.stale_summaries(desk) == []
