"""Asking for a change, from wherever one is."""

from __future__ import annotations

from changedesk.screens.base import DeskScreen
from changedesk.screens.forms.request import FormRequest, open_form


def ask_for_change(screen: DeskScreen, initiative: str = "") -> None:
    """Open the form of a new change, which serves the initiative with this code where one is named; its page comes after it."""
    open_form(screen, FormRequest("change", "", initiative, saved=lambda record: screen.go("change", str(record.id))))
