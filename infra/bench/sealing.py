"""What sealing, opening and aggregating take, beside libsodium and the JSON parser alone."""

import json
import random
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from nacl.bindings import crypto_box_seal, crypto_box_seal_open, sodium_unpad

from infra.bench.figures import Figure, Samples, Section
from infra.bench.ground import CELL, DAY
from infra.bench.measuring import Work, in_turns
from shared.envelopes import SEAL, Answer, Opener, key_pair, sealed
from shared.exports import files as exports
from shared.forms import Form, Option, Question, form_id
from shared.programmes import Contact, Programme
from shared.response import Totals
from shared.results import counting, editions
from shared.results.counting import Invited
from shared.rounds import Round, Window

OVERHEAD = 73
"""Bytes of a stored envelope beside its seal, about."""

RATINGS, TEXTS = 10, 2
REMARKING = 0.4
"""How many write something, for each question."""

DIFFERENT = 10_000
"""Envelopes that are really different; a larger box repeats them, each under a name of its own."""

WORDS = "the day gave us time to talk about how we plan teaching together and what we want to try out before we meet again"

PRIVATE, PUBLIC = key_pair()

Box = Iterator[tuple[str, bytes]]


def _form() -> Form:
    points = tuple(Option(str(point), {"en": f"Point {point}"}) for point in range(1, 6))
    ratings = [
        Question(f"rating-{number}", "scale", {"en": f"How useful was part {number}?"}, options=points, positive=("4", "5"))
        for number in range(RATINGS)
    ]
    texts = [Question(f"text-{number}", "text", {"en": f"And what of part {number}?"}, max_length=2000) for number in range(TEXTS)]
    return Form({"en": "A long day"}, "anonymous", (*ratings, *texts))


FORM = _form()


def envelopes(count: int) -> list[bytes]:
    """Seal made-up answers, always the same ones."""
    chance = random.Random(7)  # noqa: S311 – made-up answers, no secret
    return [sealed(PUBLIC, made_up(chance), OVERHEAD) for _ in range(count)]


def made_up(chance: random.Random) -> Answer:
    """Make up an answer to every question, with a text now and then."""
    ratings = {f"rating-{number}": chance.choice("12345") for number in range(RATINGS)}
    texts = {f"text-{number}": _remark(chance) for number in range(TEXTS) if chance.random() < REMARKING}
    return Answer(form_id(FORM), ratings | texts, CELL, DAY)


def _remark(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS.split(), k=chance.randint(5, 40)))


def sealing(repetitions: int, each: int) -> Section:
    """Measure one envelope against libsodium with the same bytes."""
    answer = made_up(random.Random(7))  # noqa: S311 – made-up answers, no secret
    envelope = sealed(PUBLIC, answer, OVERHEAD)
    plain, opener = bytes(len(envelope) - SEAL), Opener(PRIVATE)
    works: list[tuple[str, Work]] = [
        ("sealing an answer", lambda: sealed(PUBLIC, answer, OVERHEAD)),
        ("libsodium sealing the same bytes", lambda: crypto_box_seal(plain, PUBLIC)),
        ("opening an answer", lambda: opener.opened(envelope)),
        ("libsodium opening the same bytes", lambda: crypto_box_seal_open(envelope, PUBLIC, PRIVATE)),
    ]
    sealing_ours, sealing_floor, opening_ours, opening_floor = in_turns(works, repetitions, each)
    return Section("One envelope", [Figure("ms CPU", sealing_ours, sealing_floor), Figure("ms CPU", opening_ours, opening_floor)])


def aggregating(repetitions: dict[int, int]) -> Section:
    """Measure making an edition of boxes of several sizes, each as often as told, and how the cost of one answer grows."""
    different = envelopes(min(DIFFERENT, max(repetitions)))
    figures = [_aggregating(different, size, count) for size, count in repetitions.items()]
    least, most = min(repetitions), max(repetitions)
    growth = Figure("ms CPU per answer", _each(figures[-1].ours, most), _each(figures[0].ours, least))
    return Section("An edition of twelve questions", [*figures, growth, _memory(different, sorted(repetitions)[1])])


def _aggregating(different: Sequence[bytes], size: int, repetitions: int) -> Figure:
    works: list[tuple[str, Work]] = [
        (f"edition of {size:,} answers", lambda: aggregate(_box(different, size))),
        ("opening and parsing alone", lambda: read(_box(different, size))),
    ]
    ours, floor = in_turns(works, repetitions, 1)
    return Figure("ms CPU", ours, floor)


def _each(samples: Samples, size: int) -> Samples:
    return Samples(f"one of {size:,} answers", tuple(value / size for value in samples.values))


def _box(different: Sequence[bytes], size: int) -> Box:
    return ((f"{number:032x}", different[number % len(different)]) for number in range(size))


def aggregate(box: Box) -> list[bytes]:
    """Do with a box all that the function does between reading it and storing the result's files."""
    opener = Opener(PRIVATE)
    answers = ((name, opener.opened(envelope)) for name, envelope in box)
    tally = counting.tallied([FORM], answers, PRIVATE)
    invited = Invited(Totals(tally.whole.respondents * 2, 0))
    edition, comments = editions.edition(ROUND, PROGRAMME, [FORM], tally, invited), editions.comments([FORM], tally)
    return [editions.written(comments), *(file for _kind, file in exports.files(edition))]


def _parsed(box: Box) -> Iterator[dict[str, dict[str, str]]]:
    for _, envelope in box:
        padded = crypto_box_seal_open(envelope, PUBLIC, PRIVATE)
        yield json.loads(sodium_unpad(padded, len(padded)))


def read(box: Box) -> None:
    """Open and parse a box, and no more."""
    for _ in _parsed(box):
        pass


def _comments(answers: Iterable[dict[str, dict[str, str]]]) -> list[str]:
    return [text for answer in answers for name, text in answer["answers"].items() if name.startswith("text-")]


def _memory(different: Sequence[bytes], size: int) -> Figure:
    """Compare the peaks of memory: an edition needs all comments at once, since it shuffles them."""
    ours = _peak(lambda: aggregate(_box(different, size)))
    floor = _peak(lambda: _comments(_parsed(_box(different, size))))
    return Figure("MB at most", Samples(f"edition of {size:,} answers", (ours,)), Samples("keeping the comments alone", (floor,)))


def _peak(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


CONTACT = Contact("The office", "office@example.org")
PROGRAMME = Programme(
    id="long",
    title={"en": "Long days"},
    languages=("en",),
    timezone="Europe/Oslo",
    sender_name="Long days",
    contact=CONTACT,
    controller="The county",
    data_protection=CONTACT,
    legal_basis={"en": "A task in the public interest"},
    complaints="The authority",
    units=("region", "school"),
    roles={},
    days=(),
    rounds=(),
)
ROUND = Round("long", DAY, "abcdefgh", form_id(FORM), "anonymous", DAY, {DAY: Window(1_793_600_000, 1_793_660_340)}, PUBLIC)

UNITS: Programme = replace(PROGRAMME, units=("county", "town", "school"))
"""The same with three levels of units."""
