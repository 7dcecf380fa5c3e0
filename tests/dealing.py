"""How tests are dealt out to processes."""

from functools import cache

from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from tests.template import ROOT


class Together(LoadFileScheduling):  # type: ignore[misc]
    """Gives all tests of a file to one process, and all files about the journey to the same, so that it is travelled once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "journey" if _is_about_the_journey(file) else file


@cache
def _is_about_the_journey(file: str) -> bool:
    return "journey: Journey" in (ROOT / file).read_text(encoding="utf-8")
