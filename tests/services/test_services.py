"""Services as they run: judged by windows, agreements with tolerance, and what their signals say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_desk, as_person, at, found, record
from changedesk.domain.forms.registry import FORMS
from changedesk.errors import BadInput
from changedesk.services.initiative import page
from changedesk.services.records import records
from changedesk.services.service import listing
from changedesk.services.service.page import service_view
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from running_desk import a_service, a_ticket, an_improvement, of_service, people, tickets


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


def periods(desk: Desk, service: str, count: int = 12, **fields: object) -> None:
    """So many months up to October, each with 30,000 agreed minutes."""
    for n in range(count):
        month = (9 - n) % 12 + 1
        year = 2026 if n < 10 else 2025
        values = {
            "agreed_min": 30_000.0,
            "down_min": 30.0,
            "failures": 2,
            "restored_min": 60.0,
            "repaired_min": 24.0,
            "releases": 2,
        }
        record(
            desk, "service_period", service_id=service, start_on=f"{year}-{month:02}-01", end_on=f"{year}-{month:02}-28",
            **(values | fields),
        )  # fmt: skip


@pytest.mark.requirement("R109")
@pytest.mark.requirement("R178")
@pytest.mark.requirement("R181")
@pytest.mark.requirement("R183")
@pytest.mark.requirement("R123")
@pytest.mark.requirement("R114")
@pytest.mark.requirement("R182")
def test_a_service_is_judged_by_windows_of_three_periods(desk: Desk) -> None:
    service = a_service(desk)
    periods(desk, service)
    view = service_view(open_session(desk), service)
    assert len(view.windows) == 12
    last = view.windows[-1]
    assert last.periods == 3
    assert last.availability == pytest.approx(99.9)
    assert last.mtbf is not None
    assert (last.mtbf.hours, last.mtbf.at_least) == (pytest.approx(3 * 29_970 / 6 / 60), False)
    assert (last.mtrs, last.mttr) == (pytest.approx(0.5), pytest.approx(0.2))
    assert last.releases == 6
    assert view.year is not None
    assert view.year.periods == 12


@pytest.mark.requirement("R111")
@pytest.mark.requirement("R180")
@pytest.mark.parametrize(
    ("target", "tolerance", "state", "level", "why"),
    [
        (99.5, None, "kept", "fine", "agreements kept"),
        (99.95, 0.1, "tolerated", "at_risk", "tolerated miss: availability"),
        (99.95, 0.01, "missed", "late", "SLA missed: availability"),
    ],
)
def test_an_agreement_is_kept_tolerated_or_missed(
    desk: Desk, target: float, tolerance: float | None, state: str, level: str, why: str
) -> None:
    service = a_service(desk)
    periods(desk, service)
    record(desk, "agreement", service_id=service, kind="SLA", metric="availability", target=target, tolerance=tolerance)
    view = service_view(open_session(desk), service)
    assert [one.state for one in view.agreements] == [state]
    assert (view.row.level, view.row.why) == (level, why)
    assert (view.row.broken is not None) == (state == "missed")


@pytest.mark.requirement("R118")
def test_those_that_need_somebody_come_first_and_nothing_measured_is_unknown(desk: Desk) -> None:
    bad, quiet = a_service(desk, "Bad"), a_service(desk, "Quiet")
    a_service(desk, "Gone", state="retired")
    a_service(desk, "Files", "birch")
    periods(desk, bad)
    record(desk, "agreement", service_id=bad, kind="SLA", metric="availability", target=99.99)
    rows = listing.services_view(open_session(desk), "alder").rows
    assert [(row.name, row.level) for row in rows] == [("Bad", "late"), ("Quiet", "unknown"), ("Gone", "fine")]
    assert service_view(open_session(desk), quiet).row.why == "nothing measured yet"
    assert {row.client for row in listing.services_view(as_person(desk, "sam")).rows} == {"alder"}
    assert listing.services_view(as_person(desk, "sam"), "birch").rows == ()
    files = found(desk, "SELECT id FROM service WHERE name = 'Files'")[0][0]
    with pytest.raises(BadInput, match="no longer in view"):
        service_view(as_person(desk, "sam"), files)


@pytest.mark.requirement("R115")
def test_incidents_are_no_more_than_before_where_nobody_knows_all_of_the_time_before(desk: Desk) -> None:
    service = a_service(desk)
    initiative = of_service(service).on(desk)
    tickets(desk, initiative, TODAY - timedelta(days=359), TODAY, 4)
    assert service_view(open_session(desk), service).incident_reduction is None
    a_ticket(desk, initiative, "first", f"{TODAY - timedelta(days=360)}T08:00:00Z", service="Mail")
    assert service_view(open_session(desk), service).incident_reduction == pytest.approx(0, abs=3)


@pytest.mark.requirement("R115")
@pytest.mark.requirement("R124")
@pytest.mark.requirement("R125")
def test_incidents_are_counted_against_the_time_before_and_what_comes_back_is_seen(desk: Desk) -> None:
    service = a_service(desk)
    initiative = of_service(service).on(desk)
    tickets(desk, initiative, TODAY - timedelta(days=360), TODAY - timedelta(days=181), 4)
    view = service_view(open_session(desk), service)
    assert view.incident_reduction == pytest.approx(100)
    desk.clock = at(desk.clock() - timedelta(days=181))
    view = service_view(open_session(desk), service)
    assert view.incident_reduction is None
    assert view.repeat_ratio is not None
    # All of them are called "Sign-in 12" or "Slow 13": numbers aside it is always the same.
    assert view.repeat_ratio > 0.9
    assert view.resolution is not None
    assert view.resolution.median == pytest.approx(5)


@pytest.mark.requirement("R113")
@pytest.mark.requirement("R143")
def test_total_cost_adds_what_non_adoption_costs_in_support(desk: Desk) -> None:
    service = a_service(desk, acquisition_cost=1000.0, horizon_months=24, hour_rate=50.0)
    periods(desk, service, cost=100.0)
    initiative = of_service(service).live().on(desk)
    record(desk, "support_hours", initiative_id=initiative, day="2026-11-16", technical=9.0, behavioural=6.0)
    record(desk, "snapshot", initiative_id=initiative, day="2026-11-16", actual_cost=5000.0)
    cost = service_view(open_session(desk), service).total_cost
    assert cost is not None
    assert dict(cost.parts) == {
        "acquisition": 1000,
        "run": 2400,
        "change": 5000,
        "non-adoption support": pytest.approx(6 * 30 / 90 * 50 * 24),
    }
    assert (cost.currency, cost.months, cost.at_least) == ("EUR", 24, False)
    (measure,) = [m for m in page.initiative(open_session(desk), "MFA").measures.extended if m.name == "Cost"]
    assert measure.lasting.value == "10,800 EUR"
    assert measure.lasting.note == "over 24 months"


@pytest.mark.requirement("R144")
def test_reliability_is_that_of_the_first_ninety_days_after_go_live(desk: Desk) -> None:
    service = a_service(desk)
    of_service(service).live(TODAY - timedelta(days=80)).on(desk)
    (measure,) = [m for m in page.initiative(open_session(desk), "MFA").measures.extended if m.name == "Quality"]
    assert measure.lasting.note == "known once a period of the service after go-live is recorded"
    periods(desk, service)
    (measure,) = [m for m in page.initiative(open_session(desk), "MFA").measures.extended if m.name == "Quality"]
    assert (measure.lasting.value, measure.lasting.note) == (
        "99.90 % available",
        "first 90 days; 250 h between failures",
    )


@pytest.mark.requirement("R51")
def test_the_service_desk_is_told_what_day_one_brings(desk: Desk) -> None:
    live = TODAY + timedelta(days=6)
    initiative = of_service(a_service(desk)).planned_for(live).on(desk)

    def answer() -> str:
        return page.initiative(open_session(desk), "MFA").measures.answers[2].sentence

    assert "is unknown until tickets from before it are recorded" in answer()
    tickets(desk, initiative, TODAY - timedelta(days=50), TODAY, 20)
    wide = answer()
    assert "day one is expected to bring" in wide
    record(desk, "contact_reason", initiative_id=initiative, reason="Cannot sign in", expected=40, script="S1")
    assert answer() != wide


@pytest.mark.requirement("R168")
@pytest.mark.requirement("R169")
@pytest.mark.requirement("R171")
def test_limitations_that_nobody_proposed_anything_for_are_shown_systemic_ones_first(desk: Desk) -> None:
    service = a_service(desk)
    an_improvement(desk, service, "Slow", signals=1)
    for n in range(3):
        day = (TODAY - timedelta(weeks=2 * n)).isoformat()
        record(
            desk, "service_signal", service_id=service, limitation="Full", kind="monitoring", day=day, detail=f"d{n}"
        )
    record(desk, "service_signal", service_id=service, limitation="Ugly", kind="feedback", day="2026-11-20", detail="d")
    view = service_view(open_session(desk), service)
    assert [(one.limitation, one.recurrence.systemic) for one in view.limitations] == [("Full", True), ("Ugly", False)]
    assert view.row.level == "at_risk"
    assert view.row.why == "1 systemic, not decided"
    assert [one.improvement.title for one in view.improvements] == ["Slow"]
    assert view.improvements[0].refused_approval is None
    assert view.improvements[0].refused_initiation is not None


def test_a_service_is_made_and_changed_in_its_form(desk: Desk) -> None:
    session = as_person(desk, "sam")
    blank = records.blank(session, "services")
    made = records.save(session, "services", blank, blank.values | {"client": "alder", "service": "Phones"})
    assert made.values["service"] == "Phones"
    assert {"services", "agreements", "service_periods", "signals", "improvements"} <= set(FORMS)
