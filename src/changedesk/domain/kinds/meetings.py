"""The kind of record, and the form, of a board's meetings."""

from __future__ import annotations

from changedesk.domain.forms.form import form_of
from changedesk.domain.kinds import row_rules
from changedesk.domain.kinds.kind import NAME_LENGTH, Column, Kind, Moment, Names, Text, ToClient, Word

_NAME = Text(NAME_LENGTH)

MEETINGS = Kind(
    "meetings",
    "cab_meeting",
    (
        Column("client", ToClient(), "client_id", required=True),
        Column("kind", Word(("cab", "vcab")), "kind", required=True),
        Column("title", Text(), "title", required=True),
        Column("at", Moment(), "at", required=True),
        Column("ends_at", Moment(), "ends_at", required=True),
        Column("chair", _NAME, "chair"),
        Column("attendees", Names(), "attendees"),
    ),
    key=("client", "title", "at"),
    refuses=(row_rules.after("ends_at", "at"),),
    constants={"state": "planned"},
    guarded_by=("closed_at",),
    guarded_as="is over; its minutes are what they are",
)

MEETINGS_FORM = form_of(
    MEETINGS,
    "CAB meeting",
    "meeting",
    "meeting.run",
    {
        "client": ("Client", "Whose board it is", "clients"),
        "kind": ("Kind", "cab: people sit together; vcab: a ballot with a deadline", ""),
        "title": ("Title", "Such as CAB of the week", ""),
        "at": ("Begins", "By the client's clock", ""),
        "ends_at": ("Ends", "Of a ballot: its deadline", ""),
        "chair": ("Chair", "Who runs it", "people"),
        "attendees": ("Present", "Who attends: logins with ; between them", "people"),
    },
)
