"""Votes of people who have no account here: written down by a change manager, with evidence, where the policy allows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, TODAY, as_person, at, found
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.control import reading
from changedesk.services.control.approvals import delegating, voting
from changedesk.services.control.rules import policies
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.importing import import_file
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from control_desks import POLICY, a_control_desk, at_the_board

MAIL = "mail of 26 Nov, 13:40"

pytestmark = pytest.mark.requirement("R94")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def write_down(desk: Desk, number: str, seat: str, by: str = "mona", evidence: str | None = MAIL) -> str:
    return voting.vote(as_person(desk, by), number, "approve", seat=seat, evidence=evidence)


def test_a_change_manager_writes_a_vote_down_and_it_counts_and_is_marked(desk: Desk):
    number = at_the_board(desk)
    write_down(desk, number, "nora")
    assert write_down(desk, number, "sam") == "scheduled"
    votes = [vote for vote in reading.change_view(open_session(desk), number).s.votes if vote.voter in ("nora", "sam")]
    assert [(vote.voter, vote.on_behalf_of, vote.recorded_by, vote.evidence, vote.counts) for vote in votes] == [
        (who, None, "mona", MAIL, True) for who in ("nora", "sam")
    ]
    told = [json.loads(body) for (body,) in found(desk, "SELECT body FROM audit WHERE kind = 'change.voted'")]
    assert [body["evidence"] for body in told[-2:]] == [MAIL, MAIL]
    assert check.check(desk, None).problems == ()


def test_who_writes_a_vote_down_does_not_stand_in_because_somebody_else_does(desk: Desk):
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "ben", TODAY, TODAY + timedelta(days=2))
    delegating.give_delegation(as_person(desk, "sam"), "mona", TODAY, TODAY + timedelta(days=2))
    write_down(desk, number, "nora")
    vote = reading.change_view(open_session(desk), number).s.votes[-1]
    assert (vote.voter, vote.on_behalf_of, vote.recorded_by) == ("nora", None, "mona")


def test_who_only_stands_in_is_told_how_to_say_for_whom(desk: Desk):
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", TODAY, TODAY + timedelta(days=2))
    with pytest.raises(RuleRefused, match="mona holds no seat of the step") as refused:
        voting.vote(as_person(desk, "mona"), number, "approve")
    assert refused.value.hint == "you stand in for nora: say so with --for nora"
    with pytest.raises(RuleRefused, match="rita is the requester of"):
        voting.vote(as_person(desk, "rita"), number, "approve")


@pytest.mark.parametrize("who", ["ben", "mona"])
def test_who_no_longer_stands_in_is_told_until_when_they_did(desk: Desk, who: str):
    policies.set_policy(open_session(desk), "alder", replace(POLICY, records_votes=False))
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), who, TODAY, TODAY + timedelta(days=1))
    desk.clock = at(NOW + timedelta(days=1))
    with pytest.raises(RuleRefused, match=f"{who} stood in for nora until Fri 27 Nov 0.:00; now nora votes, or lets"):
        voting.vote(as_person(desk, who), number, "approve", seat="nora")


def test_whose_vote_was_written_down_stays_when_the_import_that_brought_them_is_taken_back(desk: Desk):
    owner, file = open_session(desk), desk.path.with_name("people.csv")
    file.write_text("login,name,client,roles\nvera,Vera,alder,cab\n", encoding="utf-8")
    import_file(owner, file, "people")
    write_down(desk, at_the_board(desk), "vera")
    number = import_undo.imports(owner)[0].number
    with pytest.raises(RuleRefused, match="1 of its people has signed or done something since"):
        import_undo.undo_import(owner, number)


@pytest.mark.parametrize("evidence", [None, "", "   "])
def test_without_evidence_nothing_is_written_down(desk: Desk, evidence: str | None):
    number = at_the_board(desk)
    with pytest.raises(BadInput, match="the vote of nora is written down with evidence of it"):
        write_down(desk, number, "nora", evidence=evidence)


def test_a_policy_that_does_not_allow_it_refuses_it(desk: Desk):
    policies.set_policy(open_session(desk), "alder", replace(POLICY, records_votes=False))
    number = at_the_board(desk)
    with pytest.raises(RuleRefused, match="the policy of alder does not let anybody write down the votes of others"):
        write_down(desk, number, "nora")


@pytest.mark.parametrize(("barred", "part"), [("rita", "requester"), ("ivan", "implementer")])
def test_nobody_writes_down_a_vote_of_whoever_asks_for_it_or_does_it(desk: Desk, barred: str, part: str):
    number = at_the_board(desk)
    with pytest.raises(
        RuleRefused, match=f"{barred} is the {part} of {number}: the {part} cannot vote on an own change"
    ):
        write_down(desk, number, barred)


def test_somebody_else_may_not_and_the_try_is_kept(desk: Desk):
    number = at_the_board(desk)
    with pytest.raises(
        Denied, match="nora may not record the vote of somebody else: that takes the role change manager"
    ) as denied:
        write_down(desk, number, "sam", by="nora")
    assert denied.value.hint == "nora does not stand in for sam now"
    ((kind, body),) = found(desk, "SELECT kind, body FROM audit ORDER BY seq DESC LIMIT 1")
    assert (kind, json.loads(body)) == ("denied", {"action": "change.record_vote"})


def test_a_vote_that_was_written_down_is_not_given_a_second_time(desk: Desk):
    number = at_the_board(desk)
    write_down(desk, number, "nora")
    with pytest.raises(RuleRefused, match="the vote of nora in the step CAB was cast already"):
        voting.vote(as_person(desk, "nora"), number, "reject", comment="no")
