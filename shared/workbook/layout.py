"""What a workbook's sheets and columns are called, and what stands in their cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from shared.declarations.fields import LAST_SESSION
from shared.languages import NAMES
from shared.programmes import StaffRole

Kind = Literal["text", "word", "words", "lines", "names", "ids", "numbers", "number", "date", "time", "times", "flag", "condition"]
"""What a cell holds: `words` and `lines` stand in a column for each language; `names` and `ids` are lists."""

TRANSLATED: tuple[Kind, ...] = ("words", "lines")

YES_NO = ("yes", "no")
SECTION = "section"
"""The kind of a row among the questions that holds a heading instead of a question."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one for each language; in the sheet `programme` one row."""

    heading: str
    kind: Kind
    note: str
    """What to write here, in plain words; shown when a cell is chosen."""
    path: tuple[str, ...] = ()
    """The keys of the value in its entry; the heading unless it is given."""
    choices: tuple[str, ...] = ()
    refers: str = ""
    """The sheet whose first column lists what may stand here."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the place of the value in its entry."""
        return self.path or (self.heading.replace(" ", "_"),)


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: its columns, and what its rows are."""

    name: str
    about: str
    columns: tuple[Column, ...]


ID = Column("id", "text", "A short name: the letters a-z, digits and hyphens. It stays the same when the title changes.")
TITLE = Column("title", "words", "As participants read it.")
OF_DAY = Column("day", "text", "The day's id, from the sheet days.", refers="days")
OF_FORM = Column("form", "text", "The form's id, from the sheet forms.", refers="forms")
UNITS = Column("units", "names", "The units, with a semicolon between them. Empty: all.")
WHO = Column("who", "ids", "Only these roles, with a comma between them. Empty: all.")

PROGRAMME = Layout(
    "programme",
    "What the programme is called, and who is responsible for it.",
    (
        Column("title", "words", "As participants read it."),
        Column("languages", "ids", f"With a comma between them: {', '.join(NAMES)}. The first is used for those who have chosen none."),
        Column("timezone", "text", "Like Europe/Oslo."),
        Column("sender", "text", "The name that mails come from."),
        Column("contact name", "text", "Whom participants can write to.", ("contact", "name")),
        Column("contact email", "text", "Her address.", ("contact", "email")),
        Column("controller", "text", "The organisation that is responsible for the personal data."),
        Column("data protection name", "text", "Its data protection officer.", ("data_protection", "name")),
        Column("data protection email", "text", "The officer's address.", ("data_protection", "email")),
        Column("legal basis", "words", "What allows the organisation to process the data."),
        Column("complaints", "text", "The authority that takes complaints."),
        Column("units", "ids", "The roster's columns from top to bottom, with a comma between them, like: region, school."),
        Column("retention", "number", "Days after a result for which its answers are kept."),
        Column("continues programme", "text", "The id of the earlier run that this one continues.", ("continues", "programme")),
        Column("continues attention", "lines", "What the earlier run taught, a point on each line.", ("continues", "attention")),
    ),
)

SHEETS = (
    PROGRAMME,
    Layout("roles", "What participants can be; the roster says who is what.", (ID, TITLE)),
    Layout(
        "tracks",
        "Groups with days of their own. Leave it empty if everybody takes part in every day.",
        (ID, TITLE, Column("roles", "ids", "The roles in this group, with a comma between them.")),
    ),
    Layout("goals", "What participants are to learn in the programme.", (ID, TITLE)),
    Layout(
        "days",
        "The course days. A day with a date and a place is held once; one held several times has its dates in the sheet gatherings.",
        (
            ID,
            TITLE,
            Column("aims", "lines", "What the day is for, an aim on each line (Alt+Enter begins a line)."),
            Column("date", "date", "Like 2026-08-26. Empty if the day has gatherings."),
            Column("place", "text", "Empty if the day has gatherings."),
            Column("track", "text", "Only for this track. Empty: for all.", refers="tracks"),
        ),
    ),
    Layout(
        "gatherings",
        "Where and when a day is held, if that is several times.",
        (OF_DAY, ID, TITLE, Column("date", "date", "Like 2026-10-07."), Column("place", "text", "Where it is held."), UNITS),
    ),
    Layout(
        "sessions",
        "The agenda of each day.",
        (
            OF_DAY,
            ID,
            TITLE,
            Column("speaker", "words", "By name, topic or role."),
            Column("start", "time", "Like 09:00."),
            Column("end", "time", "Like 10:30."),
            Column("rated", "flag", "Whether questions about each session are asked about this one. Empty: yes.", choices=YES_NO),
        ),
    ),
    Layout(
        "forms",
        "The forms; their questions stand in the sheet questions.",
        (
            ID,
            TITLE,
            Column("introduction", "words", "What is said above the questions."),
            Column("mode", "word", "Anonymous: nobody can see who answered what.", choices=("anonymous", "confidential", "personal")),
            Column("shared with", "word", "Personal: who else may read it, where its writer says so.", choices=("buddy", "team")),
            Column("uses", "word", "A form of the library that this one takes over or adapts."),
            Column("without", "ids", "Questions of the library's form that are left out, with a comma between them."),
        ),
    ),
    Layout(
        "scales",
        "Scales that several questions of a form share.",
        (
            OF_FORM,
            ID,
            Column("points", "lines", "From the lowest to the highest, a point on each line (Alt+Enter begins a line)."),
            Column("positive", "numbers", "The numbers of the points that count as positive, like: 4, 5. Empty: the top two."),
            Column("bipolar", "flag", "Whether the middle is best or neutral. Empty: no.", choices=YES_NO),
            Column("reliability", "flag", "Whether its questions are to measure one thing. Empty: no.", choices=YES_NO),
        ),
    ),
    Layout(
        "questions",
        "The questions of the forms in their order. A row of the kind section is a heading above those that follow.",
        (
            OF_FORM,
            Column("id", "text", "A short name: the letters a-z, digits and hyphens. Empty in a row of the kind section."),
            Column(
                "kind",
                "word",
                "What is asked for.",
                choices=("scale", "choice", "choices", "yes-no", "number", "text", "goals", "statement", SECTION),
            ),
            Column("text", "words", "The question as participants read it."),
            Column("help", "words", "What is said below the question."),
            Column("required", "flag", "Whether it must be answered. Empty: no.", choices=YES_NO),
            Column("scale", "text", "The id of a scale of this form; or write the points in the next columns."),
            Column("points", "lines", "For a scale of this question only: a point on each line, from the lowest to the highest."),
            Column("positive", "numbers", "The numbers of the points that count as positive, like: 4, 5. Empty: the top two."),
            Column("bipolar", "flag", "Whether the middle is best or neutral. Empty: no.", choices=YES_NO),
            Column("options", "ids", "For a choice: a short name for each option, each on a line or with a comma between."),
            Column("option texts", "lines", "The options as participants read them, in the same order, each on a line."),
            Column("not relevant", "words", "The extra option beside a scale, like: Did not attend. Empty: none."),
            Column("other", "words", "The extra option with a line to write on, like: Other, namely. Empty: none."),
            Column("repeat", "word", "Asked about each of these; put {session} into the text.", choices=("session", "speaker", "goal")),
            Column("if", "condition", "Asked only then, like: benefit at least 3, or: way is mail, or: way any of mail, phone."),
            Column("sensitive", "flag", "Whether few answers are shown in coarser groups. Empty: no.", choices=YES_NO),
            Column("min", "number", "The least number accepted."),
            Column("max", "number", "The greatest number accepted."),
            Column("length", "word", "One line, or several.", ("lines",), choices=("one", "several")),
            Column("max length", "number", "The most characters of a text."),
            Column("looking back", "ids", "Kind goals: at most three goals, asked about once more as they were before the programme."),
            Column("before", "text", "In a form that uses the library's: the id of the question of that form above which this one stands."),
        ),
    ),
    Layout(
        "rounds",
        "When which form is opened.",
        (
            OF_FORM,
            Column("for", "text", "A day's id, or: each day, or: once."),
            Column("id", "text", "Only for rounds that need a name of their own."),
            WHO,
            Column("opens", "time", f"Like 15:30, or: {LAST_SESSION}, or: 1 week after day-1 closes. Empty: {LAST_SESSION}."),
            Column(
                "reminds",
                "times",
                "Like 19:00 (each day), or: 2 days before it closes at 08:00. Or: never. Empty: once, if open for several days.",
            ),
            Column("closes", "time", "Like 23:59, or: 3 days later at 23:59, or: when day-2 opens. Empty: 23:59."),
            Column("series", "word", "The series in which rounds are compared.", choices=("goals",)),
            Column("stage", "word", "The round's place in the series.", choices=("before", "midway", "after", "follow-up")),
            Column("recalls", "word", "The personal round whose writing its form shows again."),
            Column("retention", "number", "Days for which what it leaves is kept. Empty: as the programme says."),
            Column("follows", "word", "The round, such as a day's, beside whose result this one's is shown."),
        ),
    ),
    Layout(
        "messages",
        "Tasks and texts that are mailed, without a form.",
        (
            ID,
            TITLE,
            Column("text", "words", "The mail's text."),
            Column("on", "time", "When it is sent, like: 7 days after day-1 at 09:00."),
            WHO,
            Column("returns", "word", "The personal round that it gives back to those who have written."),
        ),
    ),
    Layout(
        "staff",
        "Who may sign in to see results.",
        (
            Column("email", "text", "The address that the sign-in mail goes to."),
            Column("role", "word", "What she may do.", choices=get_args(StaffRole)),
            UNITS,
        ),
    ),
)

BY_NAME: Mapping[str, Layout] = {layout.name: layout for layout in SHEETS}
NUMBER: Mapping[str, int] = {layout.name: number for number, layout in enumerate(SHEETS)}

IGNORED = ("read me", "notes")
"""What the names of sheets begin with that are for people only."""
