"""A program on a terminal of its own: keys go in, every byte that comes out is kept."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

PROGRAM = Path(__file__).with_name("shell_program.py")
PATIENCE = 60.0
"""Seconds after which what does not come is missing: many more than a busy machine takes, for only a failure waits so long."""
MODES = ("1049", "1000", "1003", "1006", "1016", "1004", "2004")


class Terminal:
    """The small dashboard on a pseudo-terminal, or another ``command`` of Python's."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        size: tuple[int, int] = (80, 24),
        command: tuple[str, ...] = (),
        **environment: str,
    ) -> None:
        command = command or (str(PROGRAM), str(folder / "errors.log"), *words)
        self.out = b""
        self._typed = 0
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            self._has(0, *size)  # before the program looks, however busy the machine is
            # Who runs the tests side by side has a size of its own in the environment.
            inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
            env = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
            os.execvpe(sys.executable, [sys.executable, *command], env)
        self.rest = termios.tcgetattr(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.hang_up()

    def resize(self, columns: int, rows: int) -> None:
        self._has(self.descriptor, columns, rows)

    @staticmethod
    def _has(terminal: int, columns: int, rows: int) -> None:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, text: bytes) -> bytes:
        """Read until this text has come; what has come since the last time."""
        start, end = len(self.out), time.monotonic() + PATIENCE
        while text not in self.out[start:]:
            ready, _, _ = select.select([self.descriptor], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{text!r} did not come; last came {self.out[-300:]!r}"
            try:
                self.out += os.read(self.descriptor, 1 << 16)
            except OSError:
                break
        return self.out[start:]

    def quiet(self) -> bytes:
        """Read until nothing comes any more; everything since the last key."""
        while select.select([self.descriptor], [], [], 0.2)[0]:
            self.out += os.read(self.descriptor, 1 << 16)
        return self.out[self._typed :]

    def answer(self, key: str | bytes) -> bytes:
        """Everything that comes back for a key that changes what is shown."""
        self.type(key)
        self.until(b"\x1b[")
        return self.quiet()

    def type(self, keys: str | bytes) -> None:
        self._typed = len(self.out)
        os.write(self.descriptor, keys.encode() if isinstance(keys, str) else keys)

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def ended(self) -> int:
        """Wait for the end and give the exit status."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.descriptor >= 0 and select.select([self.descriptor], [], [], 0.02)[0]:
                with suppress(OSError):
                    self.out += os.read(self.descriptor, 1 << 16)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                self._read_what_is_left()
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it still runs")

    def _read_what_is_left(self) -> None:
        """What the program wrote last may still lie in the terminal when the program has ended."""
        with suppress(OSError):
            while self.descriptor >= 0 and select.select([self.descriptor], [], [], 0)[0]:
                if not (data := os.read(self.descriptor, 1 << 16)):
                    return
                self.out += data

    def stopped(self) -> None:
        """Wait until it has stopped."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        while select.select([self.descriptor], [], [], 0.05)[0]:
            self.out += os.read(self.descriptor, 1 << 16)

    def owed(self) -> list[str]:
        """What of the terminal is not as it was."""
        left = []
        for mode in MODES:
            on = [match.start() for match in re.finditer(rb"\x1b\[\?" + mode.encode() + rb"h", self.out)]
            off = [match.start() for match in re.finditer(rb"\x1b\[\?" + mode.encode() + rb"l", self.out)]
            if max(on, default=-1) > max(off, default=-1):
                left.append(mode)
        flags = termios.ICANON | termios.ECHO | termios.ISIG
        if termios.tcgetattr(self.descriptor)[3] & flags != self.rest[3] & flags:
            left.append("raw")
        return left
