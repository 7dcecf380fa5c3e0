"""What counting and protecting take with three levels of units, beside reading alone and beside a database's counts of plain JSON lines."""

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from infra.bench import sealing
from infra.bench.figures import Figure, Section
from infra.bench.measuring import Work, in_turns
from infra.bench.sealing import FORM, PRIVATE, PUBLIC, ROUND, UNITS
from shared.envelopes import Answer, Opener, sealed
from shared.exports import files as exports
from shared.protection import suppression
from shared.response import Totals
from shared.results import counting, editions, programme_editions
from shared.results.counting import Invited, Tally
from shared.results.editions import Document

ANSWERS = 10_000
ROUNDS = 40
COUNTIES, TOWNS, SCHOOLS = 5, 10, 6
"""Counties, towns in each, schools in each town: 300 schools."""

COUNTS = """
select cell, question.key, question.value, count(*) from (
  select cell, unnest(map_entries(answers)) as question
  from read_json(?, format = 'newline_delimited', columns = {answers: 'map(varchar, varchar)', cell: 'varchar[]'})
) where not starts_with(question.key, 'text') group by all
"""
"""The counts by school of what was chosen, for each question and option."""


def breaking_down(repetitions: int) -> Section:
    """Measure counts, an edition with its files, suppression, and a programme's edition."""
    answers = list(_answers(random.Random(7)))  # noqa: S311 – made-up answers, no secret
    box = [(f"{number:032x}", sealed(PUBLIC, answer, sealing.OVERHEAD)) for number, answer in enumerate(answers)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        lines.writelines(f"{_line(answer)}\n" for answer in answers)
        lines.flush()
        return Section(f"{ANSWERS:,} answers from 300 schools", list(_figures(box, Path(lines.name), repetitions)))


def _answers(chance: random.Random) -> Iterator[Answer]:
    schools = [
        (f"County {county}", f"Town {county}-{town}", f"School {county}-{town}-{school}")
        for county in range(COUNTIES)
        for town in range(TOWNS)
        for school in range(SCHOOLS)
    ]
    return (replace(sealing.made_up(chance), cell=chance.choice(schools)) for _ in range(ANSWERS))


def _line(answer: Answer) -> str:
    return json.dumps({"answers": answer.answers, "cell": answer.cell}, ensure_ascii=False)


def _figures(box: Sequence[tuple[str, bytes]], lines: Path, repetitions: int) -> Iterator[Figure]:
    works: list[tuple[str, Work]] = [
        ("counting, opening included", lambda: _tally(box)),
        ("edition and its files", lambda: _files(_tally(box))),
        ("opening and parsing alone", lambda: sealing.read(iter(box))),
    ]
    counts, whole, floor = in_turns(works, repetitions, 1)
    yield Figure("ms CPU", counts, floor, most_ratio=3)
    yield Figure("ms CPU", whole, floor, most_ratio=10)
    ours, theirs = in_turns([("counting plain JSON lines", lambda: _plain(lines)), ("duckdb", lambda: _duckdb(lines))], repetitions, 1)
    yield Figure("ms CPU", ours, theirs)
    yield _suppression(repetitions)
    yield _programme(_edition(_tally(box)), repetitions)


def _tally(box: Sequence[tuple[str, bytes]]) -> Tally:
    opener = Opener(PRIVATE)
    return counting.tallied([FORM], ((name, opener.opened(envelope)) for name, envelope in box), PRIVATE)


def _edition(tally: Tally) -> Document:
    places = {place: 2 * counts.respondents for place, counts in tally.places.items()}
    return editions.edition(ROUND, UNITS, [FORM], tally, Invited(Totals(sum(places.values()), 0), places, places))


def _files(tally: Tally) -> list[bytes]:
    edition, comments = _edition(tally), editions.comments([FORM], tally)
    return [editions.written(comments), *(file for _kind, file in exports.files(edition))]


def _plain(lines: Path) -> Tally:
    with lines.open() as file:
        found = enumerate(map(json.loads, file))
        answers = ((str(at), Answer(ROUND.form, line["answers"], tuple(line["cell"]), "")) for at, line in found)
        return counting.tallied([FORM], answers, PRIVATE)


def _duckdb(lines: Path) -> list[object]:
    with duckdb.connect() as database:
        return list(database.execute(COUNTS, [str(lines)]).fetchall())


def _suppression(repetitions: int) -> Figure:
    """Choose the pattern of 2,000 schools in 50 municipalities and 10 regions."""
    chance = random.Random(7)  # noqa: S311 – made-up counts, no secret
    schools: dict[suppression.Path, int] = {
        (f"{at % 10}", f"{at % 50}", f"{at}"): chance.choice((0, 1, 2, 3, 4, 5, 8, 13)) for at in range(2_000)
    }
    ours, floor = in_turns(
        [("suppression for 2,000 schools", lambda: suppression.pattern(schools)), ("adding them up", lambda: suppression.totals(schools))],
        repetitions,
        3,
    )
    return Figure("ms CPU", ours, floor, most=50)


def _programme(edition: Document, repetitions: int) -> Figure:
    """Merge as many rounds of this size as a long programme has, from their files."""
    written = editions.written(edition)

    def rounds() -> Iterator[Document]:
        return (json.loads(written) | {"round": f"day-{number}"} for number in range(1, ROUNDS + 1))

    def only_parsed() -> None:
        for _ in rounds():
            pass

    works: list[tuple[str, Work]] = [
        ("programme's edition of 400,000 answers", lambda: editions.written(programme_editions.edition(UNITS, rounds()))),
        ("parsing its rounds' editions", only_parsed),
    ]
    ours, floor = in_turns(works, max(repetitions // 2, 1), 1)
    return Figure("ms CPU", ours, floor, most=5_000)
