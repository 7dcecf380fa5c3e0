"""`make bench`: measure everything, show the table, write bench.json."""

import sys
import time
from collections.abc import Iterator

from infra.bench import answering, counting, desk, ground, mailing, pairing, publishing, report, rosters, sealing, starting, weighing
from infra.bench.figures import Section


def main() -> None:
    """Measure section after section and tell what was measured, whatever fails; a missed target is told, and is no failure."""
    began = time.monotonic()
    sections: list[Section] = []
    try:
        sections.extend(_alone())
        sections.extend(_deployed())
    finally:
        report.write(sections)
        report.show(sections)
        _say(f"Written to {report.FILE.name} after {time.monotonic() - began:.0f} s.")


def _alone() -> Iterator[Section]:
    """Measure what needs no stack."""
    _say("Importing each function in fresh interpreters …")
    yield starting.starting(7, starting.functions(), compiled=True)
    _say("The same for the participants' pages, without compiled modules …")
    yield starting.starting(3, ["answer"], compiled=False)
    _say("Sealing and opening …")
    yield sealing.sealing(7, 500)
    _say("Aggregating 1,000, 10,000 and 100,000 answers …")
    yield sealing.aggregating({1_000: 7, 10_000: 5, 100_000: 3})
    _say("Counting 10,000 answers from 300 schools …")
    yield counting.breaking_down(5)
    _say("Comparing 10,000 pairs …")
    yield pairing.pairing(5)
    _say("Previewing a roster of 20,000 …")
    yield rosters.previewing(5)


def _deployed() -> Iterator[Section]:
    """Measure what needs DynamoDB."""
    with ground.deployed(_say):
        _say("Publishing the example programme …")
        first, second = ground.prepared()
        _say("Publishing a long programme …")
        yield publishing.publishing(5)
        _say("Planning and sending mails, with up to 100,000 people on file …")
        third = ground.of_day("day-3")
        yield mailing.planning(third, (10, 1_000, 100_000), 5, 5)
        yield mailing.sending(third, 5, 20)
        _say("Opening forms …")
        yield answering.viewing(first, 9, 100)
        _say("Sending answers …")
        yield answering.sending(first, 9, 50)
        _say("Inviting 10,000 and looking at the desk …")
        yield desk.looking(first, second, 10_000, 9, 100)
        _say("Counting units …")
        yield answering.costs(first, 5)
        _say("Publishing results and weighing pages …")
        desk.publish_results(second)
        yield weighing.weighing(first)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
