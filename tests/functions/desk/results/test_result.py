import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from shared import bucket
from shared.exports.kinds import KINDS
from shared.forms import form_id
from shared.languages import catalogue
from shared.presentation.sentences import method
from shared.store import published
from tests import storing
from tests.functions.desk.results.shown_figures import CONFIDENCE, LEAST_COMMENTS, closing, figures, numbers
from tests.functions.desk.visitors import (
    COMMENTS,
    MARKUP,
    OBSERVER,
    OWNER,
    Browser,
    all_released,
    answer,
    desk,
    frozen,
    opened,
    staffed,
    twelve,
)

pytestmark = pytest.mark.usefixtures("tables")

RESULT = "/desk/programmes/walks/rounds/day-1/result"


def test_a_result_tells_each_question_s_figures_and_how_sure_they_are() -> None:
    edition = desk()
    page = Browser().sign_in(OWNER).get(RESULT)
    benefit = edition["questions"][0]
    low, high = benefit["positive"]["interval"]

    assert "12 of 58 have answered." in page.said()
    assert f"8 of 12 positive · among all 58: {low}–{high}" in page.said()
    assert "Median 4, mean 4.0." in page.said()
    assert "Option Number Share Not 0 0 % Little 0 0 % Some 4 33 % Much 4 33 % All 4 33 %" in page.said()


def test_a_result_s_bars_are_as_long_as_their_shares() -> None:
    desk()
    text = Browser().sign_in(OWNER).get(RESULT).text
    benefit = text[text.index("Benefit?") : text.index("Tents?")]

    widths = [float(width) for width in re.findall(r'<rect class="[a-z-]+" fill="#\w+" stroke="#\w+" x="[^/]*width="([\d.]+)%"', benefit)]

    assert len(set(widths)) == 1
    assert len(widths) == 3
    assert '<desc id="q-benefit-about">Not: 0; Little: 0; Some: 4; Much: 4; All: 4</desc>' in benefit


def test_a_result_says_why_something_is_not_shown() -> None:
    desk()
    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "Rare? Not shown: fewer than 5 answers. Nobody?" in said
    assert "Better? Not shown: comments are shown from 10 answers, and from 3 comments on a question." in said
    assert "Nobody? Nobody has answered this." in said
    assert "Nothing" not in said


def test_a_result_tells_the_versions_of_a_form_that_was_replaced() -> None:
    found = staffed()
    form = found.forms["day-1"]
    first = replace(
        form, questions=(replace(form.questions[0], options=form.questions[0].options[:4], positive=("4",)), *form.questions[1:])
    )
    early = [replace(given, form=form_id(first)) for given in twelve() if given.answers["benefit"] != "5"]
    frozen(found, opened(found), [*early, *twelve()], earlier=[first])

    page = Browser().sign_in(OWNER).get(RESULT)

    assert "Version 1 of the form: 8 have answered. Version 2 of the form: 12 have answered." in page.said()
    assert re.search(
        r"Benefit\? \(version 2\).* Option Number Share Not 0 0 % Little 0 0 % Some 4 33 % Much 4 33 % All 4 33 %", page.said()
    )
    assert re.search(r"Benefit\? \(version 1\).* Option Number Share Not 0 0 % Little 0 0 % Some 4 50 % Much 4 50 %", page.said())
    assert "What? (version" not in page.said()


def test_a_bipolar_question_has_three_shares_and_no_mean() -> None:
    desk()
    said = Browser().sign_in(OWNER).get(RESULT).said()
    expected = said[said.index("As expected?") : said.index("Rare?")]

    assert "33 % below, 33 % in the middle, 33 % above" in expected
    assert not [word for word in ("Median", "mean", "positive", "among all") if word in expected]


def test_who_did_not_take_part_is_counted_apart() -> None:
    desk()

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "10 of 10 positive" in said
    assert "No 0 0 % Some 0 0 % Yes 10 100 % Did not attend 2" in said


def test_comments_are_shown_as_they_were_written_and_never_work() -> None:
    desk()
    all_released()
    page = Browser().sign_in(OBSERVER).get(RESULT)
    shown = re.findall(r"<blockquote>(.*?)</blockquote>", page.text, re.DOTALL)

    assert len(shown) == len(COMMENTS)
    assert MARKUP in page.said()
    assert "First line\nSecond line" in shown
    assert not re.search(r"<script(?! src=)", page.text)
    assert 'href="javascript' not in page.text


@pytest.mark.parametrize("few", [0, 1, 4])
def test_of_a_round_with_few_answers_nothing_is_shown_but_their_number(few: int) -> None:
    found = staffed()
    frozen(found, opened(found), twelve()[:few])

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert f"{few} of 58 have answered." in said
    assert said.count("Not shown: fewer than 5 answers.") == 1 + len(found.forms["day-1"].questions)
    assert not re.search(r"\d positive", said)
    assert "First line" not in said


def test_a_round_that_everybody_answered_is_no_estimate() -> None:
    found = staffed()
    frozen(found, opened(found), twelve(), invited=12)

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "All 12 have answered: the figures are not an estimate." in said
    assert "8 of 12 positive · among all 12: 8" in said


def test_a_round_with_nobody_invited_has_a_page() -> None:
    found = staffed()
    frozen(found, opened(found), [], invited=0)

    assert "0 of 0 have answered." in Browser().sign_in(OWNER).get(RESULT).said()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_result_s_page_shows_no_figure_that_its_file_has_not(language: str) -> None:
    edition = desk()
    comments = bucket.get(f"{prefix()}/comments.json").decode()
    page = Browser().sign_in(OWNER).get(RESULT, accept_language=language)
    rules = method(edition, catalogue(language).gettext)

    shown = numbers(page.said(), language)

    assert len(shown) > 10
    assert shown - figures(edition) - numbers(comments) - numbers(" ".join(rules)) <= CONFIDENCE | LEAST_COMMENTS | closing(edition)


def test_the_counting_of_figures_finds_one_too_many() -> None:
    edition = desk()

    assert {"7345", "12", "58", "0.85"} - figures(edition) == {"7345"}
    assert numbers("7,5 % av 12", "nb") == {"7.5", "12"}


def test_each_chart_is_a_picture_of_its_own_with_the_same_figures() -> None:
    edition = desk()
    owner = Browser().sign_in(OWNER)

    for question in edition["questions"]:
        found = owner.get(f"{RESULT}/{question['id']}.svg")
        assert found.status == (200 if question.get("counts") else 404), question["id"]
        if found.status == 200:
            drawn = drawing(found.body)
            said = " ".join(drawn.itertext())
            assert question["text"]["en"] in said
            assert numbers(said) - figures(edition) <= {"1"}
            assert found.headers["content-disposition"] == f'attachment; filename="walks-day-1-{question["id"]}.svg"'
            assert f'href="{RESULT}/{question["id"]}.svg"' in owner.get(RESULT).text or not question["n"]


def drawing(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 – our own drawing


def test_a_picture_holds_text_as_text() -> None:
    found = staffed()
    form = found.forms["day-1"]
    odd = replace(form.questions[0], text={"en": "<b>A & B</b>?", "nb": "<b>A & B</b>?"})
    found.forms["day-1"] = replace(form, questions=(odd, *form.questions[1:]))  # type: ignore[index]
    frozen(found, opened(found), twelve())

    drawn = drawing(Browser().sign_in(OWNER).get(f"{RESULT}/benefit.svg").body)

    assert "<b>A & B</b>?" in [text.text for text in drawn.iter()]


def test_a_result_s_files_are_attachments_byte_for_byte() -> None:
    desk()
    owner = Browser().sign_in(OWNER)
    page = owner.get(RESULT)

    for kind in KINDS:
        file = owner.get(f"{RESULT}.{kind}")
        assert f'href="{RESULT}.{kind}"' in page.text
        assert (file.status, file.body) == (200, bucket.get(f"{prefix()}/edition.{kind}"))
        assert file.headers["content-disposition"] == f'attachment; filename="walks-day-1.{kind}"'
        assert file.headers["cache-control"] == "no-store"


def test_a_result_keeps_its_languages_when_its_programme_gets_another() -> None:
    desk()
    found = staffed()
    swedish = replace(found.programme, languages=("sv", "nb"), title={"sv": "Vandringsledare", "nb": "Turleder"})
    storing.put_programme(replace(swedish, days=found.programme.days[1:]))

    page = Browser().sign_in(OWNER).get(RESULT, accept_language="sv")

    assert page.status == 200
    assert '<html lang="nb">' in page.text
    assert "Utbytte?" in page.text


def test_decimals_are_written_as_the_language_writes_them() -> None:
    found = staffed()
    frozen(found, opened(found), [answer(benefit=code) for code in "123455"])
    owner = Browser().sign_in(OWNER)

    english, norwegian = (owner.get(RESULT, accept_language=code).said() for code in ("en", "nb"))

    assert "Median 3.5, mean 3.3." in english
    assert "Median 3,5, gjennomsnitt 3,3." in norwegian


def prefix() -> str:
    found = published.rounds("walks")["day-1"].edition
    assert found is not None
    return found
