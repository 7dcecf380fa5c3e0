"""The comparison of a series: a later round's answers paired with the first one's, in memory; the pseudonyms never leave it."""

import hmac
from collections.abc import Collection, Iterator, Sequence
from random import Random

from functions.aggregate import boxes
from shared import bucket, response, rounds
from shared.programmes import Programme
from shared.results import breakdowns, series, series_documents
from shared.results.counting import Place
from shared.results.editions import Document
from shared.results.series import Both, Part
from shared.rounds import Round
from shared.store import invitations, published
from shared.store.secrets import Destroyed


def waits(closed: Round) -> bool:
    """Tell whether a round's turn comes later: an earlier one of its series is to be published first."""
    return any(other.edition is None for other in _earlier(closed))


def comparison(closed: Round, programme: Programme, edition: Document) -> Document | None:
    """Compare a round with the first of its series, given its own edition; None where it is the first, pairs nothing or was overtaken."""
    earlier = _earlier(closed)
    if not earlier or _is_overtaken(closed, earlier):
        return None
    try:
        before = _part(earlier[0], programme, _stored(earlier[0]))
    except Destroyed:
        # The series was over, and its answers were deleted, before one more form was added.
        return None
    compared: list[Both] = []
    for other in earlier[1:]:
        compared.append(_both(before, other, programme, _stored(other), compared))
    return series_documents.document(_both(before, closed, programme, edition, compared), closed.programme, closed.series)


def _earlier(closed: Round) -> list[Round]:
    """List the rounds that a round is paired with, the first one first."""
    return rounds.earlier_of_series(closed, _known(closed)) if closed.pairs else []


def _is_overtaken(closed: Round, earlier: Sequence[Round]) -> bool:
    """Tell whether a round that opened later is compared already, without this one, which was published too late to be counted in."""
    later = (other for other in _known(closed) if other.pairs == closed.pairs and other.id != closed.id and other not in earlier)
    return any(other.edition for other in later)


def _known(closed: Round) -> Collection[Round]:
    return published.rounds(closed.programme).values()


def _both(before: Part, closed: Round, programme: Programme, edition: Document, compared: Sequence[Both]) -> Both:
    """Choose a round's pairs: by chance, but the same ones each time, so that a job killed half way chooses them again."""
    key = boxes.box_key(closed.ref)
    return series.chosen(before, _part(closed, programme, edition), Random(hmac.digest(key, b"pairs", "sha256")), compared)  # noqa: S311


def _part(of: Round, programme: Programme, edition: Document) -> Part:
    forms = [form for version in of.versions if (form := published.form(of.programme, version))]
    answers = ((name, answer) for name, answer in boxes.answers(of.ref, boxes.box_key(of.ref)) if answer)
    return Part(forms, edition, breakdowns.levels(of, programme), series.respondents(forms, answers), dict(_invited(of)))


def _invited(of: Round) -> Iterator[tuple[str, Place]]:
    for item in invitations.invited(of.ref):
        if response.state(item, closed=True) != "absent":
            yield item.person, Place(item.gathering, item.cell)


def _stored(other: Round) -> Document:
    return bucket.document(f"{other.edition}/edition.json")
