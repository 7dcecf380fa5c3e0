"""Who is told with whom she can share what she writes: her buddies, or her team, as the form says."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from shared import companions, letters, link_keys, links
from shared.companions import Companion
from shared.forms import Form
from shared.rosters import buddies
from shared.rounds import Round
from shared.store import invitations, published, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person


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
        for item in held:
            _note_team(due, item, seeds.get(item.person, ""), people.get(item.person))
    if due.mode == "personal":
        _introduce(due, form, held, people, seeds)


def _note_team(due: Round, item: Invitation, seed: str, person: Person | None) -> None:
    """Note what opens the writing of the team that somebody is in now; who is in none any more opens none."""
    team = link_keys.team_seed(due, person.participant) if person and person.participant.team else ""
    if bool(item.team) != bool(team) or companions.opened_team(seed, item.team) != team:
        invitations.put_team(due.ref, item.fingerprint, companions.sealed_team(letters.public_half(seed), team) if team else b"")


def _introduce(due: Round, form: Form, held: Sequence[Invitation], people: Mapping[str, Person], seeds: Mapping[str, str]) -> None:
    known = {name: Companion(letters.public_half(seed).hex(), people[name].participant.name) for name, seed in seeds.items()}
    with_whom = together(form, people.values())
    for item in held:
        if item.person in people:
            _note(due, item, seeds[item.person], [known[name] for name in with_whom.get(item.person, ())])


def _note(due: Round, item: Invitation, seed: str, now: Iterable[Companion]) -> None:
    before = companions.opened(seed, item.companions) if item.companions else ()
    after = companions.renewed(before, now)
    if after != before:
        invitations.put_companions(due.ref, item.fingerprint, companions.sealed(letters.public_half(seed), after))


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
