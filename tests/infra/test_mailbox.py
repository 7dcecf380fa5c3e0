import pytest

from infra.mailbox import Mail, link, mails
from infra.service import Service, Unavailable

LINK = "https://kursdag.example.org/e/abcdefgh/token"


def mail(text: str) -> Mail:
    return Mail("Walks <kursdag@example.org>", "reader@example.org", "How was the day?", text, "")


def test_a_mail_s_link_is_found_on_its_own_line() -> None:
    assert link(mail(f"Hello,\n\n  {LINK}\n\nQuestions? See http://elsewhere.example.org")) is None
    assert link(mail(f"Hello,\n\n{LINK} \n")) == LINK


def test_the_link_of_one_round_is_told_from_others() -> None:
    both = mail(f"https://kursdag.example.org/e/other000/token\n{LINK}\n")

    assert link(both, "abcdefgh") == LINK
    assert link(both, "nowhere0") is None


def test_a_mail_without_a_link_has_none() -> None:
    assert link(mail("Hello")) is None


def test_only_the_local_stack_s_mails_can_be_read() -> None:
    with pytest.raises(Unavailable, match="local stack only"):
        list(mails(Service({"Stage": "prod"})))
