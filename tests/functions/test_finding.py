import json

import pytest

from shared import queue
from shared.queue import EntryErrand, LostLinkErrand, errand
from tests.functions.examples import OPEN, Refusing, dump, oslo, queued
from tests.functions.open_round import CLOSED, REF, Page, get, got, open_round, path, post, request

FIND, ASK = f"/find/{REF}", f"/find/{REF}/let-me-in"
EARLY = oslo("2025-08-26T09:00")
ENTRY = {"name": "Kari Nordmann", "address": "kari@example.org", "belongs": "Granlia"}

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def errands() -> list[object]:
    return [errand(message["body"]) for message in queued()]


def asked(place: str, **fields: str) -> Page:
    return post(place, fields, accept_language="en")


@pytest.mark.parametrize(
    ("at", "said", "asks"),
    [
        (EARLY, "You can answer from Tuesday 26 August at 11:00", False),
        (OPEN, "You can answer until Tuesday 26 August at 23:59", True),
        (CLOSED, "The form closed on Tuesday 26 August at 23:59", False),
    ],
)
def test_who_scans_a_poster_sees_which_day_it_is_about_and_whether_the_form_is_open(at: int, said: str, asks: bool) -> None:
    page = get(FIND, at, accept_language="en")

    assert page.status == 200
    assert all(part in page.text for part in ("Walk leader", "Day 1", "Tuesday 26 August, Oslo", said))
    assert ('name="address"' in page.text) == asks


def test_an_address_is_handed_on_and_nothing_is_looked_up_or_stored() -> None:
    before = dump()

    page = asked(FIND, address=" Kari@Example.org ")

    assert page.status == 200
    assert "If Kari@example.org is on the list, a mail with your own link is on its way." in page.text
    assert errands() == [LostLinkErrand(REF, "Kari@example.org")]
    assert dump() == before


def test_for_every_address_the_same_is_done_and_said() -> None:
    pages = [asked(FIND, address=f"{name}@example.org").text.replace(name, "…") for name in ("person", "nobody")]

    assert pages[0] == pages[1]
    assert len(errands()) == 2


NO_ADDRESS = ("", "kari", "a@b", "a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "a" * 300 + "@x.org")


@pytest.mark.parametrize("typed", NO_ADDRESS)
def test_what_is_no_address_is_shown_again_with_what_to_do(typed: str) -> None:
    page = asked(FIND, address=typed)

    assert page.status == 422
    assert "Write your address like name@example.org." in page.text
    assert "<title>Not sent yet" in page.text
    assert errands() == []


@pytest.mark.parametrize("at", [EARLY, CLOSED])
def test_while_the_form_is_not_open_no_mail_is_asked_for(at: int) -> None:
    assert post(FIND, {"address": "kari@example.org"}, at).status == 200
    assert errands() == []


def test_who_is_not_on_the_list_asks_to_be_let_in() -> None:
    page = asked(ASK, **ENTRY)

    assert "If they let you in, a mail with your own link comes to kari@example.org" in page.text
    assert errands() == [EntryErrand(REF, "day-1", "kari@example.org", "Kari Nordmann", "Granlia", "en")]


def test_a_request_that_lacks_something_is_shown_again_as_it_was_typed() -> None:
    page = asked(ASK, name="", address="kari", belongs='"Granlia" <skole>')

    assert page.status == 422
    assert "Please fill this in." in page.text
    assert "Write your address like name@example.org." in page.text
    assert 'value="&#34;Granlia&#34; &lt;skole&gt;"' in page.text
    assert errands() == []


def test_before_the_form_opens_one_can_ask_but_not_after_it_has_closed() -> None:
    assert "The organisers are asked" in post(ASK, ENTRY, EARLY, accept_language="en").text
    assert len(errands()) == 1
    assert "The form closed" in post(ASK, ENTRY, CLOSED, accept_language="en").text
    assert errands() == []
    assert "let-me-in" not in get(FIND, CLOSED).text


def test_the_language_is_the_reader_s_and_stays() -> None:
    page = get(FIND, accept_language="nb")
    assert '<html lang="nb">' in page.text
    assert 'action="?at=day-1&amp;lang=nb"' in page.text

    changed = get(FIND, query="lang=en", accept_language="nb")
    assert '<html lang="en">' in changed.text
    assert post(f"{FIND}", {"address": "a@example.org"}, accept_language="sv").text.count('<html lang="nb">') == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("place", [FIND, ASK])
def test_looking_changes_nothing_and_asks_for_nothing(place: str, method: str) -> None:
    before = dump()

    for at in (EARLY, OPEN, CLOSED):
        got(request(method, place, at, query="address=kari%40example.org&name=Kari"))

    assert dump() == before
    assert errands() == []


@pytest.mark.parametrize("place", ["/find/otherday", "/find/otherday/let-me-in", f"/find/{'a' * 200}", "/find/%00"])
def test_an_unknown_round_is_the_neutral_page(place: str) -> None:
    assert (get(place).status, get(place).text) == (404, get("/nowhere").text)
    assert post(place, ENTRY).status == 404
    assert errands() == []


@pytest.mark.parametrize("place", [FIND, ASK])
def test_what_comes_from_no_form_is_refused(place: str) -> None:
    assert post(place, json.dumps(ENTRY).encode(), content_type="application/json").status == 415
    assert post(place, b"").status == 422
    assert post(place, b"%FF=%FF&address=%00").status == 422
    assert errands() == []


def test_a_broken_link_leads_to_where_one_s_own_is_found() -> None:
    assert f'href="{FIND}"' in get(f"/e/{REF}/unknown").text
    assert "/find/" not in get("/e/odd.ref/unknown").text
    assert "/find/" not in get(path()).text


def test_while_the_queue_is_out_of_order_nobody_is_told_that_a_mail_comes() -> None:
    Refusing("ServiceUnavailable", 100).on(queue.client(), "SendMessageBatch")

    assert asked(FIND, address="kari@example.org").status in (500, 503)


def test_no_log_tells_who_asked(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    asked(FIND, address="kari@example.org")
    asked(ASK, **ENTRY)

    told = "".join(capfd.readouterr()) + caplog.text
    assert "asked for" in told
    assert "kari" not in told.lower()
