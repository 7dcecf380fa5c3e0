import json

import pytest

from shared.entries import Entry
from shared.rosters.people import Participant
from shared.store import desk_requests, roster
from shared.store.client import client
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, Browser, Page, opened, staffed
from tests.functions.examples import OPEN, Refusing, dump, enrol, participant, queued

PLACE = "/desk/programmes/walks/rounds/day-1"
REQUESTS = f"{PLACE}/requests"
KARI = Entry("Kari <b>Nordmann</b>", "kari@example.org", "Granlia & co")
A, B = json.dumps(("North", "A")), json.dumps(("South", "B"))

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    """Publish a programme with staff and two on its list, where somebody asks to be let in."""
    opened(staffed())
    enrol([participant("bo"), participant("aa", "South", "B")])
    ask(KARI)


def ask(entry: Entry, gathering: str = "day-1", at: int = OPEN) -> None:
    assert desk_requests.put("walks", desk_requests.request("day-1", gathering, entry, "nb"), at)


def organiser(who: str = ORGANISER) -> Browser:
    return Browser(OPEN).sign_in(who)


def decide(browser: Browser, decision: str = "accept", **chosen: str) -> Page:
    return browser.post(REQUESTS, {**browser.get(REQUESTS).form(), "decision": decision, **chosen})


def people() -> dict[str, Participant]:
    return {person.participant.email: person.participant for person in roster.people("walks")}


def waiting() -> list[str]:
    return [item.entry.address for item in desk_requests.requests("walks", "day-1", OPEN)]


def test_an_organiser_sees_who_asks_and_how_many() -> None:
    browser = organiser()

    assert "1 asks to be let in" in browser.get(PLACE).said()
    page = browser.get(REQUESTS)
    assert "Kari <b>Nordmann</b>" in page.said().replace("&lt;", "<")
    assert "&lt;b&gt;Nordmann" in page.text
    assert "kari@example.org Granlia & co" in page.said()
    assert "North › A" in page.said()


def test_who_is_let_in_is_on_the_list_where_the_organiser_put_her_and_the_request_is_gone() -> None:
    version = roster.version("walks")

    page = decide(organiser(), units=B, role="leader")

    assert (page.status, page.place) == (303, REQUESTS)
    assert people()["kari@example.org"] == Participant("kari@example.org", "Kari <b>Nordmann</b>", "nb", "leader", ("South", "B"))
    assert roster.version("walks") == version + 1
    assert waiting() == []
    assert queued() == []


def test_who_is_not_let_in_is_told_nothing_and_the_request_is_gone() -> None:
    before = dump("ROSTER", "INVITATIONS")

    assert decide(organiser(), "refuse").status == 303

    assert waiting() == []
    assert dump("ROSTER", "INVITATIONS") == before
    assert queued() == []


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"units": A},
        {"role": "leader"},
        {"units": A, "role": "owner"},
        {"units": json.dumps(("North", "C")), "role": "leader"},
        {"units": "[", "role": "leader"},
    ],
)
def test_without_a_place_and_a_role_of_those_offered_nobody_is_let_in(chosen: dict[str, str]) -> None:
    page = decide(organiser(), **{"units": "", "role": "", **chosen})

    assert page.status == 422
    assert "Choose where she belongs and her role." in page.said()
    assert set(people()) == {"bo@example.org", "aa@example.org"}
    assert waiting() == ["kari@example.org"]


def test_a_decision_made_twice_or_by_two_is_one() -> None:
    first, second = organiser(), organiser("owner@example.org")
    forms = [browser.get(REQUESTS).form() | {"decision": "accept", "units": A, "role": "leader"} for browser in (first, second)]

    pages = [browser.post(REQUESTS, form) for browser, form in zip((first, second, first), (*forms, forms[0]), strict=True)]

    assert [page.status for page in pages] == [303, 303, 303]
    assert [person.participant.email for person in roster.people("walks")].count("kari@example.org") == 1


def test_somebody_who_is_on_the_list_by_now_is_not_put_there_twice() -> None:
    enrol([participant("kari")])

    assert decide(organiser(), units=A, role="leader").status == 303

    assert people()["kari@example.org"].name == "Kari"
    assert waiting() == []


def test_while_somebody_else_changes_the_list_it_is_tried_again_by_hand() -> None:
    browser = organiser()
    form = browser.get(REQUESTS).form() | {"decision": "accept", "units": A, "role": "leader"}
    refused = [{"Code": "ConditionalCheckFailed"}, {"Code": "None"}, {"Code": "None"}]
    Refusing("TransactionCanceledException", 1, reasons=refused).on(client(), "TransactWriteItems")

    page = browser.post(REQUESTS, form)

    assert page.status == 409
    assert "Press again." in page.said()
    assert waiting() == ["kari@example.org"]
    assert browser.post(REQUESTS, form).status == 303
    assert "kari@example.org" in people()


def test_who_is_limited_to_units_lets_in_there_only() -> None:
    browser = organiser(NORTH)
    page = browser.get(REQUESTS)

    assert "North › A" in page.said()
    assert "South" not in page.said()
    assert decide(browser, units=B, role="leader").status == 422


def test_an_observer_sees_neither_requests_nor_posters() -> None:
    page = organiser(OBSERVER).get(PLACE)

    assert "let in" not in page.said()
    assert "Poster" not in page.said()


def test_a_form_of_another_site_lets_nobody_in() -> None:
    browser = organiser()
    form = browser.get(REQUESTS).form() | {"decision": "accept", "units": A, "role": "leader"}

    assert browser.post(REQUESTS, form, sec_fetch_site="cross-site").status == 403
    assert browser.post(REQUESTS, form | {"form": "x"}).status == 403
    assert waiting() == ["kari@example.org"]


def test_a_request_for_another_round_is_none_of_this_one() -> None:
    browser = organiser()
    other = desk_requests.request("day-2", "north", Entry("Ola", "ola@example.org", ""), "nb")
    desk_requests.put("walks", other, OPEN)

    form = browser.get(REQUESTS).form() | {"request": other.id, "decision": "accept", "units": A, "role": "leader"}
    assert browser.post(REQUESTS, form).status == 303

    assert "ola@example.org" not in people()
    assert len(desk_requests.requests("walks", "day-2", OPEN)) == 1


def test_the_account_tells_who_decided_and_neither_it_nor_a_log_who_asked(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    browser = organiser()
    decide(browser, units=A, role="leader")
    ask(Entry("Ola", "ola@example.org", ""))
    decide(browser, "refuse")

    account = browser.get("/desk/programmes/walks/account").said()
    assert "Let somebody in who was not on the list: Day 1" in account
    assert "Did not let somebody in who was not on the list: Day 1" in account
    told = "".join(capfd.readouterr()) + caplog.text + account
    assert "kari" not in told.lower()


def test_a_decision_that_is_none_is_refused() -> None:
    assert decide(organiser(), "maybe").status == 422
    assert waiting() == ["kari@example.org"]


def test_a_poster_is_an_attachment_whose_code_leads_to_the_round() -> None:
    browser = organiser()
    page = browser.get(PLACE)
    assert f'href="{PLACE}/posters/day-1/slide.svg"' in page.text

    found = browser.get(f"{PLACE}/posters/day-1/a4.svg")

    assert found.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert found.headers["content-disposition"] == 'attachment; filename="walks-day-1-a4.svg"'
    assert "kursdag.example.org/find/day-1-walks" in found.text
    for wrong in ("north/a4.svg", "day-1/a5.svg", "nothing/slide.svg"):
        assert browser.get(f"{PLACE}/posters/{wrong}").status == 404


def test_the_navigation_counts_who_asks_and_leads_to_all_of_them() -> None:
    ask(Entry("Nina", "nina@example.org", ""))
    browser = organiser()

    page = browser.get("/desk/programmes/walks")
    listed = browser.get("/desk/programmes/walks/requests")

    assert "Requests (2)" in page.said()
    assert "2 ask to be let in" in listed.said()
    assert f'href="{REQUESTS}"' in listed.text
    assert "Requests" not in Browser(OPEN).sign_in(OBSERVER).get("/desk/programmes/walks").said()


def test_while_nobody_asks_the_navigation_does_not_speak_of_it() -> None:
    browser = organiser()
    decide(browser, "refuse")

    assert "Requests" not in browser.get("/desk/programmes/walks").said()
    assert "Nobody asks to be let in" in browser.get("/desk/programmes/walks/requests").said()
