"""How a file of another tool is read as one of ours: whose column is which, how it writes days, what its words mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class FileMap:
    """A checked mapping file. Everything is by our names of columns; ``encoding`` None is found out from the file.

    ``columns`` are ours to theirs, ``values`` theirs to ours, ``dates`` the way days are written: ``iso``, ``rfc2822``,
    ``epoch`` or a strptime pattern. ``zone`` is that of times without one. ``digest`` tells this very map from others, ``name``
    is what sentences call it. ``optional`` are columns of ours that a file may do without.
    """

    kind: str
    encoding: str | None
    delimiter: str
    quote: str
    last_row_wins: bool
    first_row: tuple[str, ...]
    columns: Mapping[str, str]
    dates: Mapping[str, str]
    zone: str | None
    values: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, str]
    missing: frozenset[str]
    digest: str
    optional: frozenset[str] = frozenset()
    name: str = "the map"

    def with_constants(self, more: Mapping[str, str]) -> FileMap:
        """The same map with these values for every row; what the map takes from the file under these names is dropped."""
        if not more:
            return self
        said = "".join(f"\n{name}={more[name]!r}" for name in sorted(more))
        return replace(
            self,
            columns={ours: theirs for ours, theirs in self.columns.items() if ours not in more},
            constants={**self.constants, **more},
            digest=hashlib.sha256((self.digest + said).encode()).hexdigest(),
        )
