"""The demo portfolio read back: rows of its files, and what people did, for the tests of its stories."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache

import pytest

from changedesk.services.demo.acts import DecisionAct, GateAct, RecordAct
from changedesk.services.demo.portfolio import DemoPortfolio, demo_portfolio

Row = dict[str, str]

TODAYS = (
    date(2024, 2, 29),
    date(2027, 1, 1),
    date(2026, 11, 26),
    date(2026, 11, 28),
    date(2026, 11, 29),
    date(2026, 11, 30),
)

every_today = pytest.mark.parametrize("today", TODAYS, ids=str)


@cache
def portfolio(today: date) -> DemoPortfolio:
    """The portfolio of a day, made once."""
    return demo_portfolio(today)


@cache
def rows(today: date, kind: str) -> tuple[Row, ...]:
    """The rows of one file."""
    return tuple(csv.DictReader(io.StringIO(portfolio(today).files[kind])))


def of(today: date, kind: str, code: str) -> list[Row]:
    """The rows of one file that belong to an initiative."""
    return [row for row in rows(today, kind) if row["initiative"] == code]


def initiative(today: date, code: str) -> Row:
    """An initiative's own row."""
    return next(row for row in rows(today, "initiatives") if row["code"] == code)


def lane(today: date, code: str, name: str) -> list[Row]:
    """The activities of one lane."""
    return [row for row in of(today, "activities", code) if row["lane"] == name]


def day(text: str) -> date:
    """A cell as a day."""
    return date.fromisoformat(text[:10])


def days_to(today: date, text: str) -> int:
    """How far away a cell's day is."""
    return (day(text) - today).days


def gate_acts(today: date) -> list[GateAct]:
    """The ticks, signatures and closings."""
    return [act for act in portfolio(today).acts if isinstance(act, GateAct)]


def record_acts(today: date, *forms: str) -> list[RecordAct]:
    """The single records that people made and changed with these forms, or with any."""
    acts = [act for act in portfolio(today).acts if isinstance(act, RecordAct)]
    return [act for act in acts if not forms or act.form in forms]


def decision_acts(today: date) -> list[DecisionAct]:
    """The acknowledgements and locks."""
    return [act for act in portfolio(today).acts if isinstance(act, DecisionAct)]


def signed(today: date, code: str, side: str) -> list[str | None]:
    """The checkpoints that a lane has signed."""
    return [a.checkpoint for a in gate_acts(today) if (a.initiative, a.lane, a.verb) == (code, side, "sign")]
