"""What somebody learns who has everything that is stored, and some of the secrets or all: from outside, and of whom."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b, sha256
from itertools import product
from typing import Any

import pytest

from shared import letters, links
from shared.envelopes import Opener
from shared.envelopes import Unopenable as Sealed
from shared.logs import logger
from shared.store.invitations import cell_text
from tests.conftest import account_in_process
from tests.functions.aggregating import aggregate
from tests.functions.examples import event
from tests.functions.lives import ANSWERING, BUDDIES, KEEPERS, LATER, OF_TEAM, USUAL, WRITERS, letter, live, remark
from tests.functions.stolen import Stolen, stolen

pytestmark = pytest.mark.slow

SWAPPED = (1, 0, *USUAL[2:])


def lived(order: tuple[int, ...], sharing: tuple[int, int] = BUDDIES) -> Stolen:
    """Run a programme until its last round is open, and take a copy."""
    log = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, account_in_process(patch):
        patch.setattr(logger.registered_handler, "stream", log)
        live(order, sharing)
        aggregate(event(LATER), None)
        return stolen(log)


@pytest.fixture(scope="module")
def dump() -> Stolen:
    return lived(USUAL)


def test_the_dump_is_whole(dump: Stolen) -> None:
    """Guard the tests below: a dump that read nothing would pass them all."""
    assert {name: len(items) for name, items in dump.items.items() if name in ("BOX", "LETTERS")} == {
        "BOX": 27,
        "LETTERS": len(WRITERS) + 1 + 1 + 2 * len(KEEPERS),
    }
    assert {purpose for _, purpose in dump.secrets} == {"link", "box", "pair", "letter"}
    assert [found.id for found in dump.rounds.values() if found.edition] == ["before", "day-1"]
    assert dump.messages
    assert "planned" in dump.log
    assert remark(0) in [answered.answers["takeaway"] for _, _, answered in dump.opened()]


def test_nothing_that_anybody_wrote_can_be_read(dump: Stolen) -> None:
    told = dump.text()

    assert [text for number in range(ANSWERING) for text in (remark(number), letter(number), OF_TEAM) if text in told] == []
    assert not [raw for raw in sealed(dump) if b"What " in raw]


def sealed(dump: Stolen) -> list[bytes]:
    return [bytes(item["sealed"]["B"]) for table in ("BOX", "LETTERS") for item in dump.items[table]]


def test_with_every_secret_but_the_box_keys_no_envelope_opens(dump: Stolen) -> None:
    tried = [*dump.of("link", "pair", "letter"), *(found.public_key for found in dump.rounds.values())]
    box = [bytes(item["sealed"]["B"]) for item in dump.items["BOX"]]

    assert not [envelope for secret, envelope in product(tried, box) if opens(secret, envelope)]


def opens(secret: bytes, envelope: bytes) -> bool:
    try:
        Opener(secret).opened(envelope)
    except Sealed:
        return False
    return True


def test_with_the_box_keys_an_answer_comes_from_at_least_five_who_were_invited(dump: Stolen) -> None:
    answers = list(dump.opened())

    assert len(answers) == 3 * ANSWERING
    for found, _, answered in answers:
        invited = Counter((item["cell"]["S"], item["gathering"]["S"]) for item in dump.invited(found))
        assert invited[cell_text(answered.cell), answered.gathering] >= 5


def test_who_of_a_cell_said_what_and_which_buddy_shared_and_who_kept_a_copy_makes_no_difference_to_anything_stored(dump: Stolen) -> None:
    other = lived(SWAPPED, sharing=(1, 0))

    assert other.known() == dump.known()


def test_across_cells_it_does_make_a_difference(dump: Stolen) -> None:
    """Guard the test above: it would see who has said what, were that to be seen."""
    other = lived((6, *range(1, 6), 0, 7, 8))

    assert other.known() != dump.known()


def test_nothing_in_or_on_an_envelope_is_or_becomes_anything_that_lies_elsewhere(dump: Stolen) -> None:
    drawn = {name for _, item, answered in dump.opened() for name in (item["sk"]["S"], answered.pair) if name}
    elsewhere = {value for name, item in stored(dump) for typed in item.values() for value in words(typed) if name != "BOX"}
    elsewhere |= {value for name, item in stored(dump) for of in item.keys() - {"sk"} for value in words(item[of]) if name == "BOX"}
    known = {made for name in drawn for found in dump.rounds.values() for made in (*made_of(name), letters.name(name, found.ref))}

    assert len(drawn) == 3 * ANSWERING + ANSWERING
    assert not drawn & {made for value in elsewhere for made in made_of(value)}
    assert not known & elsewhere
    assert not [name for name in drawn if name in "\n".join([*dump.messages, *dump.objects, *dump.objects.values(), dump.log])]


def stored(dump: Stolen) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """List all items, each with the name of its table."""
    return ((name, item) for name, items in dump.items.items() for item in items)


def words(typed: dict[str, object]) -> Iterator[str]:
    for value in typed.values():
        if isinstance(value, str):
            yield from (value, *value.split("#"))


def made_of(value: str) -> Iterator[str]:
    """Guess at what could have been made of something."""
    for made in (value, sha256(value.encode()).hexdigest(), blake2b(value.encode(), digest_size=16).hexdigest()):
        yield from (made, made[:32])


def test_only_the_pair_key_tells_whose_answers_of_a_series_are_whose(dump: Stolen) -> None:
    pseudonyms = {answered.pair for _, _, answered in dump.opened() if answered.pair}

    def found(*secrets: bytes) -> set[str]:
        return pseudonyms & {links.pseudonym("x" * 26 + links.pair_part(secret, person.id)) for secret in secrets for person in dump.people}

    assert found(*dump.of("link", "box", "letter")) == set()
    assert found(*dump.of("pair")) == pseudonyms


def test_letters_and_copies_open_by_what_makes_their_writers_links_and_by_no_other_secret(dump: Stolen) -> None:
    own, copies = dump.of("letter"), dump.of("pair")

    assert read(dump, dump.of("link", "box"), dump.of("link", "box")) == set()
    assert read(dump, copies, own) == set()
    assert read(dump, own, copies) == {OF_TEAM, *map(letter, WRITERS), *map(remark, KEEPERS)}


def read(dump: Stolen, of_letters: list[bytes], of_copies: list[bytes]) -> set[str]:
    """Read all letters and copies whose writers' links can be made with some secrets."""
    seeds = [links.letter_seed(secret, person.id, person.participant.email) for secret in of_letters for person in dump.people]
    seeds += [links.team_seed(secret, person.participant.team, person.participant.units) for secret in of_letters for person in dump.people]
    seeds += [links.copy_part(secret, person.id, person.participant.email) for secret in of_copies for person in dump.people]
    return {
        text
        for seed, found, item in product(seeds, dump.rounds.values(), dump.items["LETTERS"])
        if (text := opened(seed, found.ref, bytes(item["sealed"]["B"])))
    }


def opened(seed: str, ref: str, content: bytes) -> str:
    """Read a letter, or what was shared with whose seed this is."""
    with suppress(letters.Unopenable):
        return str(letters.opened(seed, ref, content).answers["takeaway"])
    with suppress(letters.Unopenable):
        return str(letters.opened_by(seed, content).answers["takeaway"])
    return ""


def test_no_link_can_be_made_of_what_is_stored_alone(dump: Stolen) -> None:
    told = dump.text()

    for found in dump.rounds.values():
        if (found.ref, "link") in dump.secrets:
            tokens = [links.answer_token(dump.secrets[found.ref, "link"], person.id) for person in dump.people]
            assert not [token for token in tokens if token in told]
