"""Saving what stands in a form: in the background, with every refusal brought back to the form."""

from __future__ import annotations

from collections.abc import Mapping

from changedesk.errors import BadInput, ChangeDeskError, RuleRefused
from changedesk.screens.forms.drafts import FormDraft
from changedesk.screens.forms.request import FormRequest
from changedesk.services.records import records
from changedesk.services.records.meanwhile import ChangedMeanwhile
from changedesk.services.records.records import Record
from changedesk.services.session import Session
from changedesk.values import dataclass

DRAFT_KEPT = "What you typed is kept as a draft."
DRAFT_NOT_KEPT = "The draft could not be kept either: leave this form open."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was saved, and what has become of the draft (empty when nothing had to)."""

    error: ChangeDeskError
    draft: str = ""


def attempt(
    session: Session, request: FormRequest, opened: Record, values: Mapping[str, str], draft: FormDraft
) -> Record | Refusal:
    """Save and drop the draft, or say why not; where the desk itself failed, the draft is kept."""
    try:
        saved = records.save(session, request.form_name, opened, values)
    except (RuleRefused, BadInput) as refused:
        return Refusal(refused)
    except ChangeDeskError as failed:
        return Refusal(failed, DRAFT_KEPT if draft.keep(values, opened) else DRAFT_NOT_KEPT)
    draft.settled = True
    draft.drop()
    return saved


def merged(
    opened: Mapping[str, str], mine: Mapping[str, str], meanwhile: ChangedMeanwhile, kept: Mapping[str, str]
) -> dict[str, str]:
    """The values after a decision: the decided fields as decided, others as whoever changed them has left them."""
    theirs = meanwhile.record.values
    free = {
        column: theirs.get(column, "") if value == opened.get(column, "") else value for column, value in mine.items()
    }
    return {**free, **kept}
