"""What a round has to send now: invitations to whom it lacks, reminders to who has not answered."""

from collections.abc import Mapping, Sequence

from functions.invite.due import Wanted, open_gatherings, reminders_due, wanted
from functions.invite.plan import attending, is_asked, new_invitations
from shared import keys
from shared.logs import logger
from shared.programmes import day_of
from shared.rounds import Round, Window
from shared.store import invitations, published, roster, secrets
from shared.store.invitations import Invitation, Plan


def forms_due(due: Round, now: int) -> tuple[list[Wanted], int]:
    """Find what a round still has to send that nobody is at work on, and how many reminders come too late."""
    noted, gatherings = invitations.plan(due.ref), open_gatherings(due, now)
    made_from = f"{roster.version(due.programme)}:{','.join(gatherings)}"
    inviting = gatherings if noted.made_from != made_from else []
    reminders = reminders_due(due, noted.reminded, now)
    if not inviting and not reminders:
        return [], 0
    held = list(invitations.invited(due.ref))
    held += _invite(due, inviting, held) if inviting else []
    invited = wanted(due, held, dict.fromkeys(inviting, 0), ())
    reminded, late = _in_time(_reminded(due, held, reminders), reminders, now)
    unreached = {item.invitation.gathering for item in reminded}
    done = {name: time.opens for name, time in reminders.items() if name not in unreached}
    _note(due, noted, Plan(made_from if inviting and not invited else noted.made_from, {**noted.reminded, **done}))
    return [item for item in invited + reminded if item.invitation.leased_until <= now], late


def _reminded(due: Round, held: Sequence[Invitation], reminders: Mapping[str, Window]) -> list[Wanted]:
    """Find who is to be reminded."""
    if not reminders:
        return []
    return wanted(due, held, {name: time.opens for name, time in reminders.items()}, invitations.stopped(due.programme))


def _in_time(found: list[Wanted], reminders: Mapping[str, Window], now: int) -> tuple[list[Wanted], int]:
    """Leave out the reminders that it is too late for, and tell how many they are."""
    kept = [item for item in found if now < reminders[item.invitation.gathering].closes]
    late = len(found) - len(kept)
    if late:
        logger.warning("too late to remind", programme=found[0].round.programme, round=found[0].round.id, late=late)
    return kept, late


def _note(due: Round, before: Plan, after: Plan) -> None:
    if after != before:
        invitations.put_plan(due.ref, after)


def _invite(due: Round, gatherings: Sequence[str], held: list[Invitation]) -> list[Invitation]:
    """Store the invitations that are missing: all of them, since a cell is only as large as those who are invited with it."""
    programme = published.programme(due.programme)
    if programme is None:
        raise LookupError("programme")
    day = day_of(programme, due.day)
    people = [item for item in attending(roster.people(due.programme), day) if is_asked(item, due)]
    link_key = keys.unwrapped("link", due.ref, secrets.secret(due.ref, "link"))
    planned = [item for name in gatherings for item in new_invitations(people, day, name, held, link_key)]
    for item in planned:
        invitations.put_invitation(due.ref, item)
    return planned
