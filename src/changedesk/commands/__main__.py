"""``python -m changedesk.commands`` writes the page docs/keys.md."""

from __future__ import annotations

import sys

from changedesk.commands.keys_page import keys_page

sys.stdout.write(keys_page())
