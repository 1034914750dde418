"""How ready people are: weighted, by people, with the unknown shown and counted against it."""

from dataclasses import replace

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from people_builders import an_item
from working_builders import an_audience

from changedesk.domain.people.readiness import (
    VALUE,
    asked_for,
    not_ready_for,
    readiness_level,
    readiness_of,
    readiness_standing,
    refuse_over_gap,
    score,
)
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS
from changedesk.domain.words import CHECKPOINTS, READINESS_STATUSES

STATUSES = st.sampled_from(READINESS_STATUSES)
WEIGHTS = st.one_of(st.none(), st.floats(0, 100))
ITEMS = st.lists(
    st.builds(
        lambda status, weight, audience, n: an_item(status, audience, weight=weight, id=str(n)),
        STATUSES,
        WEIGHTS,
        st.sampled_from(["a", "b", "c"]),
        st.integers(),
    ),
    max_size=8,
)
GROUPS = st.lists(st.integers(0, 500), min_size=3, max_size=3).map(
    lambda heads: [an_audience(name, count) for name, count in zip("abc", heads, strict=True)]
)


def test_a_checklist_is_scored_by_weight_and_a_part_counts_half():
    found = score([an_item("ready", weight=3.0), an_item("partial", weight=2.0), an_item("unknown", weight=5.0)])
    assert found.percent == pytest.approx(40)
    assert found.coverage == pytest.approx(0.5)
    assert (found.items, found.left, found.unknown) == (3, 2, 1)


def test_an_item_without_a_weight_weighs_one_and_a_list_without_any_weight_says_nothing():
    assert score([an_item("ready"), an_item("not_ready", weight=1.0)]).percent == 50
    assert score([]).percent is None
    assert score([an_item("ready", weight=0.0)]).coverage is None


@given(ITEMS)
def test_what_is_unknown_counts_as_what_is_not_ready_and_is_told_apart(items):
    asked = [replace(item, status="not_ready") if item.status == "unknown" else item for item in items]
    assert score(items).percent == score(asked).percent
    assert score(items).unknown == sum(item.status == "unknown" for item in items)
    assert score(asked).coverage in (None, pytest.approx(1.0))


@given(ITEMS.filter(bool), st.data())
def test_readiness_never_falls_when_an_item_gets_readier(items, data):
    n = data.draw(st.integers(0, len(items) - 1))
    better = [status for status in READINESS_STATUSES if VALUE[status] >= VALUE[items[n].status]]
    raised = [*items[:n], replace(items[n], status=data.draw(st.sampled_from(better))), *items[n + 1 :]]
    before, after = score(items).percent, score(raised).percent
    assert before is None or (after is not None and after >= before - 1e-9)


@given(ITEMS, st.floats(0.1, 50))
def test_only_the_proportion_of_weights_matters(items, times):
    scaled = [replace(item, weight=item.counted_weight * times) for item in items]
    assert score(scaled).percent == (None if score(items).percent is None else pytest.approx(score(items).percent))


@given(GROUPS, ITEMS)
def test_an_initiative_lies_between_its_groups_and_knows_no_more_than_they_do(groups, items):
    found = readiness_of(groups, items)
    if found.percent is None:
        assert all(group.score.percent is None for group in found.groups)
        return
    assert min(g.percent for g in found.groups) - 1e-9 <= found.percent <= max(g.percent for g in found.groups) + 1e-9
    assert 0 <= found.coverage <= 1 + 1e-9
    known = [group.percent for group in found.groups if group.score.seen is not None]
    assert (found.least_known and found.least_known.percent) == min(known, default=None)


@pytest.mark.requirement("R31")
def test_a_group_that_nobody_looked_at_is_not_ready_and_large_groups_weigh_more():
    groups = [an_audience("Executives", 32), an_audience("Office", 968)]
    found = readiness_of(groups, [an_item("ready", "Executives")])
    assert found.percent == pytest.approx(3.2)
    assert found.coverage == pytest.approx(0.032)
    assert found.unknown == ("Office",)


def test_only_of_groups_that_somebody_knows_one_is_the_least_ready_and_the_others_are_unknown():
    groups = [an_audience("Office", 968), an_audience("Executives", 32), an_audience("Wards", 40)]
    found = readiness_of(groups, [an_item("partial", "Executives"), an_item("unknown", "Wards")])
    assert found.least_known.audience.name == "Executives"
    assert found.unknown == ("Office", "Wards")
    nobody = readiness_of(groups, [an_item("unknown", "Wards")])
    assert (nobody.least_known, len(nobody.unknown)) == (None, 3)


@pytest.mark.requirement("R65")
def test_what_people_lean_on_is_a_number_of_its_own():
    items = [an_item("ready"), an_item("not_ready", None), an_item("partial", "Warehouse", about="manager")]
    found = readiness_of([an_audience()], items)
    assert found.percent == 100
    assert {about: part.percent for about, part in found.parts.items()} == {"manager": 50, "support": 0}


def test_without_an_item_about_any_group_nobody_can_say():
    found = readiness_of([an_audience()], [an_item("ready", None)])
    assert (found.percent, found.coverage, found.least_known) == (None, None, None)
    assert readiness_standing([an_audience()], [an_item("ready", None)], day(200)) is None


def test_a_standing_has_a_wave_for_each_day_of_its_groups():
    groups = [an_audience("a", 10), an_audience("b", 30), an_audience("c", 5, 220)]
    found = readiness_standing(groups, [an_item("ready", "a"), an_item("unknown", "c")], day(200))
    assert [(wave.day, wave.percent, wave.audiences) for wave in found.waves] == [
        (day(200), pytest.approx(25), ("a", "b")),
        (day(220), 0, ("c",)),
    ]
    assert (found.left, found.unknown) == (1, 1)


# what a checkpoint asks for


@pytest.mark.parametrize("own", CHECKPOINTS)
@pytest.mark.parametrize("signed", CHECKPOINTS)
def test_an_item_is_asked_for_from_its_checkpoint_on_until_go_live(own, signed):
    asked = asked_for(an_item(checkpoint=own), signed, day(100))
    places = CHECKPOINTS.index(own), CHECKPOINTS.index(signed)
    assert asked == (places[0] == places[1] if signed.startswith("sustain") else places[0] <= places[1])


def test_without_a_checkpoint_its_day_decides_and_at_go_live_everything_is_asked_for():
    assert asked_for(an_item(due=day(90)), "execution", day(100))
    assert not asked_for(an_item(due=day(101)), "execution", day(100))
    assert not asked_for(an_item(), "execution", day(100))
    assert asked_for(an_item(), "go_live", day(100))
    assert not asked_for(an_item(due=day(90)), "sustain_30", day(130))


def test_each_lane_answers_for_its_own_items_and_what_was_waived_stands_before_nobody():
    items = [an_item(id="a"), an_item(id="b", lane="delivery"), an_item("ready", id="c"), an_item("unknown", id="d")]
    assert [i.id for i in not_ready_for(items, "go_live", None, "people")] == ["a", "d"]
    assert [i.id for i in not_ready_for(items, "go_live", None, "delivery")] == ["b"]
    assert [i.id for i in not_ready_for(items, "go_live", None, "people", {"a"})] == ["d"]


def test_a_gap_is_said_with_its_items_the_heaviest_first():
    items = [an_item("unknown", item="Tried", weight=1.0), an_item("partial", None, item="Scripts", weight=5.0)]
    assert refuse_over_gap(items, "go_live") == (
        "2 items of readiness for go-live are not ready: Scripts (partly ready); and Tried (Warehouse, unknown)"
    )
    assert refuse_over_gap((), "go_live") is None
    many = [an_item("unknown", None, item=f"Item {number}") for number in range(9)]
    assert all(f"Item {number} (unknown)" in str(refuse_over_gap(many, "go_live")) for number in range(9))


def test_a_day_on_the_checkpoints_counts():
    assert asked_for(an_item(due=day(100)), "execution", day(100))
    assert not asked_for(an_item(due=day(100)), "execution", None)


def test_a_group_of_unknown_size_counts_as_one_person():
    groups = [an_audience("a", 0), an_audience("b", 1), an_audience("c", 2)]
    found = readiness_of(groups, [an_item("ready", "a"), an_item("not_ready", "b"), an_item("not_ready", "c")])
    assert found.percent == pytest.approx(25)


def test_of_groups_that_are_as_little_ready_the_largest_is_named_and_then_the_first_by_name():
    groups = [an_audience("b", 10), an_audience("c", 30), an_audience("a", 30)]
    items = [an_item("not_ready", group.name) for group in groups]
    assert readiness_of(groups, items).least_known.audience.name == "a"


def test_waves_stand_by_their_day_and_those_without_one_at_the_end():
    groups = [an_audience("a", 10), an_audience("b", 10, 220), an_audience("c", 10, 210)]
    found = readiness_standing(groups, [an_item("ready", "a")], None)
    assert [wave.day for wave in found.waves] == [day(210), day(220), None]


def test_one_gap_is_said_as_one_and_of_as_heavy_ones_the_first_by_name():
    assert refuse_over_gap([an_item("unknown", None, item="Tried")], "go_live") == (
        "1 item of readiness for go-live is not ready: Tried (unknown)"
    )
    said = refuse_over_gap([an_item("unknown", None, item=name) for name in ("Tried", "Asked")], "go_live")
    assert said is not None
    assert said.endswith(": Asked (unknown) and Tried (unknown)")


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    ("seen", "days", "level"),
    [
        (80.0, 0, "fine"),
        (79.9, 7, "late"),
        (79.9, 8, "fine"),
        (69.9, 8, "at_risk"),
        (0.0, None, "at_risk"),
        (None, 7, "late"),
        (None, 8, "unknown"),
        (12.0, -3, "late"),
    ],
)
def test_a_figure_looks_the_same_by_one_rule_late_when_it_is_not_enough_so_near_its_go_live(seen, days, level):
    go_live = None if days is None else day(100 + days)
    assert readiness_level(seen, go_live, day(100), DEFAULT_THRESHOLDS, live=False) == level
    assert readiness_level(seen, go_live, day(100), DEFAULT_THRESHOLDS, live=True) == "past"


@given(ITEMS)
def test_of_what_nobody_knows_no_figure_is_said(items):
    found = score(items)
    assert found.seen == (found.percent if found.coverage else None)
    unknown = score([an_item("unknown", weight=3.0), an_item("unknown")])
    assert (unknown.percent, unknown.seen) == (0.0, None)
