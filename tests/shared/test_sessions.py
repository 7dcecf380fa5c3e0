import pytest

from shared import sessions
from shared.sessions import IDLE, LONGEST, Session

START = 1_800_000_000


@pytest.mark.parametrize(
    ("seen", "now", "alive"),
    [
        (0, 0, True),
        (0, IDLE - 1, True),
        (0, IDLE, False),
        (LONGEST - 60, LONGEST - 1, True),
        (LONGEST - 60, LONGEST, False),
        (0, LONGEST * 10, False),
        (5, 0, True),
    ],
)
def test_a_session_holds_while_it_is_used_and_no_longer_than_a_working_day(seen: int, now: int, *, alive: bool) -> None:
    assert sessions.is_alive(Session("owner@example.org", START, START + seen), START + now) is alive


def test_times_are_as_promised() -> None:
    assert (sessions.SIGN_IN, sessions.IDLE, sessions.LONGEST) == (600, 1800, 36_000)


def test_secrets_are_long_and_never_the_same() -> None:
    drawn = {sessions.new_secret() for _ in range(1000)}

    assert len(drawn) == 1000
    assert all(map(sessions.is_secret, drawn))


@pytest.mark.parametrize("text", ["", "a" * 42, "a" * 44, "a" * 42 + "\n", "a" * 42 + "é", "a" * 42 + "\udcff", "a" * 43 + "\n"])
def test_what_was_never_drawn_is_no_secret(text: str) -> None:
    assert not sessions.is_secret(text)


def test_a_form_s_token_belongs_to_one_secret_and_does_not_tell_it() -> None:
    one, another = sessions.new_secret(), sessions.new_secret()
    token = sessions.form_token(one)

    assert sessions.is_form_token(one, token)
    assert not sessions.is_form_token(another, token)
    assert not sessions.is_form_token(one, "")
    assert not sessions.is_form_token(one, token + "é")
    assert one not in token
    assert token != sessions.fingerprint(one)


def test_what_ties_a_sign_in_elsewhere_to_its_browser_can_be_made_by_that_browser_s_cookie_alone() -> None:
    mine, state = sessions.new_secret(), sessions.new_secret()
    left = sessions.departure(mine, state)

    others = [sessions.departure(sessions.new_secret(), state), sessions.departure(mine, sessions.new_secret())]

    assert sessions.departure(mine, state) == left
    assert len({left.state, left.nonce, left.verifier, *(part for other in others for part in (other.nonce, other.verifier))}) == 7
    assert sessions.is_secret(left.nonce)
    assert sessions.is_secret(left.verifier)
