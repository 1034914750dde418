"""Finding what a person names, within what the person may see."""

from __future__ import annotations

from changedesk.domain.records import Initiative
from changedesk.errors import BadInput
from changedesk.services.session import Session
from changedesk.store import initiatives


def known_initiative(session: Session, code: str) -> Initiative:
    """The initiative with that code in the actor's view; one outside it is as unknown as one that does not exist."""
    found = initiatives.initiative_by_code(session.desk.reader(), session.scope, code)
    if found is None:
        raise BadInput(f"there is no initiative {code} in view", "changedesk status lists them")
    return found
