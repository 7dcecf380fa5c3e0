"""The job `aggregate` with all that it queues, in a process of its own, so that its memory can be told."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import boto3

from functions.aggregate.handler import handler
from infra.scale import patience
from infra.scale.measuring import Edition, Spent
from infra.times import iso
from shared import bucket, queue
from shared.logs import logger
from shared.settings import setting
from shared.store import published


def apart(at: int) -> tuple[list[Edition], float]:
    """Do it in another process; tell what each edition took, and the most memory that the process had, in MB."""
    ended = subprocess.run([sys.executable, "-m", __name__, str(at)], stdout=subprocess.PIPE, check=True, text=True)
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return [Edition(made["round"], made["answers"], Spent(**made["spent"])) for made in said["made"]], said["peak"]


def here(at: int) -> tuple[list[Edition], float]:
    """Do it in this process."""
    handler({"time": iso(at)}, None)
    return list(_made()), _peak()


def _made() -> Iterator[Edition]:
    """Take messages until there are none: those too that earlier ones lead to."""
    client, address = boto3.client("sqs"), setting("AGGREGATE_QUEUE")
    while taken := client.receive_message(QueueUrl=address, MaxNumberOfMessages=1).get("Messages"):
        turn, spent = queue.turn(taken[0]["Body"]), Spent()
        with spent.on(0):
            handler({"Records": [{"body": taken[0]["Body"]}]}, None)
        client.delete_message(QueueUrl=address, ReceiptHandle=taken[0]["ReceiptHandle"])
        answers = _counted(turn.programme, turn.round)
        spent.times = answers or 1
        yield Edition(turn.round, answers, spent)


def _counted(programme: str, round_id: str) -> int:
    """Tell how many answers a round's edition counts; 0 for the programme's own."""
    found = published.round_by_id(programme, round_id) if round_id else None
    return int(json.loads(bucket.get(f"{found.edition}/edition.json"))["n"]) if found else 0


def _peak() -> float:
    # Not getrusage: its figure begins at what the process held that started this one.
    height = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(height[1]) / 1024 if height else 0


if __name__ == "__main__":
    logger.setLevel(logging.ERROR)
    patience.wait_longer()
    made, peak = here(int(sys.argv[1]))
    sys.stdout.write(json.dumps({"made": [asdict(edition) for edition in made], "peak": peak}) + "\n")
