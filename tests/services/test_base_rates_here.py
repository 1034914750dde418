"""The base rate beside a change: who is counted, and whom a reader of one client never sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW
from change_desks import ChangeDesk
from changedesk.domain.control.base_rate import said_base_rate, said_likeness
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import base_rate, running
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules.policies import set_policy
from changedesk.store.control.decisions import current_policy


def rows(
    client: str, count: int, *, services: str = "mail", risk: str = "low", outcome: str = "successful"
) -> list[str]:
    first = sum(map(ord, client + services + risk + outcome))
    return [f"{client}-{first + n},{client},normal,{risk},{services},{100 + n},{outcome}" for n in range(count)]


@pytest.mark.requirement("R88")
def test_the_changes_of_the_client_are_taken_when_they_are_enough(board: ChangeDesk):
    board.history(*rows("alder", 9), *rows("alder", 1, outcome="backed_out"), *rows("birch", 30, outcome="failed"))
    rate = base_rate.of_change(board.owner, board.draft())
    assert said_base_rate(rate) == "10 like it: 9 successful, 1 backed out"
    assert rate.same == ("client", "path", "service", "risk")
    assert rate.median_minutes == 30


def test_it_widens_over_clients_then_risks_then_services_and_says_so(board: ChangeDesk):
    number = board.draft()
    board.history(*rows("alder", 3))
    assert base_rate.of_change(board.owner, number).n == 3
    board.history(*rows("birch", 7))
    rate = base_rate.of_change(board.owner, number)
    assert (rate.n, rate.given_up, rate.exactly) == (10, ("client",), 3)
    other = board.draft(services="erp")
    board.history(*rows("birch", 4, services="erp"), *rows("cedar", 6, services="erp;files", risk="high"))
    rate = base_rate.of_change(board.owner, other)
    assert (rate.n, rate.given_up) == (10, ("client", "risk"))
    assert said_likeness(rate) == "same path and service, any client and risk: none is the same in everything"
    assert base_rate.of_change(board.owner, board.draft(services="dns")).given_up == ("client", "risk", "service")


def test_a_reader_of_one_client_never_sees_what_another_one_has_done(board: ChangeDesk):
    board.history(*rows("alder", 3), *rows("alder", 2, services="erp"), *rows("birch", 40, outcome="failed"))
    number = board.draft()
    for login in ("rita", "max", "cora"):
        rate = base_rate.of_change(board.be(login), number)
        assert said_base_rate(rate) == "5 like it: 5 successful"
        assert "client" in rate.same
        assert dict(rate.counts)["failed"] == 0
    assert base_rate.of_change(board.owner, number).n == 43
    assert base_rate.of_change(board.be("dora"), number).n == 43


def test_a_name_that_is_part_of_another_is_another_service(board: ChangeDesk):
    board.history(*rows("alder", 12, services="mail-archive"), *rows("alder", 10, services="files;mail"))
    rate = base_rate.of_change(board.owner, board.draft())
    assert (rate.n, rate.given_up) == (10, ())


def test_a_name_in_capitals_is_the_same_service(board: ChangeDesk):
    board.history(*rows("alder", 10, services="MAIL"), *rows("alder", 12, services="files"))
    rate = base_rate.of_change(board.owner, board.draft())
    assert (rate.n, rate.given_up) == (10, ())


def test_a_change_is_not_like_itself_and_what_was_not_done_is_not_counted(board: ChangeDesk):
    number = board.closed()
    board.scheduled()
    assert base_rate.of_change(board.owner, number).n == 0
    assert base_rate.of_draft(board.owner, "alder", "normal", ("mail",), "low").n == 1


def test_a_draft_that_is_not_assessed_is_compared_without_its_risk(board: ChangeDesk):
    board.history(*rows("alder", 6), *rows("alder", 6, risk="high"))
    rate = base_rate.of_draft(board.owner, "alder", "normal", ("mail",), None)
    assert (rate.n, rate.same, rate.given_up) == (12, ("client", "path", "service"), ())


def test_a_client_that_is_half_typed_has_no_base_rate(board: ChangeDesk):
    board.history(*rows("alder", 12))
    for typed in ("a", "alde", "ALDER"):
        assert base_rate.of_draft(board.owner, typed, "normal", (), None) is None


def test_what_counts_as_success_is_the_policy_of_the_changes_client(board: ChangeDesk):
    board.history(*rows("alder", 8), *rows("alder", 4, outcome="with_issues"))
    number = board.draft()
    assert base_rate.of_change(board.owner, number).success.part == 8
    policy = replace(current_policy(board.desk.reader(), "alder")[2], success=("successful", "with_issues"))
    set_policy(board.be("max"), "alder", policy)
    assert base_rate.of_change(board.owner, number).success.part == 12


def test_what_was_begun_without_leave_is_counted_and_is_no_success(board: ChangeDesk):
    start = NOW - timedelta(days=20)
    board.at(start)
    number = board.draft(start, path="emergency", incident="INC-1")
    running.act_first(board.be("ivo"), number, ("cora",), None)
    running.finish(board.be("ivo"), number, "successful", [running.Proof(text="log")])
    board.at(start + timedelta(days=2))
    voting.vote(board.be("ed"), number, "approve")
    reviewing.review(board.be("max"), number, "The votes came a day late.")
    reviewing.close(board.be("max"), number)
    board.at(NOW)
    rate = base_rate.of_draft(board.owner, "alder", "emergency", ("mail",), "low")
    assert said_base_rate(rate) == "1 like it: 1 successful, 1 of them without leave"
    assert (rate.success.part, rate.success.whole, rate.unauthorised) == (0, 1, 1)
