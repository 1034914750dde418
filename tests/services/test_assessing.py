"""Assessing by questionnaire: whose questions, what is kept, and what voids the votes."""

from __future__ import annotations

import json

import pytest

from builders import found
from change_desks import ChangeDesk
from changedesk.errors import BadInput, Denied, RuleRefused, Stale
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, assessing
from changedesk.services.control.situation import find

MILD = {
    "people": "nobody", "business": "comfort", "data": "none", "backout": "switch", "done_before": "often",
    "tested": "same", "parts": "one", "timing": "window", "habits": "nothing", "desk": "scripts",
}  # fmt: skip

OWN = """
title = "What alder asks"
matrix = [
  ["low", "low", "low", "medium", "high"],
  ["low", "low", "low", "medium", "high"],
  ["low", "low", "medium", "medium", "high"],
  ["low", "medium", "medium", "high", "high"],
  ["medium", "medium", "high", "high", "high"],
]
[[questions]]
key = "patients"
text = "Can a patient be harmed?"
about = "impact"
weight = 1
answers = [{ word = "no", text = "no patient is near", points = 1 }, { word = "yes", text = "a patient may be harmed", points = 5 }]
[[questions]]
key = "tried"
text = "Was it tried?"
about = "likelihood"
weight = 1
answers = [{ word = "yes", text = "it was tried", points = 1 }, { word = "no", text = "it was not tried", points = 5 }]
[[rules]]
level = "high"
why = "patient records are hard to take back"
services = ["patient-records"]
"""


def beside(board: ChangeDesk, name: str, text: str) -> None:
    folder = board.desk.path.parent / "risk"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.requirement("R88")
@pytest.mark.requirement("R103")
def test_answers_become_part_of_the_content_and_make_the_level(board: ChangeDesk):
    number = board.draft(risk="")
    level, revision = assessing.answer(board.be("max"), number, MILD | {"backout": "never"}, comment="looked at it")
    assert (level, revision) == ("high", 2)
    change = find(board.owner, number)
    assert (change.content.risk, dict(change.content.risk_answers)["backout"]) == ("high", "never")
    (body,) = found(board.desk, "SELECT body FROM audit WHERE kind = 'change.assessed'")[0]
    told = json.loads(body)
    assert (told["questionnaire"], told["comment"], told["fields"]) == (
        "standard",
        "looked at it",
        ["risk", "risk_answers"],
    )
    assert len(told["questionnaire_digest"]) == 64


def test_another_answer_voids_the_votes(board: ChangeDesk):
    number = board.draft()
    assessing.answer(board.be("max"), number, MILD)
    asking.submit(board.be("rita"), number)
    assert voting.vote(board.be("max"), number, "approve") == "authorizing"
    voting.vote(board.be("cora"), number, "approve")
    assessing.answer(board.be("max"), number, {"tested": "nowhere"})
    view = find(board.owner, number)
    assert (view.state, view.revision) == ("assessing", 3)
    assert assessing.answer(board.be("max"), number, {"tested": "nowhere"})[1] == 3


def test_an_unanswered_question_is_named_and_nothing_is_kept(board: ChangeDesk):
    number = board.draft()
    with pytest.raises(RuleRefused, match=r"2 of 10 questions are not answered \(people, desk\)"):
        assessing.answer(board.be("max"), number, {k: v for k, v in MILD.items() if k not in ("people", "desk")})
    assert find(board.owner, number).revision == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"colour": "blue"}, "there is no question colour; there are people, business"),
        ({"people": "most"}, "most does not answer people; it is one of nobody, some, team, site, everybody"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_the_list(board: ChangeDesk, answers, said):
    with pytest.raises(BadInput, match=said):
        assessing.answer(board.be("max"), board.draft(), MILD | answers)


def test_a_level_is_raised_by_hand_and_not_lowered(board: ChangeDesk):
    number = board.draft()
    assert assessing.answer(board.be("max"), number, MILD, risk="medium")[0] == "medium"
    with pytest.raises(
        RuleRefused, match="the answers make the risk high: it cannot be taken back; it can be set higher"
    ):
        assessing.answer(board.be("max"), number, {"backout": "never"}, risk="low")


def test_a_level_set_by_hand_below_the_answers_is_in_doubt_on_every_card(board: ChangeDesk):
    number = board.draft()
    assessing.answer(board.be("max"), number, MILD | {"backout": "never"})
    asking.assess(board.be("max"), number, "low")
    view = assessing.risk_view(board.be("cora"), number)
    assert view.doubt == "the risk is set to low by hand, but the answers make the risk high: it cannot be taken back"
    assert view.assessment.level == "high"


def test_a_client_asks_its_own_questions_and_names_its_own_services(board: ChangeDesk):
    beside(board, "alder", OWN)
    board.history("B-1,birch,normal,low,mail,9,successful")
    assert assessing.questionnaire_of(board.owner, "alder").title == "What alder asks"
    assert assessing.questionnaire_of(board.owner, "birch").title == "Standard questions"
    mail = assessing.answer(board.be("max"), board.draft(), {"patients": "no", "tried": "yes"})
    records = board.draft(services="patient-records")
    assert mail[0] == "low"
    assert assessing.answer(board.be("max"), records, {"patients": "no", "tried": "yes"})[0] == "high"
    view = assessing.risk_view(board.owner, records)
    assert view.assessment.factors[0] == "patient records are hard to take back: high, whatever the sum says"
    assert view.own


def test_a_desks_own_standard_takes_the_place_of_the_shipped_one(board: ChangeDesk):
    beside(board, "standard", OWN.replace("alder", "this desk"))
    assert assessing.questionnaire_of(board.owner, "alder").title == "What this desk asks"


def test_answers_to_questions_that_are_asked_no_more_are_said(board: ChangeDesk):
    number = board.draft()
    assessing.answer(board.be("max"), number, MILD)
    beside(board, "alder", OWN)
    view = assessing.risk_view(board.owner, number)
    assert view.doubt.startswith("the questions have changed since: nothing asks for people = nobody")
    assert assessing.answer(board.be("max"), number, {"patients": "no", "tried": "no"})[0] == "medium"
    assert dict(find(board.owner, number).content.risk_answers) == {"patients": "no", "tried": "no"}


def test_an_answer_that_the_client_offers_no_more_is_asked_for_again(board: ChangeDesk):
    beside(board, "alder", OWN)
    number = board.draft()
    assessing.answer(board.be("max"), number, {"patients": "no", "tried": "yes"})
    beside(board, "alder", OWN.replace('word = "yes", text = "it was tried"', 'word = "twice", text = "it was tried"'))
    with pytest.raises(RuleRefused, match=r"1 of 2 questions are not answered \(tried\)"):
        assessing.answer(board.be("max"), number, {})


def test_a_file_with_a_mistake_is_named_with_the_key(board: ChangeDesk):
    beside(board, "alder", OWN.replace("weight = 1", "weight = -1", 1))
    with pytest.raises(BadInput, match=r"risk/alder.toml, questions\[1\].weight: it must be above 0"):
        assessing.risk_view(board.owner, board.draft())


def test_the_code_of_a_client_never_leads_out_of_the_folder(board: ChangeDesk):
    (board.desk.path.parent / "outside.toml").write_text(OWN, encoding="utf-8")
    beside(board, "alder", OWN)
    board.history("X-1,../outside,normal,low,mail,9,successful")
    assert assessing.questionnaire_of(board.owner, "../outside").title == "Standard questions"


def test_who_may_and_when(board: ChangeDesk):
    number = board.draft()
    with pytest.raises(Denied):
        assessing.answer(board.be("rita"), number, MILD)
    with pytest.raises(Stale):
        assessing.answer(board.be("max"), number, MILD, revision=7)
    done = board.closed()
    with pytest.raises(RuleRefused, match="is closed: its risk is assessed before it is done"):
        assessing.answer(board.be("max"), done, MILD)
