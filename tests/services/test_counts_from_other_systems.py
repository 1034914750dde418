"""Counts come in from other systems and surveys through the maps that docs/adoption.md shows."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_desk, an_initiative, found, staffed
from changedesk.services.adoption.page import adoption_page
from changedesk.services.imports.file_maps import read_map
from changedesk.services.imports.importing import import_file
from changedesk.services.session import open_session

PAGE = (Path(__file__).parents[2] / "docs" / "adoption.md").read_text(encoding="utf-8")
USAGE, SURVEY = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.requirement("R20")
@pytest.mark.requirement("R145")
def test_a_system_export_is_observed_and_a_survey_stays_a_self_report(tmp_path: Path) -> None:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().named("LOB").live(TODAY - timedelta(days=30)).with_audience("Sales", 60).on(desk)
        session = open_session(desk)
        tmp_path.joinpath("usage.toml").write_text(USAGE, encoding="utf-8")
        tmp_path.joinpath("survey.toml").write_text(SURVEY, encoding="utf-8")
        usage, survey = tmp_path / "usage.csv", tmp_path / "survey.csv"
        usage.write_text(
            "Department,Week ending,Active users,Licensed users,Cost\nSales,20.11.2026,33,58,9\n", encoding="utf-8"
        )
        survey.write_text("Team,Asked on,Satisfied,Answers\nSales,2026/11/18,24,41\n", encoding="utf-8")
        for file, name, constants in ((usage, "usage", {}), (survey, "survey", {"initiative": "LOB"})):
            mapping = read_map(tmp_path / f"{name}.toml", constants)
            assert import_file(session, file, "observations", mapping=mapping).added == 1
            assert import_file(session, file, "observations", mapping=mapping).unchanged == 1
        page = adoption_page(session, found(desk, "SELECT id FROM initiative")[0][0])
        use, satisfaction = page.use.of("Sales"), page.metric("satisfaction").of("Sales")
        assert use.now is not None
        assert (use.now.using, use.now.of, use.said) == (33, 58, ())
        assert (satisfaction.measured, satisfaction.said[0].using) == ((), 24)
