"""When a change could run: the next free time, and the earliest that its approval can be there for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled, view_of

from builders import NOW, as_person, at, found, record
from changedesk.errors import BadInput, Denied
from changedesk.services.control.approvals import voting
from changedesk.services.control.calendar import planning
from changedesk.services.control.calendar.planning_words import feasible_said, free_said, lead_said, tired_said
from changedesk.services.control.changes import asking
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def look(desk: Desk, *services: str, hours: float = 1, who: str | None = None):
    return planning.when(open_session(desk), "alder", services, hours * HOUR, who)


def decided(
    desk: Desk, submitted: str, until: str | None, state: str = "closed", path: str = "normal", n: int = 1
) -> None:
    """Changes that were submitted and decided by the clock in Dublin in November, which is UTC."""
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    for _ in range(n):
        place = len(found(desk, "SELECT 1 FROM change_request"))
        record(
            desk, "change_request", client_id=client, number=f"H{place}", title="Old", path=path, state=state,
            planned_start="2026-11-01T00:00:00Z", planned_end="2026-11-01T01:00:00Z",
            submitted_at=f"{submitted}:00.000Z", opened_at=f"{submitted}:00.000Z",
            decided_at=f"{until}:00.000Z" if until else None,
        )  # fmt: skip


def test_without_a_window_of_any_kind_the_next_quarter_is_free(desk):
    answer = look(desk, "network")
    assert answer.free is not None
    assert answer.free.start == datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
    assert free_said(answer) == ("Thu 26 Nov 14:15 to 15:15.",)


def test_it_says_what_stands_in_the_way(desk):
    owner = open_session(desk)
    a_window(owner, title="Stocktaking", start="2026-11-26T12:00:00", end="2026-11-30T06:00:00")
    a_window(
        owner, kind="maintenance", title="Night maintenance", start="2026-11-02T22:00:00", end="2026-11-03T02:00:00",
        rrule="FREQ=WEEKLY;BYDAY=MO,TU",
    )  # fmt: skip
    number = scheduled(desk, start=datetime(2026, 11, 30, 22, tzinfo=UTC), hours=4)
    assert free_said(look(desk, "network")) == (
        "Tue 1 Dec 22:00 to 23:00, in the maintenance window Night maintenance.",
        f"In the way of an earlier one: the hard freeze Stocktaking until Mon 30 Nov 06:00;"
        f" {number}, which changes network until Tue 1 Dec 02:00.",
    )
    assert free_said(look(desk, "mail"))[0] == "Mon 30 Nov 22:00 to 23:00, in the maintenance window Night maintenance."
    assert (
        free_said(look(desk, "mail", who="alder.does"))[0]
        == "Tue 1 Dec 22:00 to 23:00, in the maintenance window Night maintenance."
    )
    longer = look(desk, "mail", hours=6)
    assert longer.outside
    assert free_said(longer)[0] == (
        "Mon 30 Nov 06:00 to 12:00, outside the maintenance windows: none is there for all of it."
    )


@pytest.mark.requirement("R102")
def test_the_earliest_feasible_window_comes_from_the_clients_own_lead_times(desk):
    # Ten took two business hours each, five took a business day of eight.
    decided(desk, "2026-11-10T09:00", "2026-11-10T11:00", n=10)
    decided(desk, "2026-11-10T13:00", "2026-11-11T13:00", n=5)
    answer = look(desk, "network")
    assert answer.lead is not None
    assert (answer.lead.n, answer.lead.p50, answer.lead.p80) == (15, 2, 8)
    # It is Thursday 14:02: three hours are left of it, and five on Friday.
    assert answer.decided_by == datetime(2026, 11, 27, 14, 2, tzinfo=UTC)
    assert feasible_said(answer) == (
        "Fri 27 Nov 14:15 to 15:15.",
        "Half of 15 normal changes of alder were decided within 2 business hours, four of five within 8 business hours.",
        "Submitted now, four of five would be decided by Fri 27 Nov 14:02.",
    )


def test_open_ones_count_as_longer_and_voided_decisions_as_open(desk):
    decided(desk, "2026-11-10T09:00", "2026-11-10T11:00", n=3)
    decided(desk, "2026-11-23T09:00", None, state="authorizing", n=2)
    answer = look(desk, "network")
    assert answer.lead is not None
    assert (answer.lead.n, answer.lead.undecided, answer.lead.p50, answer.lead.p80) == (5, 2, 2, None)
    assert answer.feasible is None
    assert lead_said(answer) == (
        "Half of 5 normal changes of alder were decided within 2 business hours; four of five take longer than the"
        " longest so far, 29 business hours; 2 open ones count as longer than so far.",
    )
    number = scheduled(desk)
    assert look(desk, "network").lead.undecided == 2  # type: ignore[union-attr]
    desk.clock = at(NOW + HOUR)
    asking.edit(as_person(desk, "alder.asks"), number, {"title": "Other rules"})
    voided = look(desk, "network").lead
    assert voided is not None
    assert (voided.n, voided.undecided) == (6, 3)


def test_a_decision_that_a_freeze_has_stopped_stays_one(desk):
    scheduled(desk)
    a_window(open_session(desk))
    lead = look(desk, "network").lead
    assert (lead.n, lead.undecided) == (1, 0)


def test_without_history_it_says_so_and_names_the_free_time_alone(desk):
    answer = look(desk, "network")
    assert answer.feasible is None
    assert answer.best == answer.free
    assert feasible_said(answer) == (
        "No normal change of alder was submitted here in 365 days: there is no lead time to go by.",
    )


def test_few_decisions_are_called_few(desk):
    decided(desk, "2026-11-10T09:00", "2026-11-10T11:00", n=2)
    assert "That is few to go by: only 2 decisions." in feasible_said(look(desk, "network"))


def test_how_fast_emergencies_are_decided_says_nothing_of_a_normal_change(desk):
    decided(desk, "2026-11-10T09:00", "2026-11-10T10:00", path="emergency", n=10)
    assert look(desk, "network").lead.n == 0


def test_what_was_refused_was_decided_and_what_went_back_was_not(desk):
    asks = as_person(desk, "alder.asks")
    refused, back, taken = (ask_for(desk) for _ in range(3))
    for number in (refused, back, taken):
        asking.submit(asks, number)
    voting.vote(as_person(desk, "alder.manager"), refused, "reject", comment="too early")
    voting.vote(as_person(desk, "alder.manager"), back, "request_changes", comment="say how")
    asking.cancel(asks, taken, "not needed")
    lead = look(desk, "network").lead
    assert (lead.n, lead.undecided) == (1, 0)


def test_people_who_have_enough_to_bear_are_named_beside_a_free_time(desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    for code in ("MFA", "ERP"):
        initiative = record(desk, "initiative", client_id=client, code=code, title=code, go_live_planned="2026-11-25")
        record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    assert tired_said(look(desk, "network")) == ("That week nurses bear 100 % of what they can: ERP, MFA.",)


def test_a_change_for_overloaded_people_runs_into_their_load(desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    for code in ("MFA", "ERP"):
        initiative = record(desk, "initiative", client_id=client, code=code, title=code, go_live_planned="2026-11-25")
        record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    number = ask_for(desk, initiative="MFA")
    conflicts = view_of(desk, number).s.conflicts
    assert [(one.kind, one.sentence, one.open) for one in conflicts] == [
        ("audience", "nurses bear 100 % of what they can in that week", True)
    ]
    assert view_of(desk, ask_for(desk, start=START + 30 * HOUR)).s.conflicts == ()


def test_business_hours_are_the_clients_own_with_its_holidays(desk):
    decided(desk, "2026-11-10T09:00", "2026-11-10T13:00", n=10)
    owner = open_session(desk)
    blank = records.blank(owner, "holidays")
    records.save(owner, "holidays", blank, {"client": "alder", "date": "2026-11-27", "title": "Founders' day"})
    # Three hours are left on Thursday, Friday is free, so the fourth is on Monday.
    assert look(desk, "network").decided_by == datetime(2026, 11, 30, 10, 2, tzinfo=UTC)


def test_nobody_plans_for_clients_out_of_view(desk):
    record(desk, "client", code="birch", name="Birch")
    with pytest.raises(Denied):
        planning.when(as_person(desk, "alder.does"), "birch", (), HOUR)
    with pytest.raises(BadInput, match="no client yew"):
        planning.when(open_session(desk), "yew", (), HOUR)
    with pytest.raises(BadInput, match="from a minute to 14 days"):
        look(desk, hours=0)
