"""What logs hold while a journey has been travelled; the fixture ``unspoken`` searches all of them once more in the end."""

from collections.abc import Mapping

import pytest

from infra.stack.deploying import Stack
from tests.e2e.journey import WALKER, Journey
from tests.e2e.unspoken import Unspoken, logged

CALLED = ["Publish", "Invite", "Send", "Answer", "Aggregate"]
"""The functions that a journey calls on the stack."""


@pytest.fixture(scope="module")
def logs(journey: Journey, stack: Stack, unspoken: Unspoken) -> Mapping[str, str]:
    """Read all logs, by group or file, once there is something to log."""
    assert journey.published
    return dict(logged(stack, unspoken))


def test_no_log_holds_a_token_an_address_or_an_answer(logs: Mapping[str, str], unspoken: Unspoken) -> None:
    assert unspoken.found(logs) == {}


def test_there_are_logs_and_secrets_so_the_search_is_not_in_vain(logs: Mapping[str, str], unspoken: Unspoken) -> None:
    groups = [name for name in logs if "/aws/" in name]

    assert all(any(f"{function}Log" in name and "RequestId" in logs[name] for name in groups) for function in CALLED)
    assert len(unspoken) > 50
    assert unspoken.found_in(f"sent to {WALKER.upper()}") == {WALKER}
    assert unspoken.found_in("takeaway=M%C3%B8ter+med+et+klart+m%C3%A5l+%E2%80%93+og+%C2%ABtid%C2%BB+til+%C3%A5+lytte")
