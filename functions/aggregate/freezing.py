"""Freezing: a round's box is opened and counted, and its edition written whole before anything points to it."""

from collections.abc import Sequence

from functions.aggregate import boxes, pairing, sampling
from shared import bucket
from shared.exports import files as exports
from shared.exports import pairs as exports_pairs
from shared.exports.kinds import KINDS
from shared.forms import Form
from shared.logs import JobFailed
from shared.programmes import Programme
from shared.results import counting, editions
from shared.results.editions import Document
from shared.rounds import Round
from shared.store import invitations, published


def freeze(closed: Round) -> None:
    """Write a round's edition whole, then point to it; done again, it writes the same bytes to the same place."""
    programme, forms = _asked(closed)
    edition, comments = _documents(closed, programme, forms)
    prefix = editions.prefix(closed, editions.written(edition))
    bucket.put(f"{prefix}/comments.json", editions.written(comments), "application/json")
    if closed.pairs:
        _put_pairs(prefix, pairing.comparison(closed, programme, edition))
    for kind, file in exports.files(edition):
        bucket.put(f"{prefix}/edition.{kind}", file, KINDS[kind])
    if published.freeze(closed, prefix):
        sampling.put_last(closed, edition)


def finish(frozen: Round) -> None:
    """Do what is left to do where the job was killed as soon as a round was frozen; else it changes nothing."""
    sampling.put_last(frozen, bucket.document(f"{frozen.edition}/edition.json"))


def _put_pairs(prefix: str, compared: Document | None) -> None:
    """Write a comparison as all its files; where there is none, a file that says so."""
    for kind, file in exports_pairs.files(compared) if compared else [("json", editions.written(None))]:
        bucket.put(f"{prefix}/pairs.{kind}", file, KINDS[kind])


def _asked(closed: Round) -> tuple[Programme, list[Form]]:
    programme = published.programme(closed.programme)
    versions = [form for version in closed.versions if (form := published.form(closed.programme, version))]
    if programme is None or len(versions) < len(closed.versions):
        raise JobFailed
    return programme, versions


def _documents(closed: Round, programme: Programme, versions: Sequence[Form]) -> tuple[Document, Document]:
    box_key = boxes.box_key(closed.ref)
    tally = counting.tallied(versions, boxes.answers(closed.ref, box_key), box_key)
    invited = counting.invited(invitations.invited(closed.ref))
    return editions.edition(closed, programme, versions, tally, invited), editions.comments(versions, tally)
