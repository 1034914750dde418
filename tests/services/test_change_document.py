"""A change as a document: what scripts find in it, and find again in the next version (INTERCHANGE.md)."""

from __future__ import annotations

from pathlib import Path

from builders import NOW
from change_desks import a_change_desk
from changedesk.services.control import reading
from changedesk.services.control.changes.document import document, row_document
from changedesk.services.control.learning import reviewing

LINE = (
    "number client title path state hold hold_reason revision risk services planned_start planned_end actual_start"
    " actual_end requester implementer initiative outcome imported"
)
WHOLE = (
    f"{LINE} milestone reason outage_minutes plan test_plan backout_plan backout_minutes template template_version incident"
    " risk_answers digest policy_version conflicts steps votes approval authorised authorisers retro_due retro_overdue"
    " go_live_checkpoint outcome_reason evidence review actions review_wanted missing"
)
PARTS = {
    "steps": "order name phase rule rule_said seats mandatory result due",
    "votes": "step voter on_behalf_of decision comment revision counts recorded_by evidence at",
    "evidence": "kind name text sha256 at by",
    "actions": "id text owner due done_at",
}
REVIEW = (
    "reviewer at findings result cause impacts last_minute informed adoption_effect incidents downtime_minutes proposal"
)


def test_scripts_find_in_a_change_all_that_they_ever_found(tmp_path: Path) -> None:
    with a_change_desk(tmp_path) as board:
        number = board.done("failed")
        reviewing.review(board.be("max"), number, "The disk was full.")
        reviewing.add_action(board.be("max"), number, "Watch the disk", "ivo", NOW.date())
        view = reading.change_view(board.owner, number)
        found = document(view)
    assert [*row_document(view.change)] == LINE.split()
    assert [*found] == WHOLE.split()
    assert {part: [*found[part][0]] for part in PARTS} == {part: names.split() for part, names in PARTS.items()}  # type: ignore[index]
    assert [*found["review"]] == REVIEW.split()  # type: ignore[misc]
    assert (found["number"], found["state"], found["outcome"], found["hold"]) == (number, "review", "failed", False)
