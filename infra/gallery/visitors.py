"""The participants whom the camera follows through a programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

from infra.gallery.asides import Asides
from infra.gallery.camera import Camera
from infra.gallery.captions import STEPS
from infra.gallery.timetable import Moment
from infra.gallery.walking import Participants
from infra.mailbox import Mail
from shared.languages import catalogue
from shared.programmes import Programme
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import published, recent

LATE = {"lost": "Your own link ({programme})", "heard": "What we heard, and what we will change: {title}"}
"""By step: how the subject of a mail begins that no timetable tells of."""


@dataclass
class Visitors:
    """Those who answer, those who turn aside, and the mails of both; each thing is pictured as it happens."""

    camera: Camera
    context: BrowserContext
    programme: Programme
    people: Mapping[str, Participant]
    """By address."""
    meanwhile: Callable[[str], None]
    """Looks as staff at a round that is open."""
    walked: Participants = field(init=False)
    _asides: Asides = field(init=False)
    _seen: set[str] = field(default_factory=set)
    """The kinds of mails that are pictured, and whose they were."""

    def __post_init__(self) -> None:
        buddies = {email: person.buddy for email, person in self.people.items()}
        self.walked = Participants(self.context, self.language, self.look, buddies, keeps_copies=True)
        self._asides = Asides(self.context, self.language, self.look, self.people)

    @property
    def language(self) -> str:
        """Return the programme's own language."""
        return self.programme.languages[0]

    def look(self, step: str, what: str, page: Page) -> None:
        """Picture a page."""
        self.camera.page("participants", STEPS[step], page, self._title(what))

    def asked(self, found: Round, links: Mapping[str, str]) -> bool:
        """Answer a form, and turn aside from it."""
        done = self.walked.asked(found, links)
        if done or found.id not in self.walked.links:
            self._asides.asked(found, links, self.walked.links.get(found.id, ""))
        return done

    def mailed(self, what: str, mails: Sequence[Mail]) -> None:
        """Picture the first mail of a kind in the programme's own language, unless a mail of that kind was pictured."""
        due = [mail for mail in mails if not mail.subject.startswith(tuple(self._late().values()))] or mails
        first = next((mail for mail in due if self.people[mail.to].language == self.language), due[0])
        if not self._seen & {what, f"{first.to} {first.subject}"}:
            self._seen |= {what, f"{first.to} {first.subject}"}
            self.mail(what.partition(" ")[0], first)
        self.walked.mailed(what, mails)
        if what.startswith("reminds"):
            self._asides.reminded(mails)

    def mail(self, step: str, mail: Mail) -> None:
        """Picture a mail."""
        with self.context.new_page() as page:
            self.camera.mail("participants", STEPS[step], mail, page)

    def late(self, mails: Sequence[Mail]) -> None:
        """Picture what came when it was asked for, or after the life: somebody's lost link, and the owner's answer."""
        for step, begins in self._late().items():
            ours = [mail for mail in mails if mail.subject.startswith(begins) and self.programme.sender_name in mail.sender]
            for mail in ours[:1]:
                self.mail(step, mail)

    def _late(self) -> dict[str, str]:
        """Tell how the subjects of such mails begin, by step."""
        words, title = catalogue(self.language).gettext, self.programme.title[self.language]
        return {step: words(subject).format(programme=title, title="") for step, subject in LATE.items()}

    def past(self, moment: Moment) -> None:
        """Let staff look at the first day's form that is open."""
        rounds = published.rounds(self.programme.id)
        opened = [event.what for event in moment.events if event.kind == "opens" and rounds[event.what].evaluates]
        if opened and "desk" not in self._seen:
            self._seen.add("desk")
            self.meanwhile(opened[0])

    def _title(self, what: str) -> str:
        found = published.rounds(self.programme.id).get(what)
        return recent.round_title(self.programme, found)[self.language] if found else ""
