from shared.languages import catalogue
from shared.replies import Reply, document, message, message_id, round_of
from shared.schedule import by_day
from tests.functions.examples import oslo
from tests.shared.examples import answers, documents

REPLY = Reply({"en": "Too long.", "nb": "For langt."}, {"en": "Shorter.", "nb": "Kortere."})
LANGUAGES = ("en", "nb")


def test_a_reply_is_whole_when_both_parts_are_said_in_every_language() -> None:
    assert REPLY.missing(LANGUAGES) == []
    assert Reply().missing(LANGUAGES) == ["en", "nb"]
    assert Reply(REPLY.heard, {"en": "Shorter.", "nb": ""}).missing(LANGUAGES) == ["nb"]


def test_participants_are_shown_figures_for_all_together_and_no_comments() -> None:
    edition, _ = documents(answers("44455", takeaway="A walk"), 8)

    shown = document(REPLY, edition)["edition"]

    assert (shown["n"], shown["N"]) == (5, 8)
    assert [question["id"] for question in shown["questions"]] == [
        question["id"] for question in edition["questions"] if question["kind"] != "text"
    ]
    assert not [question for question in shown["questions"] if {"blocks", "roles"} & set(question)]
    assert "A walk" not in str(shown)


def test_a_mail_about_a_reply_holds_it_and_her_own_link_in_each_language() -> None:
    told = message("day-1", {"en": "Day 1", "nb": "Dag 1"}, document(REPLY, documents([], 8)[0]), "https://x.example/e/a/b")

    assert round_of(told.id) == "day-1"
    assert told.title["en"] == "What we heard, and what we will change: Day 1"
    assert told.text["en"].split("\n\n")[:4] == ["What we heard:", "Too long.", "What we will change:", "Shorter."]
    assert all(text.endswith("\nhttps://x.example/e/a/b") for text in told.text.values())
    assert catalogue("nb").gettext("What we heard") in told.text["nb"]


def test_a_mail_names_the_link_of_the_invitation_where_it_can_t_be_made_again() -> None:
    told = message("day-1", {"en": "Day 1"}, document(REPLY, documents([], 8)[0]), "")

    assert told.text["en"].endswith("The link by which you were invited now leads to the figures.")
    assert "http" not in told.text["en"]


def test_a_programme_s_own_messages_are_no_replies() -> None:
    assert round_of("boots") == ""
    assert round_of(message_id("day-1")) == "day-1"


def test_what_is_published_at_night_is_mailed_in_the_morning() -> None:
    zone = "Europe/Oslo"

    assert by_day(oslo("2025-08-27T12:00"), zone) == oslo("2025-08-27T12:00")
    assert by_day(oslo("2025-08-27T21:00"), zone) == oslo("2025-08-28T07:00")
    assert by_day(oslo("2025-08-27T06:59"), zone) == oslo("2025-08-27T07:00")
    assert by_day(oslo("2025-10-25T23:00"), zone) == oslo("2025-10-26T07:00")
