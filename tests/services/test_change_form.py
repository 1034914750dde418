"""A change in a form: checked as on the command line, saved as revisions, merged, refused when stale, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, an_initiative, as_person, found
from changedesk.errors import RefusedFile, RuleRefused
from changedesk.services.adoption.value import value_page
from changedesk.services.control import reading
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import learned, reviewing
from changedesk.services.control.rules import templates
from changedesk.services.initiative.page import initiative as initiative_view
from changedesk.services.records import completing, records, undoing
from changedesk.services.records.meanwhile import ChangedMeanwhile
from changedesk.services.records.records import Record
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from control_desks import a_change, a_control_desk, at_the_board, later, scheduled, submitted, texts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        an_initiative().with_work("delivery", "execution", "Cut over", TODAY + timedelta(days=60)).on(desk)
        yield desk


@pytest.fixture
def rita(desk: Desk) -> Session:
    return as_person(desk, "rita")


def opened(session: Session, number: str) -> Record:
    return records.fetch(session, "change", reading.change_view(session, number).change.id)


def made(session: Session, **values: str) -> Record:
    blank = records.blank(session, "change")
    return records.save(session, "change", blank, {**blank.values, **texts(**values)})


def test_a_draft_is_made_from_a_form_with_its_number(rita: Session):
    record = made(rita, title="Mail relay upgrade")
    assert record.values["number"] == "CHG-0001"
    assert record.rev == 1
    assert reading.change_view(rita, "CHG-0001").change.content.requester == "rita"


@pytest.mark.requirement("R101")
def test_a_change_from_an_initiative_serves_it_and_its_client(rita: Session):
    blank = records.blank(rita, "change", "MFA")
    assert (blank.values["initiative"], blank.values["client"]) == ("MFA", "alder")


def test_a_change_that_is_not_the_go_live_is_counted_alike_on_the_initiative_and_in_its_value_chain(rita: Session):
    def said() -> str:
        return value_page(rita, initiative_view(rita, "MFA").initiative_id).links[0].said

    assert said() == "no change, no plan signed"
    made(rita, title="Mail relay upgrade", initiative="MFA")
    assert said() == "no go-live among 1 change"
    assert initiative_view(rita, "MFA").lights.change.shorter[0] == said()


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("client", "", "client is missing"),
        ("client", "nowhere", "there is no client nowhere in view"),
        ("title", "", "title is missing"),
        ("planned_end", "2026-01-01T00:00:00Z", "planned end does not lie after planned start"),
        ("template", "reboot", "alder has no template reboot"),
        ("initiative", "XYZ", "alder has no initiative XYZ in view"),
        ("milestone", "Cut over", "a milestone belongs to an initiative; name that, too"),
        ("path", "sideways", "is not one of standard, normal, emergency"),
        ("backout_minutes", "-1", "is not between 0 and"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    desk: Desk, rita: Session, column: str, value: str, said: str
):
    blank = records.blank(rita, "change")
    values = {**blank.values, **texts(), column: value}
    checked = records.check(rita, "change", values)
    assert said in checked.problems[column]
    with pytest.raises(RefusedFile):
        records.save(rita, "change", blank, values)
    assert found(desk, "SELECT count(*) FROM change_request") == [(0,)]


def test_a_milestone_of_the_initiative_is_taken_and_another_refused(rita: Session):
    assert records.check(rita, "change", texts(initiative="MFA", milestone="Cut over")).problems == {}
    problems = records.check(rita, "change", texts(initiative="MFA", milestone="Party")).problems
    assert problems == {"milestone": "MFA has no activity Party"}


def test_fields_are_completed_beside_what_stands_in_the_others(desk: Desk, rita: Session):
    submitted(desk, services="mail relay;web")
    values = {"client": "alder", "initiative": "MFA"}

    def offered(column: str, text: str) -> tuple[str, ...]:
        return completing.suggestions(rita, "change", column, text, None, values)

    assert offered("services", "ma") == ("mail relay",)
    assert offered("implementer", "i") == ("ivan", "rita")
    assert offered("initiative", "") == ("MFA",)
    assert offered("milestone", "cut") == ("Cut over",)
    assert offered("client", "a") == ("alder",)
    assert offered("title", "a") == ()


def test_a_template_fills_in_what_is_left_empty(desk: Desk, rita: Session):
    body = {"title": "Restart the service", "plan": "restart", "backout_plan": "start again", "risk": "low"}
    templates.propose(as_person(desk, "ivan"), "alder", "restart", body)
    templates.approve(as_person(desk, "mona"), "alder", "restart")
    values = {
        **dict.fromkeys(texts(), ""), "client": "alder", "path": "standard", "template": "restart",
        "planned_start": texts()["planned_start"], "planned_end": texts()["planned_end"],
    }  # fmt: skip
    assert records.check(rita, "change", values).problems == {}
    record = records.save(rita, "change", records.blank(rita, "change"), values)
    assert (record.values["title"], record.values["plan"]) == ("Restart the service", "restart")
    assert completing.suggestions(rita, "change", "template", "", None, values) == ("restart",)


def test_only_a_standard_change_that_is_in_force_is_offered(desk: Desk, rita: Session):
    def offered() -> tuple[str, ...]:
        return completing.suggestions(rita, "change", "template", "", None, {"client": "alder"})

    body = {"title": "Restart the service", "plan": "restart", "backout_plan": "start again", "risk": "low"}
    templates.propose(as_person(desk, "ivan"), "alder", "restart", body)
    assert offered() == ()
    templates.approve(as_person(desk, "mona"), "alder", "restart")
    assert offered() == ("restart",)
    templates.propose(as_person(desk, "ivan"), "alder", "restart", body | {"plan": "restart twice"})
    assert offered() == ("restart",)
    templates.retire(as_person(desk, "mona"), "alder", "restart", "nobody restarts any more")
    assert offered() == ()


def test_an_edit_is_a_new_revision_on_which_nobody_has_voted(desk: Desk, rita: Session):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    record = opened(rita, number)
    saved = records.save(rita, "change", record, {**record.values, "reason": "clearer"})
    assert saved.rev == 2
    view = reading.change_view(rita, number)
    assert view.change.state == "assessing"
    assert not any(vote.counts for vote in view.s.votes)


def test_what_others_changed_in_other_fields_is_kept(desk: Desk, rita: Session):
    number = a_change(desk)
    record = opened(rita, number)
    asking.edit(as_person(desk, "mona"), number, {"risk": "high"})
    saved = records.save(rita, "change", record, {**record.values, "reason": "clearer"})
    assert (saved.rev, saved.values["risk"], saved.values["reason"]) == (3, "high", "clearer")


def test_where_both_changed_the_same_field_both_are_shown(desk: Desk, rita: Session):
    number = a_change(desk)
    record = opened(rita, number)
    asking.edit(as_person(desk, "mona"), number, {"risk": "high"})
    with pytest.raises(ChangedMeanwhile) as raised:
        records.save(rita, "change", record, {**record.values, "risk": "low"})
    (difference,) = raised.value.differences
    assert raised.value.who == "mona"
    assert (difference.label, difference.opened, difference.mine, difference.theirs) == (
        "Risk", "medium", "low", "high",
    )  # fmt: skip
    saved = records.save(rita, "change", raised.value.record, {**record.values, "risk": "low"})
    assert (saved.rev, saved.values["risk"]) == (3, "low")


def test_a_change_does_not_go_to_another_client_nor_is_what_is_done_edited(desk: Desk, rita: Session):
    number = scheduled(desk)
    later(desk, days=6)
    running.start(as_person(desk, "ivan"), number)
    record = opened(rita, number)
    with pytest.raises(RuleRefused, match="is not edited any more"):
        records.save(rita, "change", record, {**record.values, "reason": "other"})


def test_one_s_own_last_edit_is_taken_back_by_a_revision_of_its_own(desk: Desk, rita: Session):
    number = a_change(desk)
    record = opened(rita, number)
    records.save(rita, "change", record, {**record.values, "reason": "other", "services": "mail;web"})
    last = undoing.last_change(rita)
    assert last.sentence == (
        f"services and why of {number} edited; taken back by a revision 3, on which nobody has voted"
    )
    assert undoing.undo(rita, last.seq) == f"taken back: {number} is revision 3 now"
    content = reading.change_view(rita, number).change.content
    assert (content.reason, content.services) == ("the old relay is out of support", ("mail",))
    with pytest.raises(RuleRefused, match="taken back already"):
        undoing.last_change(rita)


def test_what_is_on_record_is_not_taken_back(desk: Desk, rita: Session):
    number = a_change(desk)
    with pytest.raises(RuleRefused, match="not taken back but cancelled"):
        undoing.last_change(rita)
    asking.submit(rita, number)
    with pytest.raises(RuleRefused, match=f"stays: {number} was submitted"):
        undoing.last_change(rita)
    asking.edit(rita, number, {"reason": "once more"})
    asking.edit(as_person(desk, "mona"), number, {"risk": "low"})
    with pytest.raises(RuleRefused, match="was edited since"):
        undoing.last_change(rita)


def test_a_record_that_was_changed_later_is_what_is_taken_back(desk: Desk):
    owner = open_session(desk)
    a_change(desk, by="rita")
    blank = records.blank(owner, "risks", "MFA")
    records.save(owner, "risks", blank, {**blank.values, "title": "Late vendor", "kind": "delivery"})
    assert undoing.last_change(owner).sentence == "risk Late vendor made"


def test_a_vote_written_down_since_is_named_and_not_taken_for_the_last_change(desk: Desk):
    owner = open_session(desk)
    number = at_the_board(desk)
    blank = records.blank(owner, "risks", "MFA")
    records.save(owner, "risks", blank, {**blank.values, "title": "Late vendor", "kind": "delivery"})
    assert undoing.last_change(owner).stays == ""
    voting.vote(as_person(desk, "nora"), number, "approve")
    last = undoing.last_change(owner)
    assert (last.sentence, last.stays) == ("risk Late vendor made", f"change voted, {number}")


@pytest.mark.requirement("R93")
@pytest.mark.requirement("R104")
def test_what_a_change_has_taught_is_there_when_the_next_like_it_is_drafted(desk: Desk):
    number = scheduled(desk)
    later(desk, days=6)
    running.start(as_person(desk, "ivan"), number)
    running.finish(as_person(desk, "ivan"), number, "with_issues", [running.Proof(text="queue stood still")])
    reviewing.review(as_person(desk, "mona"), number, "the queue stood", lesson="Drain the queue first")
    rita = as_person(desk, "rita")
    for services, path in ((("mail",), "emergency"), (("web",), "normal")):
        found = learned.matching_lessons(rita, "alder", services, path)
        assert [one.lesson.text for one in found] == ["Drain the queue first"]
    assert learned.matching_lessons(rita, "alder", ("web",), "standard") == ()
    stranger = replace(rita, actor=replace(rita.actor, clients=frozenset({"birch"})))
    assert learned.matching_lessons(stranger, "alder", ("mail",), "normal") == ()
