"""The demo tells of services, tickets, handovers and duties on any day, and nothing of what has not happened yet."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from demo_rows import TODAYS, day, every_today, initiative, portfolio, rows

from changedesk.domain.early_life.hypercare import SAID
from changedesk.services.demo.portfolio import demo_portfolio
from changedesk.services.demo.running import RunningAct
from changedesk.services.service.handover_tasks import tasks

NOW = time(9)


def opened(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["opened_at"])


@every_today
def test_every_list_has_something_in_it(today: date) -> None:
    for kind, least in (
        ("tickets", 3000), ("services", 10), ("agreements", 20), ("service_periods", 100), ("signals", 15),
        ("support_hours", 30), ("security_exceptions", 5), ("duties", 40),
    ):  # fmt: skip
        assert len(rows(today, kind)) >= least, kind
    assert {row["client"] for row in rows(today, "services")} == {row["client"] for row in rows(today, "clients")}
    months = Counter(row["service"] for row in rows(today, "service_periods"))
    assert set(months.values()) == {12}


@every_today
def test_no_ticket_comes_from_the_future_and_none_was_resolved_before_it_came(today: date) -> None:
    now = datetime.combine(today, NOW, UTC)
    for row in rows(today, "tickets"):
        assert opened(row) <= now
        if row["resolved_at"]:
            assert opened(row) <= datetime.fromisoformat(row["resolved_at"]) <= now + timedelta(days=1)
    assert any(opened(row).date() == today for row in rows(today, "tickets"))


@every_today
def test_tickets_of_a_go_live_name_it_from_that_day_on_and_come_from_before_it_too(today: date) -> None:
    for code in ("PSA", "LOB", "ERP", "MAIL"):
        live = day(initiative(today, code)["go_live_actual"])
        own = [opened(row).date() for row in rows(today, "tickets") if row["initiative"] == code]
        assert min(own) >= live - timedelta(days=1)
        service = next(row["service"] for row in rows(today, "tickets") if row["initiative"] == code)
        client = initiative(today, code)["client"]
        before = [
            opened(row).date()
            for row in rows(today, "tickets")
            if (row["client"], row["service"], row["initiative"]) == (client, service, "")
        ]
        assert (live - min(before)).days >= 28


def test_weekends_are_quiet_and_mornings_busy() -> None:
    found = [opened(row) for row in rows(TODAYS[2], "tickets")]
    by_weekday = Counter(moment.weekday() for moment in found)
    assert by_weekday[6] < 0.25 * by_weekday[1]
    assert by_weekday[0] > by_weekday[4]
    by_hour = Counter(moment.hour for moment in found)
    assert by_hour[8] + by_hour[9] > 4 * (by_hour[20] + by_hour[21])


@every_today
def test_periods_hold_what_they_can_hold(today: date) -> None:
    for row in rows(today, "service_periods"):
        assert float(row["down_min"]) <= float(row["agreed_min"])
        assert int(row["csat_sat"]) <= int(row["csat_n"]) <= int(row["asked"])
        assert int(row["met"]) <= int(row["due"])
        assert day(row["start"]) <= day(row["end"]) < today


@every_today
def test_what_people_did_names_what_is_there(today: date) -> None:
    acts = [act for act in portfolio(today).acts if isinstance(act, RunningAct)]
    items = {task.key for task in tasks()}
    assert {act.what for act in acts if act.verb in ("tick", "send_back")} <= items
    assert {act.what for act in acts if act.verb == "confirm"} <= set(SAID)
    assert {act.verb for act in acts} >= {"tick", "send_back", "accept", "confirm", "approve", "implement"}


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_the_tickets_of_today_are_those_until_now(hour: int) -> None:
    today = TODAYS[2]
    now = datetime.combine(today, time(hour), UTC)
    text = demo_portfolio(today, now).files["tickets"]
    later = [line for line in text.splitlines()[1:] if line.split(",")[1] > now.strftime("%Y-%m-%dT%H:%M:%S")]
    assert len(later) == 0
