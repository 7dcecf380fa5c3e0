"""Who is told with whom she can share what she writes: her buddies, or her team, as the form says."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from shared import buddies, companions, letters, link_keys, links
from shared.companions import Companion
from shared.forms import Form
from shared.rounds import Round
from shared.store import invitations, published, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person


def introduce(due: Round, held: Sequence[Invitation]) -> None:
    """Note on each invitation to a personal round who her companions are, and who they were."""
    form = published.form(due.programme, due.form)
    if form is None or not form.shared_with:
        return
    invited = {item.person for item in held}
    people = {person.id: person for person in roster.people(due.programme) if person.id in invited and not person.participant.left}
    seeds = {name: links.behind(link_keys.token(due, person)) for name, person in people.items()}
    known = {name: Companion(letters.public_half(seed).hex(), people[name].participant.name) for name, seed in seeds.items()}
    together = _together(form, people.values())
    for item in held:
        if item.person in people:
            _note(due, item, seeds[item.person], [known[name] for name in together.get(item.person, ())])


def _note(due: Round, item: Invitation, seed: str, now: Iterable[Companion]) -> None:
    before = companions.opened(seed, item.companions) if item.companions else ()
    after = companions.renewed(before, now)
    if after != before:
        invitations.put_companions(due.ref, item.fingerprint, companions.sealed(letters.public_half(seed), after))


def _together(form: Form, people: Collection[Person]) -> Mapping[str, list[str]]:
    """List by person whom a form can be shared with."""
    if form.shared_with == "buddy":
        return buddies.buddies_of(buddies.groups({person.id: person.participant for person in people}))
    return buddies.mates({person.id: person.participant for person in people})
