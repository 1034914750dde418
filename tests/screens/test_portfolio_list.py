from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from changedesk.domain.thresholds import DEFAULT_THRESHOLDS
from changedesk.screens.far_days import in_days_or_month
from changedesk.screens.portfolio.listing import FRAME, PortfolioSource, cells_of, columns, style_at
from changedesk.services.door import Door
from changedesk.services.portfolio.page import PortfolioRow, portfolio
from changedesk.services.portfolio.query import PortfolioQuery
from changedesk.widgets.lists.columns import places


def text_of(cells):
    return ["".join(span.text for span in cell).strip() for cell in cells]


def a_row(**changes) -> PortfolioRow:
    values = {
        "initiative_id": "1", "code": "MFA", "title": "MFA for everyone", "client": "alder", "level": "late",
        "state": "active", "go_live": date(2026, 12, 2), "went_live": False, "delivery": 0.88, "people": 0.41,
        "lag": 23, "adopted": None, "trend": (), "why": "people 23 d behind delivery, go-live in 6 d",
        "why_short": "lag +23 d",
    }  # fmt: skip
    return PortfolioRow(**(values | changes))


TODAY = date(2026, 11, 26)


@pytest.mark.requirement("R12")
@pytest.mark.parametrize("width", [80, 120, 160])
def test_a_row_has_a_cell_for_every_column_and_both_lanes_at_every_width(width):
    style = style_at(width)
    cells = text_of(cells_of(a_row(), TODAY, style, DEFAULT_THRESHOLDS))
    assert len(cells) == len(columns(style))
    assert any(cell.endswith("88 %") for cell in cells)
    assert any(cell.endswith("41 %") for cell in cells)
    assert "+23 d" in cells
    assert "in 6 d" in cells


@pytest.mark.parametrize("width", [80, 100, 120, 160, 200])
def test_the_reason_always_has_its_column(width):
    shown = columns(style_at(width))
    assert places(shown, width - FRAME, width)[-1].column == len(shown) - 1


@pytest.mark.parametrize("width", [80, 120, 160])
def test_a_go_live_of_yesterday_has_room_for_its_word(width):
    shown = columns(style_at(width))
    go_live = next(place for place in places(shown, width - FRAME, width) if shown[place.column].title == "Go-live")
    assert go_live.width >= len("yesterday")


def test_the_reason_is_short_where_room_is_short():
    assert text_of(cells_of(a_row(), TODAY, style_at(80), DEFAULT_THRESHOLDS))[-1] == "lag +23 d"
    assert (
        text_of(cells_of(a_row(), TODAY, style_at(200), DEFAULT_THRESHOLDS))[-1]
        == "people 23 d behind delivery, go-live in 6 d"
    )


def test_what_is_unknown_is_a_question_mark_and_never_zero():
    row = a_row(level="unknown", go_live=None, delivery=None, people=None, lag=None)
    cells = text_of(cells_of(row, TODAY, style_at(80), DEFAULT_THRESHOLDS))
    assert cells.count("?") == 3
    assert "no date" in cells
    assert not any(cell.startswith("0") for cell in cells)


def test_nearly_all_is_not_all():
    assert "99 %" in text_of(cells_of(a_row(delivery=0.997), TODAY, style_at(80), DEFAULT_THRESHOLDS))


def test_a_go_live_far_away_is_told_by_its_month():
    assert "Nov 2023" in text_of(cells_of(a_row(go_live=date(2023, 11, 16)), TODAY, style_at(80), DEFAULT_THRESHOLDS))


@pytest.mark.requirement("R108")
@pytest.mark.parametrize("by_client", [False, True])
def test_lines_are_the_same_one_by_one_and_all_at_once(demo: Door, by_client: bool):
    source = PortfolioSource(portfolio(demo.session, PortfolioQuery(by_client=by_client)), style_at(120))
    lines = source.rows(0, source.count())
    assert len(lines) == source.count() == 14 + 5 * by_client
    for number, line in enumerate(lines):
        (alone,) = source.rows(number, 1)
        assert (alone.key, alone.heading) == (line.key, line.heading)
        if not line.heading:
            assert source.position(line.key) == number
    assert sum(line.heading for line in lines) == 5 * by_client
    assert [line.number for line in lines if not line.heading] == list(range(1, 15))


def test_each_heading_stands_above_its_own_client(demo: Door):
    view = portfolio(demo.session, PortfolioQuery(by_client=True))
    source = PortfolioSource(view, style_at(120))
    client = ""
    for line in source.rows(0, source.count()):
        if line.heading:
            client = line.key.removeprefix("client ")
            assert "initiative" in text_of(line.cells)[0]
        else:
            assert view.rows(view.position(line.key), 1)[0].client == client


def test_an_initiative_that_is_filtered_out_has_no_line(demo: Door):
    everything = portfolio(demo.session, PortfolioQuery())
    source = PortfolioSource(portfolio(demo.session, PortfolioQuery("mfa", by_client=True)), style_at(80))
    gone = next(row for row in everything.rows(0, 14) if row.code == "ERP")
    assert source.position(gone.initiative_id) is None
    assert source.count() == 2


@pytest.mark.parametrize(
    ("days", "said"), [(6, "in 6 d"), (-94, "94 d ago"), (150, "Apr 2027"), (-1110, "Nov 2023"), (None, "no date")]
)
def test_a_go_live_is_told_the_same_way_in_every_list(days: int | None, said: str):
    day = None if days is None else TODAY + timedelta(days=days)
    assert in_days_or_month(day, TODAY) == said


def test_what_is_cancelled_has_a_sign_of_its_own():
    cells = cells_of(
        a_row(level="cancelled", state="cancelled", why="cancelled", why_short="cancelled"),
        TODAY,
        style_at(80),
        DEFAULT_THRESHOLDS,
    )
    assert cells[0][0].text == "×"
    assert cells[0][0].look.ink == "explain"


def test_what_is_cancelled_has_no_day_to_come_and_is_behind_nothing():
    gone = a_row(level="cancelled", state="cancelled", go_live=TODAY + timedelta(days=75), lag=14)
    for width in (80, 120):
        said = text_of(cells_of(gone, TODAY, style_at(width), DEFAULT_THRESHOLDS))
        assert "in 75 d" not in said
        assert "+14 d" not in said


def titles_beside(demo: Door, title: str, client: str, width: int) -> dict[str, str]:
    """What the list shows as title of each initiative, by its code, with one more of this title on the desk."""
    view = portfolio(demo.session)
    source = PortfolioSource(replace(view, titles=(*view.titles, (title, client))), style_at(width))
    codes = [row.code for row in view.rows(0, view.matched)]
    return dict(zip(codes, (text_of(line.cells)[1] for line in source.rows(0, source.count())), strict=True))


def test_initiatives_whose_titles_read_alike_when_they_are_cut_are_told_apart_by_their_codes(demo: Door):
    shown = titles_beside(demo, "File shares to the other archive", "birch", 80)
    assert shown["FILES"] == "FILES File shares to cloud"
    assert shown["MFA"] == "MFA for everyone"


def test_where_the_client_has_a_column_it_tells_one_title_from_the_same_one_of_another(demo: Door):
    assert titles_beside(demo, "MFA for everyone", "dover", 80)["MFA"] == "MFA MFA for everyone"
    assert titles_beside(demo, "MFA for everyone", "dover", 120)["MFA"] == "MFA for everyone"
    assert titles_beside(demo, "MFA for everyone", "alder", 120)["MFA"] == "MFA MFA for everyone"
