"""Following a folder into which another program exports: a file that grew is imported again, and so is a new one.

A file is taken when it has kept still between two looks, because half a row is no row. One that never keeps still is tried
after :data:`PATIENCE` looks all the same; what is refused then may be half written, so it is not spoken of.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from changedesk.domain.file_map import FileMap
from changedesk.errors import BadInput, RefusedFile
from changedesk.services.imports.importing import ImportReport, import_file, known_kind, refuse_map_of_another_kind
from changedesk.services.session import Session, authorise
from changedesk.values import dataclass

PATIENCE: Final = 6
"""So many looks in a row at which a file has grown, before it is tried as it is."""

ENDINGS: Final = (".csv", ".tsv", ".txt")

_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked at: what its import did, or why nothing was taken of it."""

    path: Path
    report: ImportReport | None
    refused: BadInput | None


class FolderWatch:
    """The files of one folder, each imported again when it has changed. :meth:`poll` looks once."""

    def __init__(
        self, session: Session, folder: Path, kind: str, mapping: FileMap | None = None, *, skip_refused: bool = False
    ) -> None:
        authorise(session, "desk.import")
        known_kind(kind)
        refuse_map_of_another_kind(mapping, kind)
        if not folder.is_dir():
            raise BadInput(f"there is no folder {folder}", "make it first, or name another")
        self.folder = folder
        self._session = session
        self._kind = kind
        self._mapping = mapping
        self._skip_refused = skip_refused
        self._seen: dict[Path, _Stamp] = {}
        self._looks: dict[Path, int] = {}
        self._done: dict[Path, _Stamp] = {}

    def poll(self) -> tuple[Taken, ...]:
        """Look once, and import what is ready; returns what there is to tell."""
        return tuple(self._look())

    def _look(self) -> Iterator[Taken]:
        for path, stamp in self._files():
            if self._done.get(path) == stamp:
                continue
            settled = self._seen.get(path) == stamp
            self._seen[path] = stamp
            self._looks[path] = self._looks.get(path, 0) + 1
            if settled or self._looks[path] > PATIENCE:
                taken = self._take(path)
                self._looks[path] = 0
                if taken.refused is None or settled:
                    self._done[path] = stamp
                    yield taken

    def _files(self) -> Iterator[tuple[Path, _Stamp]]:
        try:
            paths = sorted(self.folder.iterdir())
        except OSError as error:
            raise BadInput(f"{self.folder} cannot be read any more") from error
        for path in paths:
            if path.suffix.lower() not in ENDINGS or path.name.startswith("."):
                continue
            try:
                there = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(there.st_mode):
                yield path, (there.st_mtime_ns, there.st_size)

    def _take(self, path: Path) -> Taken:
        try:
            report = import_file(
                self._session, path, self._kind, skip_refused=self._skip_refused, mapping=self._mapping
            )
        except BadInput as refused:
            return Taken(path, None, refused)
        if report.refused and not self._skip_refused:
            return Taken(path, report, RefusedFile("nothing was taken", report.problems))
        return Taken(path, report, None)


def follow(watch: FolderWatch, wait: Callable[[], bool], tell: Callable[[Taken], None]) -> None:
    """Look at the folder again and again until ``wait``, which waits between two looks, says that it is enough."""
    while True:
        for taken in watch.poll():
            tell(taken)
        if not wait():
            return
