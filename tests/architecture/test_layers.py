"""Who may import whom: the rooms of the program, and the one room that each library lives in."""

from __future__ import annotations

import sys

import pytest
from sources import Module, imports, modules

EVERYWHERE = {"errors", "resources", "crashlog"}
MAY_KNOW = {
    "domain": set(),
    "commands": set(),
    "intake": {"domain"},
    "interchange": {"domain"},
    "store": {"domain"},
    "services": {"domain", "store", "intake", "interchange"},
    "charts": {"domain"},
    "widgets": {"domain", "charts"},
    "screens": {"domain", "charts", "widgets", "services"},
    "cli": {"domain", "services", "config"},
    "errors": set(),
    "resources": set(),
}
"""Room to the rooms it may know besides itself; everybody may know the errors, all but the domain what is shipped and
where crashes are told."""

LOOKS = {"commands", "config", "keymap", "theme", "terminal"}
"""Small modules beside the rooms that whoever draws may know."""

LIVES_IN = {
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "plotext": {"charts"},
    "textual": {"widgets", "screens", "app"},
    "rich": {"widgets", "screens", "app"},
    "pydantic": {"intake"},
    "click": {"cli"},
    "icalendar": {"interchange"},
    "dateutil": {"interchange"},
    "platformdirs": {"services", "config", "crashlog"},
}
"""Each library that is not Python's own, and sqlite3, to the rooms that may name it."""

FIRST_NEEDED_LATE = {"sqlite_utils", "plotext", "pydantic", "platformdirs", "changedesk.intake", "changedesk.app"}
"""What costs too much to be imported before it is needed."""

ALL = modules()


def _names(module: Module) -> list[str]:
    return [name for name, _ in imports(module)]


def test_every_room_is_known_here() -> None:
    rooms = {module.room for module in ALL if "/" in module.place}
    assert rooms <= set(MAY_KNOW)


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_a_module_knows_only_the_rooms_below_it(module: Module) -> None:
    if module.room not in MAY_KNOW:
        return
    may = MAY_KNOW[module.room] | {module.room} | (EVERYWHERE if module.room != "domain" else {"errors"})
    if module.room in ("widgets", "screens"):
        may |= LOOKS
    if module.place == "cli/dashboard.py":
        # The one module of the command line that opens the dashboard.
        may |= LOOKS | {"app", "screens", "background"}
    if module.place == "cli/invocation.py":
        # Where the end of an audit chain is kept is a choice of the configuration, for verbs as for the dashboard.
        may |= {"config"}
    known = {name.split(".")[1] for name in _names(module) if name.startswith("changedesk.")}
    assert known <= may, f"{module.place} knows {sorted(known - may)}"


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_a_library_is_named_only_where_it_lives(module: Module) -> None:
    for name in _names(module):
        library = name.split(".")[0]
        if library == "changedesk" or (library in sys.stdlib_module_names and library not in LIVES_IN):
            continue
        assert module.room in LIVES_IN.get(library, set()), f"{module.place} imports {name}"


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_what_costs_much_is_imported_when_it_is_needed(module: Module) -> None:
    early = {name for name, late in imports(module) if not late}
    costly = {name for name in early if any(name == one or name.startswith(f"{one}.") for one in FIRST_NEEDED_LATE)}
    if module.room in ("charts", "intake") or module.place == "cli/dashboard.py":
        costly = {
            name
            for name in costly
            if not name.startswith(("plotext", "pydantic", "changedesk.intake", "changedesk.app"))
        }
    assert costly == set(), f"{module.place} imports {sorted(costly)} before it is needed"


def test_the_domain_imports_nothing_but_pythons_own() -> None:
    for module in ALL:
        if module.room == "domain":
            for name in _names(module):
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("changedesk."), module.place


def test_only_the_dashboard_module_of_the_command_line_draws() -> None:
    for module in ALL:
        if module.room == "cli" and module.place != "cli/dashboard.py":
            late = [
                name for name, needed_late in imports(module) if name == "changedesk.cli.dashboard" and not needed_late
            ]
            assert late == [], module.place
