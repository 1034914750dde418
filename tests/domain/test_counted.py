"""Numbers with their things, lists and money."""

import pytest

from changedesk.domain.counted import counted, doing, listed, money, people_said, short_money


def test_one_of_a_thing_is_no_plural():
    assert [counted(n, "day") for n in (0, 1, 2, 1240)] == ["0 days", "1 day", "2 days", "1,240 days"]
    assert counted(2, "person", "people") == "2 people"
    assert counted(-1, "day") == "-1 day"


def test_one_thing_does_and_several_do():
    assert [doing(n, "link", "hold") for n in (0, 1, 3)] == ["0 links hold", "1 link holds", "3 links hold"]


def test_people_whom_nobody_has_counted_are_not_nobody():
    assert [people_said(n) for n in (1, 1240, 0)] == ["1 person", "1,240 people", "an unknown number of people"]


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c"), (list("abcde"), "a, b, c and 2 more")],
)  # fmt: skip
def test_names_are_listed_and_the_rest_counted(names, said):
    assert listed(names) == said


def test_names_with_a_comma_in_them_are_told_apart():
    assert listed(["Trained, by team", "Agreed"]) == "Trained, by team; and Agreed"
    assert listed(["Trained, by team", *"abcd"]) == "Trained, by team; a; b; and 2 more"
    assert listed(["CHG-7", "1,999 other changes"]) == "CHG-7 and 1,999 other changes"


def test_money_that_is_unknown_is_not_nothing():
    assert (money(1200, "EUR"), money(0, None), money(None, "EUR")) == ("1,200 EUR", "0", "?")


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "0"), (849.6, "850"), (999.4, "999"), (999.5, "1k"), (1234, "1.2k"), (9900, "9.9k"), (9960, "10k"), (41_200, "41k"),
     (999_400, "999k"), (999_600, "1M"), (1_240_000, "1.2M"), (-41_200, "-41k"), (-0.4, "0"), (-0.6, "-1")],
)  # fmt: skip
def test_a_short_amount_is_rounded_to_what_is_spoken(amount, said):
    assert short_money(amount) == said
    assert short_money(amount, "EUR") == f"{said} EUR"


def test_more_than_one_of_a_thing_is_said_as_people_do():
    assert [counted(2, one) for one in ("day", "dependency", "row", "survey", "envoy", "guy")] == [
        "2 days", "2 dependencies", "2 rows", "2 surveys", "2 envoys", "2 guys",
    ]  # fmt: skip
    assert counted(1, "dependency") == "1 dependency"
