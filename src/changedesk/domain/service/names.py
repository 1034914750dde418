"""Services as they are compared: each tool writes a name its own way, and one in capitals is no other service."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def folded(name: str) -> str:
    """A name as it is compared with others."""
    return name.casefold()


def all_folded(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared with others."""
    return frozenset(map(str.casefold, names))


def shared(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """The services of one list that another names too, as the first one writes them."""
    theirs = all_folded(other)
    return tuple(name for name in one if name.casefold() in theirs)


def same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two lists name the same services, in whatever order."""
    return all_folded(one) == all_folded(other)


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The services of a list by name, each in one spelling whatever the order in which they come."""
    spelt: dict[str, str] = {}
    for name in sorted(names):
        spelt.setdefault(name.casefold(), name)
    return tuple(spelt[known_as] for known_as in sorted(spelt))


def as_known(names: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Each name as it is written where it is known: as it stands if that is known, else in the first such spelling by name.

    What is known in no spelling is written as the first by name of the names does.
    """
    asked = sorted(names)
    spelt: dict[str, str] = {}
    for name in (*sorted(known), *asked):
        spelt.setdefault(name.casefold(), name)
    return {name: name if name in known else spelt[name.casefold()] for name in asked}
