import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.bindings import sodium_unpad
from nacl.public import PrivateKey, SealedBox

from shared.envelopes import Answer, Opener, key_pair, sealed
from shared.exports import files as exports
from shared.forms import Form
from shared.results import counting, editions
from tests.shared.examples import ROUND, SESSION, TAKEAWAY, invited, programme
from tests.template import ROOT

pytestmark = pytest.mark.slow

FORM = Form(
    {"en": "A long day"},
    "anonymous",
    (*(replace(SESSION, id=f"rating-{number}") for number in range(10)), *(replace(TAKEAWAY, id=f"text-{number}") for number in range(2))),
)
PRIVATE, PUBLIC = key_pair()


def test_aggregating_ten_thousand_answers_takes_little_beside_opening_them() -> None:
    box = full_box()

    opening = min(seconds(lambda: open_and_parse(box)) for _ in range(2))
    aggregating = min(seconds(lambda: aggregate(box)) for _ in range(2))

    assert aggregating <= 3 * opening


def test_aggregating_ten_thousand_answers_takes_at_most_512_mb() -> None:
    fresh = "import functions.aggregate.handler, tests.shared.results.test_aggregation_speed as it; print(it.most_memory())"

    ended = subprocess.run([sys.executable, "-c", fresh], cwd=ROOT, stdout=subprocess.PIPE, check=True)

    assert int(ended.stdout) <= 512 * 1024


def most_memory() -> int:
    """Aggregate in this process; return the kilobytes that it held at its height."""
    aggregate(full_box())
    # Not getrusage: its figure begins at what the tests' own process held when it started this one.
    height = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert height
    return int(height[1])


def full_box() -> list[tuple[str, bytes]]:
    """Seal a hundred different answers; ten thousand envelopes hold them."""
    chance = random.Random(7)
    different = [sealed(PUBLIC, some_answer(chance), 60) for _ in range(100)]
    return [(f"{number:032x}", different[number % 100]) for number in range(10_000)]


def some_answer(chance: random.Random) -> Answer:
    ratings = {f"rating-{number}": chance.choice(["1", "2", "3", "4", "5", "na"]) for number in range(10)}
    texts = {f"text-{number}": "A comment on the day. " * chance.randint(1, 6) for number in range(2)}
    return Answer("f" * 32, ratings | texts, ("north", "hill"), "day-1")


def open_and_parse(box: list[tuple[str, bytes]]) -> None:
    key = SealedBox(PrivateKey(PRIVATE))
    for _, envelope in box:
        padded = key.decrypt(envelope)
        json.loads(sodium_unpad(padded, len(padded)))


def aggregate(box: list[tuple[str, bytes]]) -> None:
    opener = Opener(PRIVATE)
    tally = counting.tallied([FORM], ((name, opener.opened(envelope)) for name, envelope in box), PRIVATE)
    edition, comments = editions.edition(ROUND, programme(), [FORM], tally, invited(12_000)), editions.comments([FORM], tally)
    files = dict(exports.files(edition))
    assert comments
    assert files


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
