import re
from dataclasses import replace

import pytest

from shared.mail_message import Message
from shared.mail_texts.messages import found_mail, invitation_mail, message_mail, reminder_mail
from shared.mail_texts.phrases import Asked
from shared.rounds import Window
from tests.functions.examples import oslo
from tests.functions.mails import EVENING, LANGUAGES, LINK, OTHER_LINK, STOP, WEEK, asked, both, reader, task, walks

NINE = oslo("2025-08-26T20:59")
"""Three hours before midnight, as the form says it: until 23:59."""


def invited(*forms: Asked, language: str = "en") -> Message:
    return invitation_mail(walks(), reader(language), forms or [asked()], STOP)


def midnight(language: str) -> str:
    """Write the last minute of the day as a language writes it."""
    return "23:59" if language == "en" else "23.59"


def reminded(*forms: Asked, now: int = NINE, language: str = "en") -> Message:
    return reminder_mail(walks(), reader(language), forms or [asked()], STOP, now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_says_which_day_where_how_long_until_when_and_whom_to_ask(language: str) -> None:
    mail = invited(language=language)

    assert "Day 1: The sea" in mail.subject
    for body in (mail.text, mail.html):
        assert not [
            said for said in ("Kari", "Day 1: The sea", "26", "Ås gård", midnight(language), "Åse Li", "office@") if said not in body
        ]
        assert "1 minut" in body


def test_an_invitation_has_one_button_and_the_address_as_text() -> None:
    mail = invited()

    assert mail.html.count(f'<a href="{LINK}"') == 2
    assert mail.html.count('class="button"') == 1
    assert f">{LINK}</a>" in mail.html
    assert LINK in mail.text.splitlines()


def test_who_reads_only_the_list_of_mails_sees_how_long_it_takes_and_until_when() -> None:
    body = invited().html.partition("<body")[2]

    ahead = body[body.index('<div style="display:none') : body.index("Hello")]
    assert "it takes about 1 minute. The form is open until 23:59 today." in ahead


def test_a_mail_with_more_than_one_thing_has_a_short_heading() -> None:
    found = found_mail(walks(), reader("en"), both(), "")

    assert re.findall("<h1[^>]*>(.*?)</h1>", found.html) == ["Your own link"]
    assert "your address was typed" in re.findall("<p [^>]*>(.*?)</p>", found.html)[1]


def test_several_forms_are_in_one_mail_each_with_its_own_link() -> None:
    mail = invited(*both())

    assert mail.subject == "2 short forms (Walk leader)"
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == [LINK, OTHER_LINK]
    assert mail.html.count('class="button"') == 2
    assert "How was the day? Day 1: The sea\nTuesday 26 August, Ås gård\n" in mail.text
    assert "\nYour goals\n" in mail.text
    assert mail.text.count("Anonymous:") == mail.html.count("Anonymous:") == 1
    assert "The links are your own" in mail.text


def test_where_forms_are_of_different_modes_each_says_what_holds_for_it() -> None:
    first, second = both()
    other = replace(second, form=replace(second.form, mode="confidential"))

    mail = invited(first, other)

    before, _, after = mail.text.partition(LINK)
    assert "Anonymous:" in before
    assert "Confidential:" in after
    assert mail.text.count("Anonymous:") == mail.text.count("Confidential:") == 1


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (EVENING, "The day is over: “Day 1: The sea”, Tuesday 26 August, Ås gård."),
        (Window(oslo("2025-08-27T08:00"), oslo("2025-08-27T12:00")), "The day is over:"),
        (Window(oslo("2025-08-20T08:00"), oslo("2025-08-26T08:00")), "Soon it is time for “Day 1: The sea”, Tuesday 26 August, Ås gård."),
        (Window(oslo("2025-10-01T08:00"), oslo("2025-10-08T08:00")), "It is some time since “Day 1: The sea”, Tuesday 26 August, Ås gård."),
    ],
)
def test_a_mail_never_says_that_a_day_is_over_before_it_was_held(window: Window, said: str) -> None:
    assert said in invited(asked(window=window)).text


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NINE, "for another 3 hours, until 23:59."),
        (NINE + 4 * 60, "for another 3 hours, until 23:59."),
        (oslo("2025-08-26T22:30"), "for another 90 minutes, until 23:59."),
        (oslo("2025-08-26T23:59"), "for another 1 minute, until 23:59."),
    ],
)
def test_a_reminder_says_how_long_is_left(now: int, said: str) -> None:
    mail = reminded(now=now)

    assert said in mail.text
    assert said in mail.html


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (oslo("2025-08-27T12:00"), "for another 6 days, until Tuesday 2 September at 11:59."),
        (oslo("2025-09-01T12:00"), "for another 24 hours, until Tuesday 2 September at 11:59."),
        (oslo("2025-09-02T09:00"), "for another 3 hours, until 11:59."),
    ],
)
def test_a_reminder_names_the_date_until_that_day_has_come(now: int, said: str) -> None:
    assert said in reminded(asked(window=WEEK), now=now).text


def test_what_is_left_is_right_over_the_night_that_is_an_hour_longer() -> None:
    night = Window(oslo("2025-10-25T18:00"), oslo("2025-10-26T12:00"))

    assert "another 15 hours, until Sunday 26 October at 11:59." in reminded(asked(window=night), now=oslo("2025-10-25T22:00")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_has_a_subject_of_its_own_and_the_same_link(language: str) -> None:
    first, reminder = invited(language=language), reminded(language=language)

    assert reminder.subject != first.subject
    assert f"{midnight(language)}: Day 1: The sea" in reminder.subject
    assert LINK in reminder.text.splitlines()
    assert reminder.stop == first.stop == STOP


def test_a_reminder_of_several_forms_says_of_each_how_long_is_left() -> None:
    mail = reminded(*both())

    assert mail.subject == "Still open: 2 short forms (Walk leader)"
    assert "another 3 hours, until 23:59." in mail.text
    assert "another 7 days, until Tuesday 2 September at 11:59." in mail.text


def test_a_message_is_told_as_it_was_written_without_a_button() -> None:
    mail = message_mail(walks(), reader(), task("Please bring a map.\nAnd boots: https://example.org/b\n\nSee you <b>soon</b>!"))

    assert mail.subject == "Bring a map (Walk leader)"
    assert "Please bring a map.\nAnd boots: https://example.org/b\n\nSee you <b>soon</b>!\n" in mail.text
    assert "Please bring a map.<br>And boots: " in mail.html
    assert "See you &lt;b&gt;soon&lt;/b&gt;!" in mail.html
    assert '<a href="https://example.org/b"' in mail.html
    assert "button" not in mail.html.partition("<body")[2]
    assert mail.stop == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_has_markup_in_its_text_or_more_than_one_empty_line(language: str) -> None:
    written = [invited(language=language), invited(*both(), language=language), reminded(*both(), language=language)]
    written.append(message_mail(walks(), reader(language), task("One.\n\n\n\nTwo.")))

    for mail in written:
        assert "\n\n\n" not in mail.text
        assert not [mark for mark in ("<p", "{{", "{%", "&amp;", "%(") if mark in mail.text]


def test_nothing_in_a_mail_is_fetched_and_nothing_tells_that_it_was_opened() -> None:
    for mail in (invited(), invited(*both()), reminded()):
        assert not [mark for mark in ("<img", "<script", "<link", "url(", "src=", "@import") if mark in mail.html]


def test_mails_are_light() -> None:
    assert len(invited().html.encode()) < 4_000
    assert len(invited(*both()).html.encode()) < 6_000
