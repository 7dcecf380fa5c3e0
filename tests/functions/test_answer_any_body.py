"""Whatever is posted to a link: it is stored exactly as it was sent, or refused with nothing stored."""

import unicodedata
from collections.abc import Mapping
from itertools import count
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shared import envelopes, links
from shared.store import box, invitations
from tests.functions.open_round import PRIVATE, REF, form_of, invitation, open_round, path, post, token

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("walks")]

LONGEST = 1000
CODES = ["1", "2", "3", "4", "5", "na", "6", "٣", "3.0", " 3", ""]
NAMES = st.sampled_from(["benefit", "tents", "takeaway", "takeaway", "takeaway.other", "_switch", "_form"]) | st.text(max_size=5)
TEXTS = st.sampled_from(CODES) | st.text(max_size=40) | st.text(alphabet="å\u030a\r\n\t\0 A<&\u200d", max_size=1100)
FIELDS = st.lists(st.tuples(NAMES, TEXTS), max_size=4)
SOUND = st.fixed_dictionaries({}, optional={"benefit": st.sampled_from("12345"), "tents": st.sampled_from(["1", "na"]), "takeaway": TEXTS})

numbers = count(10)
"""Somebody else sends each body."""


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def whatever(test: object) -> object:
    """Let hypothesis use one round for all its examples."""
    return settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])(test)


def fresh() -> tuple[int, dict[str, str]]:
    """Invite somebody and open her form; return her number and what travels along in it."""
    number = next(numbers)
    invitations.put_invitation(REF, invitation(number))
    return number, {name: value for name, value in form_of(number).items() if name.startswith("_")}


def is_exact(number: int, body: bytes) -> bool:
    """Send a body; hold what is in the box against what was sent, and tell whether it was stored."""
    known = {name for name, _ in box.envelopes(REF)}

    page = post(path(number), body)

    new = [sealed for name, sealed in box.envelopes(REF) if name not in known]
    sender = invitations.invitation(REF, links.fingerprint(token(number)))
    assert sender is not None
    if "data-sent" not in page.text:
        assert (new, sender.answered) == ([], None)
        return False
    assert sender.answered
    assert [dict(envelopes.opened(PRIVATE, sealed).answers) for sealed in new] == [meant(body)]
    return True


def meant(body: bytes) -> Mapping[str, str]:
    """Work out from a body alone what its sender answered."""
    pairs = [(name, cleaned(value)) for name, value in parse_qsl(body.decode(), keep_blank_values=True) if not name.startswith("_")]
    assert len(dict(pairs)) == len(pairs)
    return {name: value for name, value in pairs if value}


def cleaned(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = [letter for letter in lines if letter in "\n\t" or ord(letter) not in {*range(32), *range(127, 160)}]
    return unicodedata.normalize("NFC", "".join(kept)).strip()


@whatever
@given(SOUND)
@example({"takeaway": "A\u030a\r\n\0<b>"})
def test_what_a_form_can_send_is_stored_exactly_unless_it_is_empty_or_too_long(typed: dict[str, str]) -> None:
    number, hidden = fresh()
    body = urlencode(hidden | typed).encode()
    answered = meant(body)

    assert is_exact(number, body) == (bool(answered) and len(answered.get("takeaway", "")) <= LONGEST)


@whatever
@given(FIELDS, st.booleans())
def test_fields_of_any_name_and_value_are_stored_exactly_or_refused(fields: list[tuple[str, str]], along: bool) -> None:
    number, hidden = fresh()

    is_exact(number, urlencode([*(hidden.items() if along else []), *fields]).encode())


@whatever
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_refused(body: bytes) -> None:
    assert not is_exact(0, body)


@whatever
@given(st.data())
def test_a_form_of_which_a_byte_is_changed_left_out_or_added_on_its_way_is_stored_as_it_came_or_refused(data: st.DataObject) -> None:
    number, hidden = fresh()
    body = urlencode(hidden | {"benefit": "4", "takeaway": "å & b"}).encode()
    at = data.draw(st.integers(0, len(body)))
    cut, put = data.draw(st.sampled_from([(0, 1), (1, 0), (1, 1)]))

    is_exact(number, body[:at] + data.draw(st.binary(min_size=put, max_size=put)) + body[at + cut :])
