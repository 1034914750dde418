"""Finding by words in SQL: LIKE folds no letter beyond ASCII, so that it would miss "Über" when "über" is typed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable


def with_words(texts: Iterable[str], words: str) -> tuple[str, str]:
    """An SQL condition with its one value: each of these words stands in one of the texts, in whatever capitals."""
    whole = " || ' ' || ".join(f"ifnull({text}, '')" for text in texts)
    return f"has_words({whole}, ?)", words.casefold()


def let_find(conn: sqlite3.Connection) -> None:
    """Give a connection what conditions ask: ``has_words``, and ``in_letters`` for the body of an event.

    A body is sealed as ASCII, in which every other letter is an escape that nobody types.
    """
    conn.create_function("has_words", 2, _has_words, deterministic=True)
    conn.create_function("in_letters", 1, _in_letters, deterministic=True)


def _has_words(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.split())


def _in_letters(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False) if "\\u" in body else body
