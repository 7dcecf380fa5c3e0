import re
from dataclasses import replace

import pytest

from shared import bucket
from shared.forms import form_id
from shared.response import Totals
from shared.store import desk_samples, published
from shared.store.desk_samples import Sample
from tests.functions.desk.visitors import (
    COMMENTS,
    MARKUP,
    NORTH,
    OBSERVER,
    ORGANISER,
    OTHERS_STAFF,
    OWNER,
    Browser,
    answer,
    desk,
    frozen,
    opened,
    staffed,
    twelve,
)
from tests.functions.examples import oslo

pytestmark = pytest.mark.usefixtures("tables")

ROUND = "/desk/programmes/walks/rounds/day-1"
RESULT = f"{ROUND}/result"


def sample(answered: int, invited: int, name: str = "walks") -> None:
    desk_samples.put_sample(f"day-1-{name}", answered, Sample(oslo("2025-08-26T19:00"), Totals(invited, answered)))


def test_somebody_of_one_programme_comes_straight_to_it() -> None:
    staffed()
    browser = Browser().sign_in(OWNER)

    assert browser.get("/desk/programmes").place == "/desk/programmes/walks"
    assert "Walk leader" in browser.get("/desk/programmes", "all=1").said()


def test_somebody_of_two_programmes_chooses() -> None:
    staffed()
    staffed("staff: [{email: OWNER@example.org, role: observer}]\n", "swims")

    page = Browser().sign_in(OWNER).get("/desk/programmes")

    assert re.findall(r'href="(/desk/programmes/\w+)"', page.text) == ["/desk/programmes/swims", "/desk/programmes/walks"]


def test_a_programme_without_rounds_says_so() -> None:
    staffed()

    assert "This programme has no rounds yet." in Browser().sign_in(OWNER).get("/desk/programmes/walks").said()


@pytest.mark.parametrize(
    ("answered", "invited", "said"),
    [
        (41, 58, "41 of 58 answered (71 %)"),
        (0, 58, "0 of 58 answered (0 %)"),
        (58, 58, "58 of 58 answered (100 %)"),
        (0, 0, "0 of 0 answered (0 %)"),
        (1, 10_000, "1 of 10000 answered (0 %)"),
    ],
)
def test_the_response_is_the_latest_sample(answered: int, invited: int, said: str) -> None:
    opened(staffed())
    desk_samples.put_sample("day-1-walks", 0, Sample(oslo("2025-08-26T12:00"), Totals(invited, 0)))
    desk_samples.put_sample("day-1-walks", 1, Sample(oslo("2025-08-26T19:00"), Totals(invited, answered)))
    organiser = Browser(oslo("2025-08-26T20:00")).sign_in(ORGANISER)

    assert said in organiser.get("/desk/programmes/walks").said()
    assert said in organiser.get(ROUND).said()
    assert "Counted Tuesday 26 August at 19:00." in organiser.get(ROUND).said()


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-08-26T10:59", "Opens Tuesday 26 August at 11:00"),
        ("2025-08-26T11:00", "Open until Tuesday 26 August at 23:59"),
        ("2025-08-27T00:00", "Closed; the result is being made"),
    ],
)
def test_a_round_says_where_it_stands(at: str, state: str) -> None:
    opened(staffed())
    organiser = Browser(oslo(at)).sign_in(ORGANISER)

    assert state in organiser.get("/desk/programmes/walks").said()
    assert state in organiser.get(ROUND).said()
    assert "Oslo Tuesday 26 August at 11:00 Tuesday 26 August at 23:59" in organiser.get(ROUND).said()


def test_before_the_first_count_the_page_says_when_there_is_one() -> None:
    opened(staffed())

    early, late = (Browser(oslo(at)).sign_in(ORGANISER).get(ROUND).said() for at in ("2025-08-26T10:00", "2025-08-26T12:00"))

    assert "Nobody is invited yet." in early
    assert "Not counted yet." in late


def test_observers_see_no_response_and_organisers_no_result() -> None:
    desk()

    observer, organiser, north = (Browser().sign_in(email).get(ROUND) for email in (OBSERVER, ORGANISER, NORTH))

    assert "41 of 58" not in observer.said()
    assert RESULT in observer.text
    assert "41 of 58 answered (71 %)" in organiser.said()
    assert "The programme's owners can see the result." in organiser.said()
    assert "Results by unit are not made yet." in north.said()
    assert not [page for page in (organiser, north) if RESULT in page.text]


def test_a_round_whose_day_the_files_dropped_keeps_its_pages() -> None:
    desk()
    found = staffed()
    days = tuple(day for day in found.programme.days if day.id != "day-1")
    published.put_programme(replace(found.programme, days=days))
    owner = Browser().sign_in(OWNER)

    assert [owner.get(path).status for path in ("/desk/programmes/walks", ROUND, RESULT)] == [200] * 3


def test_a_round_about_the_programme_is_called_as_its_form_is() -> None:
    found = staffed()
    published.update_round(replace(opened(found), once=True))

    page = Browser().sign_in(OWNER).get(ROUND).said()

    assert found.forms["day-1"].title["en"] in page


def test_a_result_tells_each_question_s_figures_and_how_sure_they_are() -> None:
    edition = desk()
    page = Browser().sign_in(OWNER).get(RESULT)
    benefit = edition["questions"][0]
    low, high = benefit["positive"]["interval"]

    assert "12 of 58 have answered." in page.said()
    assert f"8 of 12 positive · among all 58: {low}–{high}" in page.said()
    assert "Median 4, mean 4.0." in page.said()
    assert "Benefit? Option Share Number Not 0 Little 0 Some 4 Much 4 All 4" in page.said()


def test_a_result_shows_bars_as_long_as_their_shares() -> None:
    desk()
    text = Browser().sign_in(OWNER).get(RESULT).text
    benefit = text[text.index("Benefit?") : text.index("What?")]

    assert [int(width) for width in re.findall(r'<rect class="bar[ a-z]*" width="(\d+)"', benefit)] == [0, 0, 33, 33, 33]
    assert re.findall(r'aria-label="(\d+) %"', benefit) == ["0", "0", "33", "33", "33"]
    assert benefit.count('class="bar good"') == 2


def test_a_result_says_why_something_is_not_shown() -> None:
    desk()
    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "Rare? Not shown: fewer than 5 answers. Nobody?" in said
    assert "Better? Not shown: comments are shown from 10 answers, and from 3 comments on a question." in said
    assert "Nobody? Option Share Number No 0 Some 0 Yes 0 Nobody has answered this." in said
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
    assert "Benefit? (version 2) Option Share Number Not 0 Little 0 Some 4 Much 4 All 4" in page.said()
    assert "Benefit? (version 1) Option Share Number Not 0 Little 0 Some 4 Much 4 " in page.said()
    assert "What? (version" not in page.said()


def test_a_bipolar_question_has_three_shares_and_no_mean() -> None:
    desk()
    said = Browser().sign_in(OWNER).get(RESULT).said()
    expected = said[said.index("As expected?") : said.index("Rare?")]

    assert "33 % below, 33 % in the middle, 33 % above" in expected
    assert not [word for word in ("Median", "mean", "positive", "among all") if word in expected]


def test_who_did_not_take_part_is_counted_apart() -> None:
    desk()

    assert "No 0 Some 0 Yes 10 Did not attend 2 10 of 10 positive" in Browser().sign_in(OWNER).get(RESULT).said()


def test_comments_are_shown_as_they_were_written_and_never_work() -> None:
    desk()
    page = Browser().sign_in(OBSERVER).get(RESULT)
    shown = re.findall(r"<blockquote>(.*?)</blockquote>", page.text, re.DOTALL)

    assert len(shown) == len(COMMENTS)
    assert MARKUP in page.said()
    assert "First line\nSecond line" in shown
    assert "<script" not in page.text
    assert 'href="javascript' not in page.text


@pytest.mark.parametrize("few", [0, 1, 4])
def test_of_a_round_with_few_answers_nothing_is_shown_but_their_number(few: int) -> None:
    found = staffed()
    frozen(found, opened(found), twelve()[:few])

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert f"{few} of 58 have answered. Not shown: fewer than 5 answers." in said
    assert said.count("Not shown: fewer than 5 answers.") == 1 + len(found.forms["day-1"].questions)
    assert "positive" not in said
    assert "First line" not in said


def test_a_round_that_everybody_answered_is_no_estimate() -> None:
    found = staffed()
    frozen(found, opened(found), twelve(), invited=12)

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "All 12 have answered: the figures are not an estimate." in said
    assert "8 of 12 positive · among all 12: 8–8" in said


def test_a_round_with_nobody_invited_has_a_page() -> None:
    found = staffed()
    frozen(found, opened(found), [], invited=0)

    assert "0 of 0 have answered." in Browser().sign_in(OWNER).get(RESULT).said()


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)?", text))


def figures(value: object) -> set[str]:
    """Write out every number of a document as pages round it, and the texts' own."""
    if isinstance(value, dict):
        return set().union(*map(figures, value.values()), *map(numbers, map(str, value)))
    if isinstance(value, list):
        return set().union(*map(figures, value))
    if isinstance(value, float):
        return {f"{value:g}", f"{value:.1f}", str(round(100 * value))}
    return numbers(str(value))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_result_s_page_shows_no_figure_that_its_file_has_not(language: str) -> None:
    edition = desk()
    comments = bucket.get(f"{prefix()}/comments.json").decode()
    page = Browser().sign_in(OWNER).get(RESULT, accept_language=language)
    least = {"3", "95"}  # of the rules: comments on a question, and the confidence

    shown = {number.replace(",", ".") for number in numbers(page.said())}

    assert len(shown) > 10
    assert shown - figures(edition) - numbers(comments) <= least


def prefix() -> str:
    found = published.rounds("walks")["day-1"].edition
    assert found is not None
    return found


def test_a_result_s_files_are_attachments_byte_for_byte() -> None:
    desk()
    owner = Browser().sign_in(OWNER)
    page = owner.get(RESULT)

    for kind in ("json", "csv", "xlsx"):
        file = owner.get(f"{RESULT}.{kind}")
        assert f'href="{RESULT}.{kind}"' in page.text
        assert (file.status, file.body) == (200, bucket.get(f"{prefix()}/edition.{kind}"))
        assert file.headers["content-disposition"] == f'attachment; filename="walks-day-1.{kind}"'
        assert file.headers["cache-control"] == "no-store"


def test_a_result_keeps_its_languages_when_its_programme_gets_another() -> None:
    desk()
    found = staffed()
    swedish = replace(found.programme, languages=("sv", "nb"), title={"sv": "Vandringsledare", "nb": "Turleder"})
    published.put_programme(replace(swedish, days=found.programme.days[1:]))

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


SPOKEN = {"nb": "nb", "no": "nb", "nb-NO,nb;q=0.9,en;q=0.8": "nb", "en": "en", "da": "nb", "": "nb", "*": "nb", "tlh;q=x": "nb"}


def test_a_programme_s_pages_speak_one_of_its_languages() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    for asked, spoken in SPOKEN.items():
        assert f'<html lang="{spoken}">' in owner.get(ROUND, accept_language=asked).text, asked


def test_a_round_s_page_is_small_and_asks_nobody_else_for_anything() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    for path in ("/desk/programmes/walks", ROUND, RESULT, "/desk/sign-in"):
        page = owner.get(path)
        assert len(page.body) < 40_000
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
        assert all(address.startswith(("/static/", "/desk/", "/accessibility?", "data:")) for address in addresses)
        assert "style=" not in page.text


def test_the_clock_of_a_local_stack_moves_rounds_but_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    opened(staffed())
    now = oslo("2026-01-01T12:00")
    organiser = Browser(now).sign_in(ORGANISER)
    assert "Closed" in organiser.get(ROUND).said()

    published.put_clock_offset(oslo("2025-08-26T12:00") - now)

    assert "Open until" in organiser.get(ROUND).said()


def test_one_programme_s_samples_are_not_another_s() -> None:
    opened(staffed())
    opened(staffed(OTHERS_STAFF, "swims"))
    sample(7, 9, "swims")

    assert "7 of 9" not in Browser(oslo("2025-08-26T20:00")).sign_in(ORGANISER).get(ROUND).said()
