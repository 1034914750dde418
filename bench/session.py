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
from pathlib import Path
from typing import Self

QUIET = 0.05
"""Seconds without output after which a program is taken to have answered."""

_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|[P\]_^X].*?(?:\x07|\x1b\\)|.)", re.DOTALL)


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

    def press(self, key: bytes, until: bytes | None = None) -> tuple[float, int]:
        """Seconds from a key to the last byte of its answer (or to the words), and the bytes of that answer."""
        self.output = b""
        begun = last = time.perf_counter()
        os.write(self.terminal, key)
        while time.perf_counter() - last < QUIET or (until and until not in _ESCAPES.sub(b"", self.output)):
            if self.read(0.002):
                last = time.perf_counter()
            elif time.perf_counter() - begun > 10:
                raise SystemExit(f"no answer to {key!r}")
            if not self.output and time.perf_counter() - begun > 1:
                break
        return last - begun, len(self.output)

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

    def quit(self, key: bytes) -> float:
        """Seconds from the key to the end of the program."""
        begun = time.perf_counter()
        os.write(self.terminal, key)
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            self.read(0.002)
            if time.perf_counter() - begun > 10:
                raise SystemExit("it does not go away")
        return time.perf_counter() - begun
