"""The base rate: the nearest changes that are enough, and never those of a client whom the reader does not see."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.base_rate import (
    ENOUGH,
    Ended,
    base_rate,
    ladder,
    said_base_rate,
    said_briefly,
    said_likeness,
    said_success,
)
from changedesk.domain.words import OUTCOMES

EVERYTHING = ("client", "path", "service", "risk")
ALL = frozenset({"client", "service", "risk"})
Past = list[tuple[frozenset[str], Ended]]
"""What some changes share with this one besides the path, and how they ended."""

PAST = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(("client", "service", "risk"))),
        st.builds(Ended, st.sampled_from(OUTCOMES), st.integers(1, 30), st.booleans()),
    ),
    max_size=12,
)


def asked(past: Past) -> Callable[[frozenset[str]], list[Ended]]:
    """The past as the desk answers it."""
    return lambda same: [ended for shared, ended in past if same - {"path"} <= shared]


KNOWN = st.frozensets(st.sampled_from(("service", "risk")))


@given(KNOWN, st.booleans())
def test_the_ladder_gives_up_one_thing_after_the_other_and_the_path_never(known, over_clients):
    steps = ladder(known, over_clients=over_clients)
    assert steps[0] == known | {"path", "client"}
    assert steps[-1] == ({"path"} if over_clients else {"path", "client"})
    assert all(len(before - after) == 1 for before, after in pairwise(steps))
    given_up = [next(iter(before - after)) for before, after in pairwise(steps)]
    assert given_up == [name for name in ("client", "risk", "service") if name in given_up]


@pytest.mark.requirement("R88")
@given(PAST, KNOWN)
def test_whoever_sees_one_client_only_gets_that_clients_changes(past, known):
    rate = base_rate(ladder(known, over_clients=False), asked(past), ("successful",))
    assert "client" in rate.same
    assert rate.n <= sum(ended.count for shared, ended in past if "client" in shared)


@given(PAST, KNOWN, st.booleans())
def test_it_widens_only_as_far_as_it_must(past, known, over_clients):
    steps = ladder(known, over_clients=over_clients)
    rate = base_rate(steps, asked(past), ("successful",))
    totals = [sum(ended.count for ended in asked(past)(step)) for step in steps]
    place = steps.index(frozenset(rate.same))
    assert rate.n == totals[place]
    assert all(total < ENOUGH for total in totals[:place])
    assert rate.n >= ENOUGH or place == len(steps) - 1
    assert rate.exactly == totals[0]
    assert set(rate.given_up) == steps[0] - steps[place]


@given(PAST, KNOWN)
def test_every_change_is_counted_once_and_none_without_leave_as_a_success(past, known):
    rate = base_rate(ladder(known, over_clients=True), asked(past), ("successful", "with_issues"))
    assert sum(count for _, count in rate.counts) == rate.n
    assert rate.success.part <= rate.n - rate.unauthorised
    assert rate.success.part <= dict(rate.counts)["successful"] + dict(rate.counts)["with_issues"]


def test_what_counts_as_success_is_the_clients_own_choice():
    past = asked([(frozenset({"client"}), Ended("successful", 12)), (frozenset({"client"}), Ended("with_issues", 4))])
    steps = ladder((), over_clients=True)
    assert base_rate(steps, past, ("successful",)).success.part == 12
    assert base_rate(steps, past, ("successful", "with_issues")).success.part == 16


def test_what_a_client_counts_as_a_success_beside_the_clean_ones_is_said():
    past, steps = asked([(ALL, Ended("successful", 10)), (ALL, Ended("with_issues", 2))]), ladder((), over_clients=True)
    assert said_success(base_rate(steps, past, ("successful",))) == "83 % went well (55-95 %)"
    rate = base_rate(steps, past, ("with_issues", "successful"))
    assert said_success(rate) == "100 % went well (76-100 %); “with issues” counts as a success here"
    lenient = base_rate(steps, past, OUTCOMES)
    assert said_success(lenient).endswith("; “with issues”, “failed” and “backed out” count as a success here")


def test_it_is_said_as_a_person_would():
    past = asked([(ALL, Ended("successful", 31)), (ALL, Ended("with_issues", 2)), (ALL, Ended("backed_out", 1))])
    rate = base_rate(ladder(EVERYTHING, over_clients=True), past, ("successful",))
    assert said_base_rate(rate) == "34 like it: 31 successful, 2 with issues, 1 backed out"
    assert said_success(rate) == "91 % went well (77-97 %)"
    assert said_likeness(rate) == "same client, path, service and risk"


def test_where_there_is_little_room_only_what_did_not_go_well_is_told_apart():
    def rate(*ended: Ended):
        return base_rate(ladder(EVERYTHING, over_clients=True), asked([(ALL, one) for one in ended]), ("successful",))

    mixed = rate(Ended("successful", 31), Ended("with_issues", 2), Ended("backed_out", 1))
    assert said_briefly(mixed) == "91 % of 34 like it went well (77-97 %): 2 with issues, 1 backed out"
    assert said_briefly(rate(Ended("successful", 31))) == "100 % of 31 like it went well (89-100 %)"
    assert said_briefly(rate()) == "none like it has been done yet"


def test_those_begun_without_leave_are_said_and_are_no_success():
    past = asked([(ALL, Ended("successful", 10)), (ALL, Ended("successful", 2, authorised=False))])
    rate = base_rate(ladder(EVERYTHING, over_clients=True), past, ("successful",))
    assert said_base_rate(rate) == "12 like it: 12 successful, 2 of them without leave"
    assert (rate.success.part, rate.success.whole) == (10, 12)


def test_what_was_given_up_is_said():
    past = [(ALL, Ended("successful", 3)), (frozenset(), Ended("failed", 40))]
    rate = base_rate(ladder(EVERYTHING, over_clients=True), asked(past), ("successful",))
    assert said_likeness(rate) == ("same path, any client, risk and service: only 3 are the same in everything")
    rate = base_rate(ladder(EVERYTHING, over_clients=True), asked(past[1:]), ("successful",))
    assert said_likeness(rate).endswith(": none is the same in everything")


def test_nothing_like_it_is_said_and_has_no_rate():
    rate = base_rate(ladder(EVERYTHING, over_clients=True), asked([]), ("successful",))
    assert (said_base_rate(rate), said_success(rate)) == ("none like it has been done yet", "")
    assert rate.success.value is None
    assert rate.median_minutes is None
