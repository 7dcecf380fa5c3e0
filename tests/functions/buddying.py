"""People who write on a personal form that buddies share, and who has whom."""

from dataclasses import replace

from shared import letters, link_keys, links
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import roster
from shared.store.roster import Person
from tests.functions.examples import DAY, FILES, OPEN, invite, participant
from tests.functions.open_round import Page, forget, get, post

FORM = {**FILES, "day.yaml": DAY.replace("mode: anonymous", "mode: personal\nshared_with: buddy")}
TEXT = "Ask first, then listen. Blåbær."


def named(name: str, buddy: str = "") -> Participant:
    """Make somebody whose buddy has another one's address."""
    return replace(participant(name), name=name.title(), buddy=buddy and f"{buddy}@example.org")


def pair(**buddies: str) -> None:
    held = {person.participant.email.partition("@")[0]: person for person in roster.people("walks")}
    stored = [
        replace(held[name], participant=replace(held[name].participant, buddy=other and f"{other}@example.org"))
        for name, other in buddies.items()
    ]
    roster.put_people("walks", roster.version("walks"), stored)
    invite(OPEN)


class Writer:
    """Somebody with a link."""

    def __init__(self, person: Person, asked: Round) -> None:
        self.person, self.round = person, asked
        self.seed = links.behind(link_keys.token(asked, person))
        self.public = letters.public_half(self.seed).hex()
        self.path = links.path(asked.ref, link_keys.token(asked, person))

    def look(self, at: int = OPEN) -> Page:
        forget()
        return get(self.path, at)

    def save(self, text: str, *, share: "Writer | None" = None, form: Page | None = None) -> Page:
        fields = (form or self.look()).form() | {"takeaway": text}
        return post(self.path, {name: value for name, value in fields.items() if name not in ("_share", "_of")} | _ticked(share))

    def press(self, what: str, at: int = OPEN, of: str = "") -> Page:
        binding = links.binding(self.path.rpartition("/")[2], "_do")
        return post(self.path, {"_binding": binding, "_do": what, "_of": of}, at)

    def read(self, writer: "Writer", at: int = OPEN) -> Page:
        return self.press("read", at, writer.public)


def _ticked(share: Writer | None) -> dict[str, str]:
    return {"_share": share.public} if share else {}
