"""What can be done with a change in which state, by whom, and that a guard either holds or is missing (DOMAIN 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from control_builders import CONTENT, a_request, a_step, a_vote
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from changedesk.domain.control.acts import ACTIONS, held_back, is_own, refuse, why_not
from changedesk.domain.control.approval import ASSESS
from changedesk.domain.control.fulfilled import fulfilled
from changedesk.domain.control.guards import EARLY, foreseen, missing
from changedesk.domain.control.review import Review
from changedesk.domain.control.situation import GoLiveLight, Situation
from changedesk.domain.control.template import Template
from changedesk.domain.control.windows import Conflict, Span
from changedesk.domain.roles import Actor
from changedesk.domain.words import CHANGE_STATES

READY = replace(
    CONTENT, path="emergency", incident="INC-1", risk="low", backout_plan="b", requester="rita", implementer="ivan"
)
STEPS = (a_step(1, ASSESS), a_step(2))
YES = (a_vote(step=1), a_vote(step=2))
CONFLICT = Conflict("service", "k", "CHG-2 changes mail at the same time", NOW, NOW)
REVIEWED = Review("mona", NOW, "as planned")
FREEZE = Span("w", "freeze_hard", "alder", None, "Year end", CONTENT.planned_start, CONTENT.planned_end)

OPEN = ("draft", "assessing", "authorizing", "scheduled")
POSSIBLE = {
    "edit": (*OPEN, "rejected"),
    "submit": ("draft",),
    "assess": OPEN,
    "acknowledge": CHANGE_STATES,
    "vote": ("assessing", "authorizing", "scheduled"),
    "record_vote": ("assessing", "authorizing", "scheduled"),
    "start": ("scheduled",),
    "act_first": ("draft",),
    "finish": ("implementing",),
    "back_out": ("implementing",),
    "evidence": ("implementing", "review"),
    "plan_step": (*OPEN, "implementing", "rejected"),
    "do_step": ("implementing",),
    "review": ("review",),
    "close": ("review",),
    "cancel": (*OPEN, "rejected"),
    "hold": (*OPEN, "implementing", "review", "rejected"),
    "release": (),
}
"""The states in which each act is possible when nothing else stands in its way."""


def ready_for(act: str, state: str, **fields: Any) -> Situation:
    """A change in a state in which nothing but that state can stand in the way of an act."""
    change = a_request(state=state, content=READY, outcome="successful", **fields)
    return Situation(
        change,
        CONTENT.planned_start,
        STEPS,
        () if act in ("vote", "record_vote") else YES,
        (CONFLICT,) if act == "acknowledge" else (),
        evidence=1,
        review=REVIEWED if act == "close" else None,
    )


@pytest.mark.parametrize(
    ("act", "state", "why"),
    [
        ("edit", "cancelled", "CHG-1 is cancelled: what is over is not edited any more"),
        ("edit", "review", "CHG-1 is in review: what is decided and done is not edited any more"),
        ("submit", "rejected", "CHG-1 is rejected; an edit makes it a draft again"),
        ("assess", "rejected", "CHG-1 is rejected; an edit makes it a draft again"),
        ("vote", "rejected", "CHG-1 is rejected; an edit makes it a draft again"),
        ("record_vote", "rejected", "CHG-1 is rejected; an edit makes it a draft again"),
        ("start", "rejected", "CHG-1 is rejected; an edit makes it a draft again"),
        ("close", "closed", "CHG-1 is closed already"),
        ("cancel", "cancelled", "CHG-1 is cancelled already"),
        ("cancel", "closed", "CHG-1 is closed; what is done or over is not cancelled"),
    ],
)
def test_what_is_refused_says_what_leads_on_or_that_it_has_happened(act: str, state: str, why: str):
    assert refuse(act, ready_for(act, state), "mona") == why


@pytest.mark.parametrize("act", ACTIONS)
def test_each_act_has_its_states_and_in_every_other_one_it_says_which_one_it_is(act: str):
    refused = {state: refuse(act, ready_for(act, state), "mona") for state in CHANGE_STATES}
    assert {state for state, reason in refused.items() if reason is None} == set(POSSIBLE[act])
    for reason in filter(None, refused.values()):
        assert reason.startswith("CHG-1 is ")


@pytest.mark.parametrize("state", CHANGE_STATES)
@pytest.mark.parametrize("act", ACTIONS)
def test_what_is_on_hold_neither_starts_nor_closes_and_can_be_released(act: str, state: str):
    free, held = (refuse(act, ready_for(act, state, hold=hold), "mona") for hold in (None, "the vendor is on strike"))
    if act == "release":
        assert (free, held) == ("CHG-1 is not on hold", None)
    elif act == "hold" and free is None:
        assert held == "CHG-1 is on hold already: the vendor is on strike"
    elif act in ("start", "act_first", "close") and free is None:
        what = held_back(ready_for(act, state).change)
        assert what == ("close" if act == "close" else "start")
        assert held == f"CHG-1 cannot {what}: it is on hold: the vendor is on strike"
    elif not (act == "start" and state in ("assessing", "authorizing")):
        assert held == free


@pytest.mark.parametrize(
    ("act", "found", "said"),
    [
        (
            "submit",
            Situation(a_request(content=READY), NOW),
            "cannot be submitted: the client's policy has no steps for emergency changes",
        ),
        (
            "acknowledge",
            Situation(a_request(), NOW, conflicts=(replace(CONFLICT, acknowledged_by="mona"),)),
            "has no conflict that waits to be acknowledged",
        ),
        ("vote", Situation(a_request(state="authorizing"), NOW, STEPS, YES), "is authorizing: no vote is open on it"),
        (
            "start",
            Situation(a_request(state="scheduled"), CONTENT.planned_start, STEPS, YES, freezes=(FREEZE,)),
            "cannot start: the hard freeze Year end until",
        ),
        ("act_first", Situation(a_request(), NOW), "is normal; only an emergency is begun before it is voted on"),
        (
            "review",
            Situation(a_request(state="review"), NOW, review=REVIEWED),
            "was reviewed by mona already",
        ),
        (
            "close",
            Situation(a_request(state="review", outcome="successful"), NOW),
            "cannot close: there is no evidence of what was done",
        ),
    ],
)
def test_what_stands_in_the_way_of_an_act_is_said(act: str, found: Situation, said: str):
    reason = refuse(act, found, "mona")
    assert reason is not None
    assert reason.startswith(f"CHG-1 {said}")


def test_one_conflict_that_nobody_has_seen_is_enough_to_acknowledge_it():
    seen = replace(CONFLICT, acknowledged_by="mona")
    assert refuse("acknowledge", Situation(a_request(), NOW, conflicts=(seen, CONFLICT)), "mona") is None


def test_what_is_on_its_way_to_be_scheduled_says_what_it_waits_for_when_somebody_wants_to_start_it():
    waiting = Situation(a_request(state="authorizing"), NOW, STEPS)
    assert (refuse("start", waiting, "ivan") or "").endswith(
        "only a scheduled change starts, and it waits for: 1 vote of the step step 2 (nora)"
    )
    nothing_left = Situation(a_request(state="authorizing"), NOW, STEPS, YES)
    assert (refuse("start", nothing_left, "ivan") or "").endswith("only a scheduled change starts")


@pytest.mark.parametrize("state", CHANGE_STATES)
@pytest.mark.parametrize("act", ["review", "close"])
def test_the_implementer_neither_reviews_nor_closes(act: str, state: str):
    reason = refuse(act, ready_for(act, state), "ivan")
    if state == "review":
        assert reason == "the implementer does not review or close CHG-1"
    else:
        assert reason == refuse(act, ready_for(act, state), "mona")


@pytest.mark.parametrize("act", ACTIONS)
def test_the_requester_writes_and_stops_the_implementer_does_and_both_plan_its_steps(act: str):
    def whose(login: str) -> bool:
        return is_own(act, a_request(content=READY), Actor("1", login, login, frozenset(), frozenset({"alder"})))

    asks = ACTIONS[act] in ("change.edit", "change.stop")
    does = ACTIONS[act] == "change.run" or act == "plan_step"
    assert (whose("rita"), whose("ivan"), whose("mona")) == (asks, does, False)


@pytest.mark.parametrize("act", [act for act in ACTIONS if POSSIBLE[act]])
def test_a_change_manager_may_do_all_that_the_rules_allow_and_an_auditor_nothing_but_hold_a_seat(act: str):
    mona = Actor("1", "mona", "mona", frozenset({"change_manager"}), frozenset({"alder"}))
    olga = Actor("2", "olga", "olga", frozenset({"auditor"}), frozenset({"alder"}))
    for state in POSSIBLE[act]:
        possible = ready_for(act, state)
        assert why_not(act, possible, mona) is None
        assert (why_not(act, possible, olga) is None) == (act == "vote"), "whose seat it is decides about a vote"
        elsewhere = replace(mona, clients=frozenset({"birch"}))
        assert why_not(act, possible, elsewhere) == "mona has no access to client alder"


def test_a_hold_is_released_by_a_change_manager_and_not_by_an_auditor():
    mona, olga = (
        Actor("1", who, who, frozenset({role}), frozenset({"alder"}))
        for who, role in (
            ("mona", "change_manager"),
            ("olga", "auditor"),
        )
    )
    held = ready_for("release", "scheduled", hold="the vendor is on strike")
    assert why_not("release", held, mona) is None
    assert "that takes the role" in (why_not("release", held, olga) or "")


def test_what_the_rules_refuse_is_said_before_what_the_roles_do():
    nobody = Actor("1", "olga", "olga", frozenset({"auditor"}), frozenset({"alder"}))
    assert why_not("finish", ready_for("finish", "draft"), nobody) == (
        "CHG-1 is a draft; only one that is being done can end"
    )
    assert "that takes the role" in (why_not("finish", ready_for("finish", "implementing"), nobody) or "")


# --- a guard holds, or it is missing


def a_template(state: str) -> Template:
    return Template("t", 1, "alder", "Restart", 1, state, {}, (), "low", 0.95, None, "rita", "nora", None)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_before_the_board_each_guard_is_said_to_hold_or_to_be_missing(risk, backout, seen, voted):
    content = replace(READY, risk="low" if risk else None, backout_plan="b" if backout else None)
    conflict = replace(CONFLICT, acknowledged_by="mona" if seen else None)
    s = Situation(a_request(state="assessing", content=content), NOW, STEPS, YES[:1] if voted else (), (conflict,))
    assert fulfilled(s) == [
        sentence
        for sentence, holds in (
            ("the risk is assessed: low", risk),
            ("there is a back-out plan", backout),
            ("every conflict was seen", seen),
            ("the step step 1 approved it", voted),
        )
        if holds
    ]
    assert len(fulfilled(s)) + len(missing(s)) == 4
    assert "nothing is in conflict with it" in fulfilled(replace(s, conflicts=()))
    for waits_for_nobody in ({"blocks": True}, {"note": True}):
        one = replace(CONFLICT, acknowledged_by=None, **waits_for_nobody)
        assert "every conflict was seen" not in fulfilled(replace(s, conflicts=(one,))), "nobody has seen it for that"


@pytest.mark.parametrize(
    ("state", "path", "backout", "told"),
    [
        ("draft", "normal", None, True),
        ("draft", "normal", "Switch back", False),
        ("draft", "emergency", None, False),
        ("assessing", "normal", None, False),
    ],
)
def test_a_draft_is_handed_in_without_a_back_out_plan_and_told_that_the_board_will_wait_for_it(
    state: str, path: str, backout: str | None, told: bool
):
    content = replace(READY, path=path, backout_plan=backout)
    s = Situation(a_request(state=state, content=content), NOW, STEPS)
    said = ["the back-out plan is missing: the board does not vote without it"]
    assert foreseen(s) == (said if told else [])
    assert not any("back-out" in sentence for sentence in missing(s)) or state == "assessing"


@given(st.booleans(), st.booleans())
def test_before_it_is_scheduled_the_board_and_the_freezes_hold_or_are_missing(voted, frozen):
    content = replace(READY, path="normal")
    s = Situation(
        a_request(state="authorizing", content=content),
        NOW,
        STEPS,
        YES if voted else (),
        freezes=(FREEZE,) if frozen else (),
    )
    assert fulfilled(s) == [
        *(["the step step 2 approved it"] if voted else []),
        *([] if frozen else ["no hard freeze is in its window"]),
    ]
    assert len(fulfilled(s)) + len(missing(s)) == 2


@given(st.booleans(), st.sampled_from([-2, -1, 0, 1]), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_before_it_starts_each_guard_is_said_to_hold_or_to_be_missing(voted, moment, frozen, now, delivery, people):
    times = {-2: -EARLY - timedelta(seconds=1), -1: -EARLY, 0: timedelta(hours=2), 1: timedelta(hours=2, seconds=1)}
    s = Situation(
        a_request(state="scheduled", content=replace(READY, path="normal")),
        CONTENT.planned_start + times[moment],
        STEPS[:1],
        YES if voted else (),
        freezes=(FREEZE,) if frozen else (),
        freezes_now=(FREEZE,) if now else (),
        light=GoLiveLight("MFA", delivery, people),
    )
    assert fulfilled(s) == [
        sentence
        for sentence, holds in (
            ("it is authorised on this revision", voted),
            ("its window is open", moment in (-1, 0)),
            ("no hard freeze is in the way", not frozen and not now),
            ("the go-live gate of MFA is signed by the delivery side", delivery),
            ("the go-live gate of MFA is signed by the people side", people),
        )
        if holds
    ]
    assert len(fulfilled(s)) + len(missing(s)) == 5
    assert not any("go-live" in sentence for sentence in fulfilled(replace(s, light=None)))


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_before_it_closes_each_guard_is_said_to_hold_or_to_be_missing(outcome, evidence, reviewed, voted):
    change = a_request(state="review", content=READY, outcome="successful" if outcome else None, authorisers=("nora",))
    s = Situation(
        change, NOW, STEPS[1:], YES if voted else (), evidence=int(evidence), review=REVIEWED if reviewed else None
    )
    assert fulfilled(s) == [
        sentence
        for sentence, holds in (
            ("the outcome is on record", outcome),
            ("there is evidence of what was done", evidence),
            ("it was reviewed by mona", reviewed),
            ("the votes that it was owed have come", voted),
        )
        if holds
    ]
    assert len(fulfilled(s)) + len(missing(s)) == 4
    as_asked = replace(s, change=replace(change, content=replace(READY, path="normal"), authorisers=()), review=None)
    assert ("no review is needed" in fulfilled(as_asked)) == (not any("review" in one for one in missing(as_asked)))
    assert "the votes that it was owed have come" not in fulfilled(as_asked)


def test_before_it_is_submitted_what_its_path_asks_for_holds_or_is_missing():
    emergency = Situation(a_request(content=READY), NOW, STEPS)
    assert fulfilled(emergency) == ["the policy has steps for it: step 1, step 2", "the incident is named: INC-1"]
    normal = replace(emergency, change=a_request(content=replace(READY, path="normal")))
    assert fulfilled(normal) == ["the policy has steps for it: step 1, step 2"]
    assert fulfilled(replace(normal, steps=())) == []
    unnamed = replace(emergency, change=a_request(content=replace(READY, incident=None)), steps=())
    assert fulfilled(unnamed) == []
    content = replace(READY, path="standard", incident=None, template="t", template_version=1)
    standard = Situation(a_request(content=content), NOW, template=a_template("approved"))
    assert fulfilled(standard) == ["the template Restart holds"]
    assert (
        fulfilled(replace(standard, template=a_template("retired")))
        == fulfilled(replace(standard, template=None))
        == []
    )


@pytest.mark.parametrize("state", ["implementing", "rejected", "closed", "cancelled"])
def test_where_nothing_is_waited_for_but_a_person_no_guard_is_said_to_hold(state: str):
    assert fulfilled(Situation(a_request(state=state, content=READY), NOW, STEPS, YES, evidence=1)) == []
