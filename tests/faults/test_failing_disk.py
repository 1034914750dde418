"""A disk that is full or fails, and a kill inside a write call: one sentence, and nothing that was confirmed is lost (F1-F6).

The calls of the operating system are made to fail by strace, so these run only under `make faults`.
"""

from __future__ import annotations

import collections
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_killed import FULL, WRITES, Counted, base, holds

__all__ = ["base"]

STRACE = shutil.which("strace")
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "link")
HOW = {
    "killed": "signal=KILL:when={}",
    "full": "error=ENOSPC:when={}+",
    "failing": "error=EIO:when={}+",
    "failing once": "error=EIO:when={}",
}
POINTS = 12

pytestmark = pytest.mark.skipif(not (FULL and STRACE), reason="takes minutes and strace: make faults")


def _run(place: Path, words: str, *strace: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "changedesk", *words.replace("{place}", str(place)).split()]
    return subprocess.run(
        [str(STRACE), "-f", "-qq", *strace, *command, "--db", str(place / "desk.db")],
        capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=False,
    )  # fmt: skip


def _copy(base: Path, name: str) -> Path:
    place = base.parent / "runs" / name
    place.mkdir(parents=True)
    shutil.copyfile(base, place / "desk.db")
    return place


@pytest.mark.fault("F1", "F2", "F3", "F4", "F5", "F6")
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("verb", ["observe", "import", "change"])
def test_whatever_call_of_the_disk_fails_a_sentence_says_so_and_the_desk_is_sound(
    base: Path, verb: str, how: str, record_property: Counted
) -> None:
    words = WRITES[verb]
    before = holds(base)
    whole = _copy(base, "whole")
    trace = whole / "trace"
    assert _run(whole, words, "-o", str(trace), "-e", f"trace={','.join(CALLS)}").returncode == 0
    after = holds(whole / "desk.db")
    counted = collections.Counter(re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.M))
    calls = [(call, n) for call in CALLS for n in range(1, counted[call] + 1)]
    assert len(calls) > 5
    chosen = calls[:: max(1, len(calls) // POINTS)]
    record_property("runs", len(chosen))
    for call, n in chosen:
        place = _copy(base, f"{call}-{n}")
        ended = _run(place, words, "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{HOW[how].format(n)}")
        told = ended.stdout + ended.stderr
        assert "Traceback" not in told, (call, n, told)
        assert ended.returncode == 0 or told.strip() or how == "killed", (call, n)
        holds_now = holds(place / "desk.db")
        assert holds_now in (before, after), (call, n)
        assert ended.returncode != 0 or holds_now == after, (call, n, "confirmed and lost")
