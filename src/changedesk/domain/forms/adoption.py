"""The forms of adoption: a count, and a key result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.domain.forms.form import Form, Words, form_of
from changedesk.domain.kinds.adoption import COUNT, KEY_RESULTS

_COUNT: Final[Mapping[str, Words]] = {
    "audience": ("Group", "Who was counted", "audiences"),
    "metric": ("Metric", "utilization (how many use it), proficiency, compliance, satisfaction", "metrics"),
    "date": ("Day", "The day that was counted; the same again replaces it", ""),
    "value": ("Count", "So many of so many: 412/1240", ""),
    "method": ("How", "What people say of themselves is shown apart and never counts as use", ""),
}
_KEY_RESULT: Final[Mapping[str, Words]] = {
    "objective": ("Objective", "What it serves beyond itself", ""),
    "key_result": ("Key result", "What shows that the objective is met, or is critical for it", ""),
    "metric": ("Metric", "The metric that shows it; or a benefit below", "metrics"),
    "benefit": ("Benefit", "The benefit that shows it", "benefits"),
    "owner": ("Owner", "Who answers for it", "people"),
}

COUNT_FORM: Final[Form] = form_of(COUNT, "Count", "count", "observation.record", _COUNT)
KEY_RESULT_FORM: Final[Form] = form_of(KEY_RESULTS, "Key result", "key result", "initiative.edit", _KEY_RESULT)
