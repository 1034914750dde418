"""One surrounding for every test: the zone, the environment, the clock, and how hard the rules are tried."""

from __future__ import annotations

import faulthandler
import gc
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from builders import FULL, NOW, made_once
from campaign import summary
from changedesk.store.desk import connecting, database

if TYPE_CHECKING:
    from change_desks import ChangeDesk

for _name in [*os.environ]:
    if _name.startswith("CHANGEDESK_") or _name in ("NO_COLOR", "FORCE_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        del os.environ[_name]
os.environ["TZ"] = "UTC"
time.tzset()
# Many tests start the program as a process of its own: what one has compiled, the next finds, whoever runs them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes says more about who else is using the machine than about the rule.
# Half of the usual examples keep the suite short; `make faults` tries each rule six times as hard.
_EXAMPLES = 300 if FULL else 50
settings.register_profile("here", deadline=None, max_examples=_EXAMPLES)
settings.register_profile("ci", deadline=None, max_examples=_EXAMPLES, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The report on a test names the faults that it tries."""
    for item in items:
        item.user_properties += [("fault", fault) for mark in item.iter_markers("fault") for fault in mark.args]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """`make faults` says what it did."""
    if FULL:
        terminalreporter.section("faults")
        for line in summary(terminalreporter.stats):
            terminalreporter.write_line(line)


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector of garbage need not go over it again with every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """A test that waits for what never comes ends its process, and says where it stood, in place of holding up all others."""
    faulthandler.dump_traceback_later(1_200 if FULL else 120, exit=True, file=sys.__stderr__)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of a test lands in the home of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name.lower())


@pytest.fixture(scope="session", autouse=True)
def _pilots_do_not_dawdle() -> None:
    """Tests of screens wait for what is left to do, not for a while."""
    if "textual" in sys.modules:
        import stillness

        stillness.install()


@pytest.fixture(scope="session", autouse=True)
def _disks_do_not_dawdle() -> Iterator[None]:
    """What a test has written need not outlive a loss of power. That a person's does is held by what is ``durable``."""
    with pytest.MonkeyPatch.context() as patch:
        if not FULL:
            patch.setattr(database, "connect", _connect_unsynced)
        yield


def _connect_unsynced(path: Path, *, synced: bool, **how: Any) -> sqlite3.Connection:
    return connecting.connect(path, synced=False, **how)


@pytest.fixture
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each commit waits for the disk, as it does for people."""
    monkeypatch.setattr(database, "connect", connecting.connect)


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a test's own for what the program keeps of a person's visits."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio as it stands at the tests' instant, made once for all who run tests; copy it before you write."""
    from changedesk.services.demo.making import ensure_demo

    return made_once(tmp_path_factory, "demo", lambda path: ensure_demo(path, {"CHANGEDESK_NOW": NOW.isoformat()}))


@pytest.fixture(scope="session")
def demo_file(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio for all who only read it."""
    return Path(shutil.copy(demo_template, tmp_path_factory.mktemp("demo") / "demo.db"))


@pytest.fixture(scope="session")
def role_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of :mod:`role_desks`, for all who only copy it."""
    from role_desks import a_role_desk

    return a_role_desk(tmp_path_factory.mktemp("roles"))


@pytest.fixture
def board(tmp_path: Path) -> Iterator[ChangeDesk]:
    """A desk on which changes are asked for, voted on and closed."""
    from change_desks import a_change_desk

    with a_change_desk(tmp_path) as board:
        yield board


@pytest.fixture
def now() -> datetime:
    """The instant at which the desks of :mod:`builders` stand still."""
    return NOW
