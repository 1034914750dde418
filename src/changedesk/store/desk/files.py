"""The desk as a file: where it may lie, who may read it, and what its header says before SQLite touches it."""

from __future__ import annotations

import errno
import fcntl
import itertools
import os
import stat
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from changedesk.errors import Damaged, DeskUnusable, WrongPlace
from changedesk.naming import give_name
from changedesk.values import dataclass

APPLICATION_ID = 0x43684465
"""``ChDe`` in the file's header says that it is a desk of ours."""

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs", "ncpfs"}
)
_NO_NAME = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP})
_HEADER = 100

JOURNALS: Final = ("-wal", "-shm")
"""What SQLite keeps beside a desk while it is open, and after a crash."""

BESIDE: Final = (*JOURNALS, "-journal")
"""All that belongs to a file of SQLite's, a desk or not: where the file goes, it goes along."""

_PLAYED_BACK: Final = ("-wal", "-journal")
"""What SQLite plays back into whatever file of that name it finds, also one that it does not belong to."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes of a desk say: the version of its schema."""

    schema: int


def refuse_unsafe_place(path: Path) -> None:
    """Refuse what is no plain file on a local disk: links, folders, devices, network file systems."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = stat.S_IFREG
    except OSError as error:
        raise _unreadable(path, error) from None
    if stat.S_ISLNK(mode):
        raise WrongPlace(f"{path} is a symbolic link; a desk must be the file itself", "name the file it points to")
    if not stat.S_ISREG(mode):
        raise WrongPlace(f"{path} is no file", "name a file, such as desk.db")
    if kind := _network_file_system(path):
        raise WrongPlace(
            f"{path} lies on a network file system ({kind}), where SQLite cannot keep a desk safe", "use a local disk"
        )


def read_header(path: Path) -> Header:
    """Read the header without opening the database, so that a file that is refused stays untouched."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError:
        raise DeskUnusable(
            f"there is no desk at {path}", "make one with: changedesk init, or: changedesk demo"
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        raise Damaged(f"{path} is not a desk, or is damaged", "restore a backup with: changedesk restore")
    schema, application = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application != APPLICATION_ID:
        raise DeskUnusable(f"{path} is a database of another program", "name a desk that changedesk made")
    return Header(schema)


def _unreadable(path: Path, error: OSError) -> DeskUnusable:
    """A name that no file can have is wrong use; a file that may not or cannot be read is a desk that cannot be used."""
    kind = WrongPlace if error.errno in _NO_NAME else DeskUnusable
    return kind(f"{path} cannot be read: {os.strerror(error.errno or 0).lower()}")


def make_folder(path: Path, *, shared: bool) -> None:
    """Make the desk's folder for its users alone, whatever the account masks; an existing one keeps its rights.

    The folder of a shared desk passes its group on, because the journal beside the desk belongs to whoever opens it first.
    """
    if path.is_dir():
        return
    try:
        path.mkdir(parents=True, mode=0o700)
        if shared:
            path.chmod(0o2770)
    except OSError as error:
        raise WrongPlace(f"the folder {path} cannot be made: {os.strerror(error.errno or 0).lower()}") from None


def passes_group_on(path: Path) -> bool:
    """Whether a file and what is made beside it belong to the folder's group, and not to that of whoever makes it."""
    folder = path.parent.stat()
    return bool(folder.st_mode & stat.S_ISGID) and path.stat().st_gid == folder.st_gid


def open_to_its_group(path: Path) -> None:
    """Let all of a desk's group write what SQLite has made beside it for this account, which only reads.

    It has the rights of the desk's file and is this account's own; left so, nobody else could write the desk from then on,
    not even its owner.
    """
    facts = path.stat()
    for beside in (path.with_name(path.name + part) for part in JOURNALS):
        with suppress(OSError):
            if facts.st_mode & stat.S_IRGRP and beside.stat().st_uid == os.geteuid():
                os.chown(beside, -1, facts.st_gid, follow_symlinks=False)
                beside.chmod(0o660)


def new_file(path: Path, mode: int, name: Path | None = None) -> None:
    """Make an empty file that only its users may read; an existing one is refused.

    ``name`` is what it will be called, where it is made under a passing name.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, mode)
    except OSError as error:
        raise WrongPlace(f"{name or path} cannot be made: {os.strerror(error.errno or 0).lower()}") from None
    os.fchmod(handle, mode)
    os.close(handle)


def refuse_taken_name(path: Path) -> None:
    """Refuse a name for a new desk that a file has, or beside which the last writes of a desk that is gone lie.

    SQLite would play them back into the new one and leave it damaged.
    """
    if path.exists():
        raise WrongPlace(f"{path} exists already", "choose another file, or open it with --db")
    for left in (path.with_name(path.name + part) for part in _PLAYED_BACK):
        if left.exists() and left.stat().st_size:
            raise WrongPlace(
                f"{left} holds the last writes of a desk that is not there any more",
                "put it beside the file that it belongs to, or out of the way",
            )


def publish(finished: Path, path: Path) -> None:
    """Give a finished file its name, all at once and never over another file; it is on disk when this returns."""
    try:
        with finished.open("rb") as file:
            os.fsync(file.fileno())
        give_name(finished, path)
    except FileExistsError:
        raise WrongPlace(f"{path} exists already", "choose another file, or open it with --db") from None
    except OSError as error:
        raise WrongPlace(f"{path} cannot be made: {os.strerror(error.errno or 0).lower()}") from None
    finally:
        finished.unlink(missing_ok=True)


def remove_passing(path: Path) -> None:
    """Take away a file under a passing name and what SQLite keeps beside it; where nothing can be removed, nothing was made."""
    for part in ("", *JOURNALS):
        with suppress(OSError):
            path.with_name(f"{path.name}{part}").unlink()


@contextmanager
def alone_with(path: Path, there: os.stat_result) -> Iterator[None]:
    """Do something with a file that only one program may do at a time; refused where another does it, or has done it.

    ``there`` is what was looked at before: a file that somebody has put in its place meanwhile is another one.
    """
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(file.fileno()), there):
                raise FileNotFoundError
            yield
    except (FileNotFoundError, BlockingIOError):
        raise WrongPlace(f"{path} is being replaced by another program", "look at what is there then") from None


def set_aside(path: Path, wanted: Path, beside: Sequence[str] = ()) -> Path:
    """Give a file another name, the wanted one or the first of the same with -2, -3 and so on behind it; gives that name.

    Whoever takes a name first has it: a file that comes to lie there meanwhile is never replaced. What lies ``beside`` the
    file, by the endings of its name, goes along and goes first: left alone it would be taken for a part of the next one.
    """
    for kept in _names(wanted):
        if beside and any(os.path.lexists(f"{kept}{part}") for part in ("", *beside)):
            continue
        with suppress(FileExistsError):
            for part in beside:
                if (along := path.with_name(path.name + part)).exists():
                    give_name(along, kept.with_name(kept.name + part))
            give_name(path, kept)
            return kept
    raise AssertionError("there are always more names")


def _names(wanted: Path) -> Iterator[Path]:
    yield wanted
    for count in itertools.count(2):
        yield wanted.with_name(f"{wanted.name}-{count}")


def _network_file_system(path: Path) -> str | None:
    """The kind of network file system that holds the path, by the longest mount point above it."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    place = os.path.realpath(path.parent)
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = mount == "/" or place == mount or place.startswith(mount + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind if kind in _NETWORK else None
