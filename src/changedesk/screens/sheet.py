"""Lines of a page with a label beside each thing that is said, wrapped under itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink

Said = Sequence[Span]
"""One line of spans."""


class Sheet:
    """Collects the lines of a page of some width. What is said stands behind a column of labels, never cut."""

    def __init__(self, width: int, label: int) -> None:
        self.width = width
        self.label = label
        self.lines: list[Said] = []

    @property
    def room(self) -> int:
        """The columns behind the labels."""
        return max(12, self.width - self.label)

    def gap(self) -> None:
        """An empty line, unless there is one already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def heading(self, text: str, note: str = "") -> None:
        """What the following lines are about."""
        self.gap()
        room = self.width - cells(text) - 2
        beside, *below = wrap(note, room) if note and room >= cells(note) else ("", *wrap(note, self.width))
        said = (ink(text, bold=True), Span("  ", Look()), ink(beside, "explain"))
        self.lines.append(said if beside else said[:1])
        self.lines += [(ink(line, "explain"),) for line in below if line]

    def plain(self, text: str, token: str = "ink", *, bold: bool = False) -> None:
        """A text over the whole width."""
        self.lines += [(ink(line, token, bold=bold),) for line in wrap(text, self.width)]

    def say(self, label: str, text: str, token: str = "ink", sign: str = "") -> None:
        """A text behind its label, with a sign before it where it has one."""
        lead = f"{sign} " if sign else ""
        for number, line in enumerate(wrap(text, self.room - cells(lead))):
            mark = lead if number == 0 else " " * cells(lead)
            self._put(label if number == 0 else "", (ink(f"{mark}{line}", token),))

    def spans(self, label: str, parts: Sequence[Said], gap: int = 3) -> None:
        """Several short things one behind the other, wrapped between them."""
        for number, line in enumerate(self._packed(parts, gap)):
            self._put(label if number == 0 else "", line)

    def page(self) -> Lines:
        """The lines."""
        return self.lines

    def _packed(self, parts: Sequence[Said], gap: int) -> Iterator[Said]:
        line: list[Span] = []
        used = 0
        for part in parts:
            size = sum(cells(span.text) for span in part)
            if line and used + gap + size > self.room:
                yield line
                line, used = [], 0
            if line:
                line.append(Span(" " * gap, Look()))
                used += gap
            line += part
            used += size
        if line:
            yield line

    def _put(self, label: str, said: Said) -> None:
        label = ink(label).text
        if cells(label) >= self.label:
            # A label without room beside what is said stands above it.
            self.lines += [(Span(line, Look("explain")),) for line in wrap(label, self.width)]
            label = ""
        self.lines.append((Span(f"{label}{' ' * (self.label - cells(label))}", Look("explain")), *said))
