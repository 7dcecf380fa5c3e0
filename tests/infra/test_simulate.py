"""Simulated participants against the real pages, served on this machine from the function itself."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from infra import simulate
from infra.browser import fields
from shared import link_keys
from shared import links as paths
from shared.store import published
from tests.functions.examples import DAY, FILES, OPEN, enrol, invite, participant, publish
from tests.functions.open_round import REF, answers, get, got, open_round, path, request, token

pytestmark = pytest.mark.slow

PEOPLE = 30
CODES = {"benefit": ["1", "2", "3", "4", "5"], "takeaway": [], "tents": ["1", "2", "3", "na"]}


class Gateway(BaseHTTPRequestHandler):
    """Hands requests to the function, one at a time, as the emulator does."""

    lock = threading.Lock()

    def do_GET(self) -> None:
        self.reply(b"")

    def do_POST(self) -> None:
        self.reply(self.rfile.read(int(self.headers["Content-Length"])))

    def reply(self, body: bytes) -> None:
        kind = self.headers.get("Content-Type", "")
        with self.lock:
            page = got(request(self.command, self.path, OPEN, body=body, content_type=kind))
        content = page.text.encode()
        self.send_response(page.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def links(tables: object) -> Iterator[Mapping[str, str]]:  # noqa: ARG001
    """Open a round on a port of this machine; yield everybody's link by address."""
    open_round(people=PEOPLE)
    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://kursdag.localhost:{server.server_port}"
        yield {f"p{number}@example.org": f"{base}{path(number)}" for number in range(PEOPLE)}
        server.shutdown()


@pytest.fixture
def csv(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        file = tmp_path / "answers.csv"
        file.write_text(text, encoding="utf-8-sig")
        return file

    return written


def test_a_file_of_answers_is_given_exactly(links: Mapping[str, str], csv: Callable[[str], Path]) -> None:
    rows = simulate.answers_in(
        csv('email,benefit,takeaway,tents\np0@example.org,4,"Å gå, og ""se""",na\nP1@Example.org,1,,\np2@example.org,,,\n')
    )

    outcome = {result.email: result.status for result in simulate.given(links, rows)}

    assert outcome == {"p0@example.org": simulate.STORED, "p1@example.org": simulate.STORED, "p2@example.org": simulate.EMPTY}
    given = sorted((dict(stored.answers) for stored in answers()), key=len)
    assert given == [{"benefit": "1"}, {"benefit": "4", "takeaway": 'Å gå, og "se"', "tents": "na"}]


def test_an_answer_that_the_form_has_not_is_refused(links: Mapping[str, str]) -> None:
    (result,) = simulate.given(links, {"p0@example.org": {"benefit": "6"}})

    assert result.status == 422
    assert answers() == []


def test_a_question_that_the_form_has_not_is_said(links: Mapping[str, str]) -> None:
    with pytest.raises(simulate.UnknownColumns, match="unknown"):
        list(simulate.given(links, {"p0@example.org": {"unknown": "1"}}))


def test_whoever_has_answered_is_told_so(links: Mapping[str, str]) -> None:
    list(simulate.given(links, {"p0@example.org": {"benefit": "4"}}))

    (result,) = simulate.given(links, {"p0@example.org": {"benefit": "1"}})

    assert result.status == simulate.REFUSED
    assert len(answers()) == 1


@pytest.mark.usefixtures("tables")
def test_letters_are_written_once_by_their_links() -> None:
    publish({**FILES, "day.yaml": DAY.replace("mode: anonymous", "mode: personal")})
    (ada,) = enrol([participant("ada")])
    invite()
    asked = published.rounds("walks")["day-1"]
    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        letter = f"http://kursdag.localhost:{server.server_port}{paths.path(asked.ref, link_keys.token(asked, ada))}"
        outcome = [*simulate.given({"ada": letter}, {"ada": {"takeaway": "Ask first."}}), *simulate.generated({"ada": letter}, "seed 3")]
        server.shutdown()

    assert [result.status for result in outcome] == [simulate.STORED, simulate.EMPTY]


def test_a_wrong_link_is_told(links: Mapping[str, str]) -> None:
    wrong = {"p0@example.org": links["p0@example.org"].replace(token(0), "x" * 26)}

    (result,) = simulate.given(wrong, {"p0@example.org": {"benefit": "1"}})

    assert result.status == 404


def test_made_up_participants_answer_through_the_pages(links: Mapping[str, str]) -> None:
    outcome = list(simulate.generated(links, "walks day-1"))

    assert {result.status for result in outcome} == {simulate.STORED}
    assert PEOPLE * 0.4 < len(outcome) < PEOPLE
    assert len(answers()) == len(outcome)


def test_the_same_seed_makes_up_the_same_answers() -> None:
    page = '<html lang="nb">'

    assert [simulate._made_up(CODES, page, seed) for seed in range(20)] == [simulate._made_up(CODES, page, seed) for seed in range(20)]
    assert simulate._made_up(CODES, page, 1) != simulate._made_up(CODES, page, 2)


def test_made_up_answers_are_ones_that_the_form_has() -> None:
    chance = random.Random(7)

    for _ in range(200):
        answer = simulate._made_up(CODES, '<html lang="en">', chance.random())
        assert answer
        assert all(value in CODES[name] or name == "takeaway" for name, value in answer.items())


@pytest.mark.usefixtures("tables")
def test_a_form_is_read_as_a_browser_reads_it() -> None:
    open_round()

    hidden, offered = fields(get(path()).text)

    assert hidden.keys() == {"_form", "_cell", "_gathering", "_nonce", "_language", "_binding"}
    assert offered == CODES
    assert REF not in hidden.values()
