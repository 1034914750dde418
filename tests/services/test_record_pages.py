"""Long lists of records: their order is read once, and of what stands in them only the pages that are seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_desk, an_initiative, as_person, record, staffed
from changedesk.services.records import listing, records
from changedesk.services.records.listing import record_source
from changedesk.services.session import Session
from changedesk.store import records as stored
from changedesk.store.desk.database import Desk

PAGE = 20
RISKS = 2 * PAGE + 5
OVER = 3


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", PAGE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        initiative = an_initiative().on(staffed(desk))
        for n in range(RISKS):
            over = "2026-11-20" if n < OVER else None
            record(desk, "risk", initiative_id=initiative, title=f"Risk {n:04}", kind="delivery", closed_on=over)
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return as_person(desk, "pat")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records each query asks for."""
    asked: list[int] = []
    page = stored.page

    def counted(conn, kind, scope, wanted_ids):
        asked.append(len(wanted_ids))
        return page(conn, kind, scope, wanted_ids)

    monkeypatch.setattr(stored, "page", counted)
    return asked


def test_of_a_long_list_only_the_pages_that_are_seen_are_read(owner: Session, read: list[int]):
    source = record_source(owner, "risks", "MFA")
    assert source.count() == RISKS
    assert read == [PAGE], "its first page is seen"
    seen = [record.values["title"] for record in source.rows(PAGE - 5, 15)]
    assert read == [PAGE, PAGE]
    assert seen == [f"Risk {n:04}" for n in range(OVER + PAGE - 5, OVER + PAGE + 10)]
    source.rows(PAGE - 5, 15)
    assert read == [PAGE, PAGE], "what was seen is kept"


def test_the_pages_together_are_all_records_with_those_that_are_over_last(owner: Session):
    source = record_source(owner, "risks", "MFA")
    by_key = records.listed(owner, "risks", "MFA")
    assert list(source.rows(0, RISKS)) == sorted(by_key, key=lambda record: bool(record.values["closed_on"]))
    assert [source.position(record.id or "") for record in source.rows(0, RISKS)] == list(range(RISKS))


def test_words_are_looked_for_in_all_records_and_those_are_read_for_it_once(owner: Session, read: list[int]):
    source = record_source(owner, "risks", "MFA")
    assert [record.values["title"] for record in source.having("DELIVERY 2026-11-20 0002").rows(0, 9)] == ["Risk 0002"]
    read.clear()
    assert source.having("risk").count() == RISKS
    assert source.having("nothing like it").count() == 0
    assert sum(read) <= PAGE, "only what is shown of them"
    assert source.having("nothing like it").total == RISKS
