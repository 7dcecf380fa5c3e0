import pytest

from shared import links
from shared.settings import setting
from shared.store import box, invitations
from shared.store.client import client
from shared.store.invitations import cell_text
from shared.web import slips
from tests.functions.examples import DAY, OPEN, Refusing, dump, scanned
from tests.functions.open_round import (
    CLOSED,
    REF,
    all_pages,
    answers,
    empty_tables,
    form_of,
    get,
    open_round,
    path,
    post,
    token,
)

WRITTEN = "  Å gå <b>på tur</b> {{ 7*7 }} {% raw %} ${x} javascript:alert(1) 'sitat' \"quote\" &amp; </textarea>\r\n=1+1 👩\u200d🏫"
STORED = WRITTEN.strip().replace("\r\n", "\n")
pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def answered(number: int = 0) -> str | None:
    found = invitations.invitation(REF, links.fingerprint(token(number)))
    assert found is not None
    return found.answered


def test_an_answer_is_received_and_lies_sealed_in_the_box() -> None:
    page = post(path(), form_of() | {"benefit": "4", "tents": "na", "takeaway": WRITTEN})

    assert page.status == 200
    assert "received" in page.text
    assert token() not in page.text
    (stored,) = answers()
    assert stored.answers == {"benefit": "4", "tents": "na", "takeaway": STORED}
    assert (stored.cell, stored.gathering) == (("North", "A"), "day-1")
    assert answered() is not None


def test_questions_left_open_are_not_in_the_answer() -> None:
    post(path(), form_of() | {"benefit": "1"})

    assert [stored.answers for stored in answers()] == [{"benefit": "1"}]


def test_the_receipt_is_in_the_language_in_which_the_form_was_read() -> None:
    page = post(path(), form_of(query="lang=nb") | {"benefit": "4"})

    assert '<html lang="nb">' in page.text
    assert "mottatt" in page.text


def test_everybody_answers_for_herself() -> None:
    for number in range(3):
        post(path(number), form_of(number) | {"benefit": str(number + 1)})

    assert sorted(stored.answers["benefit"] for stored in answers()) == ["1", "2", "3"]


@pytest.mark.parametrize("at", [OPEN, CLOSED - 1, CLOSED, CLOSED + 119])
def test_until_two_minutes_after_closing_a_form_that_was_open_is_taken(at: int) -> None:
    form = form_of()

    assert post(path(), form | {"benefit": "4"}, at=at).status == 200
    assert len(answers()) == 1


@pytest.mark.parametrize("at", [CLOSED + 120, CLOSED + 10**7])
def test_later_the_page_says_closed_keeps_the_text_and_stores_nothing(at: int) -> None:
    form, before = form_of(), dump()

    page = post(path(), form | {"benefit": "4", "takeaway": "Å gå <b>på tur</b>"}, at=at)

    assert page.status == 409
    assert "closed on Tuesday 26 August at 23:59" in page.text
    assert "Å gå &lt;b&gt;på tur&lt;/b&gt;" in page.text
    assert dump() == before


def test_a_form_sent_before_opening_stores_nothing() -> None:
    form, before = form_of(), dump()

    page = post(path(), form | {"benefit": "4"}, at=OPEN - 86_400)

    assert page.status == 409
    assert "received" not in page.text
    assert dump() == before


def test_a_content_type_with_its_letters_told_is_fine() -> None:
    page = post(path(), form_of() | {"benefit": "4"}, content_type="application/x-www-form-urlencoded; charset=UTF-8")

    assert page.status == 200


def test_a_body_of_64_kib_is_read() -> None:
    page = post(path(), b"takeaway=" + b"x" * (64 * 1024 - 9))

    assert page.status == 422


def test_a_text_that_is_too_long_is_shown_again_to_be_mended() -> None:
    form, before = form_of(), dump()

    page = post(path(), form | {"benefit": "4", "takeaway": "å" * 1001})

    assert page.status == 422
    assert "Write at most 1000 characters" in page.text
    assert page.form()["takeaway"] == "å" * 1001
    assert page.form()["benefit"] == "4"
    assert dump() == before
    assert post(path(), page.form() | {"takeaway": "å" * 1000}).status == 200


def test_a_required_question_left_open_is_pointed_at_with_everything_typed_still_there() -> None:
    empty_tables()
    open_round(DAY.replace("id: benefit", "id: benefit\n    required: true"))

    page = post(path(), form_of() | {"takeaway": "typed"})

    assert page.status == 422
    assert "Please answer this question." in page.text
    assert page.form()["takeaway"] == "typed"
    assert answers() == []
    assert post(path(), page.form() | {"benefit": "2"}).status == 200


def test_a_form_sent_twice_is_received_twice_and_stored_once() -> None:
    form = form_of() | {"benefit": "4"}

    pages = [post(path(), form) for _ in range(3)]

    assert {page.status for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    assert len(answers()) == 1


def test_the_first_of_two_tabs_counts_and_the_other_keeps_its_text() -> None:
    phone, laptop = form_of(), form_of()
    post(path(), phone | {"benefit": "4"})
    before = dump()

    page = post(path(), laptop | {"benefit": "1", "takeaway": WRITTEN})

    assert page.status == 409
    assert "already received" in page.text
    assert "Å gå &lt;b&gt;på tur&lt;/b&gt; {{ 7*7 }} {% raw %} ${x} javascript:alert(1)" in page.text
    assert "<b>" not in page.text
    assert dump() == before


def test_changed_and_sent_again_from_the_same_tab_the_first_answer_stays_and_that_is_said() -> None:
    form = form_of()
    post(path(), form | {"benefit": "4"})

    page = post(path(), form | {"benefit": "1", "takeaway": "On second thoughts"})

    assert page.status == 409
    assert "On second thoughts" in page.text
    assert [stored.answers for stored in answers()] == [{"benefit": "4"}]


def test_a_form_opened_by_one_link_can_t_be_sent_by_another() -> None:
    form, before = form_of(0), dump()

    assert post(path(2), form | {"benefit": "4"}).status == 422
    assert dump() == before


def test_a_page_that_was_made_up_for_an_unknown_link_stores_nothing() -> None:
    before = dump()
    slip = slips.new_slip(form_of()["_form"], ("North", "A"), "day-1", "en")
    made_up = "z" * 26

    page = post(f"/e/{REF}/{made_up}", slips.fields(slip, made_up) | {"benefit": "4"})

    assert page.status == 404
    assert page.text == get(f"/e/{REF}/unknown").text
    assert dump() == before


def test_whoever_makes_up_a_finer_cell_of_her_own_is_not_believed() -> None:
    slip = slips.new_slip(form_of()["_form"], ("North", "A", "leader"), "day-1", "en")

    page = post(path(), slips.fields(slip, token()) | {"benefit": "4"})

    assert page.status == 409
    assert answers() == []
    assert answered() is None


def move(cell: tuple[str, ...]) -> None:
    """Change the group of the first reader, as staff may."""
    client().update_item(
        TableName=setting("INVITATIONS_TABLE"),
        Key={"pk": {"S": f"ROUND#{REF}"}, "sk": {"S": f"INV#{links.fingerprint(token())}"}},
        UpdateExpression="SET cell = :cell",
        ExpressionAttributeValues={":cell": {"S": cell_text(cell)}},
    )


def test_whose_group_changed_meanwhile_sees_her_form_again_and_then_answers_with_the_new_one() -> None:
    form = form_of() | {"benefit": "4", "takeaway": "kept"}
    move(("North",))

    page = post(path(), form)

    assert page.status == 409
    assert page.form()["takeaway"] == "kept"
    assert page.form()["benefit"] == "4"
    assert answers() == []
    assert post(path(), page.form()).status == 200
    assert [(stored.cell, dict(stored.answers)) for stored in answers()] == [(("North",), {"benefit": "4", "takeaway": "kept"})]


def test_a_form_that_was_changed_meanwhile_is_not_taken_for_the_new_one() -> None:
    form = form_of()
    assert form["_form"] == open_form_id()

    assert post(path(), form | {"_form": "0" * 32, "benefit": "4"}).status == 422


def open_form_id() -> str:
    found: str = next(item["form"]["S"] for item in scanned("PUBLISHED") if item["sk"]["S"] == "ROUND#day-1")
    return found


def test_an_answer_costs_one_transaction_and_no_reading() -> None:
    form, calls = form_of(), []
    for used in (client(), box._client()):
        used.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))

    post(path(), form | {"benefit": "4"})

    assert calls == ["TransactWriteItems"]


def test_a_look_at_the_form_reads_one_invitation() -> None:
    form_of()
    calls: list[str] = []
    client().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))

    get(path())

    assert calls == ["GetItem"]


def test_whatever_is_sent_no_token_address_or_answer_is_logged(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    list(all_pages())
    Refusing("ThrottlingException", times=4).on(box._client(), "TransactWriteItems")
    post(path(1), form_of(1) | {"benefit": "4", "takeaway": "what I wrote"})

    logged = "".join(capfd.readouterr()) + caplog.text
    assert "answer not saved" in logged
    assert not any(text in logged for text in (token(0), token(1), "what I wrote", "192.0.2.7", "a phone", "@", REF))
