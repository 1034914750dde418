"""What there is to say to a client after its go-lives: how it is for its people, what it costs in help, what is next."""

from __future__ import annotations

from typing import Any

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.service.client_side import (
    ClientInitiative,
    ConfidenceView,
    SecurityException,
    ServiceSide,
    load_of_all,
    margins,
    talking_points,
    total,
)

TODAY = day(100)


def a_row(**known: Any) -> ClientInitiative:
    """An initiative that went live, of which its people and their use alone are known."""
    usual: dict[str, Any] = dict.fromkeys(ClientInitiative.__dataclass_fields__)
    usual |= {
        "initiative_id": "i", "code": "MFA", "title": "MFA everywhere", "state": "live", "go_live": day(60),
        "went_live": True, "people": 100, "use": 41.0, "adoption_state": "rising", "open_exceptions": 0,
    }  # fmt: skip
    return ClientInitiative(**usual | known)


def points(*rows: ClientInitiative, confidence: Any = (), exceptions: Any = (), services: Any = ()) -> tuple[str, ...]:
    return talking_points(TODAY, rows, confidence, exceptions, services)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "41 % use it"),
        ({"use": None}, "nobody has observed yet how many use it"),
        ({"target": 80.0, "aimed_use": 41.0}, "41 % use it; the goal is 80 %"),
        ({"target": 80.0, "aimed_use": None, "by": day(110)}, "41 % use it; the goal is 80 % by Sun 20 Dec"),
        ({"target": 80.0, "aimed_use": 41.0, "by": day(99)}, "41 % use it; the goal was 80 % by Wed 9 Dec"),
        ({"target": 80.0, "aimed_use": 80.0, "by": day(110)}, "41 % use it, the goal of 80 % is reached"),
        ({"target": 80.0, "aimed_use": 20.0, "target_of": "Nurses"}, "41 % use it; the goal is 80 % of Nurses"),
        ({"adoption_state": "relapsed"}, "41 % use it; people are going back to the old way"),
    ],
)
def test_use_is_said_against_the_goal_of_those_whose_it_is(known, said):
    assert points(a_row(**known)) == (f"MFA everywhere: {said}.",)


def test_a_load_is_said_with_what_it_was_before_and_since_when_it_is_too_high_as_far_as_that_is_known():
    def load(**known: Any) -> str:
        return points(a_row(load_now=3.25, **known))[1]

    assert load() == "MFA brings 3.2 tickets a week for every 100 people."
    assert load(load_before=2.0).endswith("people; before go-live it was 2.0.")
    assert "; it has been above what was to be expected since " in load(excess_since=day(90))
    assert len(points(a_row(load_before=2.0))) == 1


def test_hours_are_said_of_what_they_were_spent_on_and_never_in_money():
    assert points(a_row(behavioural=1200.0, margin=9999.0))[1] == (
        "Since MFA went live, support has spent 1,200 h on helping people with the new way."
    )
    assert "0 h on technology and 10 h on helping" in points(a_row(technical=0.0, behavioural=10.0))[1]


@pytest.mark.requirement("R15")
def test_what_people_remember_of_a_go_live_is_said_the_minutes_that_changes_took_from_them():
    assert (
        points(a_row(disruption_min=75.0))[1] == "Since MFA went live, changes have kept its service down for 75 min."
    )
    assert len(points(a_row(disruption_min=0.0))) == 1, "nothing to say of nothing"


def test_nothing_is_said_of_use_before_go_live_nor_after_the_end():
    assert points(a_row(state="closed"), a_row(went_live=False, go_live=None)) == ()


def test_of_what_is_to_come_the_nearest_go_live_is_named():
    soon, later, gone = (
        a_row(title=title, went_live=False, go_live=day(n))
        for title, n in (("Soon", 100), ("Later", 130), ("Gone", 99))
    )
    (point,) = points(later, gone, soon)
    assert point.startswith("Next to go live: Soon, ")


def test_confidence_says_whose_it_is_and_which_way_it_went():
    def said(whose: str, moved: int | None) -> str:
        return points(confidence=[ConfidenceView("MFA", whose, 3, moved, day(99), None)])[0].partition(" (")[0]

    assert said("sponsor", 1) == "The sponsor's confidence in MFA is 3 of 5, up 1"
    assert said("client", -2) == "Your own confidence in MFA is 3 of 5, down 2"
    assert said("client", 0) == said("client", None) == "Your own confidence in MFA is 3 of 5"


def test_an_exception_has_expired_after_its_day_and_not_on_it():
    def exception(title: str, expires: int | None) -> SecurityException:
        return SecurityException("MFA", title, day(1), None, None if expires is None else day(expires), None)

    (point,) = points(exceptions=[exception("Door", 99), exception("Gate", 100), exception("Lift", None)])
    assert point == "3 security exceptions still open: Door (MFA), Gate (MFA) and Lift (MFA); expired: Door."


def test_a_service_is_spoken_of_where_it_missed_something_or_gets_better():
    found = points(services=[ServiceSide("Mail", "99 % of 99.9 %", 2), ServiceSide("Print", None, 0)])
    assert found == (
        "Mail did not do what was agreed: 99 % of 99.9 %.",
        "Improvements under way or to be decided: Mail (2).",
    )


def test_money_of_two_currencies_is_no_sum():
    rows = [a_row(margin=m, currency=c) for m, c in ((5.0, "EUR"), (7.0, "CHF"), (6.0, "EUR"), (None, "USD"))]
    assert margins(rows) == (("CHF", 7.0), ("EUR", 11.0))


@given(st.lists(st.none() | st.integers(0, 99)))
def test_what_nobody_knows_is_left_out_of_a_total_and_of_nothing_known_there_is_none(values):
    known = [value for value in values if value is not None]
    assert total(values) == (sum(known) if known else None)


def test_the_load_of_all_counts_people_and_only_where_before_and_after_are_known():
    rows = [
        a_row(load_now=4.0, load_before=2.0, people=300), a_row(load_now=8.0, load_before=2.0, people=100),
        a_row(load_now=90.0), a_row(load_before=90.0),
    ]  # fmt: skip
    assert load_of_all(rows, lambda row: row.load_now) == 5
    assert load_of_all(rows[2:], lambda row: row.load_now) is None
