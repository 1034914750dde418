"""Two drawings in one place: beside each other, or one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.widgets.canvas import Line, Look, Span, cells


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int) -> tuple[Line, ...]:
    """The rows of two drawings next to each other, the left one made ``width`` columns wide and ``gap`` blanks between."""
    rows = max(len(left), len(right))
    return tuple(
        (
            *(line := left[y] if y < len(left) else ()),
            Span(" " * (width + gap - sum(cells(span.text) for span in line)), Look()),
            *(right[y] if y < len(right) else ()),
        )
        for y in range(rows)
    )
