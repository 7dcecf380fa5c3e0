"""What was written in a personal round: as it reads there, and on a later form that recalls it."""

from functions.answer import handing_over, visits
from shared import letters, links
from shared.forms import Form
from shared.letters import Letter, Unopenable
from shared.store import recent
from shared.store.invitations import Invitation
from shared.web.form_page import Place
from shared.web.pages import language
from shared.web.recall import in_full

Written = list[tuple[str, str]]


def written(form: Form, letter: Letter) -> Written:
    """List what was written, each with its question: options by what they say."""
    spoken = language()
    found = ((question.text[spoken], in_full(question, letter.answers, spoken)) for question in form.questions)
    return [(question, text) for question, text in found if text]


def earlier(place: Place, token: str, invitation: Invitation) -> Written:
    """List what the one whose link it is, or her team, has written in the round that this one recalls."""
    found = recent.round_by_id(place.programme.id, place.round.recalls)
    told = visits.place(found.ref) if found else None
    seed, stored = handing_over.writing(told, token, invitation) if told else ("", None)
    if told and stored is None and (stored := handing_over.alone(told, token, invitation)):
        seed = links.behind(token)
    if told is None or stored is None:
        return []
    try:
        letter = letters.opened(seed, told.round.ref, stored.sealed)
    except Unopenable:
        return []
    shown = visits.as_shown(told, letter.form)
    return written(shown.form, letter) if shown else []
