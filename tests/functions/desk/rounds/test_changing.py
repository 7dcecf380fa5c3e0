"""An open round changed in the desk, by the function that publishes, and the mails that come of it."""

import re
import time
from collections import Counter

import pytest

from shared.rounds import SETTLE, Round, closes
from shared.store import desk_account, nights, published
from tests.functions.desk.visitors import ORGANISER, OWNER, STAFF, Browser, Page
from tests.functions.examples import FILES, PROGRAMME, enrol, invite, oslo, participant, publish, queued, send, set_clock
from tests.functions.open_round import forget
from tests.functions.outbox import Outbox
from tests.once import once

ROUND = "/desk/programmes/walks/rounds/day-1"
CHANGE = f"{ROUND}/change"
OPEN, LATER = oslo("2025-08-26T11:00"), oslo("2025-08-26T16:00")
DECLARED = FILES | {"programme.yaml": PROGRAMME + STAFF}
UNTIL = "2025-08-28T12:00"


@pytest.fixture
def outbox(tables: object, monkeypatch: pytest.MonkeyPatch) -> Outbox:  # noqa: ARG001
    """Publish the programme, invite six, and let some hours go by."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)(DECLARED)
    enrol(map(participant, ("anna", "berit", "cecilie", "dagny", "eva", "frida")))
    sent = Outbox()
    run(OPEN)
    sent.mails.clear()
    set_clock(LATER)
    return sent


def run(at: int) -> None:
    """Plan and send as of a time."""
    set_clock(at)
    forget()
    invite(int(time.time()))
    records = queued()
    assert not records or send(records) == []


def now() -> Round:
    return published.rounds("walks")["day-1"]


def press(browser: Browser, do: str, until: str = "") -> Page:
    """Ask for a change, read what it would do, and press."""
    asked = browser.get(CHANGE, f"do={do}&until={until}")
    assert asked.status == 200, asked.said()
    return browser.post(CHANGE, {name: asked.form()[name] for name in ("form", "do", "until")})


def test_a_form_is_kept_open_longer_and_a_later_publication_leaves_it_so(outbox: Outbox) -> None:  # noqa: ARG001
    browser = Browser().sign_in(ORGANISER)
    asked = browser.get(CHANGE, f"do=extend&until={UNTIL}").said()

    page = press(browser, "extend", UNTIL)

    assert "Now Then Tuesday 26 August at 23:59 Thursday 28 August at 12:00" in asked
    assert page.place == f"{ROUND}?done=extend"
    assert "The form stays open longer. Open until Thursday 28 August at 12:00" in browser.get(ROUND, "done=extend").said()
    assert closes(now()) == oslo("2025-08-28T12:01")
    assert closes(now()) + SETTLE in nights.due(closes(now()) + SETTLE)["walks"]
    said = publish(DECLARED, at=int(time.time()))
    assert [(step["change"], step["why"]) for step in said["rounds"] if step["round"] == "day-1"] == [
        ("unchanged", "changed in the desk: a later closing")
    ]
    assert closes(now()) == oslo("2025-08-28T12:01")


def test_a_reminder_goes_out_once_however_often_the_button_is_pressed(outbox: Outbox) -> None:
    browser = Browser().sign_in(OWNER)
    asked = browser.get(CHANGE, "do=remind")
    fields = {name: asked.form()[name] for name in ("form", "do", "until")}

    pages = [browser.post(CHANGE, fields) for _ in range(3)]
    for minutes in (0, 5, 10):
        run(LATER + minutes * 60)

    assert [page.status for page in pages] == [303, 303, 303]
    assert Counter(outbox.to().values()) == {1: 6}
    assert [(deed.who.lower(), deed.what, deed.about) for deed in desk_account.deeds("walks", 9)] == [
        ("owner@example.org", "remind", ("day-1",))
    ]
    assert "less than two hours" in browser.get(CHANGE, "do=remind").said()


def test_while_mails_are_paused_nobody_is_invited_or_reminded_and_afterwards_all_are(outbox: Outbox) -> None:
    browser = Browser().sign_in(ORGANISER)
    enrol([participant("gro")])

    press(browser, "pause")
    run(LATER + 300)
    assert outbox.mails == []
    assert "Mails about this form are paused." in browser.get(ROUND).said()
    assert "Mails are paused. Resume them first." in browser.get(CHANGE).said()

    press(browser, "resume")
    run(LATER + 600)
    assert list(outbox.to()) == ["gro@example.org"]


def test_what_can_t_be_done_is_said_and_changes_nothing(outbox: Outbox) -> None:  # noqa: ARG001
    browser = Browser().sign_in(ORGANISER)
    before = now()
    form = browser.get(CHANGE).form()["form"]

    for do, until, status, said in (
        ("extend", "2025-08-26T12:00", 409, "Choose a time after the one"),
        ("extend", "tomorrow", 422, "Choose a time after the one"),
        ("extend", "2035-08-26T12:00", 409, "at most sixty days"),
        ("explode", "", 404, "does not exist"),
    ):
        asked = browser.get(CHANGE, f"do={do}&until={until}")
        pressed = browser.post(CHANGE, {"form": form, "do": do, "until": until})
        assert (asked.status, pressed.status) == (status, status)
        assert said in asked.said()
        assert said in pressed.said()
    assert now() == before


def test_the_function_that_publishes_asks_again_who_may(outbox: Outbox) -> None:  # noqa: ARG001
    before = now()

    for author in ("observer@example.org", "north@example.org", "stranger@example.org"):
        said = publish({}, at=int(time.time()), author=author, round_change={"round": "day-1", "kind": "pause"})
        assert said == {"changed": False, "refused": "not allowed"}
    assert now() == before


def test_the_programme_s_page_tells_what_happens_next_and_to_how_many(outbox: Outbox) -> None:  # noqa: ARG001
    said = Browser().sign_in(ORGANISER).get("/desk/programmes/walks").said()
    limited = Browser().sign_in("north@example.org").get("/desk/programmes/walks").said()

    ahead = re.findall(r"(Opens, and invitations go out|Last minute for answers): (Day \d) (\w+ \d+ \w+)", said)
    assert ahead[:3] == [
        ("Last minute for answers", "Day 1", "Tuesday 26 August"),
        ("Opens, and invitations go out", "Day 2", "Tuesday 7 October"),
        ("Last minute for answers", "Day 2", "Tuesday 7 October"),
    ]
    assert "Day 2 Tuesday 7 October at 12:00 · to about 6 people" in said
    assert "What happens next" in limited
    assert "to about" not in limited
