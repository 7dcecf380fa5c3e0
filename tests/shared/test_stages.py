import pytest

from shared.stages import staged

ASKED = {"da": "Hvor er du nu?", "nb": "Hvor er du nå?", "en": "Where are you now?"}


@pytest.mark.parametrize(
    ("stage", "called"),
    [
        ("before", ("Hvor er du nu? (før)", "Hvor er du nå? (før)", "Where are you now? (before)")),
        ("midway", ("Hvor er du nu? (undervejs)", "Hvor er du nå? (underveis)", "Where are you now? (midway)")),
        ("after", ("Hvor er du nu? (efter)", "Hvor er du nå? (etter)", "Where are you now? (after)")),
        ("follow-up", ("Hvor er du nu? (nogen tid efter)", "Hvor er du nå? (en tid etter)", "Where are you now? (some time later)")),
    ],
)
def test_rounds_that_ask_the_same_are_told_apart_by_their_stage(stage: str, called: tuple[str, ...]) -> None:
    assert tuple(staged(ASKED, stage).values()) == called


def test_a_round_in_no_series_is_called_like_its_form() -> None:
    assert staged(ASKED, "") == ASKED
