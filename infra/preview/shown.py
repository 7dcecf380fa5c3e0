"""What the preview shows of a programme: its rounds, where and when they are held, and what an answer would hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.publish.plan import Step, steps
from shared.answers import codes
from shared.dates import date_text, time_text
from shared.declarations.declared import Declared
from shared.forms import NOT_RELEVANT, OTHER, Form, Question, minutes, other_id
from shared.programmes import Gathering, Message, Programme, day_of
from shared.schedule import wall_clock
from shared.web.form_page import Place, Sent
from shared.web.recall import recalled


@dataclass(frozen=True, slots=True)
class Held:
    """A round at one of its day's gatherings, as the index lists it."""

    place: Place
    gathering: Gathering
    why: str
    """What of the round is not done yet, or nothing."""

    @property
    def open(self) -> str:
        """Write from when until when it is open, both minutes included."""
        window, zone = self.place.round.windows[self.gathering.id], self.place.programme.timezone
        first, last = wall_clock(window.opens, zone), wall_clock(window.closes - 60, zone)
        until = time_text(last, "en") if first.date() == last.date() else _written(last)
        return f"{_written(first)} – {until}"

    @property
    def reminds(self) -> str:
        """Write when it reminds those who have not answered; empty where it never does."""
        zone = self.place.programme.timezone
        times = self.place.round.reminders.get(self.gathering.id, ())
        return "; ".join(_written(wall_clock(time.opens, zone)) for time in times)

    @property
    def minutes(self) -> int:
        """Tell how long the form takes."""
        return minutes(self.place.form)


def _written(local: datetime) -> str:
    return f"{date_text(local, 'en')} {local:%Y}, {time_text(local, 'en')}"


def held(declared: Declared) -> Iterator[Held]:
    """List a programme's rounds at each of their gatherings, in the order of the files."""
    for step in steps(declared, {}, now=0):
        place = _place(declared, step)
        yield from (Held(place, gathering, step.why) for gathering in place.day.gatherings)


@dataclass(frozen=True, slots=True)
class Mailed:
    """A message of the programme, as the index lists it."""

    message: Message
    when: tuple[str, ...]
    """The moments at which it is due, one for each date of its day."""


def mailed(programme: Programme) -> Iterator[Mailed]:
    """List a programme's messages in the order of the files."""
    for message in programme.messages:
        dates = sorted({gathering.date for gathering in day_of(programme, message.day).gatherings})
        moments = (datetime.fromisoformat(f"{date}T{message.at}") + timedelta(days=message.after) for date in dates)
        yield Mailed(message, tuple(map(_written, moments)))


def _place(declared: Declared, step: Step) -> Place:
    programme = declared.programme
    return Place(step.round, programme, declared.forms[step.round.id], day_of(programme, step.round.day))


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as it would be stored, for a reader."""

    question: str
    id: str
    code: str
    label: str
    """What a code stands for; empty where the answer is written."""


def stored(sent: Sent) -> list[Line]:
    """List the answers that would be stored."""
    return list(_lines(sent))


def _lines(sent: Sent) -> Iterator[Line]:
    form, answers, language = sent.place.form, sent.reading.answers, sent.slip.language
    for question in form.questions:
        if question.id in answers:
            answer = answers[question.id]
            chosen = answer if isinstance(answer, list) else [answer]
            labels = ", ".join(_label(question, code, language) for code in chosen) if codes(question) else ""
            yield Line(_asked(form, question, sent), question.id, ", ".join(chosen), labels)
        if other_id(question.id) in answers:
            yield Line(_asked(form, question, sent), other_id(question.id), str(answers[other_id(question.id)]), "")


def left_out(sent: Sent) -> list[str]:
    """Name the questions that were answered but not asked: their conditions don't hold."""
    questions = (question for question in sent.place.form.questions if question.id not in sent.reading.answers)
    return [_asked(sent.place.form, question, sent) for question in questions if any(map(str.strip, sent.given.get(question.id, ())))]


def _asked(form: Form, question: Question, sent: Sent) -> str:
    return recalled(form, sent.reading.answers, sent.slip.language, question.text[sent.slip.language])


def _label(question: Question, code: str, language: str) -> str:
    labels = {option.code: option.label for option in question.options}
    labels |= {name: label for name, label in ((OTHER, question.other), (NOT_RELEVANT, question.not_relevant)) if label}
    return labels[code][language]
