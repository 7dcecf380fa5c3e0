"""What somebody without a link meets: a round, at one gathering if she comes from its poster, and whether it is open there."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from functions.answer import visits
from functions.answer.visits import State
from shared import rounds
from shared.dates import date_text
from shared.languages import NAMES
from shared.programmes import Gathering
from shared.rounds import Window
from shared.web.form_page import Place
from shared.web.pages import language, speak, speak_one_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A round at one of its gatherings, or at all of them where none is named."""

    place: Place
    gathering: Gathering | None
    gatherings: tuple[Gathering, ...]
    """Where the round is held; those that are over are left out."""
    window: Window
    state: State

    @property
    def languages(self) -> dict[str, str]:
        """The other languages, each with the address of this page in it."""
        return {code: NAMES[code] for code in self.place.programme.languages if code != language()}

    def query(self, code: str = "") -> str:
        """Write what follows the page's path, so that its gathering and language stay."""
        parts = {"at": self.gathering.id if self.gathering else "", "lang": code or language()}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    def held(self, gathering: Gathering) -> str:
        """Write when and where a gathering is."""
        return f"{date_text(datetime.fromisoformat(gathering.date), language())}, {gathering.place}"

    def chosen(self, gathering_id: str) -> Gathering | None:
        """Find the gathering that was chosen."""
        return next((item for item in self.gatherings if item.id == gathering_id), None)


def spot(place: Place, at: str, wanted: str, now: int) -> Spot:
    """Find out where and when somebody meets a round, and speak her language."""
    if wanted in place.programme.languages:
        speak(wanted)
    else:
        speak_one_of(place.programme.languages)
    known = [item for item in place.day.gatherings if item.id in place.round.windows]
    named = known[:1] if len(known) == 1 or place.round.once else [item for item in known if item.id == at]
    gathering = named[0] if named else None
    window = place.round.windows[gathering.id] if gathering else Window(rounds.opens(place.round), rounds.closes(place.round))
    ahead = tuple(item for item in known if now < place.round.windows[item.id].closes)
    return Spot(place, gathering, ahead, window, visits.state(window, now))
