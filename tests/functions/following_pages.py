"""What follows from a result: comments decided about, a speaker's page, an answer back, a closing report, in every language."""

import secrets
from collections.abc import Iterator

from shared import envelopes, link_keys, links
from shared.envelopes import Answer
from shared.settings import setting
from shared.store import box, published, roster
from shared.store.client import SCHEMA, client, key
from tests.functions.desk.visitors import Browser, token
from tests.functions.every_kind import LANGUAGES, NAME
from tests.functions.open_round import forget, get

DESK = f"/desk/programmes/{NAME}"
ROUND = f"{DESK}/rounds/day-1"

Following = tuple[str, str, str]
"""A page's name, its language and its HTML."""


def fill_box(number: int) -> None:
    """Put so many answers with comments into the open round's box, as if invited people had sent them."""
    held = published.rounds(NAME)["day-1"]
    for at in range(number):
        given = {"benefit": str(at % 3 + 3), "useful.maps": "4", "takeaway": f"Anna said\nmuch, number {at}."}
        sealed = envelopes.sealed(held.public_key, Answer(held.form, given, (), "day-1"), box.overhead(held.ref))
        item = key(f"ROUND#{held.ref}", secrets.token_hex(16)) | {"schema": SCHEMA, "sealed": {"B": sealed}}
        client().put_item(TableName=setting("BOX_TABLE"), Item=item)


def following(owner: Browser) -> Iterator[Following]:
    """Do what an owner can do about a published result, and get each page that comes of it."""
    yield from _commented(owner)
    yield from _spoken(owner)
    yield from _answered_back(owner)
    yield from _reported(owner)


def _commented(owner: Browser) -> Iterator[Following]:
    path = f"{ROUND}/comments"
    wrong = owner.get(path).form() | {"state-0": "shown", "black-0": "Nowhere"}
    for language in LANGUAGES:
        yield "comments, faults", language, owner.post(path, wrong, sec_fetch_site="same-origin", accept_language=language).text
    owner.post(path, owner.get(path).form() | {"rest": "shown", "black-0": "Anna"})
    owner.post(f"{path}/release", {"form": owner.get(path).form()["form"], "release": "yes"})
    for language in LANGUAGES:
        yield "comments, released", language, owner.get(path, "saved=yes", accept_language=language).text
        yield "result, with comments", language, owner.get(f"{ROUND}/result", accept_language=language).text


def _spoken(owner: Browser) -> Iterator[Following]:
    path = f"{DESK}/speakers"
    asked = {"form": owner.get(path).form()["form"], "speaker": "0", "address": "kari@example.org"}
    assert owner.post(path, asked).status == 303
    address = f"/desk/speaker/{NAME}/{token()}"
    for language in LANGUAGES:
        yield (
            "speakers, faults",
            language,
            owner.post(path, {**asked, "address": "kari"}, sec_fetch_site="same-origin", accept_language=language).text,
        )
        yield "speakers, with a link", language, owner.get(path, "sent=yes", accept_language=language).text
        yield "speaker's page", language, Browser(owner.at).get(address, accept_language=language).text


def _answered_back(owner: Browser) -> Iterator[Following]:
    path = f"{ROUND}/reply"
    texts = {f"{part}-{language}": f"Less talk,\n\nmore walks ({language})." for part in ("heard", "change") for language in LANGUAGES}
    assert owner.post(path, owner.get(path).form() | texts).status == 303
    form = owner.get(f"{path}/preview").form()
    for language in LANGUAGES:
        yield "answer back, whole", language, owner.get(f"{path}/preview", accept_language=language).text
    assert owner.post(f"{path}/publish", {name: form[name] for name in ("form", "number")}).status == 303
    forget()
    held, someone = published.rounds(NAME)["day-1"], next(iter(roster.people(NAME)))
    link = links.path(held.ref, link_keys.token(held, someone))
    for language in LANGUAGES:
        yield "answer back, published", language, owner.get(path, "published=yes", accept_language=language).text
        yield "answer back, as participants see it", language, get(link, owner.at, f"lang={language}").text


def _reported(owner: Browser) -> Iterator[Following]:
    path = f"{DESK}/report"
    form = owner.get(path).form()
    assert owner.post(path, {name: form[name] for name in ("form", "next", "comment") if name in form}).status == 303
    for language in LANGUAGES:
        yield "closing report, to choose comments", language, owner.get(path, accept_language=language).text
        yield "closing report, a version", language, owner.get(f"{path}/1", f"in={language}").text
