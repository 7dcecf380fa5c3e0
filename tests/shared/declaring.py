"""A small programme and form to change in tests of declarations."""

from collections.abc import Mapping

from shared.declarations.declared import Declared, declared

PROGRAMME = """\
title: Walks
languages: [en]
timezone: Europe/Oslo
sender: Walks
contact: {name: The office, email: office@example.org}
controller: The county
data_protection: {name: The officer, email: privacy@example.org}
legal_basis: Article 6
complaints: Datatilsynet
roles: {leader: Leader, guide: Guide}
goals:
  - {id: maps, title: Read a map}
  - {id: knots, title: Tie knots}
tracks:
  guides: {title: The guides, roles: [guide]}
days:
  - id: day-1
    title: Finding the way
    date: 2026-08-26
    place: Oslo
    sessions:
      - {id: maps, title: Maps, speaker: A cartographer, start: 09:00, end: 10:00}
      - {id: boots, title: Boots, speaker: A cobbler, start: 10:00, end: 11:00}
      - {id: more-maps, title: More maps, speaker: A cartographer, start: 11:00, end: 12:00}
  - id: day-2
    title: Guiding
    track: guides
    date: 2026-09-26
    place: Oslo
    sessions: [{id: tents, title: Tents, start: 09:00, end: 12:00}]
"""
ROUNDS = "rounds:\n  - {form: day, for: day-1}\n"
DAY = """\
title: The day
mode: anonymous
questions:
"""
LAST = "  - {id: takeaway, kind: text, text: What do you take along?}\n"


def found(rounds: str = ROUNDS, library: Mapping[str, str] | None = None, **forms: str) -> Declared | list[str]:
    """Declare the programme, or another one, with these rounds and forms; with a library but no forms, it takes all from there."""
    programme = forms.pop("programme", PROGRAMME)
    own = forms or ({} if library else {"day": DAY + LAST})
    texts = {"programme": programme + rounds, **own}
    shelf = {f"{name}.yaml": text.encode() for name, text in (library or {}).items()}
    result = declared("walks", {f"{name.replace('_', '-')}.yaml": text.encode() for name, text in texts.items()}, shelf)
    return result if isinstance(result, Declared) else list(map(str, result))


def built(rounds: str = ROUNDS, library: Mapping[str, str] | None = None, **forms: str) -> Declared:
    result = found(rounds, library, **forms)
    assert isinstance(result, Declared), result
    return result


def faults(rounds: str = ROUNDS, library: Mapping[str, str] | None = None, **forms: str) -> list[str]:
    result = found(rounds, library, **forms)
    assert isinstance(result, list)
    return result
