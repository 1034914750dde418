"""Words looked for in a long list: what its lines are found by is read once, so that it follows every letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock


class Sought:
    """The texts of a list in its order. They are read when somebody looks for words the first time, and kept.

    It does not know whose they are: a list that its own words know would refer to itself, and live on beside the one that
    was read next until Python looks for rubbish.
    """

    def __init__(self) -> None:
        self._folded: Sequence[str] | None = None
        self._reading = Lock()

    def having(self, words: str, read: Callable[[], Iterable[str]]) -> Sequence[int] | None:
        """The places of the texts, which ``read`` gives, that have every one of some words, in whatever capitals; None where no
        word is asked for."""
        wanted = words.casefold().split()
        if not wanted:
            return None
        with self._reading:
            if self._folded is None:
                self._folded = [text.casefold() for text in read()]
        folded = self._folded
        places: Sequence[int] = range(len(folded))
        for word in wanted:
            places = [place for place in places if word in folded[place]]
        return places
