"""Records by the group of people that each is about: an initiative may have hundreds of groups, and thousands of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar


class _IsOfGroup(Protocol):
    @property
    def audience(self) -> str | None: ...


_Record = TypeVar("_Record", bound=_IsOfGroup)


def by_group(records: Iterable[_Record]) -> Mapping[str | None, Sequence[_Record]]:
    """Records by the name of their group, in their order; None is everybody, and a group without any has none."""
    found: defaultdict[str | None, list[_Record]] = defaultdict(list)
    for record in records:
        found[record.audience].append(record)
    return found
