"""Files of other tools that come in by a map or a shipped profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import a_desk, an_initiative, found, staffed
from changedesk.errors import BadInput
from changedesk.services.imports import importing
from changedesk.services.imports.file_maps import profile_names, read_map, shipped_map
from changedesk.services.imports.importing import import_file
from changedesk.services.imports.watching import FolderWatch
from changedesk.services.session import Session, open_session
from changedesk.store.initiative import initiatives

EXPORT = """Task Name,% Complete,Start,Finish,Milestone,Resource Names
  Enrol,50,"December 1, 2026 8:00 AM","December 4, 2026 5:00 PM",No,Ann Lee
Live,0,"December 11, 2026 5:00 PM","December 11, 2026 5:00 PM",Yes,
"""

SEMICOLONS = """
kind = "activities"
delimiter = ";"
[columns]
title = "Aufgabe"
planned_end = "Ende"
[dates]
planned_end = "%d.%m.%Y"
[constants]
initiative = "MFA"
lane = "people"
phase = "training"
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path) as desk:
        an_initiative().on(staffed(desk))
        yield open_session(desk)


def a_file(session: Session, name: str, text: str) -> Path:
    path = session.desk.path.with_name(name)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.requirement("R43")
def test_the_csv_of_a_project_tool_is_taken_in_by_its_profile(session: Session) -> None:
    assert "project-csv-activities" in profile_names()
    mapping = shipped_map("project-csv-activities", {"initiative": "MFA"})
    path = a_file(session, "tasks.csv", EXPORT)
    report = import_file(session, path, "activities", mapping=mapping)
    assert (report.added, report.problems) == (2, ())
    (initiative,) = found(session.desk, "SELECT id FROM initiative")[0]
    enrol, live = initiatives.activities(session.desk.reader(), initiative)
    assert (enrol.title, enrol.lane, enrol.owner, enrol.milestone) == ("Enrol", "delivery", "Ann Lee", False)
    assert (enrol.planned_start, enrol.planned_end) == (date(2026, 12, 1), date(2026, 12, 4))
    assert (live.milestone, live.owner) == (True, None)
    assert import_file(session, path, "activities", mapping=mapping).unchanged == 2


def test_the_audit_names_the_file_and_the_map(session: Session) -> None:
    mapping = read_map(a_file(session, "map.toml", SEMICOLONS))
    import_file(
        session, a_file(session, "tasks.csv", "Aufgabe;Ende\nTrain;04.12.2026\n"), "activities", mapping=mapping
    )
    ((body,),) = found(session.desk, "SELECT body FROM audit WHERE kind = 'import'")
    assert json.loads(body)["map"] == mapping.digest
    assert json.loads(body)["digest"] != mapping.digest


def test_a_refused_row_refuses_the_whole_mapped_file(session: Session) -> None:
    mapping = read_map(a_file(session, "map.toml", SEMICOLONS))
    path = a_file(session, "tasks.csv", "Aufgabe;Ende\nTrain;04.12.2026\nAgain;2026-12-04\n")
    report = import_file(session, path, "activities", mapping=mapping)
    assert (report.added, report.refused) == (0, 1)
    assert report.problems[0].sentence("tasks.csv") == (
        'tasks.csv row 3, column planned_end: "2026-12-04" is not written as the map says (%d.%m.%Y)'
    )
    assert import_file(session, path, "activities", mapping=mapping, skip_refused=True).added == 1


def test_an_interrupted_import_is_not_resumed_under_another_map(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = a_file(session, "tasks.csv", "Aufgabe;Ende\nTrain;04.12.2026\n")
    mapping = read_map(a_file(session, "map.toml", SEMICOLONS))
    with monkeypatch.context() as patched:
        patched.setattr(importing, "_settle", stopped)
        with pytest.raises(KeyboardInterrupt):
            import_file(session, path, "activities", mapping=mapping)
    other = read_map(a_file(session, "map.toml", SEMICOLONS.replace("%d.%m.%Y", "%m.%d.%Y")))
    import_file(session, path, "activities", mapping=other)
    assert found(session.desk, "SELECT planned_end FROM activity") == [("2026-04-12",)]


def test_a_map_for_another_kind_is_refused(session: Session) -> None:
    mapping = read_map(a_file(session, "map.toml", SEMICOLONS))
    with pytest.raises(BadInput, match=r"map\.toml is a map for activities, not for people"):
        import_file(session, a_file(session, "x.csv", "a\n"), "people", mapping=mapping)
    with pytest.raises(BadInput, match=r"map\.toml is a map for activities, not for people"):
        FolderWatch(session, session.desk.path.parent, "people", mapping)


def test_a_map_that_is_not_there_is_said(session: Session) -> None:
    with pytest.raises(BadInput, match="cannot be read: no such file"):
        read_map(session.desk.path.with_name("none.toml"))
    with pytest.raises(BadInput, match=r"no profile \.\./people; there are"):
        shipped_map("../people")
    with pytest.raises(BadInput, match="larger than"):
        read_map(a_file(session, "map.toml", "#" * 1_000_001))


def test_every_shipped_profile_is_sound() -> None:
    for name in profile_names():
        assert shipped_map(name).columns
