"""An emergency is begun on the word of somebody else, for a reason that is named, and on that of two in a hard freeze (R14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, as_person, record
from changedesk.errors import RuleRefused
from changedesk.services.control.changes import asking, running
from changedesk.services.control.situation import find
from changedesk.store.desk.database import Desk
from control_desks import a_change, a_control_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def refused(desk: Desk, number: str, *words: str, incident: str | None = "INC-1") -> str:
    """What beginning is refused with; the change stays where it was."""
    before = find(as_person(desk, "ivan"), number)
    with pytest.raises(RuleRefused) as told:
        running.act_first(as_person(desk, "ivan"), number, words, incident)
    assert find(as_person(desk, "ivan"), number) == before
    return told.value.message.removeprefix(f"{number} cannot start: ")


@pytest.mark.parametrize(
    ("words", "incident", "said"),
    [
        ((), "INC-1", "it needs the name of whoever allowed it (--authoriser)"),
        (("nora",), None, "it needs the incident or threat behind it (--incident)"),
        (("nora", "eve"), "INC-1", "nobody on this desk has the login eve"),
        (("rita",), "INC-1", "rita asks for it or does it, and cannot allow it"),
        (("nora", "ivan"), "INC-1", "ivan asks for it or does it, and cannot allow it"),
    ],
)
def test_it_takes_the_word_of_somebody_who_may_give_it_and_a_reason(
    desk: Desk, words: tuple[str, ...], incident: str | None, said: str
) -> None:
    assert refused(desk, a_change(desk, path="emergency"), *words, incident=incident) == said


def test_only_an_emergency_that_nobody_has_decided_on_is_begun_so(desk: Desk) -> None:
    assert refused(desk, a_change(desk), "nora") == "only an emergency is begun before it is voted on"
    urgent = a_change(desk, path="emergency", incident="INC-1")
    asking.submit(as_person(desk, "rita"), urgent)
    assert refused(desk, urgent, "nora") == "it is authorizing; only a draft is begun on somebody's word"


def test_in_a_hard_freeze_one_word_given_twice_is_not_the_word_of_two(desk: Desk) -> None:
    start, end = (f"{NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (-1, 9))
    record(desk, "time_window", kind="freeze_hard", title="Year end", starts_at=start, ends_at=end)
    urgent = a_change(desk, path="emergency")
    two = "inside the hard freeze Year end it takes the word of two different people"
    assert refused(desk, urgent, "nora") == two
    assert refused(desk, urgent, "nora", "nora") == two
    running.act_first(as_person(desk, "ivan"), urgent, ("nora", "sam"), "INC-1")
    assert find(as_person(desk, "ivan"), urgent).state == "implementing"
