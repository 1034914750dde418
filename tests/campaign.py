"""What `make faults` tells at its end: each fault, by how many tests it was tried, how often, and whether it held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def summary(reports: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """A line for each fault, of the reports by outcome; a test that counts its runs says so with record_property."""
    tests: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    outcomes: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in reports.get(outcome, ()):
            for fault in _faults(report.user_properties):
                tests[fault] += 1
                runs[fault] += dict(report.user_properties).get("runs", 1)
                outcomes.setdefault(fault, Counter())[outcome] += 1
    for fault in sorted(tests, key=lambda name: int(name[1:])):
        said = ", ".join(f"{count} {outcome}" for outcome, count in outcomes[fault].items() if outcome != "passed")
        yield f"{fault:<4} {tests[fault]:>4} tests {runs[fault]:>6,} runs   {said or 'held'}"


def _faults(properties: Iterable[tuple[str, object]]) -> Iterator[str]:
    for name, value in properties:
        if name == "fault":
            yield str(value)
