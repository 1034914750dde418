"""The tickets of an initiative, counted in SQL and listed in brief, are those that are read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from builders import a_client, a_desk, an_initiative
from changedesk.domain.early_life.desk_load import hourly
from changedesk.store.desk.database import Desk
from changedesk.store.ids import new_id
from changedesk.store.service import tickets
from changedesk.store.service.tickets import Asked

TURNED = [
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/St_Johns", datetime(2026, 3, 8, 5, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Pacific/Chatham", datetime(2026, 9, 26, 14, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 5, 1, tzinfo=UTC)),
]
"""Clocks off by hours, halves and quarters, and when they are turned in 2026; the last one is not."""


@pytest.fixture(scope="module")
def asked_of_a_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str, Random]]:
    random = Random(9)
    with a_desk(tmp_path_factory.mktemp("tickets")) as desk:
        mine, other, client = an_initiative().on(desk), an_initiative().named("NEXT").on(desk), a_client(desk)
        rows = [
            (
                new_id(), client, f"T{n}", _second(moment + timedelta(seconds=random.randrange(-48 * 3600, 48 * 3600))),
                random.choice((None, _second(moment))), random.choice(("Mail", "mail", "Files", None)),
                random.choice((mine, other, None)), random.choice(("1", "P3", None)), random.choice(("closed", None)),
            )
            for n, (_, moment) in enumerate(TURNED * 120)
        ]  # fmt: skip
        with desk.write("the test") as transaction:
            transaction.conn.executemany(
                "INSERT INTO ticket (id, client_id, number, opened_at, resolved_at, service, initiative_id, priority, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            transaction.record("test.made", mine, {"table": "ticket"})
        yield desk, mine, random


def _second(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def some_spans(around: datetime, random: Random) -> tuple[tuple[datetime, datetime], ...]:
    cuts = sorted(around + timedelta(seconds=random.randrange(-50 * 3600, 50 * 3600)) for _ in range(4))
    return ((cuts[0], cuts[1]), (cuts[2], cuts[3]))


@pytest.mark.parametrize(("zone", "turned"), TURNED)
def test_counts_by_quarter_of_an_hour_make_the_same_hours_and_days_whenever_clocks_are_turned(
    asked_of_a_desk: tuple[Desk, str, Random], zone: str, turned: datetime
) -> None:
    desk, initiative, random = asked_of_a_desk
    for _ in range(20):
        asked = Asked(initiative, random.choice(((), ("Mail", "mail"))), some_spans(turned, random))
        one_by_one = Counter(ticket.opened_at for ticket in tickets.tickets_of(desk.reader(), asked))
        assert hourly(tickets.opened(desk.reader(), asked), ZoneInfo(zone)) == hourly(one_by_one, ZoneInfo(zone))
    assert one_by_one, "there is something to be counted"


def test_in_brief_they_are_the_same_and_each_is_read_by_its_id(asked_of_a_desk: tuple[Desk, str, Random]) -> None:
    desk, initiative, random = asked_of_a_desk
    asked = Asked(initiative, ("Mail",), some_spans(TURNED[0][1], random))
    whole, brief = tickets.tickets_of(desk.reader(), asked), list(tickets.briefly(desk.reader(), asked))
    assert sorted(brief, key=lambda one: (one.opened_at, one.number)) == [
        (one.id, one.number, one.opened_at, one.resolved_at, one.priority, one.state) for one in whole
    ]
    wanted = [one.id for one in brief][::-1]
    assert [one.id for one in tickets.tickets_by_id(desk.reader(), wanted)] == wanted
