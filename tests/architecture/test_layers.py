"""Who may import whom: the rooms of the program, and the one room that each library lives in."""

from __future__ import annotations

import sys

from sources import Module, imports, modules, offending

EVERYWHERE = {"errors", "values", "resources", "crashlog", "naming"}
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
    "naming": set(),
}
"""Room to the rooms it may know besides itself; everybody may know the errors and how a data class is made, all but the
domain what is shipped and where crashes are told."""

LOOKS = {"commands", "config", "keymap", "theme"}
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

FIRST_NEEDED_LATE = {"sqlite_utils", "plotext", "pydantic", "platformdirs", "changedesk.intake", "changedesk.process"}
"""What costs too much to be imported before it is needed."""


def _names(module: Module) -> list[str]:
    return [name for name, _ in imports(module)]


def _may_know(module: Module) -> set[str]:
    may = MAY_KNOW[module.room] | {module.room} | (EVERYWHERE if module.room != "domain" else {"errors", "values"})
    if module.room in ("widgets", "screens"):
        may |= LOOKS
    if module.place == "cli/dashboard.py":
        # The one module of the command line that opens the dashboard.
        may |= LOOKS | {"process", "screens", "background"}
    if module.place == "cli/invocation.py":
        # Where the end of an audit chain is kept is a choice of the configuration, for verbs as for the dashboard.
        may |= {"config"}
    return may


def test_every_room_is_known_here() -> None:
    rooms = {module.room for module in modules() if "/" in module.place}
    assert rooms <= set(MAY_KNOW)


def test_a_module_knows_only_the_rooms_below_it() -> None:
    def too_far(module: Module) -> set[str]:
        if module.room not in MAY_KNOW:
            return set()
        known = {name.split(".")[1] for name in _names(module) if name.startswith("changedesk.")}
        return known - _may_know(module)

    assert offending(too_far) == {}


def test_a_library_is_named_only_where_it_lives() -> None:
    def elsewhere(module: Module) -> list[str]:
        libraries = {name.split(".")[0] for name in _names(module)} - {"changedesk"}
        return sorted(
            library
            for library in libraries
            if (library not in sys.stdlib_module_names or library in LIVES_IN)
            and module.room not in LIVES_IN.get(library, set())
        )

    assert offending(elsewhere) == {}


def test_what_costs_much_is_imported_when_it_is_needed() -> None:
    def too_early(module: Module) -> set[str]:
        early = {name for name, late in imports(module) if not late}
        costly = {name for name in early if any(name == one or name.startswith(f"{one}.") for one in FIRST_NEEDED_LATE)}
        if module.room in ("charts", "intake") or module.place == "cli/dashboard.py":
            own = ("plotext", "pydantic", "changedesk.intake", "changedesk.process")
            costly = {name for name in costly if not name.startswith(own)}
        return costly

    assert offending(too_early) == {}


def test_the_domain_imports_nothing_but_pythons_own() -> None:
    def foreign(module: Module) -> list[str]:
        return [
            name
            for name in _names(module)
            if module.room == "domain"
            and name.split(".")[0] not in sys.stdlib_module_names
            and not name.startswith("changedesk.")
        ]

    assert offending(foreign) == {}


def test_only_the_dashboard_module_of_the_command_line_draws() -> None:
    def drawing(module: Module) -> list[str]:
        own = module.room == "cli" and module.place != "cli/dashboard.py"
        return [name for name, late in imports(module) if own and name == "changedesk.cli.dashboard" and not late]

    assert offending(drawing) == {}
