"""A sentence that names a key names the one that the reader has for the command, wherever it is said."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.events import Paste

from builders import TODAY, a_client, a_desk, found
from changedesk.app import DeskApp
from changedesk.commands import COMMANDS, key_to
from changedesk.keymap import keymap
from changedesk.screens.base import DeskScreen
from changedesk.screens.registry import SCREENS
from changedesk.services.door import Door
from changedesk.services.initiative.playbooks import new_from_playbook
from changedesk.services.session import open_session

OTHERS = {command.id: chr(0x4E00 + place) for place, command in enumerate(COMMANDS)}
"""Another key for every command: a sign of its own, so that it is seen which one is named."""


def test_the_keys_of_the_reader_are_put_into_a_sentence() -> None:
    sentence = f"{key_to('services.new')} adds one, {key_to('app.back')} leads back."
    assert keymap({}).said(sentence) == "n adds one, esc leads back."
    assert keymap({"services.new": "z"}).said(sentence) == "z adds one, esc leads back."
    assert keymap({}).said("No key here.") == "No key here."


@pytest.mark.parametrize("pasted", ["a\x1ab", "a\x1afoo\x1ab", "\x1a"])
async def test_the_sign_that_stands_for_a_key_does_nothing_in_words_that_somebody_pasted(
    demo: Door, pasted: str
) -> None:
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "/")
        pilot.app.post_message(Paste(pasted))
        await settled(pilot)
        assert "esc shows all" in seen(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        screen.say(f"There is no initiative {pasted}")
        await settled(pilot)
        assert "There is no initiative" in seen(pilot.app)


def test_a_sentence_names_only_commands_that_there_are() -> None:
    with pytest.raises(KeyError):
        key_to("services.fly")


@pytest.mark.parametrize("full", [False, True], ids=["empty", "one"])
@pytest.mark.parametrize("place", sorted(SCREENS))
async def test_with_every_key_another_one_no_screen_names_one_that_does_nothing(
    tmp_path: Path, place: str, full: bool
) -> None:
    with a_desk(tmp_path) as desk:
        one = ""
        if full:
            a_client(desk)
            new_from_playbook(open_session(desk), "mfa", "alder", TODAY + timedelta(days=20))
            one = str(found(desk, "SELECT id FROM initiative")[0][0])
        async with dashboard_on(door_of(desk), keys=OTHERS).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            app = pilot.app
            assert isinstance(app, DeskApp)
            app.show_screen(place, {"records": "clients", "change": "", "policy": ""}.get(place, one))
            await settled(pilot)
            for key in ("", "enter"):
                await press(pilot, *filter(None, [key]))
                shown = " ".join(line.strip("│ ") for line in seen(app).splitlines())
                assert "\x1a" not in shown
                assert not re.search(r"\b[a-z_]+\.[a-z_]+ (makes|adds|shows|on the)\b", shown)
                assert not re.search(r"(?:[:;.] |\band )[b-zA-HJ-Z] [a-z]+s\b", shown)
