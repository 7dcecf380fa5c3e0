"""`make scale`: run the seminar at a tenth of its size and at its whole, and show what each part took."""

import logging
import sys
import time

import click
from rich.console import Console

from infra.bench import ground
from infra.scale import patience, report, resting, running
from shared.logs import logger

FULL = 10_000
TENTH = 10


@click.command()
@click.option("--people", default=FULL, show_default=True, help="How many take part; a tenth of them run before, for comparison.")
def main(people: int) -> None:
    """Run the seminar in an emulator of its own; a figure that contradicts another ends it."""
    began = time.monotonic()
    logger.setLevel(logging.ERROR)

    def say(text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.0f} s  {text}\n")

    with ground.deployed(say) as outputs:
        resting.rest(outputs)
        patience.wait_longer()
        runs = [running.run(f"seminar-{size}", size, say) for size in (max(people // TENTH, 1), people)]
    Console().print(report.table(runs))


if __name__ == "__main__":
    main()
