"""Values made cheaply: the dataclass of the standard library, of which only what is used is compiled.

The program has some six hundred kinds of values, and a session meets a few. The standard decorator compiles six methods
for each while the reader waits: about one millisecond a class, more than half of what a first screen costs to import.
Here a class compiles its ``__init__`` when its first value is made and shares the rest. Values behave as those of the
standard decorator do: fields, defaults, equality, hash, repr, ``replace``, ``fields``, ``asdict``, copies and pickles
(tests/test_values.py holds both side by side).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

_LATER: Final = object()
"""Stands for a default that is made anew for each value."""

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # the type checker reads the standard one
else:

    def dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type], type]:
        """Make a class of values with slots; what else there is takes the standard decorator."""
        assert slots
        return partial(_value_class, frozen=frozen)


def _value_class(plain: type, *, frozen: bool) -> type:
    # Without a text the standard decorator writes the signature, and imports what inspects it.
    plain.__doc__ = plain.__doc__ or plain.__name__
    cls: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    fields = dataclasses.fields(cls)
    compared = _all_of([one.name for one in fields if one.compare])
    methods: dict[str, object] = {
        "__init__": _init_at_first(cls),
        "__repr__": _repr([one.name for one in fields if one.repr]),
        "__eq__": _eq(compared),
    }
    if frozen:
        methods |= {
            "__getstate__": _state([one.name for one in fields]),
            "__setstate__": _set_state([one.name for one in fields]),
            "__setattr__": _set_nothing,
            "__delattr__": _delete_nothing,
        }
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    if cls.__dict__.get("__hash__") is None:
        cls.__hash__ = _hash(compared) if frozen else None
    made: type = cls
    return made


def _init_at_first(cls: type[Any]) -> Callable[..., None]:
    """An ``__init__`` that gives way to the compiled one as soon as it is called."""

    def init(self: object, /, *values: object, **named: object) -> None:
        compiled = _init(cls)
        setattr(cls, "__init__", compiled)  # noqa: B010  # the type checker would not have it otherwise
        compiled(self, *values, **named)

    return init


def _init(cls: type[Any]) -> Callable[..., None]:
    """What the standard decorator would write, but straight into the slots."""
    known: dict[str, Any] = {"_later": _LATER}
    wanted, lines = ["self"], []
    for n, one in enumerate(dataclasses.fields(cls)):
        known[f"_set{n}"] = getattr(cls, one.name).__set__
        value = one.name
        if one.default_factory is not dataclasses.MISSING:
            known[f"_make{n}"] = one.default_factory
            wanted.append(f"{one.name}=_later")
            value = f"_make{n}() if {one.name} is _later else {one.name}"
        elif one.default is not dataclasses.MISSING:
            known[f"_default{n}"] = one.default
            wanted.append(f"{one.name}=_default{n}")
        else:
            wanted.append(one.name)
        lines.append(f"_set{n}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "".join(f"\n {line}" for line in lines or ["pass"])
    exec(f"def __init__({', '.join(wanted)}):{body}", known)  # the names of our own fields, as in the standard library
    compiled: Callable[..., None] = known["__init__"]
    compiled.__qualname__ = f"{cls.__qualname__}.__init__"
    return compiled


def _all_of(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """What gives these attributes of a value, as one tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _repr(names: list[str]) -> Callable[[object], str]:
    def text(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return text


def _eq(compared: Callable[[object], tuple[object, ...]]) -> Callable[[object, object], bool]:
    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(compared: Callable[[object], tuple[object, ...]]) -> Callable[[object], int]:
    def hashed(self: object) -> int:
        return hash(compared(self))

    return hashed


def _state(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    get = _all_of(names)

    def state(self: object) -> tuple[object, ...]:
        return get(self)

    return state


def _set_state(names: list[str]) -> Callable[[object, tuple[object, ...]], None]:
    def set_state(self: object, state: tuple[object, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return set_state


def _set_nothing(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete_nothing(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
