"""What another client would require of a change, beside what its own requires (R79)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builders import a_client, a_person
from changedesk.errors import BadInput
from changedesk.services.control.changes.elsewhere import Required, RequiredStep, differences, elsewhere
from changedesk.services.control.rules import policies
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import STRICT, a_control_desk, at_the_board

BOARD = RequiredStep("CAB", "at least 2 of the CAB", ("ben", "nora"), (), 72, "escalate")
HERE = Required("alder", 3, (BOARD,), 24, 24, 5)
THERE = replace(HERE, client="birch")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        a_client(desk, "birch")
        yield desk


@pytest.mark.requirement("R79")
@pytest.mark.parametrize(
    ("there", "said"),
    [
        (THERE, []),
        (replace(THERE, steps=(replace(BOARD, name="cab", seats=("zoe",)),)), []),
        (replace(THERE, steps=()), ["birch asks for 0 steps, not 1", "birch has no step CAB"]),
        (
            replace(THERE, steps=(BOARD, replace(BOARD, name="Office", rule="any one"))),
            ["birch asks for 2 steps, not 1", "birch has a step Office: any one"],
        ),
        (
            replace(THERE, steps=(replace(BOARD, rule="all of the CAB"),)),
            ["CAB: all of the CAB instead of at least 2 of the CAB"],
        ),
        (replace(THERE, steps=(replace(BOARD, deadline_hours=None),)), ["CAB: no deadline instead of 72 h"]),
        (
            replace(THERE, steps=(replace(BOARD, on_timeout="reject"),)),
            ["CAB: a missed deadline rejects there, and is only told here"],
        ),
        (replace(THERE, steps=(replace(BOARD, mandatory=("ben", "nora")),)), ["CAB: ben and nora have to approve"]),
        (replace(THERE, lead_hours=48), ["birch asks for 48 h before the window, not 24"]),
        (replace(THERE, retro_hours=8), ["birch gives 8 h for the votes on an emergency, not 24"]),
        (replace(THERE, review_days=1), ["birch gives 1 business day for the review, not 5"]),
    ],
)
def test_what_another_client_does_otherwise_is_said_and_nothing_else(there, said):
    assert differences(HERE, there) == said


def test_where_nobody_has_to_approve_that_is_said():
    here = replace(HERE, steps=(replace(BOARD, mandatory=("ben", "nora")),))
    assert differences(here, THERE) == ["CAB: nobody has to approve"]


@pytest.mark.requirement("R79")
def test_its_own_client_asks_by_the_policy_that_it_was_handed_in_under_and_the_other_one_by_its_own_of_today(desk):
    number = at_the_board(desk)
    policies.set_policy(open_session(desk), "alder", STRICT)
    policies.set_policy(open_session(desk), "birch", STRICT)
    a_person(desk, "bill", "change_manager", client="birch")
    found = elsewhere(open_session(desk), number, "birch")
    assert (found.here.client, found.here.version) == ("alder", 1)
    assert (found.there.client, found.there.version) == ("birch", 1)
    assert "Assessment: a missed deadline rejects there, and is only told here" in found.differences
    assert found.there.steps[0].seats == ("bill",)
    with pytest.raises(BadInput, match="there is no client nowhere"):
        elsewhere(open_session(desk), number, "nowhere")
