import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.bench import pairing
from shared.results.editions import Document
from tests.template import ROOT

pytestmark = pytest.mark.slow


def test_ten_thousand_pairs_on_eight_goals_take_at_most_ten_times_opening_them_and_512_mb() -> None:
    fresh = "import functions.aggregate.handler, tests.shared.measures.test_pairs_speed as it; print(*it.measured())"

    ended = subprocess.run([sys.executable, "-c", fresh], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    ratio, kilobytes, blocks = map(float, ended.stdout.split())

    assert blocks > 300
    assert ratio <= 10
    assert kilobytes <= 512 * 1024


def measured() -> tuple[float, int, int]:
    """Compare in this process; return how many times as long as opening it took, the most kilobytes held, and the groups shown."""
    given = pairing.sides()
    opening = min(seconds(lambda: pairing.opened(given)) for _ in range(2))
    made: list[Document] = []
    comparing = seconds(lambda: made.append(pairing.compared(given)))
    # Not getrusage: its figure begins at what the tests' own process held when it started this one.
    height = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert height
    return comparing / opening, int(height[1]), len(made[0]["questions"][0]["blocks"])


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
