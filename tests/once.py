"""Set-ups that many tests begin with are done once in a process; later the account is put back as it was after them."""

import os
import pickle
import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import shared.clock
from tests.conftest import Account, forget_clients, standing, taken

P = ParamSpec("P")
T = TypeVar("T")

remembered: dict[Hashable, tuple[Account, Any]] = {}
"""The account as it was after a set-up, with what the set-up returned."""


def once(setup: Callable[P, T]) -> Callable[P, T]:
    """Do a set-up where it hasn't been done yet of the very same account; what it returns is shared, so nobody may change it."""

    @wraps(setup)
    def stood(*args: P.args, **more: P.kwargs) -> T:
        key = _key(setup, args, more)
        if key is None:
            return setup(*args, **more)
        if key not in remembered:
            returned = setup(*args, **more)
            remembered[key] = taken(), returned
        account, returned = remembered[key]
        account.stand()
        forget_clients()
        return returned

    return stood


def _key(setup: object, *arguments: object) -> Hashable:
    """Tell what the outcome depends on; nothing where the account has been asked since it stood, or a test has a clock of its own."""
    if not standing or vars(shared.clock)["time"] is not time:
        return None
    surroundings = frozenset((name, value) for name, value in os.environ.items() if not name.startswith("PYTEST"))
    try:
        return standing[0], setup, pickle.dumps(arguments), surroundings
    except (TypeError, AttributeError, pickle.PicklingError):
        return None
