"""What is no longer planned once an initiative was cancelled, kind by kind."""

from __future__ import annotations

from changedesk.domain.forms.registry import FORMS
from changedesk.domain.planning.over import refuse_new

STILL_MADE = {
    "benefit_observations", "confidence", "decisions", "observation", "resistance", "risks", "security_exceptions",
    "snapshots", "support_hours", "surveys", "workarounds",
}  # fmt: skip


def test_of_a_cancelled_initiative_only_what_came_of_it_is_still_written_down() -> None:
    of_one = {name: form.kind for name, form in FORMS.items() if form.of_initiative}
    made = {name for name, kind in of_one.items() if refuse_new(kind, "VOIP", cancelled=True) is None}
    assert made == STILL_MADE
    assert refuse_new(of_one["benefits"], "VOIP", cancelled=True) == "VOIP is cancelled; nothing more is planned of it"


def test_of_any_other_everything_is_made() -> None:
    assert not any(refuse_new(form.kind, "MFA", cancelled=False) for form in FORMS.values())
