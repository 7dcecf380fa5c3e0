"""The programme of whose rosters most of these tests are."""

from pathlib import Path

import pytest

from shared.declarations.declared import Declared, declared
from shared.library import library
from shared.programmes import Programme


@pytest.fixture(scope="module")
def programme() -> Programme:
    folder = Path(__file__).parents[3] / "forms" / "kollegasamarbeid"
    found = declared("kollegasamarbeid", {path.name: path.read_bytes() for path in folder.glob("*.yaml")}, library())
    assert isinstance(found, Declared)
    return found.programme
