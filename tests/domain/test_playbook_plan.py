"""From days counted from a go-live to days on the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_builders import a_reason, an_impact, an_item
from playbooks_at_hand import LIFECYCLE, NAMES, SHIPPED

from changedesk.domain.lifecycle import due
from changedesk.domain.people.people_side import Behaviour, Expectation
from changedesk.domain.planning.cloned_plan import PeopleSide, cloned
from changedesk.domain.planning.playbook_plan import (
    PlannedActivity,
    PlannedBehaviour,
    PlannedExpectation,
    PlannedImpact,
    PlannedInitiative,
    PlannedLink,
    PlannedReadiness,
    PlannedReason,
    planned,
    staffed,
    working_day,
)
from changedesk.domain.planning.schedule import move
from changedesk.domain.records import Activity, Audience, Target
from changedesk.domain.working import Dependency

LONG_AGO = date(2000, 1, 1)
GO_LIVE = date(2026, 12, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
HOLIDAYS = st.sets(st.integers(-200, 200), max_size=60)
BOOKS = st.sampled_from(NAMES)


def _plan(
    name: str, go_live: date = GO_LIVE, today: date = LONG_AGO, off: set[date] | None = None
) -> PlannedInitiative:
    return planned(SHIPPED[name], go_live, LIFECYCLE, today=today, holidays=off or set())


def _off(go_live: date, days: set[int]) -> set[date]:
    return {go_live + timedelta(days=day) for day in days}


def _span(activity: PlannedActivity) -> tuple[date, date]:
    assert activity.start is not None
    return activity.start, activity.end


@given(BOOKS, DAYS, HOLIDAYS)
def test_work_planned_before_go_live_ends_before_it_and_work_after_it_begins_no_earlier(
    name: str, go_live: date, days: set[int]
) -> None:
    plan = _plan(name, go_live, off=_off(go_live, days))
    for written, real in zip(SHIPPED[name].activities, plan.activities, strict=True):
        start, end = _span(real)
        assert start <= end
        assert (end < go_live) == (written.end < 0)
        assert (start >= go_live) == (written.start >= 0)


@given(BOOKS, DAYS, HOLIDAYS)
def test_nobody_is_planned_to_work_on_a_day_off_but_for_the_go_live_itself(
    name: str, go_live: date, days: set[int]
) -> None:
    off = _off(go_live, days)
    plan = _plan(name, go_live, off=off)
    for day in [*(day for activity in plan.activities for day in _span(activity)), *(t.by for t in plan.targets)]:
        assert day == go_live or (day.weekday() < 5 and day not in off)


@given(BOOKS, DAYS, HOLIDAYS)
def test_the_order_of_the_work_is_kept(name: str, go_live: date, days: set[int]) -> None:
    plan = _plan(name, go_live, off=_off(go_live, days))
    for pick in (0, 1):
        written = [(a.start, a.end)[pick] for a in SHIPPED[name].activities]
        real = [_span(a)[pick] for a in plan.activities]
        in_order = [day for _, day in sorted(zip(written, real, strict=True))]
        assert in_order == sorted(real)


@pytest.mark.requirement("R62")
@given(BOOKS, DAYS, HOLIDAYS)
def test_people_work_stays_on_its_side_of_the_milestone_that_it_hangs_on(
    name: str, go_live: date, days: set[int]
) -> None:
    plan = _plan(name, go_live, off=_off(go_live, days))
    ends = {a.title: a.end for a in plan.activities if a.milestone}
    written = {a.title: a.end for a in SHIPPED[name].activities if a.milestone}
    for before, after in zip(SHIPPED[name].activities, plan.activities, strict=True):
        if before.anchor is None:
            assert after.offset_days is None
            continue
        assert after.offset_days == (after.end - ends[before.anchor]).days
        meant = before.end - written[before.anchor]
        assert after.offset_days * meant >= 0


@given(BOOKS, DAYS, st.integers(-50, 50))
def test_moving_the_go_live_by_weeks_moves_everything_by_as_many(name: str, go_live: date, weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    here, there = _plan(name, go_live), _plan(name, go_live + shift)
    assert [_span(a) for a in there.activities] == [tuple(day + shift for day in _span(a)) for a in here.activities]
    assert [t.by for t in there.targets] == [t.by + shift for t in here.targets]
    assert [r.due for r in there.readiness] == [r.due + shift for r in here.readiness if r.due]


@given(DAYS, DAYS, HOLIDAYS)
def test_a_day_off_gives_way_towards_the_side_that_keeps_the_promise(day: date, go_live: date, days: set[int]) -> None:
    moved = working_day(day, go_live, _off(go_live, days))
    assert moved == day if day == go_live else (moved <= day if day < go_live else moved >= day)


@pytest.mark.requirement("R59")
def test_a_plan_that_should_have_begun_earlier_is_not_compressed_but_says_so() -> None:
    today = GO_LIVE - timedelta(days=60)
    plan = _plan("mfa", today=today)
    assert [_span(a) for a in plan.activities] == [_span(a) for a in _plan("mfa").activities]
    late = sum(1 for a in plan.activities if _span(a)[0] < today)
    assert late > 1
    assert plan.warnings == (f"{late} activities should have begun already",)
    first = min(_span(a)[0] for a in plan.activities)
    assert _plan("mfa", today=first + timedelta(days=1)).warnings == ("1 activity should have begun already",)
    assert _plan("mfa", today=first).warnings == ()


def test_a_go_live_in_the_past_is_said() -> None:
    warnings = _plan("mfa", today=GO_LIVE + timedelta(days=1)).warnings
    assert warnings[0] == "the go-live Wed 2 Dec lies in the past"


@pytest.mark.parametrize("name", NAMES)
def test_readiness_is_due_on_the_day_of_its_checkpoint(name: str) -> None:
    plan = _plan(name)
    records = [_record(n, activity) for n, activity in enumerate(plan.activities)]
    for item in plan.readiness:
        assert item.due == due(LIFECYCLE.checkpoint(item.checkpoint), records, GO_LIVE)


def test_a_role_that_nobody_has_leaves_its_work_without_an_owner() -> None:
    plan = staffed(_plan("mfa"), {"project_owner": "pat", "trainer": "kim"})
    owners = {a.owner for a in plan.activities}
    assert owners == {"pat", "kim", None}


def _record(n: int, activity: PlannedActivity) -> Activity:
    return Activity(
        id=str(n), rev=1, lane=activity.lane, phase=activity.phase, title=activity.title, kind=activity.kind,
        audience=activity.audience, owner=activity.owner, planned_start=activity.start, planned_end=activity.end,
        actual_start=activity.start, actual_end=activity.end, weight=activity.weight, percent_complete=100,
        milestone=activity.milestone, baseline_start=activity.start, baseline_end=activity.end, baseline_weight=1,
    )  # fmt: skip


@pytest.mark.requirement("R79")
@given(BOOKS, DAYS, st.integers(-400, 400))
def test_a_clone_is_the_plan_that_the_playbook_would_give_on_the_same_weekday(
    name: str, go_live: date, weeks: int
) -> None:
    here = _plan(name, go_live)
    groups = [Audience(a.name, 1, a.name, a.role, "Head office", 40, None) for a in here.audiences]
    targets = [Target("t", t.audience, t.metric, t.percent, t.by) for t in here.targets]
    there = go_live + timedelta(weeks=weeks)
    ids = {(a.lane, a.title): str(n) for n, a in enumerate(here.activities)}
    links = [Dependency(ids[ln.predecessor], ids[ln.successor], ln.kind, ln.lag_days) for ln in here.links]
    copy = cloned(
        [_record(n, a) for n, a in enumerate(here.activities)], groups, targets, links, PeopleSide(), go_live, there,
        keep_counts=False, today=LONG_AGO,
    )  # fmt: skip
    wanted = _plan(name, there)
    unanchored = tuple(replace(a, anchor=None, offset_days=None) for a in wanted.activities)
    assert (copy.activities, copy.targets, copy.audiences) == (unanchored, wanted.targets, wanted.audiences)
    assert copy.links == wanted.links


@pytest.mark.requirement("R62")
@pytest.mark.parametrize("name", NAMES)
def test_a_milestone_that_slips_takes_along_what_hangs_on_it(name: str) -> None:
    plan = _plan(name)
    records = [replace(_record(n, a), actual_start=None, actual_end=None) for n, a in enumerate(plan.activities)]
    ids = {(r.lane, r.title): r.id for r in records}
    links = [Dependency(ids[ln.predecessor], ids[ln.successor], ln.kind, ln.lag_days) for ln in plan.links]
    assert {link.kind for link in links} == {"FF"}, "an end hangs on an end"
    for milestone in {ln.predecessor for ln in plan.links}:
        planned_end = next(r.planned_end for r in records if r.id == ids[milestone])
        report = move(records, links, ids[milestone], planned_end + timedelta(days=7))
        hanging = {ids[ln.successor] for ln in plan.links if ln.predecessor == milestone}
        assert {moved.id for moved in report.moved} == {ids[milestone], *hanging}
        assert {moved.days for moved in report.moved} == {7}


def test_a_clone_for_the_same_client_keeps_its_headcounts_and_sites_and_moves_its_waves() -> None:
    group = Audience("a", 1, "Wards", "nurse", "North wing", 40, GO_LIVE + timedelta(days=7))
    copy = cloned(
        [], [group], [], [], PeopleSide(), GO_LIVE, GO_LIVE + timedelta(days=14), keep_counts=True, today=LONG_AGO
    )
    (kept,) = copy.audiences
    assert (kept.site, kept.headcount, kept.go_live) == ("North wing", 40, GO_LIVE + timedelta(days=21))


def _of_the_people_side(*, keep_counts: bool) -> PlannedInitiative:
    """A clone, a week later, of a people side in which everything is known."""
    people = PeopleSide(
        impacts=[an_impact("Wards", 4, "tools", yesterday="On paper", tomorrow="On a phone")],
        readiness=[
            an_item("ready", "Wards", due=GO_LIVE, checkpoint="go_live", weight=2.0, kind="managers", action="Ask", owner="kim",
                    evidence="List"),
            an_item("unknown", None),
        ],
        expected=[Expectation("e", 1, "Wards", "It is slow", "Old phones", "training", "Try it")],
        behaviours=[Behaviour("b", 1, "Wards", "Signs in once", "Without help", "compliance")],
        reasons=[a_reason("Lost phone", 10, script="Reset it", article="KB 7", escalation="second line")],
    )  # fmt: skip
    later = GO_LIVE + timedelta(days=7)
    return cloned([], [], [], [], people, GO_LIVE, later, keep_counts=keep_counts, today=LONG_AGO)


@pytest.mark.requirement("R79")
@pytest.mark.parametrize("keep_counts", [True, False])
def test_a_clone_takes_the_people_side_along_but_not_how_ready_anything_was(keep_counts: bool) -> None:
    copy = _of_the_people_side(keep_counts=keep_counts)
    due = GO_LIVE + timedelta(days=7)
    assert copy.readiness == (
        PlannedReadiness("Knows why", "audience", "Wards", "go_live", "people", 2.0, due, "managers", "Ask"),
        PlannedReadiness("Knows why", "support", None, None, "people", None, None, None, None),
    )
    assert copy.expected == (PlannedExpectation("Wards", "It is slow", "Old phones", "training", "Try it"),)
    assert copy.behaviours == (PlannedBehaviour("Wards", "Signs in once", "Without help", "compliance"),)
    assert [(one.audience, one.aspect, one.degree) for one in copy.impacts] == [("Wards", "tools", 4)]
    assert [one.reason for one in copy.reasons] == ["Lost phone"]


@pytest.mark.requirement("R79")
def test_how_work_is_done_and_what_the_desk_has_for_it_stays_with_the_client() -> None:
    own, elsewhere = (_of_the_people_side(keep_counts=kept) for kept in (True, False))
    assert own.impacts == (PlannedImpact("Wards", "tools", 4, "On paper", "On a phone"),)
    assert own.reasons == (PlannedReason("Lost phone", "Reset it", "KB 7", "second line"),)
    assert elsewhere.impacts == (PlannedImpact("Wards", "tools", 4, None, None),)
    assert elsewhere.reasons == (PlannedReason("Lost phone", None, None, None),)


def test_a_clone_keeps_no_link_to_work_that_it_does_not_hold() -> None:
    first, second = (_record(n, activity) for n, activity in enumerate(_plan("mfa").activities[:2]))
    links = [Dependency("0", "1", "FS", 2), Dependency("0", "gone", "FS", 0), Dependency("gone", "1", "FS", 0)]
    copy = cloned([first, second], [], [], links, PeopleSide(), GO_LIVE, GO_LIVE, keep_counts=True, today=LONG_AGO)
    assert copy.links == (PlannedLink((first.lane, first.title), (second.lane, second.title), "FS", 2),)


def test_a_clone_that_should_have_begun_earlier_says_so_and_keeps_off_days_off() -> None:
    first = _record(0, _plan("mfa").activities[0])
    monday = GO_LIVE + timedelta(days=5)
    assert monday.weekday() == 0
    copy = cloned(
        [first], [], [Target("t", None, "utilization", 80, GO_LIVE + timedelta(days=7))], [], PeopleSide(),
        GO_LIVE, monday, keep_counts=True, today=monday, holidays={monday + timedelta(days=7)},
    )  # fmt: skip
    assert copy.go_live == monday
    assert copy.warnings == ("1 activity should have begun already",)
    assert [target.by for target in copy.targets] == [monday + timedelta(days=8)]


@pytest.mark.parametrize(("old", "new"), [(GO_LIVE, None), (None, GO_LIVE)])
def test_without_a_go_live_on_both_sides_a_clone_keeps_its_days(old: date | None, new: date | None) -> None:
    activity = _record(0, _plan("mfa").activities[0])
    copy = cloned([activity], [], [], [], PeopleSide(), old, new, keep_counts=True, today=LONG_AGO)
    assert [(a.start, a.end) for a in copy.activities] == [(activity.planned_start, activity.planned_end)]


def test_work_without_a_start_has_none_in_a_clone_either() -> None:
    activity = replace(_record(0, _plan("mfa").activities[0]), planned_start=None, planned_end=GO_LIVE)
    later = GO_LIVE + timedelta(days=7)
    copy = cloned([activity], [], [], [], PeopleSide(), GO_LIVE, later, keep_counts=True, today=LONG_AGO)
    assert [(a.start, a.end) for a in copy.activities] == [(None, later)]


def test_a_clone_of_a_plan_without_a_go_live_keeps_its_days() -> None:
    activity = replace(_record(0, _plan("mfa").activities[0]), planned_start=None)
    copy = cloned([activity], [], [], [], PeopleSide(), None, None, keep_counts=True, today=LONG_AGO)
    assert [(a.start, a.end) for a in copy.activities] == [(None, activity.planned_end)]
