"""Every text of an imported file attacks: each main screen shows it as dead text, and none falls over it (F17).

Texts that no import has cleaned are in test_nothing_shown_acts.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import CLOCK, dashboard_on, door_to, press, settled
from shells import seen

from builders import at, made_once
from changedesk.commands import MAIN_SCREENS
from changedesk.domain.kinds.kind import Column, Text, ToAudience, ToAudiences, ToBenefit, ToService
from changedesk.domain.kinds.registry import KINDS
from changedesk.services.door import Door
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import import_file
from changedesk.services.opening import open_desk
from changedesk.services.session import open_session, operating_system_login
from changedesk.store.desk.creating import create_desk

EVIL = "[/][red]x \x1b]0!x\x07\x1b[2J\u202e{0}=1+1"
AS_IT_IS = {
    "code",
    "login",
    "email",
    "number",
    "id",
    "business_hours",
    "metric",
    "currency",
    "respondent",
    "initiative",
}
"""What has a form of its own, or is counted by its name."""


def _attacks(column: Column) -> bool:
    return (
        isinstance(column.type, Text | ToAudience | ToAudiences | ToBenefit | ToService) and column.name not in AS_IT_IS
    )


def _attacking(text: str) -> str:
    # The scope of a window names what it is of before the name.
    start = "service:" if text.startswith("service:") else ""
    return ";".join(f"{start}{EVIL} {part.removeprefix(start)}" for part in text.split(";"))


def _fill(path: Path, demo_file: Path, folder: Path) -> None:
    """What the demo has, imported into another desk, with an attack at the start of every text."""
    create_desk(path, kind="personal", demo=True, owner=operating_system_login(), clock=at())
    with open_desk(demo_file, CLOCK) as demo, open_desk(path, CLOCK) as desk:
        told, session = open_session(demo), open_session(desk)
        for name, kind in KINDS.items():
            out = io.BytesIO()
            export(told, name, "csv", out)
            rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
            attacked = [column.name for column in kind.columns if _attacks(column)]
            for row in rows:
                row.update({column: _attacking(row[column]) for column in attacked if row[column]})
            file = folder / f"{name}.csv"
            with file.open("w", encoding="utf-8", newline="") as written:
                writer = csv.DictWriter(written, [column.name for column in kind.columns])
                writer.writeheader()
                writer.writerows(rows)
            assert import_file(session, file, name).problems == (), name


@pytest.fixture(scope="module")
def hostile_file(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    template = made_once(tmp_path_factory, "hostile", lambda path: _fill(path, demo_template, folder))
    return Path(shutil.copy(template, folder / "desk.db"))


@pytest.fixture
def hostile(hostile_file: Path) -> Iterator[Door]:
    with door_to(hostile_file) as door:
        yield door


@pytest.mark.fault("F17")
@pytest.mark.parametrize("name", [screen.name for screen in MAIN_SCREENS])
async def test_every_main_screen_shows_attacks_as_dead_text(hostile: Door, name: str) -> None:
    async with dashboard_on(hostile).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        pilot.app.show_screen(name)
        await settled(pilot)
        assert "ChangeDesk" in seen(pilot.app)
        for keys in ((), ("down", "enter"), ("question_mark",)):
            await press(pilot, *keys)
            for size in ((160, 48), (80, 24)):
                await pilot.resize_terminal(*size)
                await settled(pilot)
                shown = seen(pilot.app)
                # What came from a file waits for nobody's vote, and help speaks of no record.
                assert "[/]" in shown or keys == ("question_mark",) or name == "approvals"
                assert not {"\x1b", "\x07", "\u202e"} & set(shown)
