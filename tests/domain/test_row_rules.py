"""What the cells of a row say of each other: what cannot be is refused, what is odd but possible is a warning."""

from collections.abc import Sequence

import pytest

from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.kinds.row_rules import Cell, RowRule

TODAY = "2026-11-26"


def said(rules: Sequence[RowRule], cells: dict[str, Cell]) -> list[tuple[str, str]]:
    """The columns that are spoken of, with the sentence; a rule on columns that are not given is left out."""
    asked = [rule for rule in rules if cells.keys() & set(rule.columns)]
    found = [(rule.columns[0], rule.broken(TODAY, *map(cells.get, rule.columns))) for rule in asked]
    return [(column, sentence) for column, sentence in found if sentence]


@pytest.mark.parametrize(
    ("kind", "cells", "column", "sentence"),
    [
        ("windows", {"start": "2026-11-26T08:00Z", "end": "2026-11-26T08:01Z"}, "", ""),
        ("windows", {"start": "2026-11-26T08:00Z", "end": "2026-11-26T08:00Z"}, "end", "end does not lie after start"),
        ("windows", {"scope": None}, "", ""),
        ("windows", {"scope": "service:mail"}, "", ""),
        (
            "windows",
            {"scope": "mail"},
            "scope",
            '"mail" is no scope; leave it empty for the whole client, or write service:NAME',
        ),
        (
            "windows",
            {"scope": "service: "},
            "scope",
            '"service: " is no scope; leave it empty for the whole client, or write service:NAME',
        ),
        ("changes", {"actual_start": "2026-11-26", "actual_end": None}, "", ""),
        ("changes", {"actual_start": "2026-11-26", "actual_end": "2026-11-26"}, "", ""),
        (
            "changes",
            {"actual_start": "2026-11-26", "actual_end": "2026-11-25"},
            "actual_end",
            "actual end lies before actual start",
        ),
        ("changes", {"planned_start": "2026-11-26", "planned_end": None}, "", ""),
        ("observations", {"numerator": 32, "denominator": 32}, "", ""),
        ("observations", {"numerator": 2, "denominator": 1}, "numerator", "the numerator is more than the denominator"),
        ("observations", {"numerator": 1, "denominator": 0}, "denominator", "the denominator must be above 0"),
        ("activities", {"lane": "people", "phase": "training"}, "", ""),
        ("activities", {"lane": "people", "phase": "training", "kind": None}, "", ""),
        ("readiness_items", {"about": "audience", "audience": "Nurses"}, "", ""),
        ("readiness_items", {"about": "sponsor", "audience": None}, "", ""),
        (
            "readiness_items",
            {"about": "audience", "audience": None},
            "about",
            "an item about an audience names the audience",
        ),
        ("surveys", {"respondent": "7", "desire": 2}, "", ""),
        ("surveys", {"desire": None}, "awareness", "there is no score"),
        (
            "surveys",
            {"respondent": "ann@x.example"},
            "respondent",
            "an answer names nobody: write a number, not an address",
        ),
        ("tickets", {"audience": "Nurses", "initiative": "MFA"}, "", ""),
        ("tickets", {"audience": None, "initiative": None}, "", ""),
        ("tickets", {"audience": "Nurses"}, "audience", "name the initiative that the audience belongs to"),
        ("service_periods", {"down_min": 60, "agreed_min": 60}, "", ""),
        ("service_periods", {"down_min": 61, "agreed_min": None}, "", ""),
        ("service_periods", {"down_min": 61, "agreed_min": 60}, "down_min", "down min is more than agreed min"),
        ("service_periods", {"met": 3, "due": 2}, "met", "met is more than due"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, cells: dict[str, Cell], column: str, sentence: str) -> None:
    assert said(KINDS[kind].refuses, cells) == ([(column, sentence)] if column else [])


@pytest.mark.parametrize(
    ("kind", "cells", "column", "sentence"),
    [
        ("initiatives", {"go_live_actual": None}, "", ""),
        ("initiatives", {"go_live_actual": TODAY}, "", ""),
        ("initiatives", {"go_live_actual": "2026-11-27"}, "go_live_actual", "2026-11-27 is in the future"),
        ("changes", {"outcome": "failed", "actual_end": TODAY}, "", ""),
        ("changes", {"outcome": None, "actual_end": None}, "", ""),
        ("changes", {"outcome": "failed", "actual_end": None}, "outcome", "it has an outcome and no actual end"),
        ("benefits", {"baseline": 5, "target": 4}, "", ""),
        ("benefits", {"baseline": 5, "target": 5}, "target", "the target is the baseline: there is nothing to realise"),
        ("tickets", {"opened_at": None}, "", ""),
        ("tickets", {"opened_at": "2026-11-26T23:59:00Z"}, "", ""),
        ("tickets", {"opened_at": "2026-11-27T23:59:00Z"}, "", ""),
        ("tickets", {"opened_at": "2026-11-28T00:00:00Z"}, "opened_at", "2026-11-28T00:00:00Z is in the future"),
        ("activities", {"planned_start": None, "planned_end": TODAY}, "", ""),
        (
            "key_results",
            {"metric": "utilization", "benefit": "Calls"},
            "metric",
            "a benefit is named besides: that one shows the key result",
        ),
        ("key_results", {"metric": "utilization", "benefit": None}, "", ""),
        ("key_results", {"metric": None, "benefit": "Calls"}, "", ""),
    ],
)
def test_what_is_odd_but_possible_is_a_warning(kind: str, cells: dict[str, Cell], column: str, sentence: str) -> None:
    assert said(KINDS[kind].odd, cells) == ([(column, sentence)] if column else [])
