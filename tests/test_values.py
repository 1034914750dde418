"""A value is one of the standard library, whatever it costs less."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A value."""

    name: str
    amount: int = 1
    many: list[int] = field(default_factory=list)
    aside: str = field(default="", compare=False, repr=False)

    @property
    def twice(self) -> int:
        return 2 * self.amount


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A value."""

    name: str
    amount: int = 1
    many: list[int] = field(default_factory=list)
    aside: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class One:
    only: str


@dataclass(frozen=True, slots=True)
class Checked:
    amount: int

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("less than nothing")


@dataclass(slots=True)
class Counter:
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own) and self.name.casefold() == other.name.casefold()

    def __hash__(self) -> int:
        return hash(self.name.casefold())

    def __repr__(self) -> str:
        return self.name


texts = st.text(max_size=5)
given_fields = st.fixed_dictionaries(
    {"name": texts}, optional={"amount": st.integers(), "many": st.lists(st.integers(), max_size=3), "aside": texts}
)


@given(given_fields, given_fields)
def test_values_are_made_compared_and_written_as_standard_ones(one, other):
    ours, theirs = Ours(**one), Theirs(**one)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours == Ours(**other)) == (theirs == Theirs(**other))
    changed = dataclasses.replace(ours, amount=7)
    assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(theirs, amount=7))


@given(texts, texts)
def test_equal_values_have_equal_hashes_as_standard_ones(name, other):
    assert hash(One(name)) == hash((name,))
    assert (One(name) == One(other)) == (name == other)
    assert One(name) != (name,)
    assert len({One(name), One(other)}) == len({name, other})


def test_a_value_that_may_change_changes_and_cannot_be_a_key():
    counter = Counter()
    counter.seen += 2
    assert counter == Counter(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)


def test_each_value_has_its_own_default_that_can_change():
    Ours("a").many.append(1)
    assert Ours("b").many == []


def test_nothing_of_a_value_changes():
    value = Ours("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    with pytest.raises(FrozenInstanceError):
        value.unheard = 1
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_copy_is_equal(again):
    value = Ours("a", 3, [1, 2], "beside")
    assert again(value) == value
    assert again(value).aside == "beside"


@pytest.mark.parametrize("wrong", [{}, {"name": "a", "unheard": 1}, {"amount": 1}])
def test_a_value_is_not_made_of_the_wrong_fields(wrong):
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError, match="__init__"):
            kind(**wrong)


def test_a_value_can_look_at_itself_when_it_is_made():
    assert Checked(1).amount == 1
    with pytest.raises(ValueError, match="less than nothing"):
        Checked(-1)


def test_what_a_class_says_for_itself_stands():
    assert Own("Ada") == Own("ADA")
    assert len({Own("Ada"), Own("ADA")}) == 1
    assert repr(Own("Ada")) == "Ada"


def test_positions_and_patterns_are_those_of_the_fields():
    assert Ours.__match_args__ == Theirs.__match_args__
    assert Ours("a", 4).twice == 8


def test_a_class_of_values_costs_the_start_little():
    program = """
import time, dataclasses
from changedesk.values import dataclass
names = {f"field{n}": "int" for n in range(10)}
def made(decorator):
    begun = time.process_time()
    for n in range(200):
        decorator(frozen=True, slots=True)(type(f"K{n}", (), {"__annotations__": dict(names), "__doc__": "k"}))
    return time.process_time() - begun
print(min(made(dataclasses.dataclass) for _ in range(2)) / min(made(dataclass) for _ in range(2)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 3
