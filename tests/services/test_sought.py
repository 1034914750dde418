"""Words looked for in a list: all of them, in whatever capitals, and nothing is read before somebody looks for one."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from calendar_desks import a_control_desk

from changedesk.services.control.changes.listing import change_source
from changedesk.services.records.listing import record_source
from changedesk.services.session import Session, open_session
from changedesk.services.sought import Sought
from changedesk.store.control.listing import Wanted

TEXTS = ("Über alles", "STRASSE in Köln", "straße im Wald", "")


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("über", [0]),
        ("STRASSE", [1, 2]),
        ("straße köln", [1]),
        ("strasse  WALD ", [2]),
        ("100%", []),
    ],
)
def test_a_text_has_every_word_in_whatever_capitals(words: str, places: list[int]) -> None:
    assert Sought().having(words, lambda: TEXTS) == places


def test_the_texts_are_read_for_the_first_word_and_kept() -> None:
    reads = []

    def read() -> Iterator[str]:
        reads.append(1)
        yield from TEXTS

    sought = Sought()
    assert sought.having("  ", read) is None
    assert reads == []
    assert (sought.having("a", read), sought.having("all", read)) == ([0, 1, 2], [0])
    assert reads == [1]


@pytest.mark.parametrize(
    "listed", [lambda session: record_source(session, "risks"), lambda session: change_source(session, Wanted())]
)
def test_a_list_goes_with_its_last_reader_and_does_not_wait_for_python_to_look_for_rubbish(
    tmp_path: Path, listed: Callable[[Session], object]
) -> None:
    with a_control_desk(tmp_path, "alder") as desk:
        read = listed(open_session(desk))
        gone = weakref.ref(read)
        del read
        assert gone() is None
