"""What a command names and must be published: a programme, or one of its rounds."""

from infra.publishing import Faulty
from shared.programmes import Programme
from shared.rounds import Round
from shared.store import published


def known_programme(name: str) -> Programme:
    """Return a published programme."""
    found = published.programme(name)
    if found is None:
        raise Faulty([f"{name} is not published"])
    return found


def known_round(programme: str, name: str) -> Round:
    """Return a programme's published round."""
    known = published.rounds(programme)
    if name not in known:
        raise Faulty([f"{programme} has no round {name}; it has: {', '.join(known) or 'none'}"])
    return known[name]
