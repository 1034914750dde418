"""How old data are, and when that is said."""

import pytest
from domain_builders import day

from changedesk.domain.data_age import age_of, is_stale, said_age


@pytest.mark.parametrize(
    ("age", "said", "stale"),
    [(None, "", False), (0, "", False), (7, "", False), (8, "8 d old", False), (21, "21 d old", False),
     (22, "22 d old", True), (1240, "1,240 d old", True)],
)  # fmt: skip
def test_age_is_said_after_a_week_and_warned_of_after_three(age, said, stale):
    assert (said_age(age), is_stale(age)) == (said, stale)


def test_data_without_a_day_have_no_age():
    assert age_of(None, day(9)) is None
    assert age_of(day(2), day(9)) == 7
