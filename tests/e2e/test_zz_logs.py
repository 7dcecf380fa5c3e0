"""Last of all, hence its name: no log of the whole end-to-end session holds a token, an address or an answer."""

from collections.abc import Mapping

import pytest

from infra.stack.deploying import Stack
from tests.e2e.journey import WALKER, Journey
from tests.e2e.unspoken import Unspoken, logs

CALLED = ["Publish", "Invite", "Send", "Answer", "Aggregate"]
"""The functions that the session has called on the stack."""


@pytest.fixture(scope="module")
def logged(journey: Journey, stack: Stack, unspoken: Unspoken) -> Mapping[str, str]:  # noqa: ARG001 – there is something to log after it
    """Read all logs, by group or file."""
    return {**dict(logs(stack)), "this process": unspoken.log.getvalue()}


def test_no_log_holds_a_token_an_address_or_an_answer(logged: Mapping[str, str], unspoken: Unspoken) -> None:
    assert {name: unspoken.found_in(text) for name, text in logged.items() if unspoken.found_in(text)} == {}


def test_there_are_logs_and_secrets_so_the_search_is_not_in_vain(logged: Mapping[str, str], unspoken: Unspoken) -> None:
    groups = [name for name in logged if "/aws/" in name]

    assert all(any(f"{function}Log" in name and "RequestId" in logged[name] for name in groups) for function in CALLED)
    assert len(unspoken) > 50
    assert unspoken.found_in(f"sent to {WALKER.upper()}") == {WALKER}
    assert unspoken.found_in("takeaway=M%C3%B8ter+med+et+klart+m%C3%A5l+%E2%80%93+og+%C2%ABtid%C2%BB+til+%C3%A5+lytte")
