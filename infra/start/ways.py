"""Ways into the service as a participant: the links in mails, by what becomes of whoever follows them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from infra.stack_mails import Mail
from infra.start.facts import ProgrammeTold, RoundTold
from shared.links import fingerprint, tidy


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
    answered: Way | None
    closed: Way | None


def ways(told: Iterable[ProgrammeTold], mails: Iterable[Mail], base_address: str) -> Ways:
    """Find somebody who can answer now, somebody who has answered, and somebody who comes too late."""
    links = _links(mails)
    found = [(item, *way) for programme in told for item in programme.rounds for way in _of_round(item, links, base_address)]

    def first(*states: str, answered: bool) -> Way | None:
        return next((way for item, way, done in found if item.state in states and done == answered), None)

    return Ways(
        open=first("open", answered=False),
        answered=first("open", answered=True) or first("closed", "result published", answered=True),
        closed=first("closed", "result published", answered=False),
    )


def _of_round(told: RoundTold, links: Mapping[str, Mapping[str, str]], base_address: str) -> Iterator[tuple[Way, bool]]:
    """Pair each participant's link to a round with whether she has answered."""
    answered = {item.fingerprint: item.answered is not None for item in told.invited}
    for email, token in sorted(links.get(told.round.ref, {}).items()):
        if fingerprint(token) in answered:
            yield Way(told, email, f"{base_address}/e/{told.round.ref}/{token}"), answered[fingerprint(token)]


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
