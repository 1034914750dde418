"""What change control has to say now: what is owed and overdue, which go-lives wait, and where exceptions pile up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.news import NO_NEWS, OpenExceptions, Owed, Unapproved, sorted_news

NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)
OPEN = OpenExceptions("mfa", 3, 1, 0)


def owed(number: str, hours: float, initiative: str | None = "mfa", kind: str = "retro") -> Owed:
    """Something that was due so many hours ago."""
    return Owed(kind, number, "alder", initiative, NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("kind", "says"),
    [("retro", "CHG-7: approval afterwards overdue by 4 h"), ("review", "CHG-7: review overdue by 4 h")],
)
def test_what_is_overdue_says_what_it_is_and_for_how_long(kind: str, says: str) -> None:
    assert owed("CHG-7", 4, kind=kind).sentence(NOW) == says


def test_what_is_due_now_is_not_overdue_yet_and_the_longest_overdue_comes_first() -> None:
    news = sorted_news(NOW, [owed("C", 1), owed("due", 0), owed("B", 9), owed("A", 1), owed("later", -1)], [])
    assert [one.number for one in news.overdue] == ["B", "A", "C"]
    assert news.now == NOW


def test_what_is_overdue_is_counted_by_kind() -> None:
    news = sorted_news(NOW, [owed("A", 1), owed("B", 2, kind="review"), owed("C", 3)], [])
    assert (news.count("retro"), news.count("review"), NO_NEWS.count("retro")) == (2, 1, 0)


@pytest.mark.requirement("R2")
@pytest.mark.parametrize(
    ("now", "before", "expired", "sentence", "short"),
    [
        (3, 1, 0, "security exceptions ↑ 3 open, 1 a month ago", "exceptions ↑ 3"),
        (3, 1, 1, "security exceptions ↑ 3 open, 1 a month ago, 1 past its day", "exceptions ↑ 3"),
        (2, 2, 2, "security exceptions → 2 open, 2 a month ago, 2 past their day", "exception past its day"),
        (1, 2, 1, "security exceptions ↓ 1 open, 2 a month ago, 1 past its day", "exception past its day"),
        (2, 2, 0, "security exceptions → 2 open, 2 a month ago", None),
        (1, 2, 0, "security exceptions ↓ 1 open, 2 a month ago", None),
    ],
)
def test_exceptions_get_worse_where_they_pile_up_or_outlive_their_day(
    now: int, before: int, expired: int, sentence: str, short: str | None
) -> None:
    found = OpenExceptions("mfa", now, before, expired)
    assert (found.sentence, found.short if found.worse else None) == (sentence, short)
    assert len(short or "") <= 24


def test_only_exceptions_that_get_worse_are_news() -> None:
    assert sorted_news(NOW, [], [], [OPEN, replace(OPEN, now=1)]).exceptions == (OPEN,)


def test_each_initiative_hears_what_concerns_it_and_nothing_else() -> None:
    waiting, elsewhere = Unapproved("CHG-1", "mfa", "CAB open"), Unapproved("CHG-2", "psa", "CAB open")
    news = sorted_news(
        NOW,
        [owed("A", 1), owed("B", 2, "psa"), owed("C", 3, None)],
        [waiting, elsewhere],
        [OPEN, replace(OPEN, initiative="x")],
    )
    mine = news.about("mfa")
    assert ([one.number for one in mine.overdue], mine.unapproved, mine.exceptions) == (["A"], (waiting,), (OPEN,))
    assert mine.now == NOW
    assert [one.initiative for one in news.about("x").exceptions] == ["x"]
    assert news.about("x").overdue == ()
    assert news.about("nobody") == NO_NEWS
    assert [one.number for one in news.overdue] == ["C", "B", "A"], "what serves no initiative is owed all the same"


@given(st.lists(st.tuples(st.integers(-9, 99), st.sampled_from(["mfa", "psa", None])), max_size=12))
def test_whatever_is_overdue_for_an_initiative_is_told_of_it_once(rows: list[tuple[int, str | None]]) -> None:
    news = sorted_news(NOW, [owed(f"C{n}", hours, whose) for n, (hours, whose) in enumerate(rows)], [])
    told = [one for whose in ("mfa", "psa") for one in news.about(whose).overdue]
    assert sorted(one.number for one in told) == sorted(one.number for one in news.overdue if one.initiative)
