"""The bytes that leave for SES, read by a parser and a checker that are not Python's and not ours."""

import base64
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from shared import mail
from shared.mail_message import Message
from shared.mail_texts.messages import found_mail, invitation_mail, message_mail, reminder_mail
from tests.functions.examples import oslo
from tests.functions.mails import LANGUAGES, STOP, asked, both, everywhere, reader, task, walks
from tests.template import ROOT

pytestmark = pytest.mark.slow

NODE = ROOT / ".tools/node/node_modules"

NASTY = {
    "umlauts": "Kursdag för Åse Øst-Ærø, ÄÖ",
    "emoji": "Kursdag 🌲👩‍🏫 for deg",
    "quotes": "Kursdag \"på norsk\" \\ 'her'",
    "ascii quotes": 'The "course" office \\ us',
    "commas and brackets": "Office, <Kursdag> (Ås); info@elsewhere.example:",
    "ascii brackets": "Office, <Kursdag> (us); info@elsewhere.example:",
    "literal encoded word": "=?utf-8?q?Bcc=3A_x?= and =?utf-8?b?QUJD?=",
    "literal encoded word beside letters": "Æ =?utf-8?q?Bcc=3A_x?= Ø",
    "right to left": "יום הקורס \u202eabc\u202c مرحبا",
    "long": "En lang tittel om læring i fellesskap " * 12 + "slutt",
    "long ascii": "a title that goes on and on " * 12 + "end",
    "one long word": "æ" * 300,
    "one long ascii word": "w" * 1200,
    "combining": "A\u030as ga\u030ard",
    "blanks": "two  blanks and a dash - here",
    "template syntax": "{{ 7*7 }} {% raw %} %(day)s {x} &amp; <b>",
    "header syntax": "Subject: Bcc: x@example.org",
    "no-break": "10\u00a0000 kr",
}


@pytest.fixture(autouse=True)
def sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDER", "kursdag@example.org")


def read_elsewhere(written: Iterable[bytes]) -> list[dict[str, Any]]:
    """Have mails read by the parser."""
    given = json.dumps([base64.b64encode(data).decode() for data in written])
    done = subprocess.run(["node", ROOT / "tests/node/parse_mails.mjs", NODE], input=given, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def stoppable(language: str) -> list[Message]:
    """Write one mail of each kind that reminders may follow."""
    evening, known, texts = oslo("2025-08-26T20:59"), reader(language), [task("Ta med kart."), task("Hva tok du med deg?", "Et spørsmål")]
    return [
        invitation_mail(walks(), known, [asked()], STOP),
        invitation_mail(walks(), known, both(), STOP),
        invitation_mail(walks(), known, [asked()], STOP, messages=texts),
        reminder_mail(walks(), known, [asked()], STOP, evening),
        reminder_mail(walks(), known, both(), STOP, evening),
        reminder_mail(walks(), known, both(), STOP, evening, messages=texts),
    ]


def others(language: str) -> list[Message]:
    """Write one mail of each kind that no reminder follows."""
    known = reader(language)
    return [
        message_mail(walks(), known, task("Ta med kart.\n\nFrom here on: bring a map.\n.\n..\ntrailing blank \n\ttab")),
        found_mail(walks(), known, both(), ""),
        found_mail(walks(), known, [asked()], "Your answer has come in.", resent=True),
        found_mail(walks(), known, [], "Your answer has come in.", resent=True),
    ]


def every_kind(language: str) -> list[Message]:
    """Write one mail of each kind."""
    return [*stoppable(language), *others(language)]


def headers_of(found: Mapping[str, Any]) -> dict[str, str]:
    return {header["key"]: header["value"] for header in found["headers"]}


def assert_is_mail(data: bytes) -> None:
    """Check what RFC 5322 asks of any mail: ASCII, lines that end as they must and are not too long."""
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    head, _, body = data.partition(b"\r\n\r\n")
    assert not [line for line in body.split(b"\r\n") if len(line) > 78]
    assert not [line for line in head.split(b"\r\n") if len(line) > 78 and not line.startswith(b"List-Unsubscribe:")]
    assert max(map(len, head.split(b"\r\n"))) < 998


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_in_every_language_is_read_elsewhere_as_it_was_written(language: str) -> None:
    messages = every_kind(language)
    written = list(map(mail.written, messages))

    for message, data, found in zip(messages, written, read_elsewhere(written), strict=True):
        assert_is_mail(data)
        assert found["subject"] == message.subject
        assert (found["from"]["name"], found["from"]["address"]) == (message.sender_name, "kursdag@example.org")
        assert [reader["address"] for reader in found["to"]] == [message.to]
        assert [reader["address"] for reader in found["replyTo"]] == [message.reply_to]
        assert found["text"].rstrip("\n") == message.text.rstrip("\n")
        assert found["html"].rstrip("\n") == message.html.rstrip("\n")
        assert found["attachments"] == []
        assert re.findall(rb'^Content-Type: text/(\w+); charset="utf-8"\r$', data, re.MULTILINE) == [b"plain", b"html"]


def test_stopping_is_offered_to_mail_programs_in_every_mail_that_reminders_may_follow() -> None:
    for found in read_elsewhere(map(mail.written, stoppable("nb"))):
        assert headers_of(found)["list-unsubscribe"] == f"<{STOP}>"
        assert headers_of(found)["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    for found in read_elsewhere(map(mail.written, others("nb"))):
        assert not [name for name in headers_of(found) if name.startswith("list-")]


def test_names_and_titles_are_read_elsewhere_as_they_are_whatever_they_hold() -> None:
    messages = [
        message_mail(walks(sender_name=text, title=everywhere(text)), reader(name=text), task(text, title=text)) for text in NASTY.values()
    ]
    written = list(map(mail.written, messages))

    for (name, text), data, found in zip(NASTY.items(), written, read_elsewhere(written), strict=True):
        assert_is_mail(data)
        assert found["subject"] == f"{text} ({text})", name
        assert (found["from"]["name"], found["from"]["address"]) == (text, "kursdag@example.org"), name
        assert len(found["to"]) == 1, name
        assert len(found["headers"]) == 8, name
        assert text in found["text"], name


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n", "\n ", "\0", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_line_break_in_a_header_is_refused(mark: str) -> None:
    whole = every_kind("en")[0]
    for changed in (
        {"subject": f"a{mark}Bcc: x@example.org"},
        {"sender_name": f"a{mark}Bcc: x@example.org"},
        {"stop": f"https://example.org/{mark}Bcc: x@example.org"},
        {"to": f"kari@example.org{mark}Bcc: x@example.org"},
        {"reply_to": f"office@example.org{mark}Bcc: x@example.org"},
    ):
        with pytest.raises(ValueError, match="invalid"):
            mail.written(Message(**{**{name: getattr(whole, name) for name in Message.__slots__}, **changed}))


def test_the_html_of_every_mail_is_without_error_by_the_w3c_checker(tmp_path: Any) -> None:
    texts = [message.html for language in LANGUAGES for message in every_kind(language)]
    files = [tmp_path / f"{at}.html" for at in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)

    done = subprocess.run(
        ["java", "-jar", NODE / "vnu-jar/build/dist/vnu.jar", "--stdout", "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )

    assert [message["message"] for message in json.loads(done.stdout)["messages"]] == []
