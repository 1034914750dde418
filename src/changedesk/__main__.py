"""The entry point ``changedesk``."""

from __future__ import annotations

import os
import sys

from changedesk.cli.main import run


def main() -> None:
    """Run the command line and end with its exit status.

    Everything is closed and written by then. Python would go on to take apart all that it has loaded, piece by piece: of a
    dashboard that has shown a big desk that takes longer than all the rest of leaving.
    """
    status = run(sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
