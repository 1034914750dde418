"""Row ids: ULIDs (https://github.com/ulid/spec), 26 letters that sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(a + b for a in _LETTERS for b in _LETTERS)


class IdMaker:
    """Makes ids that are unique everywhere and, within this process, strictly increasing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._head, self._head_text = -1, ""

    def __call__(self) -> str:
        """A new id; within one millisecond the random part counts up, as the specification says."""
        with self._lock:
            now = time.time_ns() // 1_000_000
            if now > self._last >> 80:
                self._last = now << 80 | int.from_bytes(os.urandom(10), "big") >> 1
            else:
                self._last += 1
            value = self._last
            # What counts up has the same beginning as the one before: a million ids are mostly made of two pairs each.
            if value >> 20 != self._head:
                self._head = value >> 20
                self._head_text = "".join(_PAIRS[value >> shift & 1023] for shift in range(120, 19, -10))
            return self._head_text + _PAIRS[value >> 10 & 1023] + _PAIRS[value & 1023]


new_id = IdMaker()
