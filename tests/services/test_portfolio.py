"""The portfolio: every initiative in view, both lanes, what needs attention first, and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_desk, a_person, an_initiative, as_person
from changedesk.services.imports.importing import import_file
from changedesk.services.portfolio.days import EVENT_DAYS
from changedesk.services.portfolio.page import PortfolioView, portfolio
from changedesk.services.portfolio.query import SORTS, PortfolioQuery
from changedesk.services.records.observing import observe
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

EVERY = ["BARE", "FINE", "LATE", "LIVE"]


def _days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        (
            an_initiative().named("LATE", "Late one")
            .with_work("delivery", "planning", "Plan", TODAY - _days(40), TODAY - _days(40))
            .with_work("people", "training", "Train", TODAY - _days(30)).on(desk)
        )  # fmt: skip
        (
            an_initiative().named("FINE", "Steady one").of("birch")
            .with_work("delivery", "planning", "Plan", TODAY + _days(5))
            .with_work("people", "reinforcement", "Ask", TODAY + _days(90)).on(desk)
        )  # fmt: skip
        an_initiative().named("BARE", "Unplanned one").owned_by("pat", None).on(desk)
        live = an_initiative().named("LIVE", "Living one").live().with_audience("all", 100)
        live.with_work("delivery", "closure", "Close", TODAY - _days(31), TODAY - _days(31)).on(desk)
        observe(open_session(desk), "LIVE", "all", "utilization", "2026-11-20", "40/100")
        yield desk


@pytest.fixture
def session(desk: Desk) -> Session:
    return open_session(desk)


def _codes(view: PortfolioView) -> list[str]:
    return [row.code for row in view.rows(0, view.matched)]


def test_every_initiative_shows_both_its_lanes_and_the_lag_between_them(session: Session) -> None:
    rows = {row.code: row for row in portfolio(session).rows(0, 10)}
    assert (rows["LATE"].delivery, rows["LATE"].people) == (1.0, 0.0)
    assert rows["LATE"].lag is not None
    assert rows["LATE"].lag > 0
    assert (rows["BARE"].delivery, rows["BARE"].people, rows["BARE"].lag) == (None, None, None)


def test_what_needs_attention_stands_first_with_its_reason(session: Session) -> None:
    view = portfolio(session)
    rows = view.rows(0, 10)
    levels = [("late", "at_risk", "unknown", "fine").index(row.level) for row in rows]
    assert levels == sorted(levels)
    assert {row.code for row in rows if row.level == "late"} == {"LATE", "LIVE"}
    first = rows[0]
    assert first.why
    detail = view.detail(first.initiative_id)
    assert detail is not None
    assert detail.findings[0].level == "late"
    assert view.headline.need_attention == sum(row.level in ("late", "at_risk") for row in view.rows(0, 10))


@pytest.mark.parametrize("sort", [*SORTS, "nonsense"])
@pytest.mark.parametrize("by_client", [False, True])
def test_every_order_shows_everything_once_and_the_unknown_last(session: Session, sort: str, by_client: bool) -> None:
    view = portfolio(session, PortfolioQuery(sort=sort, by_client=by_client))
    assert sorted(_codes(view)) == ["BARE", "FINE", "LATE", "LIVE"]
    rows = view.rows(0, 10)
    if not by_client and sort in ("lag", "adopted"):
        values = [row.lag if sort == "lag" else row.adopted for row in rows]
        assert values[values.index(None) :] == [None] * values.count(None)
    assert [view.position(row.initiative_id) for row in rows] == [0, 1, 2, 3]
    if by_client:
        assert [(group.client, group.first, group.count) for group in view.groups] == [("alder", 0, 3), ("birch", 3, 1)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("steady", ["FINE"]),
        ("STEADY birch", ["FINE"]),
        ("steady alder", []),
        ("  ", EVERY),
        ("chris", ["FINE", "LATE", "LIVE"]),
        ("%", []),
    ],
)
def test_a_filter_wants_every_word_somewhere(session: Session, text: str, codes: list[str]) -> None:
    view = portfolio(session, PortfolioQuery(text=text))
    assert sorted(_codes(view)) == codes
    assert view.total == 4
    assert view.matched == len(_codes(view))


def test_a_page_is_a_part_of_the_whole(session: Session) -> None:
    view = portfolio(session)
    assert [row.code for row in (*view.rows(0, 2), *view.rows(2, 2), *view.rows(4, 2))] == _codes(view)


def test_the_headline_tells_delivered_from_adopted(session: Session) -> None:
    headline = portfolio(session).headline
    assert (headline.delivered, headline.adopted) == (1, 0)
    assert headline.gap_median == pytest.approx(0.6)
    assert headline.lag_worst_code == "LATE"


def test_an_empty_desk_has_an_empty_portfolio(tmp_path: Path) -> None:
    with a_desk(tmp_path, name="empty.db") as desk:
        view = portfolio(open_session(desk))
        assert (view.total, view.matched, view.client_names, view.events, view.points) == (0, 0, {}, (), ())
        assert view.headline.lag_median is None
        assert view.headline.next_go_live is None


def test_the_coming_fortnight_names_days_of_initiatives_in_view_and_no_others(session: Session, desk: Desk) -> None:
    for ahead in (0, EVENT_DAYS - 1, EVENT_DAYS, -1):
        an_initiative().of("birch").named(f"IN{ahead}").planned_for(TODAY + _days(ahead)).on(desk)
    days = {event.code: event.day for event in portfolio(session).events if event.kind == "go_live"}
    assert days == {"IN0": TODAY, f"IN{EVENT_DAYS - 1}": TODAY + _days(EVENT_DAYS - 1)}
    a_person(desk, "ann", client="alder")
    assert not {event.code for event in portfolio(as_person(desk, "ann")).events} & set(days)


def test_what_comes_is_read_behind_the_name_of_its_client_however_long_that_is(session: Session, desk: Desk) -> None:
    rows = {
        "clients": "client,name\nnordmeer,Nordmeer Binnenschifffahrtsversicherung mbH\nelm,Elm Dental\n",
        "windows": "client,kind,title,start,end\n"
        + "".join(
            f"{client},freeze_hard,Year end,{TODAY + _days(n)}T10:00:00Z,{TODAY + _days(9)}T10:00:00Z\n"
            for n, client in enumerate(("nordmeer", "elm"), 2)
        ),
    }
    for kind, text in rows.items():
        file = desk.path.with_name(f"{kind}.csv")
        file.write_text(text, encoding="utf-8")
        assert import_file(session, file, kind).problems == ()
    freezes = [event.text for event in portfolio(session).events if event.kind == "freeze_hard"]
    assert [text.partition(",")[0] for text in freezes] == ["nordmeer: hard freeze", "Elm Dental: hard freeze"]


def test_what_is_closed_or_cancelled_waits_for_nobody(session: Session, desk: Desk) -> None:
    an_initiative().named("GONE").planned_for(TODAY + _days(2)).in_state("cancelled").on(desk)
    view = portfolio(session)
    assert "GONE" not in {event.code for event in view.events}
    assert "GONE" not in {row.code for row in view.points}
    assert next(row for row in view.rows(0, 10) if row.code == "GONE").level == "cancelled"


@pytest.mark.requirement("R2")
def test_security_exceptions_that_pile_up_stand_in_the_portfolio_with_their_trend(desk: Desk, session: Session):
    assert not [said for said in _said_of(session, "FINE") if "exceptions" in said]
    rows = f"FINE,Shared login,{TODAY - _days(40)},\nFINE,Open port,{TODAY - _days(3)},{TODAY - _days(1)}\n"
    rows += f"BARE,Old share,{TODAY - _days(60)},\n"
    file = desk.path.with_name("exceptions.csv")
    file.write_text(f"initiative,title,opened_on,expires_on\n{rows}", encoding="utf-8")
    assert import_file(session, file, "security_exceptions").problems == ()

    assert "security exceptions ↑ 2 open, 1 a month ago, 1 past its day" in _said_of(session, "FINE")
    assert not [said for said in _said_of(session, "BARE") if "exceptions" in said]


def _said_of(session: Session, code: str) -> list[str]:
    view = portfolio(session)
    wanted = next(row.initiative_id for row in view.rows(0, view.matched) if row.code == code)
    found = view.detail(wanted)
    return [finding.sentence for finding in found.findings] if found else []
