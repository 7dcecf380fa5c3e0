"""Rounds of a series: what pairs a person's answers lies in her link and in the sealed envelopes, and nowhere else."""

import json
from collections.abc import Mapping

import pytest
from nacl.bindings import sodium_unpad
from nacl.public import PrivateKey, SealedBox

from shared import keys, link_keys, links
from shared.envelopes import Answer, Opener
from shared.rounds import Round
from shared.store import box, published, secrets
from shared.store.roster import Person
from tests.functions.examples import DAY, FILES, OPEN, PROGRAMME, dump, enrol, invite, oslo, participant, publish
from tests.functions.open_round import forget, get, post

pytestmark = pytest.mark.usefixtures("tables")

FIRST = """rounds:
  - form: goals
    for: once
    id: before
    opens: 7 days before day-1 at 08:00
    closes: 1 day before day-1 at 23:59
    series: goals
    stage: before
"""
SECOND = """\
  - form: goals
    for: once
    id: after
    opens: 1 day after day-1 at 08:00
    closes: 9 days later at 23:59
    series: goals
    stage: after
"""
SERIES = {
    **FILES,
    "programme.yaml": PROGRAMME.replace("rounds:\n", FIRST + SECOND),
    "goals.yaml": DAY.replace("mode: anonymous", "mode: confidential"),
}
BEFORE, AFTER = oslo("2025-08-20T09:00"), oslo("2025-08-28T09:00")


def series(files: Mapping[str, str] = SERIES) -> dict[str, Round]:
    """Publish a programme with a round before, one on the day, and one after."""
    publish(files)
    return published.rounds("walks")


def answered(asked: Round, person: Person, at: int, benefit: str) -> Answer:
    """Answer by somebody's link; return what lies in the envelope."""
    forget()
    known = {name for name, _ in box.envelopes(asked.ref)}
    path = links.path(asked.ref, link_keys.token(asked, person))
    page = post(path, {**get(path, at).form(), "benefit": benefit}, at)
    assert page.status == 200, page.text
    opener = Opener(keys.unwrapped("box", asked.ref, secrets.secret(asked.ref, "box")))
    (sealed,) = (sealed for name, sealed in box.envelopes(asked.ref) if name not in known)
    return opener.opened(sealed)


def test_a_persons_links_to_a_series_carry_one_pair_part_behind_tokens_of_their_own() -> None:
    rounds = series()
    ada, bo = enrol([participant("ada"), participant("bo")])

    tokens = [link_keys.token(rounds[name], ada) for name in ("before", "after")]

    assert {len(token) for token in tokens} == {3 * links.TOKEN_LENGTH}
    assert len({token[: links.TOKEN_LENGTH] for token in tokens}) == 2
    assert len({links.pseudonym(token) for token in tokens}) == 1
    assert links.pseudonym(link_keys.token(rounds["before"], bo)) != links.pseudonym(tokens[0])
    assert len(link_keys.token(rounds["day-1"], ada)) == links.TOKEN_LENGTH


@pytest.mark.parametrize("line", ["", "    series: other\n    stage: before\n"])
def test_a_round_that_has_opened_stays_in_its_series_so_that_its_links_stay_good(line: str) -> None:
    series()
    (ada,) = enrol([participant("ada")])
    invite(BEFORE)
    changed = SERIES["programme.yaml"].replace("    series: goals\n    stage: before\n", line)

    said = publish({**SERIES, "programme.yaml": changed}, at=BEFORE)

    assert "its links were made for its `series`" in str(said["faults"])
    assert answered(published.rounds("walks")["before"], ada, BEFORE, "2").pair


@pytest.mark.slow
def test_answers_before_and_after_carry_the_same_pseudonym_and_those_of_the_day_none() -> None:
    rounds = series()
    people = enrol([participant(name) for name in ("ada", "bo", "cy", "di", "eve")])
    invite(BEFORE)
    before = [answered(rounds["before"], person, BEFORE, "2") for person in people]
    invite(OPEN)
    day = answered(rounds["day-1"], people[0], OPEN, "3")
    invite(AFTER)
    after = [answered(rounds["after"], person, AFTER, "4") for person in people]

    assert [answer.pair for answer in before] == [answer.pair for answer in after]
    assert len({answer.pair for answer in before}) == len(people)
    assert day.pair == ""


def test_an_anonymous_envelope_holds_nothing_by_which_two_rounds_could_be_joined() -> None:
    rounds = series()
    people = enrol([participant(name) for name in ("ada", "bo")])
    told: list[set[bytes]] = []
    for name, at in (("day-1", OPEN), ("day-2", oslo("2025-10-07T13:00"))):
        invite(at)
        for person in people:
            answered(rounds[name], person, at, "4")
        told.append({plain(rounds[name], sealed) for _, sealed in box.envelopes(rounds[name].ref)})

    # Two people of one cell who answer alike leave the very same bytes: what is the same says nothing of who is who.
    (first,), (second,) = told
    assert set(json.loads(first)) == set(json.loads(second)) == {"schema", "form", "answers", "cell", "gathering"}


def plain(asked: Round, sealed: bytes) -> bytes:
    """Open an envelope and no more."""
    padded = SealedBox(PrivateKey(keys.unwrapped("box", asked.ref, secrets.secret(asked.ref, "box")))).decrypt(sealed)
    return sodium_unpad(padded, len(padded))


def test_nothing_by_which_two_answers_could_be_joined_is_stored_outside_the_envelopes() -> None:
    rounds = series()
    (ada,) = enrol([participant("ada")])
    invite(BEFORE)
    pair = answered(rounds["before"], ada, BEFORE, "2").pair
    token = link_keys.token(rounds["before"], ada)

    stored = " ".join(text for items in dump().values() for text in items)

    assert pair not in stored
    assert token[links.TOKEN_LENGTH :] not in stored
    assert token[: links.TOKEN_LENGTH] not in stored


@pytest.mark.parametrize("change", [lambda token: token[: links.TOKEN_LENGTH], lambda token: token[:50] + token[:2] + token[52:]])
def test_a_link_whose_pair_part_is_lost_or_altered_opens_nothing(change: object) -> None:
    assert callable(change)
    rounds = series()
    (ada,) = enrol([participant("ada")])
    invite(BEFORE)

    page = get(links.path(rounds["before"].ref, change(link_keys.token(rounds["before"], ada))), BEFORE)

    assert page.status == 404


def test_the_page_says_confidential_and_never_anonymous() -> None:
    rounds = series()
    (ada,) = enrol([participant("ada")])
    invite(BEFORE)

    page = get(links.path(rounds["before"].ref, link_keys.token(rounds["before"], ada)), BEFORE)

    assert "Confidential:" in page.text
    assert "nonym" not in page.text


def test_a_series_keeps_its_pair_key_when_a_round_is_added_to_it() -> None:
    publish({**SERIES, "programme.yaml": PROGRAMME.replace("rounds:\n", FIRST)})
    held = pair_keys()

    publish(SERIES)

    assert len(held) == 1
    assert pair_keys() == held


def pair_keys() -> list[str]:
    return [item for item in dump("KEYS")["KEYS"] if "SERIES#" in item]
