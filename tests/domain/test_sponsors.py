"""Who stands behind it: the grid, the coalition's reach, the last visible act."""

import pytest
from domain_builders import day
from people_builders import a_stakeholder

from changedesk.domain.people.sponsors import act_of, coverage, quadrant, stance_gap


@pytest.mark.parametrize(
    ("power", "interest", "field"),
    [
        (5, 5, "manage_closely"),
        (3, 3, "manage_closely"),
        (3, 2, "keep_satisfied"),
        (2, 3, "keep_informed"),
        (1, 2, "monitor"),
        (None, 3, None),
        (3, None, None),
    ],
)
def test_the_grid_is_cut_at_three(power, interest, field):
    assert quadrant(power, interest) == field


def test_a_stance_short_of_the_wanted_one_is_above_zero():
    assert stance_gap(a_stakeholder(stance_now=-1, stance_wanted=1)) == 2
    assert stance_gap(a_stakeholder(stance_now=None)) is None


@pytest.mark.parametrize(
    ("on", "days", "fresh", "said"),
    [
        (70, 30, True, "30 d ago: Spoke"),
        (69, 31, False, "31 d ago: Spoke"),
        (101, None, False, "never seen to act for it"),
    ],
)
def test_an_act_is_fresh_for_thirty_days(on, days, fresh, said):
    found = act_of(a_stakeholder(last_act="Spoke", last_act_on=day(on)), day(100))
    assert (found.days, found.fresh, found.sentence) == (days, fresh, said)


@pytest.mark.requirement("R39")
def test_a_group_is_reached_by_somebody_of_the_coalition_at_the_right_level():
    hit = ["a", "b", "c", "d"]
    stakeholders = [
        a_stakeholder("x", audiences=("a",), power=3),
        a_stakeholder("y", audiences=("b",), power=2),
        a_stakeholder("z", audiences=("c",), coalition=False),
    ]
    found = coverage(hit, stakeholders)
    assert (found.covered, found.uncovered, found.share) == (("a",), ("b", "c", "d"), 0.25)
    assert found.sentence == "1 of 4 groups hear it from a sponsor; not b, c and d"


def test_nobody_hit_has_no_share_and_everybody_reached_is_said():
    assert coverage([], [a_stakeholder()]).share is None
    assert coverage(["Warehouse"], [a_stakeholder()]).sentence == "all 1 group hear it from a sponsor"
