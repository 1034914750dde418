"""The next free time: the earliest at which nothing stands in the way, whatever lies around it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.slots import STEP, Obstacle, Wish, homes, next_slot, obstacles, wants_home
from changedesk.domain.control.windows import Placed, Span

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
UNTIL = MONDAY + timedelta(days=2)

moments = st.integers(0, 2 * 24 * 12).map(lambda step: MONDAY + timedelta(minutes=5 * step))
times = st.tuples(moments, st.integers(1, 100)).map(lambda pair: (pair[0], pair[0] + timedelta(minutes=5 * pair[1])))


def span(kind: str, start: datetime, end: datetime, service: str | None = None, client: str | None = "alder") -> Span:
    return Span(f"{kind} {start}", kind, client, service, f"{kind} {service or ''}".strip(), start, end)


def placed(
    start: datetime, end: datetime, services: tuple[str, ...] = ("mail",), who: str | None = None, client: str = "alder"
):
    return Placed(f"{client}{start}", "CHG-1", client, "A change", services, who, start, end, "scheduled")


def wish(
    hours: float = 1, services: tuple[str, ...] = ("mail",), who: str | None = None, at: datetime = MONDAY
) -> Wish:
    return Wish("alder", services, timedelta(hours=hours), at, who)


def look(wanted: Wish, spans: list[Span], others: list[Placed] = []):  # noqa: B006  read only
    return next_slot(wanted, obstacles(wanted, spans, others), homes(wanted, spans), UNTIL)


@given(st.lists(times, max_size=8), st.lists(times, max_size=4), st.integers(1, 24), moments)
def test_it_is_free_inside_a_window_and_nothing_earlier_is(busy, open_windows, quarters, begin):
    wanted = Wish("alder", ("mail",), quarters * STEP, begin)
    in_the_way = sorted((Obstacle(*time, "x") for time in busy), key=lambda one: one.start)
    inside = [span("maintenance", *time) for time in sorted(open_windows)]

    def is_free(start: datetime) -> bool:
        end = start + wanted.length
        return not any(one.start < end and start < one.end for one in in_the_way) and (
            not inside or any(home.start <= start and end <= home.end for home in inside)
        )

    quarter = MONDAY
    expected = None
    while quarter + wanted.length <= UNTIL:
        if quarter >= begin and is_free(quarter):
            expected = quarter
            break
        quarter += STEP
    found = next_slot(wanted, in_the_way, inside, UNTIL)
    assert (found.start if found else None) == expected
    if found:
        assert found.end - found.start == wanted.length
        assert all(one.start < found.end for one in found.passed)
        assert found.home is None or found.home in inside


def test_freezes_of_either_kind_stand_in_the_way_and_are_named():
    freeze = span("freeze_hard", MONDAY, MONDAY + timedelta(hours=30))
    soft = span("freeze_soft", MONDAY + timedelta(hours=30), MONDAY + timedelta(hours=31))
    found = look(wish(), [freeze, soft])
    assert found is not None
    assert found.start == MONDAY + timedelta(hours=31)
    assert [one.what for one in found.passed] == ["the hard freeze freeze_hard", "the soft freeze freeze_soft"]


def test_a_freeze_of_another_service_or_client_does_not():
    around = (MONDAY, MONDAY + timedelta(hours=5))
    spans = [span("freeze_hard", *around, service="network"), span("freeze_hard", *around, client="birch")]
    assert look(wish(), spans).start == MONDAY
    # A change of whatever services meets all of its client's freezes.
    assert look(wish(services=()), spans).start == around[1]
    assert look(wish(), [span("freeze_hard", *around, client=None)]).start == around[1]


def test_other_changes_of_the_service_and_the_same_person_stand_in_the_way():
    at = (MONDAY, MONDAY + timedelta(hours=2))
    assert look(wish(), [], [placed(*at)]).start == at[1]
    assert look(wish(), [], [placed(*at, services=("network",))]).start == MONDAY
    assert look(wish(), [], [placed(*at, client="birch")]).start == MONDAY
    shouted = look(wish(services=("MAIL",)), [], [placed(*at)])
    assert (shouted.start, "changes MAIL" in shouted.passed[0].what) == (at[1], True)
    busy = look(wish(who="nora"), [], [placed(*at, services=("till",), who="nora", client="birch")])
    assert (busy.start, [one.what for one in busy.passed]) == (at[1], ["another client's change, which nora does"])


def test_where_there_are_maintenance_windows_it_lies_in_the_first_that_is_long_enough():
    short = span("maintenance", MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=3))
    long = span("maintenance", MONDAY + timedelta(hours=20), MONDAY + timedelta(hours=24))
    found = look(wish(hours=2), [short, long])
    assert (found.start, found.home) == (long.start, long)
    assert look(wish(hours=5), [short, long]) is None
    assert look(wish(hours=5), [span("maintenance", *(short.start, long.end), service="network")]).home is None


def test_a_window_of_one_service_is_there_for_that_service_alone():
    one = span("maintenance", MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=9), service="mail")
    assert look(wish(), [one]).home == one
    for services in ((), ("mail", "till")):
        wanted = wish(services=services)
        assert wants_home(wanted, [one])
        assert homes(wanted, [one]) == ()
    assert not wants_home(wish(services=("till",)), [one])


def test_a_window_of_another_client_is_none_of_ones_own_and_one_of_all_clients_is():
    night = (MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=9))
    others, everybodys = (span("maintenance", *night, client=client) for client in ("birch", None))
    assert (homes(wish(), [others]), wants_home(wish(), [others])) == ((), False)
    assert (homes(wish(), [others, everybodys]), wants_home(wish(), [everybodys])) == ((everybodys,), True)


def test_a_freeze_is_no_window_that_a_change_belongs_into():
    freeze = span("freeze_hard", MONDAY, MONDAY + timedelta(hours=5))
    assert (wants_home(wish(), [freeze]), homes(wish(), [freeze])) == (False, ())


def test_a_time_may_fill_its_window_and_end_when_the_search_ends():
    whole = span("maintenance", UNTIL - timedelta(hours=3), UNTIL)
    found = look(wish(hours=3), [whole])
    assert (found.start, found.end, found.home) == (whole.start, UNTIL, whole)
    assert look(wish(hours=3.25), [whole]) is None


@given(st.lists(times, max_size=5), st.randoms(use_true_random=False))
def test_what_stands_in_the_way_and_where_it_may_lie_are_told_in_the_order_of_time(around, shuffled):
    spans = [span(kind, *time) for time in around for kind in ("freeze_hard", "maintenance")]
    others = [placed(*time) for time in around]
    shuffled.shuffle(spans)
    shuffled.shuffle(others)
    met, inside = obstacles(wish(), spans, others), homes(wish(), spans)
    assert [one.start for one in met] == sorted(start for start, _ in around * 2)
    assert [(home.start, home.end) for home in inside] == sorted(around)


def test_what_the_person_does_for_the_same_client_is_named_and_one_window_is_enough_to_want_one():
    first, second = (MONDAY + timedelta(hours=hours) for hours in (0, 1))
    found = look(wish(who="nora"), [], [placed(first, second, services=("till",), who="nora")])
    assert [one.what for one in found.passed] == ["CHG-1, which nora does"]
    windows = [span("maintenance", first, second), span("maintenance", first, second, client="birch")]
    assert wants_home(wish(), windows)


def test_a_time_may_touch_what_comes_before_and_after_it():
    before, after = placed(MONDAY - STEP, MONDAY), placed(MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=3))
    assert look(wish(hours=1), [], [before, after]).start == MONDAY
    assert look(wish(hours=1.25), [], [before, after]).start == after.end


def test_it_begins_at_a_quarter_of_an_hour():
    assert look(wish(at=MONDAY + timedelta(minutes=1)), []).start == MONDAY + STEP
