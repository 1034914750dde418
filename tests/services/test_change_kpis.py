"""The figures of change control on a desk where changes have been lived through."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, found, record
from change_desks import ChangeDesk
from changedesk.domain.proportion import Proportion
from changedesk.errors import Denied
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import kpis, reviewing
from changedesk.services.control.rules.policies import set_policy
from changedesk.store.control.decisions import current_policy


def test_done_work_is_told_apart_from_what_never_was_done(board: ChangeDesk):
    for outcome in ("successful", "successful", "with_issues", "backed_out"):
        board.closed(outcome)
    asking.cancel(board.be("rita"), board.scheduled(), "no longer needed")
    board.at(NOW)
    refused = board.draft()
    asking.submit(board.be("rita"), refused)
    voting.vote(board.be("max"), refused, "reject", comment="too early")
    board.done()
    whole = kpis.kpi_view(board.owner, days=365).whole
    assert whole.success == Proportion(2, 4)
    assert whole.with_issues == whole.failed == Proportion(1, 4)
    assert whole.emergency == Proportion(0, 4)
    assert whole.unauthorised == Proportion(0, 5)


def test_cancelled_and_rejected_are_counted_in_the_window_that_they_were_planned_for(board: ChangeDesk):
    asking.cancel(board.be("rita"), board.draft(NOW - timedelta(days=3)), "no longer needed")
    whole = kpis.kpi_view(board.owner, days=30).whole
    assert (whole.cancelled, whole.rejected, whole.success.whole) == (1, 0, 0)


def test_what_counts_as_a_success_is_each_clients_own_map(board: ChangeDesk):
    board.closed("with_issues")
    board.closed("successful")
    view = kpis.kpi_view(board.owner)
    assert (view.whole.success, view.success) == (Proportion(1, 2), {"alder": ("successful",)})
    policy = replace(current_policy(board.desk.reader(), "alder")[2], success=("successful", "with_issues"))
    set_policy(board.be("max"), "alder", policy)
    view = kpis.kpi_view(board.owner)
    assert view.whole.success == Proportion(2, 2)
    assert view.whole.with_issues == Proportion(1, 2)


def test_an_emergency_whose_votes_came_late_is_unauthorised_for_ever(board: ChangeDesk):
    board.closed(path="emergency", incident="INC-1")
    start = NOW - timedelta(days=20)
    board.at(start)
    number = board.draft(start, path="emergency", incident="INC-2")
    running.act_first(board.be("ivo"), number, ("cora",), None)
    running.finish(board.be("ivo"), number, "successful", [running.Proof(text="log")])
    board.at(NOW)
    before = kpis.kpi_view(board.owner).whole
    assert before.unauthorised == Proportion(1, 2), "overdue and still in review"
    voting.vote(board.be("ed"), number, "approve")
    reviewing.review(board.be("max"), number, "The votes came late.")
    reviewing.close(board.be("max"), number)
    after = kpis.kpi_view(board.owner).whole
    assert after.unauthorised == Proportion(1, 2)
    assert after.success == Proportion(1, 2)
    assert after.emergency == Proportion(2, 2)


@pytest.mark.requirement("R102")
def test_lead_times_are_business_hours_and_what_waits_is_counted_in(board: ChangeDesk):
    """Asked for on Mon 2 Nov 14:02, voted on by Tue 3 Nov 14:02: 8 of the hours from 9 to 17."""
    board.scheduled(NOW - timedelta(days=21))
    board.at(NOW - timedelta(days=1))
    asking.submit(board.be("rita"), board.draft())
    board.at(NOW)
    lead = kpis.kpi_view(board.owner).whole.lead
    assert (lead.n, lead.undecided, lead.p50, lead.longest) == (2, 1, 8.0, 8.0)
    assert lead.p80 is None


@pytest.mark.requirement("R102")
def test_what_was_decided_before_it_was_asked_for_and_what_was_done_first_took_no_time_to_decide(board: ChangeDesk):
    board.template()
    board.used()
    start = NOW - timedelta(days=2)
    board.at(start)
    emergency = board.draft(start, path="emergency", incident="INC-2")
    running.act_first(board.be("ivo"), emergency, ("cora",), None)
    voting.vote(board.be("ed"), emergency, "approve")
    board.at(NOW)
    whole = kpis.kpi_view(board.owner).whole
    assert (whole.lead.n, whole.lead.undecided) == (0, 0)


def test_the_months_are_those_of_a_year_whatever_the_window(board: ChangeDesk):
    board.history("A-1,alder,normal,low,mail,9,successful", "A-2,alder,normal,low,mail,200,successful")
    for days, whole in ((30, 1), (365, 2), (None, 2)):
        view = kpis.kpi_view(board.owner, days=days)
        assert (view.whole.success.whole, sum(one.success.whole for _, one in view.months)) == (whole, 2)


@pytest.mark.requirement("R102")
def test_a_decision_that_an_edit_has_voided_is_none_and_the_change_waits_again(board: ChangeDesk):
    number = board.scheduled(NOW - timedelta(days=1))
    board.at(NOW - timedelta(days=1, hours=1))
    assert kpis.kpi_view(board.owner).whole.lead.undecided == 0
    asking.edit(board.be("rita"), number, {"title": "Another certificate"}, 1)
    board.at(NOW)
    assert kpis.kpi_view(board.owner).whole.lead.undecided == 1


def test_a_window_outside_the_clients_maintenance_is_counted_where_there_is_one(board: ChangeDesk):
    board.scheduled(NOW + timedelta(days=3))
    assert kpis.kpi_view(board.owner).whole.outside == Proportion(0, 0)
    client = board.desk.reader().execute("SELECT id FROM client").fetchone()[0]
    record(
        board.desk, "time_window", client_id=client, kind="maintenance", scope="service:mail", title="Evenings",
        starts_at="2026-09-01T18:00:00Z", ends_at="2026-09-01T22:00:00Z", rrule="FREQ=DAILY",
    )  # fmt: skip
    board.closed(days=5)
    board.closed(days=6, services="erp")
    board.done(days=120)
    evening = NOW.replace(hour=19) - timedelta(days=8)
    board.scheduled(evening)
    board.at(NOW)
    assert kpis.kpi_view(board.owner).whole.outside == Proportion(1, 2)


def test_history_from_a_file_says_how_it_ended_and_nothing_about_leave_and_lead_time(board: ChangeDesk):
    board.history("A-1,alder,normal,low,mail,9,successful", "A-2,alder,emergency,low,mail,8,failed")
    whole = kpis.kpi_view(board.owner).whole
    assert (whole.success, whole.failed) == (Proportion(1, 2), Proportion(1, 2))
    assert (whole.unauthorised.whole, whole.lead.n) == (0, 0)
    assert whole.incident.whole == 0, "nobody has said whether it caused one"


def test_the_figures_are_split_by_client_path_and_team_and_by_month(board: ChangeDesk):
    board.history("A-1,alder,normal,low,mail,9,successful", "B-1,birch,standard,low,mail,40,failed")
    board.closed()
    view = kpis.kpi_view(board.owner)
    assert {name: found.success for name, found in view.groups["client"].items()} == {
        "alder": Proportion(2, 2),
        "birch": Proportion(0, 1),
    }
    assert set(view.groups["path"]) == {"normal", "standard"}
    assert {name: found.success.whole for name, found in view.groups["team"].items()} == {"ivo": 1, "nobody named": 2}
    assert [figures.success.whole for _, figures in view.months][-2:] == [1, 2]
    assert [one.success for one in view.group_months["client"]["birch"]][-2:] == [Proportion(0, 1), Proportion(0, 0)]


def test_a_reader_of_one_client_sees_that_client_alone(board: ChangeDesk):
    board.history("A-1,alder,normal,low,mail,9,successful", "B-1,birch,normal,low,mail,9,failed")
    view = kpis.kpi_view(board.be("max"))
    assert set(view.groups["client"]) == {"alder"}
    assert view.whole.success == Proportion(1, 1)
    assert set(view.success) == {"alder"}
    with pytest.raises(Denied):
        kpis.kpi_view(board.be("max"), "birch")


@pytest.mark.requirement("R122")
def test_incidents_and_downtime_come_from_the_reviews(board: ChangeDesk):
    board.closed()
    number = board.done("with_issues")
    reviewing.review(board.be("max"), number, "Phones were silent.", incidents=("INC-9",), downtime_minutes=25)
    board.done("failed", p1=True)
    whole = kpis.kpi_view(board.owner).whole
    assert whole.incident == Proportion(2, 3)
    board.history("A-1,alder,normal,low,mail,9,successful", "A-2,alder,normal,low,mail,9,successful")
    assert kpis.kpi_view(board.owner).whole.incident == Proportion(2, 3)
    ((client, change),) = found(board.desk, "SELECT client_id, id FROM change_request WHERE number = 'A-1'")
    ticket = record(board.desk, "ticket", client_id=client, number="T-1", opened_at="2026-11-26T09:00:00Z")
    record(
        board.desk, "ticket_cause", ticket_id=ticket, change_id=change, reason="r", linked_at=NOW.isoformat(), linked_by="x"
    )  # fmt: skip
    assert kpis.kpi_view(board.owner).whole.incident == Proportion(3, 4)
    assert (whole.downtime, whole.downtime_known) == (25, 1)
