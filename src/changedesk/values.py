"""Data classes that cost a tenth: Python's own decorator compiles six methods for each class, a millisecond of every start.

Types are checked as if it were Python's own, and :func:`dataclasses.fields`, ``replace`` and ``asdict`` take these
classes as theirs. Why, and what it wins: docs/decisions/0023.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[_Class]], type[_Class]]:
        """Make a class of values that never change, with a slot for each annotated name.

        Raises TypeError for any other kind of class: that is made by Python's own decorator.
        """
        if not (frozen and slots):
            raise TypeError("what changes, or has no slots, is made by dataclasses.dataclass")
        return _made


__all__ = ["dataclass"]

_Class = TypeVar("_Class")


def _made(plain: type[_Class]) -> type[_Class]:
    # Told to write no methods, Python's decorator compiles nothing: it reads the fields and makes the slots.
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    same = {"__repr__": _repr, "__reduce__": _reduce, "__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in {**same, **_init(made), **_comparing(made)}.items():
        if name not in plain.__dict__ or plain.__dict__[name] is None:
            setattr(made, name, method)
    return made


def _init(made: type) -> Mapping[str, Callable[..., None]]:
    fields = dataclasses.fields(made)
    names = tuple(each.name for each in fields)
    count, known = len(names), set(names)
    setters = tuple(getattr(made, name).__set__ for name in names)
    defaults = {each.name: each.default for each in fields if each.default is not dataclasses.MISSING}
    factories = {each.name: each.default_factory for each in fields if callable(each.default_factory)}
    in_order: Callable[[dict[str, object]], tuple[object, ...]] = (
        itemgetter(*names) if count > 1 else lambda by_name: tuple(by_name.values())
    )
    afterwards = getattr(made, "__post_init__", None)

    def arranged(given: tuple[object, ...], named: dict[str, object]) -> tuple[object, ...]:
        by_name = {**defaults, **dict(zip(names, given, strict=False)), **named}
        for name, factory in factories.items():
            if name not in by_name:
                by_name[name] = factory()
        if by_name.keys() != known or len(given) > count or not named.keys().isdisjoint(names[: len(given)]):
            had = f"{len(given)} in order" + "".join(f", {name}" for name in named)
            raise TypeError(f"{made.__qualname__} takes {', '.join(names) or 'nothing'}; it was given {had}")
        return in_order(by_name)

    def __init__(self: object, *given: object, **named: object) -> None:
        values = given if len(given) == count and not named else arranged(given, named)
        # As many of both: zip would take a quarter of the time of the whole to be told so.
        for put, value in zip(setters, values):  # noqa: B905
            put(self, value)
        if afterwards is not None:
            afterwards(self)

    return {"__init__": __init__}


def _comparing(made: type) -> Mapping[str, Callable[..., object]]:
    names = [each.name for each in dataclasses.fields(made) if each.compare]
    values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> object:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash((made, values(self)))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _fields(one: object) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(one)  # type: ignore[arg-type]  # it is one of ours


def _repr(self: object) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in _fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _reduce(self: object) -> tuple[type, tuple[object, ...]]:
    """How a copy is made of it: as it was made itself."""
    return type(self), tuple(getattr(self, each.name) for each in _fields(self))


def _refuse(_self: object, name: str, _value: object = None) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change {name}: what it is made of never changes")
