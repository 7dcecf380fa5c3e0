import json
import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import mail_tags
from shared.arrivals import GREETING, WEIGHTS, Arrival, Event, below, event, is_lost
from shared.mail_tags import About, FormTag
from tests.functions.ses_events import PERMANENT, TRANSIENT, UNDETERMINED, bounce, complaint, delay, delivery, enveloped, reject

ABOUT = About("walks", "p" * 32, True, (FormTag("abcdefgh", "f" * 64, 0, 0), FormTag("hgfedcba", "e" * 64, 17, 17)), ("bring-a-map",))
MAIL = {
    "messageId": "0110",
    "destination": ["Kari <kari@Example.org>"],
    "tags": {name: [value] for name, value in mail_tags.tags(ABOUT).items()} | {"ses:from-domain": ["example.org"]},
}

TOLD = [
    (bounce(MAIL, PERMANENT), "bounced"),
    (bounce(MAIL, {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList"}), "bounced"),
    (bounce(MAIL, TRANSIENT), "soft bounced"),
    (bounce(MAIL, UNDETERMINED), "soft bounced"),
    (complaint(MAIL), "complained"),
    (complaint(MAIL, complaintFeedbackType="abuse"), "complained"),
    (delivery(MAIL), "delivered"),
    (delay(MAIL), "delayed"),
    (reject(MAIL), "rejected"),
]


@pytest.mark.parametrize(("told", "arrival"), TOLD)
def test_an_event_of_the_mail_service_is_read(told: dict[str, object], arrival: Arrival) -> None:
    found = event(enveloped(json.dumps(told)))

    assert found is not None
    assert found == Event(arrival, "0110", ("kari@example.org",), ABOUT, found.at)
    assert found.at == (0 if arrival == "rejected" else 1_756_224_005)


@pytest.mark.parametrize(
    "message", [GREETING, json.dumps(complaint(MAIL, complaintFeedbackType="not-spam")), json.dumps({"eventType": "Send", "mail": MAIL})]
)
def test_what_tells_nothing_of_a_mail_s_fate_is_passed_over(message: str) -> None:
    assert event(enveloped(message)) is None


def test_a_mail_without_our_tags_is_about_nobody() -> None:
    found = event(enveloped(json.dumps(bounce({**MAIL, "tags": {}}))))

    assert found is not None
    assert found.about == About()


def heaviest(arrivals: list[Arrival]) -> str:
    """Note one after the other, as the table does."""
    known = ""
    for arrival in arrivals:
        if not known or known in below(arrival):
            known = arrival
    return known


@given(st.lists(st.sampled_from(WEIGHTS), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_in_any_order_and_repeated_the_same_holds_in_the_end(arrivals: list[Arrival], chance: object) -> None:
    shuffled = arrivals + arrivals[:2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert heaviest(shuffled) == heaviest(arrivals)


def test_all_orders_of_everything_end_with_the_weightiest() -> None:
    assert {heaviest(list(order)) for order in permutations(WEIGHTS)} == {"complained"}


@pytest.mark.parametrize(
    ("mail", "arrival", "lost"),
    [
        ("pending", "", False),
        ("sent", "", False),
        ("sent", "delivered", False),
        ("sent", "soft bounced", False),
        ("sent", "rejected", True),
        ("sent", "bounced", True),
        ("pending", "complained", True),
        ("refused", "", True),
        ("gone", "", True),
    ],
)
def test_who_is_not_reached(mail: str, arrival: str, lost: bool) -> None:
    assert is_lost(mail, arrival) is lost


SLUG = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)
MOMENT = st.integers(0, 2**33)
FORM = st.builds(FormTag, st.just("abcdefgh"), st.just("f" * 64), MOMENT, MOMENT)
TAKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")


@pytest.mark.slow
@given(
    st.builds(About, SLUG, st.just("0" * 32), st.booleans(), st.lists(FORM, max_size=20).map(tuple), st.lists(SLUG, max_size=20).map(tuple))
)
def test_tags_are_read_as_they_were_written_and_are_such_as_the_mail_service_takes(about: About) -> None:
    written = mail_tags.tags(about)

    assert mail_tags.about({name: [value] for name, value in written.items()}) == about
    assert len(written) <= 50
    assert all(TAKEN.fullmatch(text) for pair in written.items() for text in pair)
