from dataclasses import replace

from shared.forms import Question
from shared.programmes import Session
from shared.results.asking import Asking

TITLE = {"en": "Teach together"}
SESSION = Session("co-teaching", {"en": "Co-teaching in practice"}, "09:00", "10:00")
USEFUL = Question("useful.co-teaching", "scale", {"en": "How useful was “Co-teaching in practice”?"})


def test_a_question_about_a_goal_repeats_no_session_that_bears_the_goal_s_id() -> None:
    asking = Asking([SESSION], goals={"co-teaching": TITLE})

    assert asking.session(USEFUL) == "co-teaching"
    assert asking.session(replace(USEFUL, id="goals.co-teaching", text=TITLE)) is None
    assert asking.session(replace(USEFUL, id="useful.maps")) is None
