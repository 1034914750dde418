"""One client as its provider sees it: its own figures and sentences, and no other client's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, a_person, an_initiative, as_person, record
from changedesk.errors import BadInput
from changedesk.services.initiative import report
from changedesk.services.service import client_view
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from running_desk import a_service, an_improvement, of_service, people, tickets

LIVE = TODAY - timedelta(days=20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        for client, code, service in (("alder", "MFA", "Mail"), ("birch", "BIRCHCODE", "Birchservice")):
            service_id = a_service(desk, service, client)
            initiative = of_service(service_id).named(code, f"{client} title").of(client).live(LIVE).on(desk)
            tickets(
                desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1, service=service, client=client
            )  # fmt: skip
            record(
                desk, "support_hours", initiative_id=initiative, day=TODAY.isoformat(), technical=8.0, behavioural=10.0
            )  # fmt: skip
            record(desk, "confidence", initiative_id=initiative, whose="client", day="2026-11-01", score=4)
            record(
                desk, "confidence", initiative_id=initiative, whose="client", day="2026-11-20", score=2, comment=f"{client} said"
            )  # fmt: skip
            record(
                desk, "security_exception", initiative_id=initiative, title=f"{client} door", opened_on="2026-11-01",
                expires_on="2026-11-20",
            )  # fmt: skip
            record(
                desk, "security_exception", initiative_id=initiative, title="closed", opened_on="2026-11-01",
                closed_on="2026-11-20",
            )  # fmt: skip
            for start, end, down in (("2026-09-01", "2026-09-30", 500), ("2026-11-01", "2026-11-25", 45)):
                record(
                    desk, "service_period", service_id=service_id, start_on=start, end_on=end, change_down_min=down
                )  # fmt: skip
            an_improvement(desk, service_id, f"{client} slow")
        yield desk


def texts(value: object) -> Iterator[str]:
    """Every text anywhere in a view."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from texts(getattr(value, one.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


@pytest.mark.requirement("R2")
@pytest.mark.requirement("R15")
@pytest.mark.requirement("R16")
@pytest.mark.requirement("R4")
def test_load_hours_and_margin_are_those_since_go_live(desk: Desk) -> None:
    view = client_view.client_view(open_session(desk), "alder")
    (one,) = view.initiatives
    assert one.load_now is not None
    assert one.load_before is not None
    assert view.load_now == pytest.approx(one.load_now)
    assert one.load_now > one.load_before > 0
    assert (view.technical, view.behavioural) == (8, 10)
    assert view.margins == (("EUR", 600.0),)
    assert view.margin_said == "600 EUR"
    assert [(c.score, c.moved) for c in view.confidence] == [(2, -2)]
    assert [e.title for e in view.exceptions] == ["alder door"]
    assert one.open_exceptions == 1
    assert one.disruption_min == 45, "what came before go-live was not its doing"
    assert [row.name for row in view.services] == ["Mail"]


def test_what_was_missed_is_called_as_everywhere(desk: Desk) -> None:
    service = a_service(desk, "Phone", "alder")
    record(desk, "agreement", service_id=service, kind="SLA", metric="csat", target=75.0)
    record(
        desk, "service_period", service_id=service, start_on="2026-11-01", end_on="2026-11-25", csat_sat=33, csat_n=50
    )  # fmt: skip
    points = client_view.client_view(open_session(desk), "alder").talking_points
    assert "Phone did not do what was agreed: CSAT 66 %, agreed 75 %." in points


@pytest.mark.requirement("R4")
@pytest.mark.requirement("R108")
@pytest.mark.parametrize("who", [None, "lee"])
def test_nothing_of_another_client_is_in_it(desk: Desk, who: str | None) -> None:
    session = as_person(desk, who) if who else open_session(desk)
    view = client_view.client_view(session, "alder")
    said = [text for text in texts(view) if "birch" in text.casefold()]
    assert said == []
    written = BytesIO()
    report.write_report(session, client_view.talking_points_report(view), "md", written)
    assert "birch" not in written.getvalue().decode().casefold()


@pytest.mark.requirement("R108")
def test_another_client_is_as_unknown_as_one_that_does_not_exist(desk: Desk) -> None:
    a_person(desk, "all.seeing", "administrator")
    assert client_view.client_view(as_person(desk, "all.seeing"), "birch").initiatives
    said = []
    for client in ("birch", "nowhere"):
        with pytest.raises(BadInput) as refused:
            client_view.client_view(as_person(desk, "lee"), client)
        said.append(refused.value.sentence.replace(client, "CLIENT"))
    assert said[0] == said[1]


@pytest.mark.requirement("R167")
def test_what_is_said_to_the_client_begins_with_its_people_and_never_names_our_margin(desk: Desk) -> None:
    view = client_view.client_view(open_session(desk), "alder")
    points = view.talking_points
    assert points[0] == "Your own confidence in MFA is 2 of 5, down 2 (Fri 20 Nov)."
    assert any("8 h on technology and 10 h on helping people" in point for point in points)
    assert any("alder door (MFA); expired: alder door" in point for point in points)
    assert not any("600" in point or "EUR" in point for point in points)


def test_what_is_live_stands_first_then_what_comes_next_and_what_has_no_date_last(desk: Desk) -> None:
    for code, days in (("FAR", 60), ("NEXT", 6)):
        an_initiative().named(code).of("alder").planned_for(TODAY + timedelta(days=days)).on(desk)
    replace(an_initiative().named("OPEN").of("alder"), go_live_planned=None).on(desk)
    an_initiative().named("BEFORE").of("alder").live(LIVE - timedelta(days=10)).on(desk)
    view = client_view.client_view(open_session(desk), "alder")
    assert [one.code for one in view.initiatives] == ["MFA", "BEFORE", "NEXT", "FAR", "OPEN"]


def test_a_client_without_anything_has_nothing_to_be_said(desk: Desk) -> None:
    a_client(desk, "cedar")
    view = client_view.client_view(open_session(desk), "cedar")
    assert (view.initiatives, view.talking_points, view.load_now, view.margin_said) == ((), (), None, "unknown")
    written = BytesIO()
    report.write_talking_points(open_session(desk), view, "md", written)
    assert "nothing to report yet" in written.getvalue().decode()
