import json
import time

import pytest

from shared import sessions
from shared.store import desk_speakers
from shared.store.desk_speakers import Invited
from tests.functions.desk.results.spoken import spoken
from tests.functions.examples import record, send
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed

NAME = {"nb": "Kari Kart", "en": "Kari Kart"}


@pytest.fixture
def outbox(tables: object) -> Outbox:  # noqa: ARG001
    """Publish the programme; watch what leaves."""
    spoken()
    return Outbox()


def asked(expires: int) -> dict[str, object]:
    token = sessions.new_secret()
    desk_speakers.put("walks", token, Invited(NAME, "kari@example.org", (("day-1", "maps"),), expires))
    return {"programme": "walks", "token": token}


def test_a_speaker_gets_her_link_by_mail(outbox: Outbox) -> None:
    errand = asked(int(time.time()) + 60)

    assert send([record(json.dumps(errand), "one")]) == []

    (mail,) = outbox.mails
    found = parsed(mail)
    address = f"https://kursdag.example.org/desk/speaker/walks/{errand['token']}"
    assert outbox.to() == {"kari@example.org": 1}
    assert found.subject == "Det som er sagt om øktene dine (Turleder)"
    assert address in found.parts["text"].splitlines()
    assert found.parts["html"].count(f'href="{address}"') == 2
    assert "Hei Kari Kart," in found.parts["text"]


def test_a_link_that_is_over_or_taken_back_is_not_mailed(outbox: Outbox) -> None:
    gone = asked(int(time.time()) + 60)
    desk_speakers.drop("walks", sessions.fingerprint(str(gone["token"])))

    assert send([record(json.dumps(gone), "one"), record(json.dumps(asked(int(time.time()) - 1)), "two")]) == []

    assert outbox.mails == []
