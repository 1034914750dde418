"""A cheap data class is what Python's own frozen one with slots is, in all that the program and its tests ask of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Wave:
    """One of ours."""

    name: str
    people: int = 0
    days: list[int] = field(default_factory=list)
    note: str = field(default="", compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Own:
    """The same as Python makes it."""

    name: str
    people: int = 0
    days: list[int] = field(default_factory=list)
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Late(Wave):
    """One with what its parent has, and more."""

    by: int = 1

    def __post_init__(self) -> None:
        if self.by < 0:
            raise ValueError("late by less than nothing")


@dataclass(frozen=True, slots=True)
class Alone:
    """One value."""

    value: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all."""


VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=4)},
    optional={
        "people": st.integers(0, 2),
        "days": st.lists(st.integers(0, 2), max_size=2),
        "note": st.text(max_size=2),
    },
)
"""What one of the classes is made of, by name; two draws are often equal."""


@given(VALUES, VALUES)
def test_it_holds_shows_and_compares_as_pythons_own(first: dict[str, object], second: dict[str, object]) -> None:
    ours, theirs = Wave(**first), Own(**first)  # type: ignore[arg-type]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours).removeprefix("Wave") == repr(theirs).removeprefix("Own")
    assert (ours == Wave(**second)) == (theirs == Own(**second))  # type: ignore[arg-type]
    changed = dataclasses.replace(ours, **second)  # type: ignore[arg-type]
    assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(theirs, **second))  # type: ignore[arg-type]


@given(st.lists(st.integers(), max_size=5), st.sets(st.sampled_from(["name", "people", "days", "note", "wrong"])))
def test_it_refuses_what_pythons_own_refuses(in_order: list[int], named: set[str]) -> None:
    def refused(made: type) -> bool:
        try:
            made(*in_order, **dict.fromkeys(named, 1))
        except TypeError:
            return True
        return False

    assert refused(Wave) == refused(Own)


def test_what_is_wrong_with_the_values_is_said() -> None:
    with pytest.raises(TypeError, match="takes name, people, days, note; it was given 0 in order, people"):
        Wave(people=1)  # type: ignore[call-arg]


def test_it_never_changes_and_takes_no_other_name() -> None:
    wave = Wave("first")
    with pytest.raises(dataclasses.FrozenInstanceError):
        wave.people = 3  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del wave.people
    assert not hasattr(wave, "__dict__")


def test_equal_ones_are_one_in_a_set_and_other_classes_are_others() -> None:
    assert len({Alone(1), Alone(1), Alone(2)}) == 2
    assert {Nothing(), Nothing()} == {Nothing()}
    assert Late("first") != Wave("first")


def test_a_list_that_is_a_default_belongs_to_one_value_only() -> None:
    first, second = Wave("first"), Wave("second")
    first.days.append(1)
    assert second.days == []


def test_a_check_after_making_runs_for_one_that_inherits() -> None:
    assert Late("first", by=2).name == "first"
    with pytest.raises(ValueError, match="less than nothing"):
        Late("first", by=-1)


def test_copies_are_equal() -> None:
    late = Late("first", 3, [1], "said", 2)
    assert copy.deepcopy(late) == late == pickle.loads(pickle.dumps(late))


def test_a_class_that_changes_is_left_to_pythons_own() -> None:
    with pytest.raises(TypeError, match="made by dataclasses"):
        dataclass(frozen=False, slots=True)
