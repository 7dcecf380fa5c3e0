"""A programme whose sessions have speakers, with a published result about them."""

from shared.declarations.declared import Declared, declared
from shared.results.editions import Document
from shared.store import published
from tests import storing
from tests.functions.desk.visitors import OTHERS_STAFF, STAFF, answer, frozen, opened
from tests.functions.examples import PROGRAMME

KARI = "{nb: Kari Kart, en: Kari Kart}"
WITH_SPEAKERS = PROGRAMME.replace(
    "start: 09:00, end: 11:00}",
    f"start: 09:00, end: 11:00, speaker: {KARI}}}\n"
    "      - {id: food, title: {nb: Mat, en: Food}, start: 11:00, end: 12:00, speaker: {nb: Mons Mat, en: Mons Mat}}",
).replace("start: 09:00, end: 12:00}", f"start: 09:00, end: 12:00, speaker: {KARI}}}")

FORM = """\
title: {nb: Dagen, en: The day}
mode: anonymous
questions:
  - id: benefit
    kind: scale
    text: {nb: Utbytte?, en: Benefit?}
    scale: &five
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
  - id: useful
    kind: scale
    repeat: session
    text: {nb: "Nyttig, {session}?", en: "Useful, {session}?"}
    scale:
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
    not_relevant: {nb: Deltok ikke, en: Did not attend}
  - id: said
    kind: text
    repeat: session
    text: {nb: "Til {session}?", en: "About {session}?"}
""".replace(" &five", "")


def spoken() -> Declared:
    """Publish the programme, and another one's."""
    files = {"programme.yaml": (WITH_SPEAKERS + STAFF).encode(), "day.yaml": FORM.encode()}
    found = declared("walks", files)
    assert isinstance(found, Declared), found
    for one in (found, declared("swims", files | {"programme.yaml": (WITH_SPEAKERS + OTHERS_STAFF).encode()})):
        assert isinstance(one, Declared)
        storing.put_programme(one.programme)
        published.put_staff(one.programme)
    return found


def heard() -> Document:
    """Publish the result of day 1: twelve have rated both sessions, and said something of each."""
    found = spoken()
    given = [
        {"benefit": "1", "useful.maps": str(at % 2 + 2), "useful.food": "1", "said.maps": f"Maps {at}.", "said.food": f"Food {at}."}
        for at in range(12)
    ]
    return frozen(found, opened(found), [answer(**answers) for answers in given])
