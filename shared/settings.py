"""What a function is told by its environment; see `template.yaml`."""

import os


class MissingSetting(Exception):
    """The environment lacks a setting that this function needs."""


def setting(name: str) -> str:
    """Return one setting; raise `MissingSetting` where there is none."""
    value = os.environ.get(name)
    if value is None:
        raise MissingSetting(name)
    return value


def is_local() -> bool:
    """Tell whether this is the stack on somebody's own machine, the only one whose clock can be moved."""
    return setting("STAGE") == "local"
