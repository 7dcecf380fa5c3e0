"""Merging: a programme's edition is made anew, of its rounds' published editions alone."""

from collections.abc import Iterable, Iterator

from shared import bucket, rounds
from shared.results import editions, programme_editions
from shared.results.editions import Document
from shared.rounds import Round
from shared.store import programme_pointers, published


def merge(programme_id: str) -> None:
    """Write a programme's edition unless it is up to date, then point to it; one more round frozen meanwhile makes it anew."""
    stale, programme = programme_pointers.found(programme_id), published.programme(programme_id)
    if stale is None or programme is None:
        return
    known = published.rounds(programme_id, ConsistentRead=True).values()
    frozen = sorted((found for found in known if found.edition), key=lambda found: (rounds.closes(found), found.id))
    content = editions.written(programme_editions.edition(programme, _editions(frozen)))
    prefix = programme_editions.prefix(programme, content)
    bucket.put(f"{prefix}/edition.json", content, "application/json")
    programme_pointers.point(stale, prefix)


def _editions(frozen: Iterable[Round]) -> Iterator[Document]:
    """Read one edition after the other: none is kept."""
    for found in frozen:
        yield bucket.document(f"{found.edition}/edition.json")
