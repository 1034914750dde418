"""Finding what a person names, within what the person may see."""

from __future__ import annotations

from collections.abc import Iterable

from changedesk.domain.records import Client, Initiative
from changedesk.errors import BadInput
from changedesk.services.session import Session, authorise
from changedesk.store import clients, people
from changedesk.store.initiative import initiatives
from changedesk.store.scope import Scope


def refuse_unknown(what: str, word: str | None, known: Iterable[str]) -> None:
    """Refuse a word that is none of those there are, and name them; None was not said."""
    words = list(known)
    if word is not None and word not in words:
        raise BadInput(f"there is no {what} {word}; it is one of {', '.join(words)}")


def refuse_unknown_client(session: Session, code: str | None) -> None:
    """Refuse a client that is not in the actor's view, so that a slip of the pen never reads as "nothing to do"; None is all."""
    authorise(session, "desk.read")
    if code is not None and code not in clients.client_names(session.desk.reader(), session.scope):
        raise unknown_client(code)


def clients_in_view(session: Session) -> tuple[Client, ...]:
    """The clients in the actor's view, by code."""
    return initiatives.clients(session.desk.reader(), session.scope)


def client_of(session: Session, initiative_id: str) -> str:
    """The code of the client of an initiative in view; empty when there is none with that id."""
    found = initiatives.initiative_by_id(session.desk.reader(), session.scope, initiative_id)
    return found.client if found else ""


def client_id_in_view(session: Session, code: str) -> str:
    """The id of the client with that code in the actor's view."""
    found = clients.client_id(session.desk.reader(), session.scope, code)
    if found is None:
        raise unknown_client(code)
    return found


def no_client(code: str) -> str:
    """How a client is refused that the reader does not see: one out of view is as unknown as one that does not exist."""
    return f"there is no client {code} in view"


def unknown_client(code: str) -> BadInput:
    """The same for a word of a command: it says which there are."""
    return BadInput(no_client(code), "changedesk export --kind clients - lists them")


def known_initiative(session: Session, code: str) -> Initiative:
    """The initiative with that code in the actor's view; one outside it is as unknown as one that does not exist."""
    found = initiatives.initiative_by_code(session.desk.reader(), session.scope, code)
    if found is None:
        raise BadInput(f"there is no initiative {code} in view", "changedesk status lists them")
    return found


def initiative_in_view(session: Session, initiative_id: str) -> Initiative:
    """The initiative with that id in the actor's view."""
    found = initiatives.initiative_by_id(session.desk.reader(), session.scope, initiative_id)
    if found is None:
        raise BadInput("this initiative is no longer in view")
    return found


def code_in_view(session: Session, initiative_id: str) -> str:
    """The code of the initiative with that id in the actor's view."""
    return initiative_in_view(session, initiative_id).code


def people_in_view(session: Session) -> tuple[tuple[str, str], ...]:
    """The people in view as login and name, for choosing somebody."""
    authorise(session, "desk.read")
    return people.choices(session.desk.reader(), session.scope)


def people_of_desk(session: Session) -> tuple[tuple[str, str], ...]:
    """Whom an approval can be given to, as login and name: for the desk's owner everybody, for others who is in view."""
    scope = Scope(None) if session.actor.owns_desk else session.scope
    return people.choices(session.desk.reader(), scope)
