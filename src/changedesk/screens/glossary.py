"""What the signs and the words on the screens mean."""

from __future__ import annotations

from typing import Final, NamedTuple


class Sign(NamedTuple):
    """A sign, its colour by meaning, its word, and what it says."""

    glyph: str
    token: str
    word: str
    meaning: str


SIGNS: Final = (
    Sign("▲", "late", "late", "needs somebody today: something is past its date or will not be ready"),
    Sign("◆", "risk", "at risk", "will be late unless somebody acts"),
    Sign("●", "fine", "fine", "on plan"),
    Sign("○", "unknown", "unknown", "nobody has said or counted it yet; never the same as zero"),
)

COLOURS: Final = (
    Sign("━━", "delivery", "delivery", "what is built and handed over"),
    Sign("━━", "people", "people", "who is prepared for it, and who uses it"),
    Sign("━━", "service", "service", "how it is run and supported afterwards"),
)

WORDS: Final = (
    (
        "lag",
        "days that people work is behind, less those of delivery; +9\N{NO-BREAK SPACE}d: people trail by nine days",
    ),
    ("ready", "the share of planned people work that is done: briefed, trained, supported"),
    ("adopted", "the share of people who were observed to work the new way; finished trainings do not count"),
    ("gate", "a checkpoint that both lanes sign; one signature is not enough"),
    ("late start", "the people work began only after the plan was signed"),
    ("?", "unknown: no plan, no count, or nobody named"),
)
