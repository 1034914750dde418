"""Words looked for in a list: all of them, in whatever capitals, and nothing is read before somebody looks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from changedesk.services.sought import Sought

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
    assert Sought(lambda: TEXTS).having(words) == places


def test_the_texts_are_read_for_the_first_word_and_kept() -> None:
    reads = []

    def read() -> Iterator[str]:
        reads.append(1)
        yield from TEXTS

    sought = Sought(read)
    assert sought.having("  ") is None
    assert reads == []
    assert (sought.having("a"), sought.having("all")) == ([0, 1, 2], [0])
    assert reads == [1]
