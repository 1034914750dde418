"""What is no longer planned: nothing new of an initiative that was cancelled.

What came of it may still be written down and put in order: counts, decisions, risks, resistance, old ways, and corrections
of what was planned. Files bring what other systems know, whatever its state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changedesk.domain.kinds.kind import Kind


def refuse_planning(code: str, *, cancelled: bool) -> str | None:
    """Why nothing more can be planned of an initiative, as a sentence; None while it can."""
    return f"{code} is cancelled; nothing more is planned of it" if cancelled else None


def refuse_to_close(code: str, *, cancelled: bool) -> str | None:
    """Why no lane of an initiative is closed, whatever the reason, as a sentence; None when one can be."""
    return f"{code} is cancelled; its lanes end with it and are closed no more" if cancelled else None


def refuse_new(kind: Kind, code: str, *, cancelled: bool) -> str | None:
    """Why no new record of a kind can be made of an initiative, as a sentence; None when it can."""
    return refuse_planning(code, cancelled=cancelled and kind.plans)
