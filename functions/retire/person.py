"""One person: what lies about her among the invitations, and the deletion of all that bears her id."""

from collections.abc import Iterator
from typing import Any

from shared import retention
from shared.logs import logger
from shared.programmes import Programme
from shared.replies import message_id
from shared.rounds import Round
from shared.store import invitations, moments, published, retiring
from shared.store.invitations import Invitation
from shared.store.retiring import Found


def exported(programme_id: str, person_id: str) -> dict[str, Any]:
    """Tell what is noted of somebody; what she has answered lies nowhere under her name."""
    programme, known = _held(programme_id)
    return {
        "invitations": [_told(found, item) for found, item in _invitations(known, person_id)],
        "messages": [name for name in _messages(programme, known) if any(_reached(programme_id, name, person_id))],
        "stopped_reminders": person_id in invitations.stopped(programme_id),
    }


def erased(programme_id: str, person_id: str) -> dict[str, Any]:
    """Delete what bears somebody's id; her invitations to forms without a result go in the night after they have one."""
    programme, known = _held(programme_id)
    waiting = retention.waiting(programme, known)
    found = _invitations(known, person_id)
    now = [retiring.invitation(of.ref, item.fingerprint) for of, item in found if of.id not in waiting]
    messages = [item for name in _messages(programme, known) for item in _reached(programme_id, name, person_id)]
    # Her entry in the roster goes last: whoever is interrupted finds her again.
    deleted = retiring.delete([*now, *messages, *retiring.beside(programme_id, person_id), *retiring.entry(programme_id, person_id)])
    logger.info("erased", extra={"programme": programme_id, "items": deleted})
    return {"deleted": deleted, "later": [of.id for of, _ in found if of.id in waiting]}


def _held(programme_id: str) -> tuple[Programme, list[Round]]:
    programme = published.programme(programme_id)
    if programme is None:
        raise LookupError("programme")
    return programme, list(published.rounds(programme_id, ConsistentRead=True).values())


def _invitations(known: list[Round], person_id: str) -> list[tuple[Round, Invitation]]:
    return [(found, item) for found in known for item in invitations.invited(found.ref) if item.person == person_id]


def _messages(programme: Programme, known: list[Round]) -> list[str]:
    """Name the messages that a programme has or once had, and those about its rounds."""
    return [*sorted(moments.latest(programme.id)), *(message_id(found.id) for found in known)]


def _reached(programme_id: str, message: str, person_id: str) -> Iterator[Found]:
    return retiring.names("INVITATIONS", f"MESSAGE#{programme_id}#{message}", f"PERSON#{person_id}")


def _told(found: Round, item: Invitation) -> dict[str, Any]:
    facts = {"round": found.id, "mode": found.mode, "cell": list(item.cell), "gathering": item.gathering, "language": item.language}
    state = {"mail": item.mail, "arrival": item.arrival, "first_letter_of_address": item.hint}
    return {**facts, **state, "answered": item.answered is not None, "declined": item.declined, "absent": item.absent}
