"""What a review leaves behind: lessons for the next change, actions, and proposals that somebody decides about."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from builders import NOW, TODAY, an_initiative, found, record
from change_desks import ChangeDesk
from changedesk.domain.control.looking_back import said_late, said_use
from changedesk.errors import BadInput, ChangeDeskError, Denied, RuleRefused
from changedesk.services.control import reading
from changedesk.services.control.learning import learned, looking_back, reviewing
from changedesk.services.control.learning.reviewing import NewAction
from changedesk.services.control.learning.reviews import reviews_view


def reviewed(board: ChangeDesk, outcome: str = "with_issues", **found_then: object) -> str:
    number = board.done(outcome)
    reviewing.review(board.be("max"), number, "The phones were silent.", **found_then)
    return number


@pytest.mark.requirement("R104")
def test_a_lesson_is_there_when_the_next_similar_change_is_drafted(board: ChangeDesk):
    number = reviewed(board, lesson="Tell the desk the evening before.")
    (match,) = learned.matching_lessons(board.be("rita"), "alder", ("mail",), "normal")
    assert (match.lesson.text, match.lesson.number) == ("Tell the desk the evening before.", number)
    assert match.why == "same service, client and path"
    assert learned.matching_lessons(board.be("rita"), "alder", ("erp",), "standard") == ()
    assert learned.lessons_for(board.be("rita"), board.draft())[0].lesson.number == number
    assert learned.lessons_for(board.be("rita"), number) == ()


def test_a_lesson_of_another_client_is_seen_by_those_who_see_it_only(board: ChangeDesk):
    reviewed(board, lesson="Tell the desk the evening before.")
    board.history("B-1,birch,normal,low,mail,9,successful")
    assert len(learned.matching_lessons(board.owner, "birch", ("mail",), "normal")) == 1
    record(board.desk, "person", login="bea", name="Bea", roles="requester",
           client_id=found(board.desk, "SELECT id FROM client WHERE code = 'birch'")[0][0])  # fmt: skip
    assert learned.matching_lessons(board.be("bea"), "birch", ("mail",), "normal") == ()
    assert learned.lessons(board.be("bea")) == ()


@pytest.mark.requirement("R78")
@pytest.mark.requirement("R89")
def test_a_review_keeps_everything_that_was_found_in_one_event(board: ChangeDesk):
    number = reviewed(
        board,
        result="needs_further_change",
        cause="both",
        impacts="Nobody could call for 20 minutes.",
        last_minute="Another engineer did it.",
        informed="yes",
        adoption_effect="People went back to their own phones.",
        incidents=("INC-7", "INC-8", "INC-7", " "),
        downtime_minutes=20,
        lesson="Tell the desk.",
        proposal="Add a call test.",
        actions=(NewAction("Write a call test", "ivo", date(2026, 12, 4)),),
    )
    view = reading.change_view(board.owner, number)
    review = view.s.review
    assert (review.result, review.cause, review.incidents, review.downtime_minutes) == (
        "needs_further_change",
        "both",
        ("INC-7", "INC-8"),
        20,
    )
    assert [(action.text, action.owner) for action in view.actions] == [("Write a call test", "ivo")]
    ((body,),) = found(board.desk, "SELECT body FROM audit WHERE kind = 'change.reviewed'")
    told = json.loads(body)
    assert (told["incidents"], told["downtime_minutes"], len(told["actions"])) == (["INC-7", "INC-8"], 20, 1)
    assert told["lesson"]
    assert told["proposal"]


@pytest.mark.requirement("R93")
def test_what_a_review_proposes_is_accepted_and_becomes_an_action(board: ChangeDesk):
    number = reviewed(board, proposal="Two votes for mail.")
    (proposal,) = reviews_view(board.owner).proposals
    assert (proposal.about, proposal.target, proposal.number) == ("policy", "the policy of alder", number)
    with pytest.raises(Denied):
        learned.accept(board.be("cora"), proposal.id)
    learned.accept(board.be("max"), proposal.id, due=date(2026, 12, 11))
    assert reviews_view(board.owner).proposals == ()
    (owed,) = reviews_view(board.owner).actions
    assert (owed.action.text, owed.action.owner) == ("Change the policy of alder: Two votes for mail.", "max")
    with pytest.raises(RuleRefused, match="was accepted by max already"):
        learned.decline(board.be("max"), proposal.id, "changed my mind")
    ((body,),) = found(board.desk, "SELECT body FROM audit WHERE kind = 'change.proposal_accepted'")
    assert json.loads(body)["proposal"] == proposal.id


def test_what_a_review_proposes_is_declined_with_a_reason(board: ChangeDesk):
    board.template()
    number = board.used("with_issues")
    reviewing.review(board.be("max"), number, "It took too long.", proposal="Restart at night.")
    (proposal,) = reviews_view(board.owner).proposals
    assert proposal.target == "the template restart"
    with pytest.raises(BadInput, match="takes a reason"):
        learned.decline(board.be("cora"), proposal.id, "")
    learned.decline(board.be("cora"), proposal.id, "nobody is there at night")
    assert found(board.desk, "SELECT state, reason FROM learned_proposal") == [("declined", "nobody is there at night")]
    assert reviews_view(board.owner).actions == ()


def test_a_proposal_can_be_about_the_policy_although_a_template_was_followed(board: ChangeDesk):
    board.template()
    reviewing.review(board.be("max"), board.used("with_issues"), "Found.", proposal="Other.", about="policy")
    assert reviews_view(board.owner).proposals[0].about == "policy"
    with pytest.raises(BadInput, match="follows no template"):
        reviewed(board, proposal="Other.", about="template")


@pytest.mark.parametrize(
    ("findings", "more", "said"),
    [
        (" ", {}, "a review says what was found"),
        (
            "Found.",
            {"proposal": "Other.", "about": "people"},
            "a proposal is about one of policy, template, not about people",
        ),
        ("Found.", {"actions": [NewAction("Call"), NewAction("Call")]}, "has this action already"),
    ],
)
def test_a_review_that_says_nothing_or_the_same_twice_is_not_kept(board: ChangeDesk, findings, more, said):
    board.template()
    number = board.used("with_issues")
    with pytest.raises(ChangeDeskError, match=said):
        reviewing.review(board.be("max"), number, findings, **more)
    assert found(board.desk, "SELECT count(*) FROM review") == [(0,)]


def test_a_proposal_of_another_client_is_out_of_reach(board: ChangeDesk):
    reviewed(board, proposal="Two votes for mail.")
    (proposal,) = reviews_view(board.owner).proposals
    board.history("B-1,birch,normal,low,mail,9,successful")
    record(board.desk, "person", login="bea", name="Bea", roles="change_manager",
           client_id=found(board.desk, "SELECT id FROM client WHERE code = 'birch'")[0][0])  # fmt: skip
    with pytest.raises(BadInput, match="no such proposal in view"):
        learned.accept(board.be("bea"), proposal.id)
    assert reviews_view(board.be("bea")).proposals == ()


def test_an_action_is_done_by_its_owner_and_goes_on_after_closing(board: ChangeDesk):
    number = reviewed(board, actions=(NewAction("Write a call test", "ivo"),))
    reviewing.close(board.be("max"), number)
    (owed,) = reviews_view(board.owner).actions
    with pytest.raises(Denied):
        reviewing.finish_action(board.be("rita"), number, owed.action.id)
    reviewing.finish_action(board.be("ivo"), number, owed.action.id)
    assert reviews_view(board.owner).actions == ()
    with pytest.raises(RuleRefused, match="done already"):
        reviewing.finish_action(board.be("max"), number, owed.action.id)
    reviewing.add_action(board.be("max"), number, "Tell the vendor", "rita", TODAY)
    assert [one.action.text for one in reviews_view(board.owner).actions] == ["Tell the vendor"]


def test_reviews_are_due_by_business_days_of_the_client(board: ChangeDesk):
    """Done on Thu 12 Nov; the fifth business day after it ends on Thu 19 Nov at 17:00."""
    number = board.done("failed", days=14)
    view = reviews_view(board.owner)
    (owed,) = view.reviews
    assert (owed.change.number, owed.why, owed.overdue, view.overdue) == (number, "it failed", True, 1)
    assert f"{owed.due:%a %d %b %H:%M}" == "Thu 19 Nov 17:00"
    clean = board.done()
    view = reviews_view(board.owner)
    assert [one.change.number for one in view.to_close] == [clean]
    assert dict(view.outcomes) == {"successful": 1, "with_issues": 0, "failed": 1, "backed_out": 0}


def test_causes_are_counted(board: ChangeDesk):
    reviewed(board, cause="adoption")
    reviewed(board, cause="adoption")
    reviewed(board, cause="technical")
    assert dict(reviews_view(board.owner).causes) == {"adoption": 2, "technical": 1}


def test_planned_and_actual_times_stand_beside_each_other(board: ChangeDesk):
    number = board.done("with_issues", days=20, outage_minutes="10")
    reviewing.review(board.be("max"), number, "Slow.", downtime_minutes=25)
    back = looking_back.looking_back(board.owner, number)
    said = {one.label: said_late(one.late) for one in back.times}
    assert said == {"Decided": "2 d early", "Started": "on time", "Completed": "20 min early", "Reviewed": "13 d late"}
    assert (back.outage_planned, back.outage_actual, back.use) == (10, 25, ())


def test_the_use_of_what_it_served_is_looked_at_after_30_and_90_days(board: ChangeDesk):
    initiative = an_initiative().with_audience("all", 100).on(board.desk)
    audience = found(board.desk, "SELECT id FROM audience WHERE initiative_id = ?", initiative)[0][0]
    day = TODAY - timedelta(days=40)
    for days, used in ((-3, 41), (20, 50), (30, 55)):
        record(board.desk, "observation", audience_id=audience, metric="utilization", method="observed",
               day=(day + timedelta(days=days)).isoformat(), numerator=float(used), denominator=100.0)  # fmt: skip
    record(board.desk, "observation", audience_id=audience, metric="utilization", method="self_reported",
           day=(day + timedelta(days=29)).isoformat(), numerator=99.0, denominator=100.0)  # fmt: skip
    number = board.done(days=40, initiative="MFA")
    board.at(NOW)
    back = looking_back.looking_back(board.owner, number)
    assert said_use(back.use) == "41 % at the change, 55 % after 30 d, to come after 90 d"
    board.at(NOW + timedelta(days=50))
    assert said_use(looking_back.looking_back(board.owner, number).use).endswith(", ? after 90 d"), "the day has come"


def test_what_is_not_done_yet_has_no_use_to_look_at(board: ChangeDesk):
    an_initiative().with_audience("all", 100).on(board.desk)
    number = board.scheduled(initiative="MFA")
    back = looking_back.looking_back(board.owner, number)
    assert (back.initiative, back.use) == ("MFA", ())


def test_a_day_is_the_clients_own_wherever_it_is_read(board: ChangeDesk):
    with board.desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Pacific/Auckland', rev = rev + 1")
        transaction.record("test.zone", "client", {})
    reviewed(board, actions=(NewAction("Write a call test", "ivo", date(2026, 12, 4)),))
    (owed,) = reviews_view(board.owner).actions
    assert owed.action.due.date() == date(2026, 12, 4)
