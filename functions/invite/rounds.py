"""What a round has to send now: invitations to whom it lacks, reminders to who has not answered."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from functions.invite.companions import in_teams_that_wrote, introduce
from functions.invite.correcting import corrected
from functions.invite.due import Reason, Wanted, open_gatherings, reminders_due, wanted
from functions.invite.plan import attending, is_asked, new_invitations, staying
from functions.invite.rekeying import rekey
from shared.logs import logger
from shared.programmes import day_of
from shared.rosters.attendance import attended
from shared.rounds import Round, Window
from shared.store import absences, invitations, published, roster
from shared.store.invitations import Invitation, Plan


def forms_due(due: Round, now: int) -> tuple[list[Wanted], int]:
    """Find what a round still has to send that nobody is at work on, and how many reminders come too late."""
    if due.paused:
        return [], 0
    noted, gatherings, absent = invitations.plan(due.ref), open_gatherings(due, now), absent_from(due)
    made_from = _made_from(due, gatherings, absent)
    changed = noted.made_from != made_from
    reminders = reminders_due(due, noted.reminded, now)
    if not changed and not reminders:
        return [], 0
    inviting = gatherings if changed else []
    rekeying = changed and due.mode == "personal" and rekey(due, invitations.invited(due.ref))
    held = _held(due, inviting, absent, now)
    invited = wanted(due, held, dict.fromkeys(inviting, 0), corrected=corrected(due.programme, held, now) if inviting else ())
    reminded, late = _in_time(_reminded(due, held, reminders), reminders, now)
    settled = changed and not (invited or rekeying)
    _note(due, noted, Plan(made_from if settled else noted.made_from, {**noted.reminded, **_done(reminders, reminded)}))
    return [item for item in invited + reminded if item.invitation.leased_until <= now], late


def _made_from(due: Round, gatherings: Sequence[str], absent: Mapping[str, Set[str]]) -> str:
    """Name all that a round's invitations are made from: while it is the same, nobody is to be invited anew."""
    return ":".join(filter(None, (f"{roster.version(due.programme)}:{','.join(gatherings)}", absences.digest(absent))))


def _held(due: Round, inviting: Sequence[str], absent: Mapping[str, Set[str]], now: int) -> list[Invitation]:
    """Read a round's invitations, those among them that are made now for some gatherings."""
    held = carried_over(due.ref, invitations.invited(due.ref), absent)
    if inviting:
        held += _invite(due, inviting, held, absent, now)
    if inviting and due.is_seeded:
        introduce(due, held)
    return held


def _done(reminders: Mapping[str, Window], reminded: Iterable[Wanted]) -> dict[str, int]:
    """Tell which reminders nobody lacks any more, by gathering, each by its time."""
    lacking = {item.invitation.gathering for item in reminded}
    return {name: time.opens for name, time in reminders.items() if name not in lacking}


def absent_from(due: Round) -> Mapping[str, Set[str]]:
    """Read who was absent from the day that a round is about, by gathering; a round about the programme is for them too."""
    return {} if due.once else absences.absent(due.programme, due.day)


def carried_over(ref: str, held: Iterable[Invitation], absent: Mapping[str, Set[str]]) -> list[Invitation]:
    """Note on the invitations who is absent now; what somebody has answered stays answered."""
    return [_noted(ref, item, is_absent=item.person in absent.get(item.gathering, ())) for item in held]


def _noted(ref: str, item: Invitation, *, is_absent: bool) -> Invitation:
    if item.absent == is_absent or item.answered is not None:
        return item
    noted = invitations.mark_absent(ref, item.fingerprint, is_absent=is_absent)
    return replace(item, absent=is_absent) if noted else item


def _reminded(due: Round, held: Sequence[Invitation], reminders: Mapping[str, Window]) -> list[Wanted]:
    """Find who is to be reminded."""
    if not reminders:
        return []
    return wanted(due, held, {name: time.opens for name, time in reminders.items()}, spared(due, held))


def spared(due: Round, held: Iterable[Invitation]) -> Mapping[str, Reason]:
    """Say who gets no reminders, and why: she wants none, or somebody of her team has written for all of it."""
    written, stopped = in_teams_that_wrote(due, held), invitations.stopped(due.programme)
    reasons: dict[str, Reason] = dict.fromkeys(written, "team has written")
    return {**reasons, **dict.fromkeys(stopped, "stopped")}


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


def _invite(due: Round, gatherings: Sequence[str], held: list[Invitation], absent: Mapping[str, Set[str]], now: int) -> list[Invitation]:
    """Store the invitations that are missing: all of them, since a cell is only as large as those who are invited with it."""
    programme = published.programme(due.programme)
    if programme is None:
        raise LookupError("programme")
    day = day_of(programme, due.day)
    asked = [item for item in staying(attending(roster.people(due.programme), day), now, programme.timezone) if is_asked(item, due)]
    people = [item for item in asked if item.id not in absent.get(attended(item.participant, day) or "", ())]
    planned = [item for name in gatherings for item in new_invitations(people, day, name, held, due)]
    for item in planned:
        invitations.put_invitation(due.ref, item)
    return planned
