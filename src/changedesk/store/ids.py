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

    def __call__(self) -> str:
        """A new id; within one millisecond the random part counts up, as the specification says."""
        with self._lock:
            fresh = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big") >> 1
            self._last = fresh if fresh >> 80 > self._last >> 80 else self._last + 1
            value = self._last
        return _encode(value)


def _encode(value: int) -> str:
    """128 bits as 13 pairs of base-32 letters; the pairs halve the work of a million ids."""
    return "".join(_PAIRS[value >> shift & 1023] for shift in range(120, -1, -10))


new_id = IdMaker()
