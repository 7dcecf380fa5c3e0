"""A form with a question of every kind, some of them under conditions, in the open round."""

from dataclasses import replace

from shared.conditions import Condition
from shared.forms import Form, Option, Question, form_id
from shared.store import published
from tests import storing
from tests.functions.open_round import forget, open_round


def both(text: str) -> dict[str, str]:
    return {"en": text, "nb": text}


POINTS = tuple(Option(str(code), {"en": f"Point {code}", "nb": f"Punkt {code}"}) for code in range(1, 6))
TOOLS = tuple(Option(code, {"en": f"Tool {code}", "nb": f"Verktøy {code}"}) for code in ("a", "b", "c"))

KINDS = Form(
    both("Every kind"),
    "anonymous",
    (
        Question(
            "tools",
            "choices",
            both("Which tools?"),
            section=both("Tools"),
            options=TOOLS,
            other=both("Another, namely"),
            help=both("Several."),
        ),
        Question("best", "choice", both("Which is best?"), options=TOOLS, not_relevant=both("None of them")),
        Question(
            "why",
            "text",
            both("Why {answer:best}?"),
            max_length=50,
            long=False,
            shown_if=Condition("any_of", "best", ("b", "c")),
            required=True,
        ),
        Question("times", "number", both("How often?"), low=0, high=20),
        Question("said", "statement", both("Almost done.")),
        Question(
            "rated",
            "scale",
            both("Rated?"),
            section=both("About numbers"),
            options=POINTS,
            shown_if=Condition("at_least", "times", ("3",)),
        ),
    ),
)


def show(form: Form) -> None:
    """Open a round with a form."""
    opened = open_round()
    published.put_form("walks", form)
    storing.update_round(replace(opened, form=form_id(form)))
    forget()
