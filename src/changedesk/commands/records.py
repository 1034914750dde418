"""The commands of lists of records and of forms."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

RECORDS: Final = (
    Command("records.new", ("n",), "New", "Make a record of this kind.", "records", "new", 1, writes=True),
    Command("records.edit", ("enter", "e"), "Edit", "Change the selected record.", "records", "edit", 2, writes=True),
    Command("records.filter", ("/",), "Filter", "Show only records that contain these words.", "records", "filter", 4),
    Command(
        "records.close",
        ("c",),
        "Close",
        "Close the selected record as of today, after a question.",
        "records",
        "close",
        3,
        writes=True,
    ),
    Command("records.kinds", ("r",), "Other kinds", "List records of another kind.", "records", "kinds", 5),
)

FORM: Final = (
    Command("form.save", ("ctrl+s",), "Save", "Save what stands in the form.", "form", "save", 1, writes=True),
)
