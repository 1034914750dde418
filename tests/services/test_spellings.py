"""Tickets, files and people write a service each in their own way: no figure is another one for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_desks import take

from builders import NOW, TODAY, a_desk, an_initiative, found, record
from changedesk.errors import BadInput, RuleRefused
from changedesk.interchange.report_markdown import markdown
from changedesk.services.golive import page as golive
from changedesk.services.golive import tickets as golive_tickets
from changedesk.services.initiative import report
from changedesk.services.records import records
from changedesk.services.service import improving
from changedesk.services.service.client_view import client_view
from changedesk.services.service.page import service_view
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from running_desk import a_change, a_service, an_improvement, of_service, people, tickets

NAME = "Zürich-Straße"
SPELLINGS = (NAME, "ZÜRICH-STRASSE", "zürich-strasse", "Zürich-STRAßE")
LIVE = TODAY - timedelta(days=10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


def with_tickets(desk: Desk) -> str:
    """A service with a go-live that is over, one to come, and one that only its changes name it for; gives its id."""
    service = a_service(desk, NAME)
    live = of_service(service).live(LIVE).on(desk)
    tickets(desk, live, LIVE - timedelta(days=28), TODAY, 8, live=LIVE, surge=1.5, service=NAME)
    of_service(service).named("NEXT").planned_for(TODAY + timedelta(days=6)).on(desk)
    bare = an_initiative().named("BARE").live(LIVE).on(desk)
    a_change(desk, "C1", NOW - timedelta(days=3), 5, services=NAME, initiative_id=bare)
    return service


def respell(desk: Desk, spellings: list[str]) -> None:
    """Tickets write the service in these ways in turn."""
    with desk.write("the test") as transaction:
        for n, spelt in enumerate(spellings):
            turn = (spelt, len(spellings), n)
            transaction.conn.execute("UPDATE ticket SET service = ? WHERE rowid % ? = ?", turn)
        transaction.record("test.made", desk.facts.id, {"table": "ticket"})


def figures(session: Session, service: str) -> tuple[object, ...]:
    """Everything that is made of the tickets of the desk."""
    views = [golive.golive(session, code) for code in ("MFA", "NEXT", "BARE")]
    assert all(view.load.today is not None for view in views)
    listed = [golive_tickets.tickets_of(session, view.initiative_id) for view in views]
    rows = [[replace(row, ticket=replace(row.ticket, service=None)) for row in one.rows] for one in listed]
    loads = [replace(view, load=replace(view.load, named_by_changes=())) for view in views]
    named = [len(view.load.named_by_changes) for view in views]
    said = markdown(report.report(session, "MFA"))
    return loads, named, rows, said, service_view(session, service), client_view(session, "alder")


def test_figures_are_the_same_however_tickets_write_the_service(desk: Desk):
    service, session = with_tickets(desk), open_session(desk)
    as_written = figures(session, service)

    @settings(max_examples=3, deadline=None)
    @given(st.lists(st.sampled_from(SPELLINGS), min_size=2, max_size=4, unique=True))
    def stay(spellings: list[str]) -> None:
        respell(desk, spellings)
        assert figures(session, service) == as_written

    stay()


def test_tickets_of_an_initiative_are_those_of_its_service_in_any_spelling(desk: Desk):
    with_tickets(desk)
    respell(desk, ["ZÜRICH-STRASSE", "zürich-strasse"])
    view = golive.golive(open_session(desk), "MFA")
    since, now = (LIVE - timedelta(days=56)).isoformat(), NOW.isoformat()
    (count,) = found(desk, "SELECT count(*) FROM ticket WHERE opened_at BETWEEN ? AND ?", since, now)[0]
    assert golive_tickets.tickets_of(open_session(desk), view.initiative_id).total == count
    assert view.load.base is not None
    assert golive.golive(open_session(desk), "BARE").load.named_by_changes == ("ZÜRICH-STRASSE",)


def test_a_past_go_live_knows_what_was_usual_in_any_spelling(desk: Desk):
    with_tickets(desk)
    respell(desk, ["ZÜRICH-STRASSE"])
    day_one = golive.golive(open_session(desk), "NEXT").day_one
    assert day_one is not None
    assert "1 earlier go-live" in day_one.grounds


def test_a_service_is_not_removed_while_tickets_write_it_in_capitals(desk: Desk):
    service = a_service(desk, NAME)
    tickets(desk, an_initiative().on(desk), TODAY, TODAY, 5, service="ZÜRICH-STRASSE")
    with pytest.raises(RuleRefused, match="there is a ticket of it"):
        improving.remove_service(open_session(desk), service)
    again = a_service(desk, "ZÜRICH-strasse")
    improving.remove_service(open_session(desk), again)
    assert found(desk, "SELECT name FROM service") == [(NAME,)]


def test_an_improvement_is_found_by_its_service_in_any_spelling(desk: Desk):
    service = a_service(desk, NAME)
    wanted = an_improvement(desk, service, "Slow")
    session = open_session(desk)
    assert {improving.improvement_id(session, "alder", spelt, "Slow") for spelt in SPELLINGS} == {wanted}
    with pytest.raises(BadInput, match="there is no service"):
        improving.improvement_id(session, "alder", "Zürich", "Slow")


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_a_file_means_the_service_that_the_desk_has(desk: Desk, spelt: str):
    service, session = a_service(desk, NAME), open_session(desk)
    month = f"client,service,start,end,agreed_min\nalder,{spelt},2026-10-01,2026-10-31,900\n"
    assert take(session, "service_periods", month).added == 1
    assert take(session, "service_periods", month).unchanged == 1
    assert found(desk, "SELECT service_id FROM service_period") == [(service,)]
    owned = f"client,service,owner\nalder,{spelt},max\n"
    assert take(session, "services", owned).updated == 1
    assert found(desk, "SELECT name, owner FROM service") == [(NAME, "max")]


def test_a_file_that_writes_a_new_service_in_two_ways_brings_one(desk: Desk):
    session = open_session(desk)
    both = "client,service,owner\nalder,Files,pat\nalder,FILES,sam\nbirch,files,sam\n"
    report = take(session, "services", both)
    assert (report.read, report.added) == (3, 2)
    assert found(
        desk, "SELECT c.code, v.name, v.owner FROM service v JOIN client c ON c.id = v.client_id ORDER BY 1"
    ) == [
        ("alder", "FILES", "sam"),
        ("birch", "files", "sam"),
    ]


def test_two_services_that_stand_on_a_desk_already_are_each_meant_by_their_own_spelling(desk: Desk):
    one, other = a_service(desk, "Files"), a_service(desk, "FILES")
    take(open_session(desk), "services", "client,service,owner\nalder,Files,pat\nalder,FILES,max\nalder,files,lee\n")
    assert dict(found(desk, "SELECT id, owner FROM service")) == {one: "pat", other: "lee"}


def test_a_form_means_the_service_that_the_desk_has_and_makes_it_no_second_time(desk: Desk):
    service, session = a_service(desk, NAME), open_session(desk)
    blank = records.blank(session, "signals")
    signal = {
        "client": "alder",
        "service": "zürich-STRASSE",
        "limitation": "Slow",
        "kind": "feedback",
        "date": "2026-11-20",
        "detail": "x",
    }
    assert records.save(session, "signals", blank, {**blank.values, **signal}).values["service"] == NAME
    assert found(desk, "SELECT service_id FROM service_signal") == [(service,)]
    new = records.blank(session, "services")
    with pytest.raises(RuleRefused, match=f"the service alder, {NAME} is there already"):
        records.save(session, "services", new, {**new.values, "client": "alder", "service": "ZÜRICH-STRASSE"})


def test_a_service_may_be_written_in_capitals_from_now_on(desk: Desk):
    service, session = a_service(desk, "Files"), open_session(desk)
    record(desk, "service_period", service_id=service, start_on="2026-10-01", end_on="2026-10-31")
    opened = records.fetch(session, "services", service)
    records.save(session, "services", opened, {**opened.values, "service": "FILES"})
    assert found(desk, "SELECT id, name FROM service") == [(service, "FILES")]
