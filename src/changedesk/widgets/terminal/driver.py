"""The life of the terminal: taken over at the start, given back however the session ends, and left alone once it is lost.

Textual's own driver leaves the terminal raw on a signal, spins on a lost one, does not repaint after a stop and ends in
a traceback on bytes that are no UTF-8. This one restores first and explains nothing.
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NoReturn

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from changedesk.widgets.terminal.file import TerminalFile

if TYPE_CHECKING:
    from textual.app import App

ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
GRACE: Final = 1.5
"""Seconds after which a program that was told to end is ended."""

LOST: Final = 128 + signal.SIGHUP
"""The exit status when the terminal has gone."""

MODES_OFF: Final = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l"  # paste, line wrap, reports of the size
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"  # keyboard, alternate screen, cursor, focus
)
"""Everything that was switched on in the terminal, switched off."""

READ_SIZE: Final = 1 << 16
POLL: Final = 0.1
"""Seconds after which an escape key that nothing followed is a key of its own."""


class DeskDriver(LinuxDriver):
    """Textual's driver with the duties of a guest: whatever was changed in the terminal is put back."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stdout__ is not None
        self._terminal = TerminalFile(sys.__stdout__.fileno(), self._terminal_lost)
        self._file = self._terminal  # type: ignore[assignment]  # Textual wants a whole TextIO and uses write and flush
        self._wake_read, self._wake_write = os.pipe()
        self._ending = False
        self._stopping = False
        self._status = 0
        signal.signal(signal.SIGTSTP, self._on_stop)
        signal.signal(signal.SIGCONT, self._on_continue)
        signal.signal(signal.SIGALRM, self._on_grace_over)
        for number in ENDING:
            signal.signal(number, self._on_end)

    # --- the end

    def _on_end(self, number: int, _frame: object) -> None:
        self._end(128 + number)

    def _terminal_lost(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._end, LOST)
        except RuntimeError:
            return  # the loop has ended already

    def _end(self, status: int) -> None:
        """Give the terminal back now, then leave in an orderly way, but leave."""
        if self._ending:
            return
        self._ending = True
        self._status = status
        self.leave_soon()
        self.give_back()
        self._loop.call_soon_threadsafe(self._leave)

    def leave_soon(self) -> None:
        """From now on the program may take ``GRACE`` seconds to end, and is then ended whatever still runs."""
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def _leave(self) -> None:
        self._app.exit(return_code=self._status)

    def _on_grace_over(self, _number: int, _frame: object) -> NoReturn:
        self.give_back()
        os._exit(self._status)

    def give_back(self) -> None:
        """Put the terminal back as it was, from wherever the program is; nothing is drawn after this."""
        self._terminal.closed_to = True
        self._terminal.force(MODES_OFF)
        self._restore_attributes()

    def _restore_attributes(self) -> None:
        if self.attrs_before is None:
            return
        try:
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        except termios.error:
            return  # the terminal has gone, and its attributes with it

    # --- stop and go on

    def _on_stop(self, _number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        """Give the terminal back and stop, also where the kernel would drop a stop signal for an orphaned group."""
        if self._ending or self._stopping:
            return
        self._stopping = True
        self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._take_again()
        self._stopping = False

    def _on_continue(self, _number: int, _frame: object) -> None:
        if not self._stopping:
            self._loop.call_soon_threadsafe(self._after_foreign_stop)

    def _after_foreign_stop(self) -> None:
        """Somebody stopped the program without asking it; the terminal may be in any state."""
        if not (self._ending or self._stopping):
            self.suspend_application_mode()
            self._take_again()

    def _take_again(self) -> None:
        self.resume_application_mode()
        self._app.refresh(layout=True)

    # --- input

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        while _readable(self._wake_read):
            os.read(self._wake_read, READ_SIZE)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it untyped

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        if self._ending:
            return
        self._restore_attributes()
        self.write(MODES_OFF)

    def disable_input(self) -> None:
        """Read no more keys; the thread that reads them ends at once."""
        if self.exit_event.is_set() or self._key_thread is None:
            return
        self.exit_event.set()
        os.write(self._wake_write, b"\0")
        self._key_thread.join()
        self._key_thread = None
        self.exit_event.clear()
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        try:
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        except termios.error:
            return

    def close(self) -> None:
        """Let the last bytes out."""
        super().close()
        self._writer_thread = None

    def write(self, data: str) -> None:
        """Send text to the terminal, if it is ours now."""
        if self._writer_thread is not None:
            self._writer_thread.write(data)

    def run_input_thread(self) -> None:
        """Turn what is typed into events until the program ends or the terminal is lost."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake_read, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = {key.fd for key, _ in selector.select(POLL)}
                if self._wake_read in ready:
                    return
                if self.fileno in ready:
                    data = self._read()
                    if not data:
                        self._terminal_lost()
                        return
                    parser = self._feed(parser, decode(data))
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        """What was typed; empty when the terminal is lost."""
        try:
            return os.read(self.fileno, READ_SIZE)
        except OSError:
            return b""

    def _feed(self, parser: XTermParser, text: str) -> XTermParser:
        """Pass the text on as typed at one moment, that of its coming.

        Bytes that make no sense as a sequence are forgotten together with their beginning.
        """
        came = monotonic()
        try:
            for message in parser.feed(text):
                message.time = came
                self.process_message(message)
        except (ParseError, ValueError, LookupError):
            return XTermParser(self._debug)
        return parser

    def process_message(self, message: Message) -> None:
        """Pass an event on while there is somebody to take it."""
        if not (self._ending or self.exit_event.is_set()):
            super().process_message(message)


def release_signals() -> None:
    """Let every signal do again what it does in any program."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (*ENDING, signal.SIGTSTP, signal.SIGCONT, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _readable(descriptor: int) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        return bool(selector.select(0))
