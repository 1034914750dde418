"""Numbers with their things, lists and money."""

import pytest

from changedesk.domain.counted import counted, listed, money


def test_one_of_a_thing_is_no_plural():
    assert [counted(n, "day") for n in (0, 1, 2, 1240)] == ["0 days", "1 day", "2 days", "1,240 days"]
    assert counted(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c"), (list("abcde"), "a, b, c and 2 more")],
)  # fmt: skip
def test_names_are_listed_and_the_rest_counted(names, said):
    assert listed(names) == said


def test_money_that_is_unknown_is_not_nothing():
    assert (money(1200, "EUR"), money(0, None), money(None, "EUR")) == ("1,200 EUR", "0", "?")
