"""Publishing the same programme from several places at once, against a DynamoDB that takes calls in parallel."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from shared.store import publications, published, publishing
from tests.functions.examples import DAY, FILES, PROGRAMME, publish

LATER = FILES | {"programme.yaml": PROGRAMME.replace("2025-", "2035-")}
"""Far enough ahead that none of the stack's own jobs takes an interest."""

WISHES = [LATER | {"day.yaml": DAY.replace("Utbytte?", f"Utbytte {number}?")} for number in range(4)]


@pytest.mark.usefixtures("stack_settings")
def test_of_several_who_publish_at_once_one_s_files_stand_whole_and_the_others_are_told() -> None:
    publish(LATER)

    for turn in range(5):
        wishes = [{**files, "day.yaml": files["day.yaml"].replace("Hva?", f"Hva {turn}?")} for files in WISHES]
        said = at_once(wishes)

        stands = publishing.standing("walks")
        winners = [files for files, answer in zip(wishes, said, strict=True) if "faults" not in answer]
        assert winners
        assert all("publish again" in answer["faults"][0] for answer in said if "faults" in answer)
        forms = {name: published.form("walks", found.form) for name, found in stands.rounds.items()}
        texts = {form.questions[0].text["nb"] + form.questions[1].text["nb"] for form in forms.values() if form}
        assert len(texts) == 1
        newest = publications.newest("walks")
        assert newest
        assert {name: found.form for name, found in stands.rounds.items()} == newest.forms
        assert len(list(publications.publications("walks"))) >= turn + 2


def at_once(wishes: list[dict[str, str]]) -> list[Mapping[str, Any]]:
    barrier = Barrier(len(wishes))

    def one(files: dict[str, str]) -> Mapping[str, Any]:
        barrier.wait()
        return publish(files)

    with ThreadPoolExecutor(len(wishes)) as threads:
        return list(threads.map(one, wishes))
