"""Options that several verbs have, worded once."""

from __future__ import annotations

import click

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
CLIENT = click.option("--client", help="Only this client.")
FORCE = click.option("--force", is_flag=True, help="Write over an existing file.")
ANY_FILE = click.Path(allow_dash=True)
"""A file, or ``-`` for standard input or output."""
