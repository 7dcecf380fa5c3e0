"""Ways into the service as a participant: the links in mails, by what becomes of whoever follows them now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from infra.stack.mails import Mail
from infra.start.facts import ProgrammeTold, RoundTold
from shared.links import invitation_name, tidy
from shared.rounds import Window


@dataclass(frozen=True, slots=True)
class Way:
    """A participant's link."""

    told: RoundTold
    email: str
    address: str


@dataclass(frozen=True, slots=True)
class Ways:
    """A participant's ways in; None where there is nobody for it at the moment."""

    open: Way | None
    personal: Way | None
    """Leads to what only its writer reads, such as a letter to herself."""
    answered: Way | None
    closed: Way | None


def ways(told: Iterable[ProgrammeTold], mails: Iterable[Mail], base_address: str, now: int) -> Ways:
    """Find somebody who can answer now, or write, somebody who has answered, and somebody who comes too late."""
    links = _links(mails)
    found = [way for programme in told for item in programme.rounds for way in _of_round(item, links, base_address)]
    written = [way for way in found if way[0].told.round.mode == "personal"]
    asked = [way for way in found if way[0].told.round.mode != "personal"]

    def first(wanted: Callable[[Window, bool], bool]) -> Way | None:
        return next((way for way, window, answered in asked if wanted(window, answered)), None)

    return Ways(
        open=first(lambda window, answered: not answered and window.opens <= now < window.closes),
        personal=next((way for way, window, _ in written if window.opens <= now < window.closes), None),
        answered=first(lambda _window, answered: answered),
        closed=first(lambda window, answered: not answered and window.closes <= now),
    )


def _of_round(told: RoundTold, links: Mapping[str, Mapping[str, str]], base_address: str) -> Iterator[tuple[Way, Window, bool]]:
    """Tell each participant's link to a round with her own gathering's window, and whether she has answered."""
    invited = {item.fingerprint: item for item in told.invited}
    for email, token in sorted(links.get(told.round.ref, {}).items()):
        if held := invited.get(invitation_name(token, seeded=told.round.is_seeded)):
            way = Way(told, email, f"{base_address}/e/{told.round.ref}/{token}")
            yield way, told.round.windows[held.gathering], held.answered is not None


def _links(mails: Iterable[Mail]) -> dict[str, dict[str, str]]:
    """Collect the tokens in mails, by round and reader. An earlier run may have had another base address."""
    found: dict[str, dict[str, str]] = {}
    for mail in mails:
        for line in (mail["BodyText"] or "").split():
            _, mark, path = line.partition("/e/")
            ref, slash, token = path.partition("/")
            if mark and slash:
                found.setdefault(ref, {}).update(dict.fromkeys(mail["To"], tidy(token)))
    return found
