"""The catalogue of standard changes: who proposes, who approves, what suspends, and what a new approval starts anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, a_client
from change_desks import BODY, ChangeDesk
from changedesk.domain.proportion import Proportion
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.control import reading
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules import catalogue, template_form, templates
from changedesk.services.imports.importing import import_file

SOON = NOW + timedelta(days=300)


def shown(board: ChangeDesk) -> catalogue.Entry:
    (entry,) = catalogue.catalogue(board.owner)
    return entry


def a_use(board: ChangeDesk) -> str:
    return asking.submit(
        board.be("rita"),
        board.draft(path="standard", template="restart", title=BODY["title"], plan="Restart it.",
                    backout_plan="Start the old one."),
    )  # fmt: skip


@pytest.mark.requirement("R99")
def test_whoever_proposes_a_template_does_not_approve_it(board: ChangeDesk):
    board.template(approved=False)
    with pytest.raises(RuleRefused, match="whoever proposed a template does not approve it"):
        templates.approve(board.be("max"), "alder", "restart")
    with pytest.raises(Denied):
        templates.approve(board.be("rita"), "alder", "restart")
    templates.approve(board.be("cora"), "alder", "restart")
    assert (shown(board).state, shown(board).shown.approver) == ("approved", "cora")


@pytest.mark.parametrize("name", ["", "restart mail", "alder/restart", "a;b", " restart"])
def test_a_template_is_named_by_one_word(board: ChangeDesk, name: str):
    with pytest.raises(BadInput, match="the name of a template is one word without spaces, / and ;"):
        templates.propose(board.be("max"), "alder", name, BODY)


def test_an_approval_ends_on_a_day_to_come(board: ChangeDesk):
    board.template(approved=False)
    with pytest.raises(RuleRefused, match="the approval of restart ends on a day to come"):
        templates.approve(board.be("cora"), "alder", "restart", NOW)
    assert shown(board).state == "proposed"


def test_the_old_version_holds_until_the_new_one_is_approved(board: ChangeDesk):
    board.template()
    assert templates.propose(board.be("max"), "alder", "restart", {**BODY, "plan": "Restart both."}) == 2
    entry = shown(board)
    assert (entry.state, entry.holds.version, entry.proposed.version) == ("approved", 1, 2)
    assert a_use(board) == "scheduled"
    with pytest.raises(RuleRefused, match="version 2 of restart is proposed already"):
        templates.propose(board.be("max"), "alder", "restart", BODY)
    templates.approve(board.be("cora"), "alder", "restart", SOON)
    entry = shown(board)
    assert (entry.holds.version, entry.proposed) == (2, None)
    first = catalogue.catalogue(board.owner, retired=True)
    assert len(first) == 1


def test_a_failing_template_suspends_itself_and_says_why(board: ChangeDesk):
    board.template()
    for outcome, days in (("successful", 30), ("failed", 20), ("backed_out", 10)):
        last = board.used(outcome, days)
    entry = shown(board)
    assert (entry.state, entry.ever) == ("suspended", Proportion(1, 3))
    assert entry.shown.suspended_why.startswith("2 of 3 uses failed: ")
    assert last in entry.shown.suspended_why
    with pytest.raises(RuleRefused, match="is suspended: 2 of 3 uses failed"):
        a_use(board)


def test_a_suspended_template_comes_back_by_an_approval_that_says_what_was_mended(board: ChangeDesk):
    board.template()
    board.used("failed", 20, p1=True)
    assert shown(board).state == "suspended"
    with pytest.raises(RuleRefused, match="say what was mended"):
        templates.approve(board.be("cora"), "alder", "restart", SOON)
    with pytest.raises(RuleRefused, match="whoever proposed"):
        templates.approve(board.be("max"), "alder", "restart", SOON, reason="the script waits now")
    templates.approve(board.be("cora"), "alder", "restart", SOON, reason="the script waits now")
    entry = shown(board)
    assert (entry.state, entry.since, entry.ever) == ("approved", Proportion(0, 0), Proportion(0, 1))


@pytest.mark.requirement("R87")
def test_what_is_scheduled_waits_while_its_template_is_suspended_and_goes_on_when_that_is_approved_again(
    board: ChangeDesk,
):
    board.template()
    number = board.scheduled(NOW, path="standard", template="restart", title=BODY["title"], plan="Restart it.",
                             backout_plan="Start the old one.")  # fmt: skip
    failed = board.used("failed", 1, p1=True)
    sentence = f"its template restart was suspended since: {failed} failed and caused a P1"
    view = reading.change_view(board.owner, number)
    assert (view.s.approval, view.change.state) == ("pending", "scheduled")
    assert view.missing[0].startswith(sentence)
    with pytest.raises(RuleRefused, match=sentence):
        running.start(board.be("ivo"), number)
    templates.approve(board.be("cora"), "alder", "restart", SOON, reason="the script waits now")
    assert reading.change_view(board.owner, number).s.approval == "approved"
    running.start(board.be("ivo"), number)


def test_a_standard_change_from_a_file_starts_once_it_was_submitted_here_by_a_template(
    board: ChangeDesk, tmp_path: Path
):
    board.template()
    window = f"{NOW:%Y-%m-%dT%H:%M:%SZ},{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    file = tmp_path / "changes.csv"
    file.write_text(
        "number,client,title,path,planned_start,planned_end,state,implementer\n"
        f"OLD-1,alder,{BODY['title']},standard,{window},scheduled,ivo\n"
    )
    assert import_file(board.owner, file, "changes").problems == ()
    with pytest.raises(RuleRefused, match="edit it to name an approved template, then submit it"):
        running.start(board.be("ivo"), "OLD-1")
    asking.edit(board.be("max"), "OLD-1", {"template": "restart"})
    assert asking.submit(board.be("max"), "OLD-1") == "scheduled"
    running.start(board.be("ivo"), "OLD-1")
    assert reading.change_view(board.owner, "OLD-1").change.state == "implementing"


def test_what_is_scheduled_does_not_start_when_its_template_was_retired(board: ChangeDesk):
    board.template()
    number = board.scheduled(NOW, path="standard", template="restart", title=BODY["title"], plan="Restart it.",
                             backout_plan="Start the old one.")  # fmt: skip
    templates.retire(board.be("max"), "alder", "restart", "the service is gone")
    with pytest.raises(RuleRefused, match="was retired since: the service is gone; take the normal path"):
        running.start(board.be("ivo"), number)


def test_what_failed_before_it_was_mended_does_not_count_again(board: ChangeDesk):
    board.template()
    board.used("failed", 20)
    board.used("failed", 15)
    board.at(NOW - timedelta(days=14))
    templates.approve(board.be("cora"), "alder", "restart", SOON, reason="mended")
    board.used("successful", 5)
    entry = shown(board)
    assert (entry.state, entry.since, entry.ever) == ("approved", Proportion(1, 1), Proportion(1, 3))


def test_a_p1_that_is_found_by_the_review_suspends_it_later(board: ChangeDesk):
    board.template()
    number = board.used("failed", 5)
    assert shown(board).state == "approved"
    followed = reviewing.review(
        board.be("max"), number, "The whole site was down.", caused_p1=True, incidents=("INC-1",)
    )
    assert followed == (f"the standard change restart is suspended: {number} failed and caused a P1",)
    assert shown(board).shown.suspended_why == f"{number} failed and caused a P1"


def test_an_approval_ends_on_its_day(board: ChangeDesk):
    board.template()
    board.at(NOW + timedelta(days=165))
    assert shown(board).state == "expired"
    with pytest.raises(RuleRefused, match="the approval of the template restart ended on"):
        asking.submit(
            board.be("rita"),
            board.draft(NOW + timedelta(days=166), path="standard", template="restart", title=BODY["title"],
                        plan="Restart it.", backout_plan="Start the old one."),
        )  # fmt: skip


def test_an_expired_one_is_approved_anew_and_one_that_holds_is_not(board: ChangeDesk):
    board.template()
    with pytest.raises(RuleRefused, match="only one that is proposed, suspended or expired is approved"):
        templates.approve(board.be("cora"), "alder", "restart", SOON)
    board.at(NOW + timedelta(days=165))
    templates.approve(board.be("cora"), "alder", "restart", NOW + timedelta(days=500))
    assert (shown(board).state, shown(board).holds.version) == ("approved", 1)


def test_a_retired_template_is_gone_with_what_was_proposed_for_it(board: ChangeDesk):
    board.template()
    templates.propose(board.be("max"), "alder", "restart", {**BODY, "plan": "Other."})
    with pytest.raises(BadInput, match="takes a reason"):
        templates.retire(board.be("cora"), "alder", "restart", " ")
    templates.retire(board.be("cora"), "alder", "restart", "mail has moved away")
    assert catalogue.catalogue(board.owner) == ()
    (entry,) = catalogue.catalogue(board.owner, retired=True)
    assert (entry.state, entry.shown.retired_why) == ("retired", "mail has moved away")
    with pytest.raises(RuleRefused, match="retired already"):
        templates.retire(board.be("cora"), "alder", "restart", "again")
    with pytest.raises(RuleRefused, match="is retired, not approved"):
        a_use(board)


def test_a_file_becomes_a_proposal(board: ChangeDesk, tmp_path: Path):
    file = tmp_path / "restart.toml"
    file.write_text(
        'name = "restart"\nallowed = ["services"]\nmax_risk = "low"\n[body]\ntitle = "Restart"\nrisk = "low"\n'
        'plan = "Restart it."\nbackout_plan = "Start the old one."\nbackout_minutes = 5\nservices = ["mail"]\n',
        encoding="utf-8",
    )
    draft = templates.draft_in(file)
    assert draft.body["services"] == ("mail",)
    templates.propose(board.be("max"), "alder", draft.name, draft.body, allowed=draft.allowed)
    assert shown(board).shown.body["backout_minutes"] == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "restart"', "body: it is missing"),
        ('name = "re start"\n[body]\ntitle="t"\nrisk="low"\nplan="p"\nbackout_plan="b"', "name: a name is one word"),
        (
            'name = "x"\n[body]\ntitle="t"\nrisk="low"\nplan="p"\nbackout_plan="b"\ncolour="red"',
            "body.colour: there is no such",
        ),
        ('name = "x"\n[body]\ntitle="t"\nrisk="low"\nplan="p"\nbackout_plan=" "', "body.backout_plan: it is empty"),
        ("name = ", "is not a TOML file"),
    ],
)
def test_a_file_with_a_mistake_says_which_key_and_why(tmp_path: Path, text: str, said: str):
    file = tmp_path / "restart.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        templates.draft_in(file)


def test_a_standard_change_of_a_client_with_a_slash_in_its_code_is_opened_by_its_name(board: ChangeDesk):
    a_client(board.desk, "alder/north")
    templates.propose(board.owner, "alder/north", "restart", BODY)
    found = template_form.fetch(board.owner, "alder/north/restart")
    assert (found.values["client"], found.values["name"]) == ("alder/north", "restart")


def test_a_reader_of_one_client_sees_that_clients_catalogue(board: ChangeDesk):
    board.history("B-1,birch,normal,low,mail,9,successful")
    board.template()
    templates.propose(board.owner, "birch", "restart", BODY)
    assert [(one.client, one.state) for one in catalogue.catalogue(board.owner)] == [
        ("birch", "proposed"),
        ("alder", "approved"),
    ]
    assert [one.client for one in catalogue.catalogue(board.be("max"))] == ["alder"]
    assert catalogue.entry(board.be("max"), "restart").client == "alder"
    with pytest.raises(BadInput, match="restart is a template of alder and of birch"):
        catalogue.entry(board.owner, "restart")


def test_who_is_of_one_client_is_refused_the_standard_changes_of_another(board: ChangeDesk):
    board.history("B-1,birch,normal,low,mail,9,successful")
    templates.propose(board.owner, "birch", "restart", BODY)
    assert catalogue.entry(board.owner, "restart", "birch") in catalogue.catalogue(board.owner, "birch")
    with pytest.raises(Denied):
        catalogue.entry(board.be("max"), "restart", "birch")
    with pytest.raises(Denied):
        catalogue.catalogue(board.be("max"), "birch")
