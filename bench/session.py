"""One program on one pseudo-terminal, watched with a clock."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyte

QUIET = 0.05
"""Seconds without output after which a program is taken to have answered."""

SETTLED = 0.3
"""Seconds without output after which everything that a key has set going is taken to stand."""

_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|[P\]_^X].*?(?:\x07|\x1b\\)|.)", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What followed a key: seconds to the first byte, to the end of the first frame and to the last byte of all, and the
    bytes of the first frame."""

    first: float
    frame: float
    facts: float
    size: int


class Session:
    """A running program; times are in seconds, sizes in bytes and KiB."""

    def __init__(self, command: Sequence[str], columns: int = 120, rows: int = 40) -> None:
        self.begun = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], list(command))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.output = b""
        self.last = self.begun
        self._chunks: list[tuple[float, bytes]] = []
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.terminal)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; empty when nothing does."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        self.output += data
        self.last = time.perf_counter()
        self._chunks.append((self.last, data))
        return data

    def until(self, words: bytes, limit: float = 20) -> float:
        """Seconds from the start of the program until the words stand in its output."""
        while time.perf_counter() - self.begun < limit:
            self.read(0.01)
            if words in _ESCAPES.sub(b"", self.output):
                return time.perf_counter() - self.begun
        raise SystemExit(f"{words!r} did not appear")

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing more comes."""
        while self.read(quiet):
            pass

    def wait(self, words: str, limit: float = 30) -> None:
        """Wait until these words stand on the screen and nothing more comes."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < limit:
            self.settle()
            if words in self._shown():
                return
        raise SystemExit(f"{words!r} did not appear")

    def press(self, key: bytes, until: str | None = None, limit: float = 20) -> Answer:
        """Press a key and wait until everything that follows from it stands, or until the words do.

        Only what differs is sent: whether words stand is seen on the screen, to which what came is fed afterwards.
        """
        self._shown()
        self.output = b""
        begun = last = time.perf_counter()
        first = frame = 0.0
        size = 0
        os.write(self.terminal, key)
        while True:
            now = time.perf_counter()
            if self.read(0.002):
                last = time.perf_counter()
                first = first or last - begun
            elif self.output and not frame and now - last >= QUIET:
                frame, size = last - begun, len(self.output)
            elif frame and now - last >= SETTLED and (stood := self._stood(until) if until else last):
                return Answer(first, frame, stood - begun, size)
            elif now - begun > limit:
                if until is None and not self.output:
                    return Answer(0.0, 0.0, 0.0, 0)  # the key has nothing to do here
                raise SystemExit(f"no answer to {key!r} in {limit} s")

    def _shown(self) -> str:
        for _, data in self._chunks:
            self._stream.feed(data)
        self._chunks.clear()
        return " ".join(" ".join(self._screen.display).split())

    def _stood(self, words: str) -> float | None:
        """When these words stood on the screen; None when they do not yet."""
        for n, (at, data) in enumerate(self._chunks):
            self._stream.feed(data)
            if words in " ".join(" ".join(self._screen.display).split()):
                del self._chunks[: n + 1]
                return at
        self._chunks.clear()
        return None

    def idle(self, seconds: float) -> float:
        """Bytes a second while nobody does anything."""
        self.output = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.1)
        return len(self.output) / seconds

    def peak_memory(self) -> int:
        """The most memory it has had, in KiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]  # Linux always writes this line

    def processor(self) -> float:
        """Seconds of processor time that it has had."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def quit(self, key: bytes) -> float:
        """Seconds from the key to the end of the program."""
        begun = time.perf_counter()
        os.write(self.terminal, key)
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            self.read(0.002)
            if time.perf_counter() - begun > 10:
                raise SystemExit("it does not go away")
        return time.perf_counter() - begun
