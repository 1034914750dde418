"""Handing over to operations: evidence for every item, and taken over by the service's owner who is not the project's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import TODAY, a_desk, a_person, an_initiative, as_person, at, found, record
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.initiative import gates
from changedesk.services.portfolio.page import portfolio
from changedesk.services.service import handing_over
from changedesk.services.service.handing_over import HandoverView
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import Choices, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.ids import new_id
from changedesk.store.proving import check
from running_desk import a_service, of_service, people

ITEMS = [task.key for task in tasks()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        of_service(a_service(desk, state="transition")).live().on(desk)
        yield desk


def view(desk: Desk, by: str | None = None) -> HandoverView:
    session = as_person(desk, by) if by else open_session(desk)
    return handing_over.handover_view(session, found(desk, "SELECT id FROM initiative")[0][0])


def tick_all(desk: Desk) -> None:
    for item in ITEMS:
        handing_over.tick(open_session(desk), "MFA", item, "wiki/7")


@pytest.mark.requirement("R161")
def test_an_item_takes_evidence(desk: Desk) -> None:
    with pytest.raises(BadInput, match="takes evidence"):
        handing_over.tick(open_session(desk), "MFA", ITEMS[0], " ")
    handing_over.tick(open_session(desk), "MFA", ITEMS[0], "wiki/7")
    assert view(desk).handover.done == 1
    with pytest.raises(BadInput):
        handing_over.tick(open_session(desk), "MFA", "nothing", "wiki/7")


@pytest.mark.requirement("R160")
@pytest.mark.requirement("R165")
def test_only_the_owner_of_the_service_takes_it_over_and_only_when_all_is_there(desk: Desk) -> None:
    assert "items are not done" in (view(desk, "sam").refused or "")
    with pytest.raises(RuleRefused, match="items are not done"):
        handing_over.accept(as_person(desk, "sam"), "MFA")
    tick_all(desk)
    assert view(desk, "sam").refused is None
    for other in ("pat", "max"):
        with pytest.raises((Denied, RuleRefused)):
            handing_over.accept(as_person(desk, other), "MFA")
    assert handing_over.accept(as_person(desk, "sam"), "MFA") == "sam"
    assert view(desk).handover.accepted_by == "sam"
    assert found(desk, "SELECT state FROM service") == [("operation",)]
    assert check.check(desk, None).problems == ()
    with pytest.raises(RuleRefused):
        handing_over.tick(open_session(desk), "MFA", ITEMS[0], "later")


@pytest.mark.requirement("R160")
def test_the_project_owner_takes_nothing_over_from_himself(desk: Desk) -> None:
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE service SET owner = 'pat'")
        transaction.conn.execute("UPDATE person SET roles = 'project_owner;service_owner' WHERE login = 'pat'")
        transaction.record("test.changed", "x", {})
    tick_all(desk)
    with pytest.raises(RuleRefused, match="pat owns the project"):
        handing_over.accept(as_person(desk, "pat"), "MFA")
    assert found(desk, "SELECT count(*) FROM handover WHERE accepted_at IS NOT NULL") == [(0,)]


def test_an_owner_without_the_role_is_told_so_before_anybody_tries(desk: Desk) -> None:
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE person SET roles = 'trainer' WHERE login = 'sam'")
        transaction.record("test.changed", "x", {})
    tick_all(desk)
    for by, whom in (("sam", "sam"), (None, "the owner sam")):
        seen = view(desk, by)
        assert seen.refused == f"{whom} may not take a service over: that takes the role service owner"
        assert seen.barred == seen.refused


def test_nobody_takes_over_a_service_that_nobody_owns(desk: Desk) -> None:
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE service SET owner = NULL")
        transaction.record("test.changed", "x", {})
    tick_all(desk)
    assert view(desk).refused is not None
    with pytest.raises(RuleRefused):
        handing_over.accept(open_session(desk), "MFA")


def test_what_is_sent_back_says_why_and_waits_for_an_answer(desk: Desk) -> None:
    handing_over.tick(open_session(desk), "MFA", "runbooks", "wiki/7")
    with pytest.raises(BadInput, match="takes a reason"):
        handing_over.send_back(as_person(desk, "sam"), "MFA", "runbooks", "")
    with pytest.raises((RuleRefused, Denied)):
        handing_over.send_back(as_person(desk, "pat"), "MFA", "runbooks", "mine")
    assert handing_over.send_back(as_person(desk, "sam"), "MFA", "runbooks", "nobody tried it") == "sam"
    item = next(one for one in view(desk).handover.items if one.key == "runbooks")
    assert (item.state, item.reason) == ("rejected", "nobody tried it")
    with pytest.raises(RuleRefused, match="nothing to send back"):
        handing_over.send_back(as_person(desk, "sam"), "MFA", "runbooks", "again")
    handing_over.tick(open_session(desk), "MFA", "runbooks", "tried with the night shift")
    assert next(one for one in view(desk).handover.items if one.key == "runbooks").state == "done"


@pytest.mark.requirement("R166")
def test_effort_and_duration_stand_beside_the_plan_and_a_formality_is_called_one(desk: Desk) -> None:
    initiative = found(desk, "SELECT id FROM initiative")[0][0]
    record(
        desk, "handover", initiative_id=initiative, planned_start=(TODAY - timedelta(days=10)).isoformat(),
        planned_end=(TODAY + timedelta(days=10)).isoformat(), started_on=(TODAY - timedelta(days=8)).isoformat(),
        planned_hours=40.0, spent_hours=12.0,
    )  # fmt: skip
    assert view(desk).formality is None
    assert (view(desk).effort.planned, view(desk).effort.actual) == (40, 12)
    assert "planned" in view(desk).duration.sentence
    with desk.write("the test") as transaction:
        for item in ITEMS:
            transaction.conn.execute(
                "INSERT INTO handover_item (id, initiative_id, item, done_at, done_by) VALUES (?, ?, ?, ?, ?)",
                (new_id(), initiative, item, "2026-11-26T14:02:00.000Z", "x"),
            )
        transaction.record("test.changed", "x", {})
    assert "formality" in (view(desk).formality or "")


@pytest.mark.requirement("R140")
def test_success_is_looked_at_again_after_ninety_days(desk: Desk) -> None:
    again = view(desk).again
    assert again.due == TODAY - timedelta(days=30) + timedelta(days=90)
    assert not again.overdue
    desk.clock = at(desk.clock() + timedelta(days=61))
    assert view(desk).again.overdue


@pytest.mark.requirement("R140")
def test_a_look_back_before_its_days_are_over_is_said_to_be_one(desk: Desk) -> None:
    for who, lane in (("pat", "delivery"), ("chris", "people")):
        gates.sign(as_person(desk, who), "MFA", "sustain_90", lane, "nobody waits for it")
    again = view(desk).again
    assert again.looked
    assert again.sentence == "looked at again after 30 of 90 days of use, and signed by both sides"


@pytest.mark.requirement("R160")
def test_a_service_can_be_taken_over_before_the_go_live_and_whoever_does_is_told(desk: Desk) -> None:
    of_service(a_service(desk, "Files", state="transition")).named("FILES").planned_for(TODAY).on(desk)
    for item in ITEMS:
        handing_over.tick(open_session(desk), "FILES", item, "wiki/7")
    initiative = found(desk, "SELECT id FROM initiative WHERE code = 'FILES'")[0][0]
    before = handing_over.handover_view(as_person(desk, "sam"), initiative)
    assert before.refused is None
    assert before.early == "FILES has not gone live, go-live Thu 26 Nov: nobody uses yet what is taken over"
    handing_over.accept(as_person(desk, "sam"), "FILES")
    assert handing_over.handover_view(as_person(desk, "sam"), initiative).early is None
    assert view(desk).early is None, "MFA is live"


@pytest.mark.requirement("R160")
@pytest.mark.parametrize("state", ["live", "closed"])
def test_what_a_file_says_is_live_or_over_is_not_taken_over_early_though_nobody_knows_its_day(
    desk: Desk, state: str
) -> None:
    files = of_service(a_service(desk, "Files")).named("FILES").planned_for(TODAY).with_fields(state=state).brought_in()
    assert handing_over.handover_view(open_session(desk), files.on(desk)).early is None


@pytest.mark.parametrize(
    ("table", "state", "why"), [("initiative", "cancelled", "is cancelled"), ("service", "retired", "Mail is retired")]
)
def test_nothing_is_taken_over_once_either_end_of_it_is_gone(desk: Desk, table: str, state: str, why: str) -> None:
    tick_all(desk)
    with desk.write("the test") as transaction:
        transaction.conn.execute(f"UPDATE {table} SET state = ?", (state,))
        transaction.record("test.changed", "x", {})
    assert why in (view(desk, "sam").refused or "")
    with pytest.raises(RuleRefused, match=why):
        handing_over.accept(as_person(desk, "sam"), "MFA")


def test_a_handover_has_the_days_of_whoever_reads_it(desk: Desk) -> None:
    desk.clock = at(datetime(2026, 11, 26, 22, 30, tzinfo=UTC))
    sydney = Choices(zone=ZoneInfo("Australia/Sydney"))
    sam = replace(as_person(desk, "sam"), choices=lambda: sydney)
    for item in ITEMS:
        handing_over.tick(sam, "MFA", item, "wiki/7")
    handing_over.accept(sam, "MFA")
    there = date(2026, 11, 27)
    assert found(desk, "SELECT started_on FROM handover") == [(there.isoformat(),)]
    shown = handing_over.handover_view(sam, found(desk, "SELECT id FROM initiative")[0][0])
    assert shown.today == there
    assert {item.done_at.date() for item in shown.handover.items if item.done_at} == {there}
    assert shown.duration.actual == 1
    assert handing_over.handovers(sam)[0].accepted_on == there
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R159")
def test_handovers_are_listed_by_day_and_only_of_clients_in_view(desk: Desk) -> None:
    of_service(a_service(desk, "Files", "birch")).named("B").of("birch").on(desk)
    a_person(desk, "all.seeing", "administrator")
    assert {row.code for row in handing_over.handovers(open_session(desk))} == {"MFA", "B"}
    assert {row.code for row in handing_over.handovers(as_person(desk, "sam"))} == {"MFA"}
    assert handing_over.handovers(open_session(desk), "birch")[0].share == 0


def test_the_list_of_handovers_asks_the_desk_no_more_often_for_many_than_for_one(desk: Desk) -> None:
    def asked() -> int:
        statements: list[str] = []
        session.desk.reader().set_trace_callback(statements.append)
        handing_over.handovers(session)
        session.desk.reader().set_trace_callback(None)
        return len(statements)

    session = open_session(desk)
    once = asked()
    for number in range(5):
        of_service(a_service(desk, f"Files {number}")).named(f"B{number}").on(desk)
    assert len(handing_over.handovers(session)) == 6
    assert asked() == once > 0


@pytest.mark.requirement("R159")
def test_the_portfolio_says_how_far_each_handover_is_by_one_query_and_only_of_clients_in_view(desk: Desk) -> None:
    of_service(a_service(desk, "Files", "birch")).named("B").of("birch").on(desk)
    an_initiative().named("NONE").live().on(desk)
    for item in ITEMS[:4]:
        handing_over.tick(open_session(desk), "MFA", item, "wiki/7")
    handing_over.send_back(as_person(desk, "sam"), "MFA", ITEMS[0], "A draft")
    a_person(desk, "all.seeing", "administrator")
    shown = portfolio(open_session(desk))
    rows = {row.code: shown.detail(row.initiative_id) for row in shown.rows(0, 9)}
    assert (rows["MFA"].handover, rows["MFA"].handed_over) == ("handover 3/9, 1 sent back", 3 / 9)
    assert (rows["B"].handover, rows["B"].handed_over) == ("", 0.0)
    assert (rows["NONE"].handover, rows["NONE"].handed_over) == ("", None)
    assert {one.there for one in portfolio(as_person(desk, "sam")).handovers.values()} == {3}
