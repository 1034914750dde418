"""The entry point ``changedesk``."""

from __future__ import annotations

import sys

from changedesk.cli.main import run


def main() -> None:
    """Run the command line and end with its exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
