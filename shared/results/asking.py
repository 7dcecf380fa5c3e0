"""Asking: where a question stands in its form, and about which of the day's sessions it was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shared.forms import Form, Question
from shared.languages import Text
from shared.programmes import Programme, Session
from shared.results.versions import Asked
from shared.rounds import Round


@dataclass(frozen=True, slots=True)
class Asking:
    """What a round's questions were asked about."""

    sessions: Sequence[Session]
    """The day's, in the order of its agenda."""
    sections: Sequence[dict[str, Text]] = field(default_factory=list)
    """For each version of the form: the headings by question id."""
    goals: Mapping[str, Text] = field(default_factory=dict)
    """The titles of the programme's goals, by their ids."""

    def session(self, question: Question) -> str | None:
        """Tell which session a question repeats; one about a goal repeats none, although a session may bear the goal's id."""
        end = question.id.partition(".")[2]
        if any(title in question.text.get(language, "") for language, title in self.goals.get(end, {}).items()):
            return None
        return end if any(session.id == end for session in self.sessions) else None

    def section(self, asked: Asked) -> Text | None:
        """Tell under which heading a question stands in the newest version that asks it."""
        return self.sections[asked.versions[-1] - 1].get(asked.question.id)


def of(published: Round, programme: Programme, versions: Sequence[Form]) -> Asking:
    """Tell what a round's questions were asked about."""
    day = next((day for day in programme.days if day.id == published.day), None)
    goals = {goal.id: goal.title for goal in programme.goals}
    return Asking(day.sessions if day else (), [dict(_headed(form)) for form in versions], goals)


def _headed(form: Form) -> Iterator[tuple[str, Text]]:
    """Give each question the last heading above it."""
    heading: Text | None = None
    for question in form.questions:
        heading = question.section or heading
        if heading:
            yield question.id, dict(heading)
