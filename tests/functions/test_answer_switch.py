"""Switching the language of a form with all that is typed."""

import re
from urllib.parse import urlencode

import pytest

from shared.store import invitations
from shared.store.client import client
from tests.functions.branching import KINDS, show
from tests.functions.examples import dump
from tests.functions.open_round import CLOSED, REF, Page, answers, form_of, get, invitation, path, post, token

TYPED = {"best": "b", "why": "  Because: <b>æ</b>", "times": "many"}


@pytest.fixture(autouse=True)
def every_kind(tables: object) -> None:  # noqa: ARG001
    show(KINDS)


def switched(language: str, **changed: str) -> Page:
    return post(path(), form_of() | TYPED | {"_switch": language} | changed)


def test_everything_typed_stays_nothing_is_stored_and_nothing_is_found_fault_with() -> None:
    form, before = form_of(), dump()

    page = post(path(), form | TYPED | {"_switch": "nb"})

    assert page.status == 200
    assert '<html lang="nb">' in page.text
    assert "Hvorfor" not in page.text
    assert 'class="faults"' not in page.text
    assert 'value="  Because: &lt;b&gt;æ&lt;/b&gt;"' in page.text
    assert 'value="many"' in page.text
    assert page.form()["best"] == "b"
    assert dump() == before


def test_it_stays_the_same_opened_form_and_can_be_sent() -> None:
    form = form_of()
    page = post(path(), form | TYPED | {"_switch": "nb"})
    told = page.form()

    received = post(path(), told | TYPED | {"times": "3"})

    assert told["_nonce"] == form["_nonce"]
    assert (told["_language"], form["_language"]) == ("nb", "en")
    assert received.status == 200
    assert '<html lang="nb">' in received.text
    assert [stored.answers for stored in answers()] == [{"best": "b", "why": "Because: <b>æ</b>", "times": "3"}]


def test_there_and_back_again_it_is_the_form_it_was() -> None:
    form = form_of()

    page = post(path(), post(path(), form | {"_switch": "nb"}).form() | {"_switch": "en"})

    assert {name: value for name, value in page.form().items() if name.startswith("_")} == form


@pytest.mark.parametrize("wanted", ["tlh", "../../etc", "no\0"])
def test_a_language_that_is_not_offered_gives_the_programme_s_first(wanted: str) -> None:
    assert '<html lang="nb">' in switched(wanted).text


@pytest.mark.parametrize("body", [{"_nonce": "0" * 32}, {"best": "x"}, {"unknown": "1"}])
def test_a_form_that_none_of_ours_can_have_sent_is_refused_all_the_same(body: dict[str, str]) -> None:
    assert switched("nb", **body).status == 422


def test_a_doubled_switch_is_refused() -> None:
    assert post(path(), urlencode(form_of()).encode() + b"&_switch=nb&_switch=en").status == 422


def test_after_closing_the_page_says_closed_and_the_text_stays() -> None:
    page = post(path(), form_of() | TYPED | {"_switch": "nb"}, at=CLOSED + 600)

    assert page.status == 409
    assert "closed on" in page.text
    assert "Because: &lt;b&gt;æ&lt;/b&gt;" in page.text


def test_who_has_no_invitation_gets_the_page_of_every_unknown_link() -> None:
    page = post(path(9), form_of() | TYPED | {"_switch": "nb"})

    assert (page.status, page.text) == (404, get(f"/e/{REF}/unknown").text)


def test_switching_reads_one_invitation_and_writes_nothing() -> None:
    form, calls = form_of(), []
    client().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))

    post(path(), form | TYPED | {"_switch": "nb"})

    assert calls == ["GetItem"]


def test_whose_link_it_is_is_told_by_a_letter_also_in_the_other_language() -> None:
    invitations.put_invitation(REF, invitation(5, hint="k"))

    page = get(path(5))
    again = post(path(5), page.form() | {"_switch": "nb"})

    assert "This link was sent to k…@… and is for you only." in page.text
    assert "Lenken er sendt til k…@… og er bare til deg." in again.text


def test_the_name_of_a_draft_is_no_link_and_stays_the_same() -> None:
    page, again = get(path()).text, switched("nb").text

    name = re.findall(r'data-draft="(\w+)"', page)
    assert name == re.findall(r'data-draft="(\w+)"', again)
    assert name[0] not in token()
    assert token() not in again.replace(path(), "")
