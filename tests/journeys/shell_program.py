"""The small dashboard of tests/screens as a program of its own, to be run on a terminal.

``shell_program.py LOG [crash] [attack] [stuck]``
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "screens")]

# What follows is imported after the path that finds it has been set: E402 does not hold here.
from shells import FakeInitiative, FakePortfolio  # noqa: E402

import changedesk.process  # noqa: E402
from changedesk.errors import ChangeDeskError  # noqa: E402
from changedesk.screens.context import Context  # noqa: E402
from changedesk.widgets.lists.rows import ListSource, Row, cell  # noqa: E402

ATTACK = "evil \x1b]52;c;aGk=\x07 \x1b]0;title\x07 \x9b2J \u202egnp.exe [/]"


class Portfolio(FakePortfolio):
    """One that can crash, and one whose data attack the terminal."""

    def reload(self) -> None:
        title = ATTACK if "attack" in sys.argv else "row"
        self.table.show(ListSource(Row(str(index), (cell(f"{title} {index}"),)) for index in range(100)))

    def do_filter(self) -> None:
        if "crash" in sys.argv:
            raise KeyError("a secret of a client")
        super().do_filter()

    def do_sort(self) -> None:
        self.say(ATTACK)


def until_it_is_ended() -> None:
    """Where the program hangs when it is told to stop what it reads."""
    while "stuck" in sys.argv:
        signal.pause()


def main() -> int:
    """Run it as the command line does."""
    changedesk.process.screens_by_name = lambda: {"portfolio": Portfolio, "initiative": FakeInitiative}
    try:
        return changedesk.process.run(Context(log_file=Path(sys.argv[1]), interrupt=until_it_is_ended))
    except ChangeDeskError as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return refusal.exit_status


if __name__ == "__main__":
    sys.exit(main())
