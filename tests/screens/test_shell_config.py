"""The configuration file: every key optional, every mistake said with file, key, value and what is allowed."""

from __future__ import annotations

import pytest

from changedesk.config import config_file, read_config
from changedesk.errors import BadInput


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config.toml"


def test_without_a_file_everything_is_as_shipped(file):
    config = read_config(file)
    assert (config.theme, config.timezone, config.thresholds.late_lag) == ("changedesk-dark", None, 14)


def test_each_setting_is_taken(file):
    file.write_text(
        'theme = "light"\ntimezone = "Europe/Berlin"\n[keys]\n"portfolio.sort" = "o"\n[thresholds]\nlate_lag = 21\n'
    )
    config = read_config(file)
    assert (config.theme, config.timezone) == ("light", "Europe/Berlin")
    assert config.keymap.of("portfolio.sort") == ("o",)
    assert config.thresholds.late_lag == 21
    assert config.thresholds.checkpoint_near == 14


def test_a_command_id_may_stand_without_quotes(file):
    file.write_text('[keys]\nportfolio.sort = "o"\n')
    assert read_config(file).keymap.of("portfolio.sort") == ("o",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "colour: there is no such setting"),
        ("theme = 1", "theme = 1"),
        ('timezone = "Mars/Olympus"', "timezone = 'Mars/Olympus'"),
        ('timezone = "../../etc/passwd"', "there is no such zone"),
        ("keys = 3", "keys = 3"),
        ("[keys]\nportfolio.sort = 3", "[keys] portfolio.sort = 3"),
        ('[keys]\nportfolio.sort = "g"', "already belongs to portfolio.group"),
        ("[thresholds]\nlate_lags = 3", "late_lags: there is no such threshold"),
        ("[thresholds]\nlate_lag = -1", "late_lag = -1"),
        ("[thresholds]\nlate_lag = true", "late_lag = True"),
        ("[thresholds]\nready = 101", "ready = 101: a whole number from 0 to 100 is wanted"),
        ("[thresholds]\npocket = 101", "pocket = 101: a whole number from 0 to 100 is wanted"),
        ("[thresholds]\nlikely = 101", "likely = 101: a whole number from 0 to 100 is wanted"),
        ("[thresholds]\nbarrier = 5", "barrier = 5: a whole number from 0 to 4 is wanted"),
        ("[thresholds]\nready_near = -1", "ready_near = -1: whole days from 0 to 3650 are wanted"),
        ("theme = ", "is not a TOML file"),
    ],
)
def test_a_mistake_is_said_with_its_place(file, text, said):
    file.write_text(text)
    with pytest.raises(BadInput) as refused:
        read_config(file)
    assert said in refused.value.message
    assert str(file) in refused.value.message


def test_a_file_that_is_no_text_is_refused(file):
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="is not a TOML file"):
        read_config(file)


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_config(tmp_path)


def test_the_environment_names_another_file(file, monkeypatch):
    monkeypatch.setenv("CHANGEDESK_CONFIG", str(file))
    assert config_file() == file
