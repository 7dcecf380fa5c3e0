"""A small programme lived through: a series, a day, letters and what is shared of them, by twelve people at two schools."""

from dataclasses import replace

from shared import link_keys, links
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import published
from shared.store.roster import Person
from tests.functions.aggregating import aggregate
from tests.functions.buddying import Writer
from tests.functions.examples import OPEN, enrol, event, invite, oslo, participant, publish
from tests.functions.open_round import forget, get, post
from tests.functions.retiring import FILES as RETIRED
from tests.functions.test_confidential import AFTER, BEFORE

PLAN = """\
  - form: plan
    for: once
    id: plan
    opens: on day-1 at 08:00
    closes: 4 days later at 23:59
messages:
"""
FILES = {
    **RETIRED,
    "programme.yaml": RETIRED["programme.yaml"].replace("messages:\n", PLAN),
    "letter.yaml": RETIRED["letter.yaml"].replace("mode: personal", "mode: personal\nshared_with: buddy"),
    "plan.yaml": RETIRED["letter.yaml"].replace("mode: personal", "mode: personal\nshared_with: team"),
}
REMOVED = """\
  - form: goals
    for: once
    id: much-later
    opens: 60 days after day-1 at 08:00
    closes: 9 days later at 23:59
    series: others
    stage: before
"""
MORE = {**FILES, "programme.yaml": FILES["programme.yaml"].replace("messages:\n", REMOVED + "messages:\n")}
"""What is published at first: of a round, and a series, that are removed before they open."""

SCHOOLS = "AAAAAABBBBBB"
ANSWERING = 9
"""All of school A and half of B: too few for comments to be published."""
WRITERS = (0, 1, 7)
"""Who writes a letter."""
KEEPERS = (0, 7)
"""By what they say: who keeps copies of it."""

BUDDIES = (0, 1)
TEAM = ("Blue", (1, 2, 3))
"""The last of them writes for all."""

OF_TEAM = "What the team will do"

USUAL = tuple(range(ANSWERING))
LATER = oslo("2025-08-29T09:00")
"""When the message has been due, and the last round is open."""


def live(order: tuple[int, ...] = USUAL, sharing: tuple[int, int] = BUDDIES) -> list[Person]:
    """Run a programme until its last round has been answered; ``order`` says who says what, and ``sharing`` who shares with whom."""
    for files in (MORE, FILES):
        assert publish(files)["published"]
    people = enrol(map(takes_part, range(len(SCHOOLS))))
    rounds = published.rounds("walks")
    for name, at in (("before", BEFORE), ("day-1", OPEN), ("after", AFTER)):
        aggregate(event(at), None)
        invite(at)
        for number, said in enumerate(order):
            answer(rounds[name], people[number], at, said)
        if name == "day-1":
            write(rounds["letter"], people, sharing)
            Writer(people[TEAM[1][-1]], rounds["plan"]).save(OF_TEAM)
    invite(LATER)
    return people


def takes_part(number: int) -> Participant:
    buddy = f"person{BUDDIES[1 - number]:02}@example.org" if number in BUDDIES else ""
    return replace(participant(f"person{number:02}", school=SCHOOLS[number]), buddy=buddy, team=TEAM[0] if number in TEAM[1] else "")


def write(asked: Round, people: list[Person], sharing: tuple[int, int]) -> None:
    writers = {number: Writer(people[number], asked) for number in WRITERS}
    for number, writer in writers.items():
        writer.save(letter(number), share=writers[sharing[1]] if number == sharing[0] else None)


def answer(asked: Round, person: Person, at: int, said: int) -> None:
    """Answer by somebody's link, with what only one says; some keep a copy."""
    forget()
    path = links.path(asked.ref, link_keys.token(asked, person))
    copied = {"_copy": "yes"} if asked.pairs and said in KEEPERS else {}
    page = post(path, {**get(path, at).form(), "benefit": str(said % 5 + 1), "takeaway": remark(said), **copied}, at)
    assert page.status == 200, page.text


def remark(said: int) -> str:
    return f"What only number {said} says of it"


def letter(number: int) -> str:
    return f"What number {number} writes to herself"
