"""What stands around the list of the portfolio: the colour of the lag, and what the coming fortnight brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from changedesk.screens.portfolio.parts import clock_of, detail, headline, upcoming
from changedesk.services.control.approvals.news import waits
from changedesk.services.door import Door
from changedesk.services.portfolio.days import Event
from changedesk.services.portfolio.page import Finding, PortfolioDetail, PortfolioView, portfolio
from changedesk.services.portfolio.query import PortfolioQuery
from changedesk.widgets.canvas import Line

TODAY = date(2026, 11, 26)


def as_text(lines: Sequence[Line]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


@pytest.fixture
def view(demo: Door) -> PortfolioView:
    return portfolio(demo.session, PortfolioQuery())


def an_event(code: str, kind: str = "gate", day: date = TODAY, level: str = "fine") -> Event:
    return Event(day, kind, f"{code}: {kind}", level, code, code)


def coming(view: PortfolioView, *events: Event) -> list[str]:
    return [line.rstrip() for line in as_text(upcoming(replace(view, events=events))(70, 12)) if line.strip()]


@pytest.mark.parametrize(("needs", "token"), [(0, "fine"), (1, "ink")])
def test_people_who_are_ahead_of_late_delivery_are_not_green(view: PortfolioView, needs: int, token: str):
    figures = replace(view.headline, lag_median=-7.0, lag_worst=-7, lag_best=-7, need_attention=needs)
    lines = headline(replace(view, headline=figures))(120, 3)
    (days,) = [span for span in lines[1] if "-7 days" in span.text]
    assert days.look.ink == token
    assert "people ahead of delivery" in as_text(lines)[2]


def test_many_of_a_kind_on_a_day_are_counted_and_go_lives_stand_first(view: PortfolioView):
    gates = [an_event(f"I{number}") for number in range(4)]
    assert coming(view, an_event("MFA", "go_live"), *gates, an_event("ERP", day=TODAY + timedelta(days=1))) == [
        "Thu 26  ★ MFA: go_live",
        "        ◇ 4 gates: I0, I1 and 2 more",
        "Fri 27  ◇ ERP: gate",
    ]


def test_whose_clock_it_is_is_said_where_a_time_is(view: PortfolioView):
    assert clock_of(view) == "times by your own clock"
    assert clock_of(replace(view, events=())) == ""


@pytest.mark.parametrize(
    ("project", "change", "sponsor", "width", "said"),
    [
        ("liam", "liam", "dana", 90, "40 people; delivery and change liam, sponsor dana"),
        ("liam", "noor", "liam", 90, "40 people; delivery and sponsor liam, change noor"),
        ("liam", None, "dana", 90, "40 people; delivery liam, no change owner, sponsor dana"),
        ("liam", "liam", "dana", 25, "40 people; liam, dana"),
    ],
)
def test_who_answers_for_several_sides_is_named_once(
    view: PortfolioView, project: str, change: str | None, sponsor: str, width: int, said: str
):
    row = view.rows(0, 1)[0]
    found = PortfolioDetail((), project, change, sponsor, 40, "A client of a long name" * 3)
    assert [line.strip() for line in as_text(detail(found, row)(width, 9)) if line.strip()][-1] == said


@pytest.mark.requirement("R159")
@pytest.mark.parametrize("width", [76, 116])
def test_how_far_the_handover_is_stands_beside_whom_it_touches(view: PortfolioView, width: int):
    def shown(code: str) -> str:
        row = next(row for row in view.rows(0, view.matched) if row.code == code)
        return as_text(detail(view.detail(row.initiative_id), row)(width, 2))[-1]

    assert "; handover 2/9; " in shown("PSA")
    assert "; handover 5/9, 1 sent back; " in shown("LOB")
    assert "; handed over; " in shown("ERP")
    assert "hand" not in shown("FILES"), "its gate before the go-live is still far off"


def test_what_the_title_line_counts_as_overdue_stands_on_today(demo: Door, view: PortfolioView):
    waiting = waits(demo.session)
    overdue = [event for event in view.events if event.text.endswith(" overdue")]
    assert len(overdue) == waiting.retro + waiting.reviews == 2
    assert {event.day for event in overdue} == {TODAY}


@pytest.mark.parametrize(
    ("people", "width", "said"),
    [
        (("people 58 % ready", "58 % ready"), 180, "Multi-factor sign-in: people 58 % ready"),
        (("people 58 % ready", "58 % ready"), 120, "MFA: people 58 % ready"),
        (("people 58 % ready", "58 % ready"), 80, "MFA: 58 % ready"),
        (("people work 70 %", "work 70 %"), 80, "MFA: work 70 %"),
        (("people side unknown", "people ?"), 60, "MFA"),
    ],
)
def test_the_next_go_live_says_what_of_its_people_the_figure_is(
    view: PortfolioView, people: tuple[str, str], width: int, said: str
):
    far = {"next_go_live": TODAY + timedelta(days=54), "next_go_live_title": "Multi-factor sign-in"}
    figures = replace(view.headline, **far, next_go_live_people=people)
    lines = as_text(headline(replace(view, headline=figures))(width, 3))
    assert lines[2].split("▌")[2].strip() == said


def test_the_gap_says_what_it_is_where_its_title_is_short(view: PortfolioView):
    assert as_text(headline(view)(80, 3))[2].rstrip().endswith("69 points unused")
    assert "median gap 69 points" in as_text(headline(view)(120, 3))[2]


def test_who_is_missing_is_said_once(view: PortfolioView):
    row = view.rows(0, 1)[0]
    reasons = ("gate 1 Initiation 22 d over: unsigned", "no project owner", "no change owner", "no go-live date")
    findings = tuple(Finding("unknown", reason) for reason in reasons)
    found = PortfolioDetail(findings, None, None, None, 0, "Alder")
    shown = " ".join(as_text(detail(found, row)(120, 4)))
    assert shown.count("no project owner") == shown.count("no change owner") == 1
    assert "no go-live date" in shown
    assert "more" not in shown
    alone = PortfolioDetail(findings[1:3], None, None, None, 0, "Alder")
    assert as_text(detail(alone, row)(120, 4))[0].rstrip().endswith("no project owner; no change owner"), (
        "there is nothing else to say"
    )
