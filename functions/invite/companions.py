"""Who is told with whom she can share what she writes: her buddies, or her team, as the form says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from functions.invite import teams
from functions.invite.due import NOBODY, UNDER_WAY, Addressed, open_gatherings, why_not
from functions.invite.teams import Seeds
from shared import companions, letters, link_keys, links, rounds
from shared.companions import Companion
from shared.forms import Form
from shared.queue import MessagePart
from shared.replies import message_id
from shared.rosters import buddies
from shared.rounds import Round
from shared.schedule import by_day
from shared.store import invitations, messages, published, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person

KNOWS = ("has it", "answered")
"""Of whom it is said, in the words of `due`, that her invitation has told her who her buddies were."""


def introduce(due: Round, held: Sequence[Invitation]) -> None:
    """Note on each invitation to a personal round who her companions are and were, and what opens her team's writing, here or recalled."""
    written = published.round_by_id(due.programme, due.recalls) if due.recalls else due
    form = published.form(due.programme, written.form) if written else None
    if form is None or not form.shared_with:
        return
    invited = {item.person for item in held}
    people = {person.id: person for person in roster.people(due.programme) if person.id in invited and not person.participant.left}
    seeds = {name: links.behind(link_keys.token(due, person)) for name, person in people.items()}
    if form.shared_with == "team":
        _note_teams(due, held, invitations.invited(written.ref) if due.recalls and written else held, people, seeds)
    if due.mode == "personal":
        _introduce(due, form, held, people, seeds)


def _note_teams(due: Round, held: Iterable[Invitation], then: Iterable[Invitation], people: Mapping[str, Person], own: Seeds) -> None:
    """Note what opens the writing of the team that somebody is in now, given what was noted; who is in none any more opens none."""
    now = _team_seeds(due, then, people, own)
    for item in held:
        seed, team = own.get(item.person, ""), now.get(item.person, "")
        if bool(item.team) != bool(team) or companions.opened_team(seed, item.team) != team:
            invitations.put_team(due.ref, item.fingerprint, companions.sealed_team(letters.public_half(seed), team) if team else b"")


def _team_seeds(due: Round, then: Iterable[Invitation], people: Mapping[str, Person], own: Seeds) -> Seeds:
    """Choose under which seed the team of each one keeps what it writes."""
    noted = {item.person: companions.opened_team(own[item.person], item.team) for item in then if item.person in own}
    members = {name: person.participant for name, person in people.items() if person.participant.team}
    named = {name: link_keys.team_seed(due, member) for name, member in members.items()}
    before = {name: seed for name, seed in noted.items() if seed}
    return teams.seeds(named, before, lambda name, number: link_keys.team_seed(due, members[name], number))


def _introduce(due: Round, form: Form, held: Sequence[Invitation], people: Mapping[str, Person], seeds: Mapping[str, str]) -> None:
    known = {name: Companion(letters.public_half(seed).hex(), people[name].participant.name) for name, seed in seeds.items()}
    with_whom = together(form, people.values())
    for item in held:
        # Until `send` has asked at an earlier address, the link that went there is hers, and her list is sealed to it.
        if item.person in people and item.public == known[item.person].public:
            others = with_whom.get(item.person, [])
            one_sided = ""
            if form.shared_with == "buddy" and len(others) == 1:
                one_sided = buddies.choice(people[item.person].participant, people[others[0]].participant)
            _note(due, form, item, seeds[item.person], [replace(known[name], choice=one_sided) for name in others])


def _note(due: Round, form: Form, item: Invitation, seed: str, now: Iterable[Companion]) -> None:
    before = companions.opened(seed, item.companions) if item.companions else ()
    after = companions.renewed(before, now)
    if after == before:
        return
    is_read = bool(before) or not item.companions
    if form.shared_with == "buddy" and is_read and _are_others(before, after) and why_not(item, 0, NOBODY) in KNOWS:
        # Before the list itself: whoever is interrupted finds the change again.
        messages.put_pending(due.programme, message_id(due.id), item.person)
    invitations.put_companions(due.ref, item.fingerprint, companions.sealed(letters.public_half(seed), after))


def _are_others(before: Iterable[Companion], after: Iterable[Companion]) -> bool:
    """Tell whether somebody has companions of other names, or none any more."""
    then, now = ({one.name for one in listed if not one.former} for listed in (before, after))
    return now != then


def told_others(due: Round, now: int) -> tuple[list[Addressed], int]:
    """Find who is still to be told that her buddies have changed since she was invited, by day."""
    waiting = waiting_for_others(due, now)
    programme = published.programme(due.programme) if waiting else None
    if programme is None or by_day(now, programme.timezone) != now:
        return [], 0
    return [item for item in waiting if item.seen is None or item.seen.leased_until <= now], 0


def waiting_for_others(due: Round, now: int) -> list[Addressed]:
    """Find of whom it is noted that her buddies have changed, and who is not told yet, while the form is open."""
    if due.mode != "personal" or due.paused or not open_gatherings(due, now):
        return []
    name, until = message_id(due.id), rounds.closes(due)
    noted = messages.taken_up(due.programme, name)
    return [Addressed(MessagePart(due.programme, name, person, until), seen) for person, seen in noted.items() if seen.mail in UNDER_WAY]


def in_teams_that_wrote(due: Round, held: Iterable[Invitation]) -> set[str]:
    """Find who need not write any more, since somebody else of her team has: one text is the whole team's."""
    form = published.form(due.programme, due.form) if due.mode == "personal" else None
    if form is None or form.shared_with != "team":
        return set()
    with_whom = together(form, [person for person in roster.people(due.programme) if not person.participant.left])
    return {other for item in held if item.answered is not None for other in with_whom.get(item.person, ())}


def together(form: Form, people: Collection[Person]) -> Mapping[str, list[str]]:
    """List by person whom a form can be shared with."""
    if form.shared_with == "buddy":
        return buddies.buddies_of(buddies.groups({person.id: person.participant for person in people}))
    return buddies.mates({person.id: person.participant for person in people})
