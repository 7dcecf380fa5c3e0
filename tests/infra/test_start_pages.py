import re
import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import boto3
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from infra.service import Service
from infra.start.app import create_app
from infra.start.running import Running
from infra.times import Moment
from shared import bucket, links
from shared.programmes import Day, Gathering, Message, Staff
from shared.rounds import SETTLE, Window
from shared.settings import setting
from shared.store import invitations, published
from shared.store.client import client
from shared.store.invitations import Invitation, Ticket
from tests import storing
from tests.shared.examples import ROUND, programme

pytestmark = pytest.mark.slow

BASE = "http://kursdag.localhost:4566"
HOUR = 3600

DAY = Day("day-1", {"en": "The long walk", "nb": "Turen"}, (), (), (Gathering("day-1", None, "2026-11-02", "Oslo"),))
STAFF = (Staff("owner@example.org", "owner"), Staff("follo+1@example.org", "observer", ("Follo",)))


class Start:
    """The start page of a service in this process, as a browser on this machine meets it."""

    def __init__(self) -> None:
        self.mails: list[dict[str, Any]] = []
        queues = {name: boto3.client("sqs").get_queue_url(QueueName=name)["QueueUrl"] for name in ("SendQueue", "DeadLetters")}
        self.running = Running(Service({"Stage": "local", "BaseAddress": BASE} | queues), lambda: self.mails)
        self.client: FlaskClient = create_app(self.running, 4580).test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url="http://127.0.0.1:4580")

    def press(self, path: str, **fields: str | list[str]) -> TestResponse:
        """Press a button as it stands on the page, token included."""
        found = re.search(r'name="token" value="(.+?)"', self.get("/").text)
        assert found
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data=fields | {"token": found.group(1)}, headers=headers, base_url="http://127.0.0.1:4580")

    def invite(self, email: str, *, answered: bool, seed: str = "") -> str:
        """Invite somebody to the round by mail; return her link, which for a letter ends in its seed."""
        name = links.answer_token(links.new_key(), email)
        token = name + seed
        invitations.put_invitation(ROUND.ref, Invitation(links.fingerprint(name), email, (), "day-1", "en", "sent", 0, None))
        if answered:
            client().update_item(**invitations.answering(Ticket(ROUND.ref, links.fingerprint(name), "[]", "day-1", "mark")))
        self.mails.append({"MessageId": email, "To": [email], "BodyText": f"Hello\n\nhttp://old.localhost:1/e/{ROUND.ref}/{token}\n"})
        self.mails[-1] |= {"Source": "", "Subject": "", "BodyHtml": "", "Timestamp": 0.0}
        return f"{BASE}/e/{ROUND.ref}/{token}"


@pytest.fixture
def start(tables: object, monkeypatch: pytest.MonkeyPatch) -> Start:  # noqa: ARG001
    """Open the start page over empty tables, on a stack whose clock can be moved."""
    monkeypatch.setenv("STAGE", "local")
    return Start()


def publish(opens: int, closes: int, mode: str = ROUND.mode, **others: Window) -> None:
    """Publish a programme with one round, whose window is given in seconds from now; other gatherings may have their own."""
    now = int(time.time())
    windows = {name: Window(now + window.opens, now + window.closes) for name, window in others.items()}
    storing.put_programme(replace(programme(), days=(DAY,), staff=STAFF))
    storing.put_round(replace(ROUND, mode=mode, windows={"day-1": Window(now + opens, now + closes)} | windows))


def test_an_empty_service_says_how_to_publish_the_example(start: Start) -> None:
    page = start.get("/").text

    assert "Nothing is published" in page
    assert "No form waits for anybody" in page
    assert "0 mails" in page


def test_every_way_in_leads_where_it_says(start: Start) -> None:
    publish(-HOUR, HOUR)
    answered, waiting = start.invite("a@example.org", answered=True), start.invite("b@example.org", answered=False)

    page = start.get("/").text

    assert f'<a href="{waiting}" target="_blank" rel="noopener noreferrer">Answer a form that is open</a>' in page
    assert f'<a href="{answered}" target="_blank" rel="noopener noreferrer">Come back after answering</a>' in page
    assert "No round with links in the mailbox is over yet." in page


def test_a_round_that_is_over_offers_the_way_that_comes_too_late(start: Start) -> None:
    publish(-2 * HOUR, -HOUR)
    late = start.invite("b@example.org", answered=False)

    page = start.get("/").text

    assert f'<a href="{late}" target="_blank" rel="noopener noreferrer">Come too late</a>' in page
    assert "No form waits for anybody" in page


def test_a_letter_is_a_way_of_its_own_and_is_not_waited_for_to_be_counted(start: Start) -> None:
    publish(-HOUR, HOUR, mode="personal")
    own = start.invite("a@example.org", answered=False, seed="a" * links.TOKEN_LENGTH)

    page = start.get("/").text

    assert f'<a href="{own}" target="_blank" rel="noopener noreferrer">Write to yourself</a>' in page
    assert "No form waits for anybody" in page
    assert "counted." not in page


def test_the_jobs_are_suggested_for_a_message_that_is_to_be_mailed(start: Start) -> None:
    soon = Moment().convert("2099-01-01T08:00", None, None)
    day = replace(DAY, gatherings=(Gathering("day-1", None, "2099-01-01", "Oslo"),))
    task = Message("task", {"en": "A task to try"}, {"en": "Try it."}, "day-1", "08:00")
    storing.put_programme(replace(programme(), days=(day,), messages=(task,)))
    storing.put_round(replace(ROUND, windows={"day-1": Window(int(time.time()), soon + 24 * HOUR)}))

    assert "“A task to try” is mailed." in start.get("/").text


def test_staff_are_offered_their_own_sign_in(start: Start) -> None:
    publish(-HOUR, HOUR)

    page = start.get("/").text

    assert f'<a href="{BASE}/desk/sign-in?address=owner%40example.org"' in page
    assert f'<a href="{BASE}/desk/sign-in?address=follo%2B1%40example.org"' in page
    assert "only Follo" in page


@pytest.mark.parametrize(("opens", "closes", "state"), [(HOUR, 2 * HOUR, "planned"), (-HOUR, HOUR, "open"), (-2 * HOUR, -HOUR, "closed")])
def test_a_round_tells_its_state_and_who_was_asked(start: Start, opens: int, closes: int, state: str) -> None:
    publish(opens, closes)
    start.invite("a@example.org", answered=False)

    page = start.get("/").text

    assert f">{state}</p>\n<h3>The long walk</h3>" in page
    assert "1 invited, 1 mail sent" in page
    assert ("Let the participants answer</button>" in page) == (state == "open")


def test_a_published_result_is_downloaded_with_one_get(start: Start) -> None:
    publish(-2 * HOUR, -HOUR)
    bucket.put("editions/walks/day-1/abc/edition.csv", b"question;n\n", "text/csv")
    published.freeze(published.rounds("walks")["day-1"], "editions/walks/day-1/abc")

    answered = start.get("/rounds/walks/day-1/edition.csv")

    assert "/rounds/walks/day-1/edition.csv" in start.get("/").text
    assert answered.data == b"question;n\n"
    assert answered.headers["Content-Disposition"] == "attachment; filename=walks-day-1-edition.csv"


@pytest.mark.parametrize("path", ["walks/day-1/edition.csv", "walks/day-9/edition.csv", "none/day-1/edition.csv", "walks/day-1/secret"])
def test_what_is_not_published_is_not_there(start: Start, path: str) -> None:
    publish(-HOUR, HOUR)

    assert start.get(f"/rounds/{path}").status_code == 404


def test_the_clock_is_set_and_reset_by_its_buttons_only(start: Start) -> None:
    answered = start.press("/clock", at="2026-12-24T18:00")

    assert (answered.status_code, answered.headers["Location"]) == (303, "/#clock")
    assert "<time>2026-12-24 18:00</time>" in start.get("/").text
    start.press("/clock", reset="1")
    assert published.clock_offset() == 0
    assert start.get("/clock").status_code == 405


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01T00:00", "25:00", "1000-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("path", ["/clock", "/jobs"])
def test_a_time_that_is_none_is_refused(start: Start, path: str, typed: str) -> None:
    answered = start.press(path, at=typed, job="invite")

    assert answered.status_code == 422
    assert published.clock_offset() == 0
    assert start.running.work.latest is None


def test_jobs_are_suggested_as_of_the_time_at_which_they_have_something_to_do(start: Start) -> None:
    publish(-HOUR, HOUR)

    page = start.get("/").text

    due = time.time() + HOUR + SETTLE + 60
    suggested = Moment().convert(_value(page, "jobs-at"), None, None)
    assert due - 5 <= suggested <= due + 60
    assert "“The long walk” is over, and its answers are counted." in page


def test_each_gathering_is_waited_for_before_a_round_is_counted(start: Start) -> None:
    publish(-2 * HOUR, -HOUR, later=Window(HOUR, 2 * HOUR))
    late = start.invite("a@example.org", answered=False)

    page = start.get("/").text

    assert "“The long walk” opens, and its mails go out." in page
    assert f'<a href="{late}" target="_blank" rel="noopener noreferrer">Come too late</a>' in page
    assert "No form waits for anybody" in page


def _value(page: str, field: str) -> str:
    found = re.search(f'id="{field}" name="at" value="(.+?)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("jobs", [[], ["publish"], [""]])
def test_no_job_or_an_unknown_one_is_refused(start: Start, jobs: list[str]) -> None:
    answered = start.press("/jobs", job=jobs)

    assert answered.status_code == 422
    assert "Choose at least one job" in answered.text


def test_a_second_press_while_work_is_under_way_is_refused(start: Start) -> None:
    publish(-HOUR, HOUR)
    go_on = Event()

    def slow() -> Iterator[str]:
        yield "half of it"
        go_on.wait(5)

    start.running.work.begin("Something slow", slow)

    refused = [start.press("/jobs", job="invite"), start.press("/rounds/walks/day-1/answers")]
    under_way = start.get("/work")
    go_on.set()
    start.running.work.wait(5)

    assert [answered.status_code for answered in refused] == [409, 409]
    assert all("Something slow" in answered.text for answered in refused)
    assert under_way.headers["Refresh"] == "2"
    assert "half of it" in under_way.text
    assert "Refresh" not in start.get("/work").headers


@pytest.mark.parametrize(("opens", "closes"), [(HOUR, 2 * HOUR), (-2 * HOUR, -HOUR)])
def test_participants_answer_only_while_their_round_is_open(start: Start, opens: int, closes: int) -> None:
    publish(opens, closes)

    answered = start.press("/rounds/walks/day-1/answers")

    assert answered.status_code == 409
    assert "This round is not open" in answered.text


def test_the_queue_tells_what_waits_and_what_was_given_up(start: Start) -> None:
    for queue, count in (("SendQueue", 3), ("DeadLetters", 2)):
        for number in range(count):
            boto3.client("sqs").send_message(QueueUrl=start.running.service.outputs[queue], MessageBody=str(number))

    page = start.get("/").text

    assert "<dt>waiting</dt><dd>3</dd>" in page
    assert "<dt>being sent</dt><dd>0</dd>" in page
    assert '<div class="bad"><dt>given up</dt><dd>2</dd>' in page
    assert "dead-letter queue" in page


def test_looking_changes_nothing(start: Start) -> None:
    publish(-HOUR, HOUR)
    start.invite("a@example.org", answered=False)
    before = _everything()

    for path in ("/", "/mails", "/mails/a@example.org", "/work", "/rounds/walks/day-1/edition.csv", "/jobs", "/clock"):
        start.get(path)

    assert _everything() == before


def _everything() -> list[Any]:
    tables = (setting("PUBLISHED_TABLE"), setting("INVITATIONS_TABLE"))
    return [boto3.client("dynamodb").scan(TableName=table)["Items"] for table in tables]
