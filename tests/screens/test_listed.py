"""A screen with a list: it is read once when it opens, and the keys go to the list."""

from __future__ import annotations

import pytest
from dashboards import dashboard_on, settled

from changedesk.screens.people.people import PeopleScreen
from changedesk.services.door import Door
from changedesk.widgets.lists.followed_table import FollowedTable


async def test_a_list_is_read_once_when_it_opens_and_has_the_keys(demo: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    reload = PeopleScreen.reload
    monkeypatch.setattr(PeopleScreen, "reload", lambda screen: (reads.append(screen), reload(screen)))
    async with dashboard_on(demo).run_test() as pilot:
        await settled(pilot)
        pilot.app.show_screen("people")
        await settled(pilot)
        assert len(reads) == 1
        assert isinstance(pilot.app.focused, FollowedTable)
