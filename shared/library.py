"""The library: forms to start from, shipped with whatever checks or publishes programmes."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "forms" / "library"


def library() -> Mapping[str, bytes]:
    """Read the library's files, by their names."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
