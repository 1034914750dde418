"""Which steps a change takes: by its path, its risk and its services, under the policy that it was submitted under."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import as_person
from changedesk.domain.control.policy import Policy, Route
from changedesk.errors import BadInput, RuleRefused
from changedesk.services import trail
from changedesk.services.control import reading
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import reviewing
from changedesk.services.control.reading import ChangeView
from changedesk.services.control.rules import policies
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import ASSESS, CAB, ROUTES, START, a_change, a_control_desk, clock_at, submitted

STRICT_CAB = replace(CAB, name="Whole board", rule="all", number=None)
SECURITY = replace(CAB, name="Security", rule="any", number=None, seats=("sam",))
ROUTED = Policy(
    (
        Route("normal", (ASSESS, SECURITY), services=("firewall",)),
        Route("normal", (ASSESS, STRICT_CAB), risks=("high",)),
        *ROUTES,
    )
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, ROUTED) as desk:
        yield desk


def view(desk: Desk, number: str) -> ChangeView:
    return reading.change_view(open_session(desk), number)


def steps(desk: Desk, number: str) -> list[str]:
    return [one.step.name for one in view(desk, number).steps]


@pytest.mark.requirement("R90")
@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"risk": "low"}, ["Assessment", "CAB"]),
        ({"risk": "medium"}, ["Assessment", "CAB"]),
        ({"risk": "high"}, ["Assessment", "Whole board"]),
        ({"risk": "high", "services": "mail;firewall"}, ["Assessment", "Security"]),
        ({"risk": "low", "services": "firewall"}, ["Assessment", "Security"]),
        ({"path": "emergency", "incident": "INC-1", "services": "firewall"}, ["ECAB"]),
    ],
)
def test_path_risk_and_service_say_which_steps_a_change_takes(desk: Desk, values: dict[str, str], names: list[str]):
    assert steps(desk, submitted(desk, **values)) == names


@pytest.mark.requirement("R90")
def test_a_higher_risk_takes_a_change_to_another_board_and_its_votes_are_given_anew(desk: Desk):
    number = submitted(desk, risk="low")
    voting.vote(as_person(desk, "mona"), number, "approve")
    voting.vote(as_person(desk, "nora"), number, "approve")
    asking.assess(as_person(desk, "mona"), number, "high", "the vendor warns")
    assert steps(desk, number) == ["Assessment", "Whole board"]
    assert [vote.counts for vote in view(desk, number).s.votes] == [False, False]
    voting.vote(as_person(desk, "mona"), number, "approve")
    for who in ("nora", "sam"):
        assert voting.vote(as_person(desk, who), number, "approve") == "authorizing"
    assert voting.vote(as_person(desk, "ben"), number, "approve") == "scheduled"


@pytest.mark.requirement("R94")
def test_a_new_policy_holds_for_what_is_submitted_after_it(desk: Desk):
    under_way = submitted(desk, risk="low")
    draft = a_change(desk, risk="low")
    policies.set_policy(open_session(desk), "alder", Policy((Route("normal", (ASSESS, STRICT_CAB)), ROUTES[1])))
    assert steps(desk, under_way) == ["Assessment", "CAB"]
    asking.submit(as_person(desk, "rita"), draft)
    assert steps(desk, draft) == ["Assessment", "Whole board"]
    voting.vote(as_person(desk, "mona"), under_way, "approve")
    voting.vote(as_person(desk, "nora"), under_way, "approve")
    assert voting.vote(as_person(desk, "sam"), under_way, "approve") == "scheduled"


@pytest.mark.requirement("R103")
def test_nobody_is_bound_to_a_window_before_the_risk_is_assessed(desk: Desk):
    number = submitted(desk, risk="")
    assert "the risk is not assessed" in view(desk, number).missing
    assert voting.vote(as_person(desk, "mona"), number, "approve") == "assessing"
    with pytest.raises(RuleRefused, match="no vote is open on it"):
        voting.vote(as_person(desk, "nora"), number, "approve")
    clock_at(desk, START)
    with pytest.raises(RuleRefused, match="is assessing; only a scheduled change starts"):
        running.start(as_person(desk, "ivan"), number)


@pytest.mark.requirement("R85", "R100")
def test_what_a_plan_alone_would_not_ask_for_is_asked_for_at_every_step(desk: Desk, tmp_path: Path):
    """Formal approval, routing by risk, a board, evidence of the work, and learning after it: all five, or it does not go on."""
    number = submitted(desk, risk="high")
    with pytest.raises(RuleRefused, match="only a scheduled change starts"):
        running.start(as_person(desk, "ivan"), number)
    voting.vote(as_person(desk, "mona"), number, "approve")
    assert steps(desk, number)[-1] == "Whole board"
    for who in ("nora", "sam", "ben"):
        voting.vote(as_person(desk, who), number, "approve")
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    with pytest.raises(BadInput, match="evidence of what was done is needed"):
        running.finish(as_person(desk, "ivan"), number, "successful", [])
    running.finish(as_person(desk, "ivan"), number, "successful", [running.Proof(text="40 mails went through")])
    with pytest.raises(RuleRefused, match="the review is missing: high risk"):
        reviewing.close(as_person(desk, "mona"), number)
    clock_at(desk, START + timedelta(days=1))
    reviewing.review(as_person(desk, "mona"), number, "went well", lesson="Switch at noon, not at night")
    reviewing.close(as_person(desk, "mona"), number)
    names = trail.bundle(open_session(desk), number, tmp_path / "all")
    told = json.loads((tmp_path / "all" / "change.json").read_text())
    assert (told["risk"], told["approval"], told["authorised"]) == ("high", "approved", True)
    assert [vote["voter"] for vote in told["votes"]] == ["mona", "nora", "sam", "ben"]
    assert {"change.json", "events.json"} <= set(names)
