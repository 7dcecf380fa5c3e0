"""The programme that a new workbook holds as an example: a row or more in every sheet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Text = Mapping[str, str]

TEXTS: Mapping[str, Text] = {
    "course": {
        "da": "Kursus om samarbejde",
        "nb": "Kurs om samarbeid",
        "nn": "Kurs om samarbeid",
        "sv": "Kurs om samarbete",
        "en": "Course on collaboration",
    },
    "law": {
        "da": "Databeskyttelsesforordningen artikel 6, stk. 1, litra e",
        "nb": "Personvernforordningen artikkel 6 nr. 1 bokstav e",
        "nn": "Personvernforordninga artikkel 6 nr. 1 bokstav e",
        "sv": "Dataskyddsförordningen artikel 6.1 e",
        "en": "General Data Protection Regulation, article 6(1)(e)",
    },
    "teacher": {"da": "Lærer", "nb": "Lærer", "nn": "Lærar", "sv": "Lärare", "en": "Teacher"},
    "leader": {"da": "Leder", "nb": "Leder", "nn": "Leiar", "sv": "Ledare", "en": "Leader"},
    "leaders": {"da": "For ledere", "nb": "For ledere", "nn": "For leiarar", "sv": "För ledare", "en": "For leaders"},
    "goal": {
        "da": "Give kolleger tilbagemeldinger, de kan bruge",
        "nb": "Gi kolleger tilbakemeldinger de kan bruke",
        "nn": "Gi kollegaer tilbakemeldingar dei kan bruke",
        "sv": "Ge kolleger återkoppling som de kan använda",
        "en": "Give colleagues feedback that they can use",
    },
    "day-1": {"da": "Første kursusdag", "nb": "Første kursdag", "nn": "Første kursdag", "sv": "Första kursdagen", "en": "First course day"},
    "day-2": {"da": "Anden kursusdag", "nb": "Andre kursdag", "nn": "Andre kursdag", "sv": "Andra kursdagen", "en": "Second course day"},
    "day-3": {"da": "Ledernes dag", "nb": "Ledernes dag", "nn": "Dagen for leiarane", "sv": "Ledarnas dag", "en": "The leaders' day"},
    "aim-1": {
        "da": "Kende tre måder at give tilbagemelding på",
        "nb": "Kjenne tre måter å gi tilbakemelding på",
        "nn": "Kjenne tre måtar å gi tilbakemelding på",
        "sv": "Känna till tre sätt att ge återkoppling",
        "en": "Know three ways of giving feedback",
    },
    "aim-2": {
        "da": "Have prøvet en af dem",
        "nb": "Ha prøvd en av dem",
        "nn": "Ha prøvd ein av dei",
        "sv": "Ha prövat ett av dem",
        "en": "Have tried one of them",
    },
    "welcome": {"da": "Velkomst", "nb": "Velkommen", "nn": "Velkomen", "sv": "Välkomna", "en": "Welcome"},
    "feedback": {"da": "Tilbagemeldinger", "nb": "Tilbakemeldinger", "nn": "Tilbakemeldingar", "sv": "Återkoppling", "en": "Feedback"},
    "practice": {"da": "Øvelse", "nb": "Øving", "nn": "Øving", "sv": "Övning", "en": "Practice"},
    "speaker": {
        "da": "En forsker i samarbejde",
        "nb": "En forsker på samarbeid",
        "nn": "Ein forskar på samarbeid",
        "sv": "En forskare om samarbete",
        "en": "A researcher on collaboration",
    },
    "form": {
        "da": "Hvad gav dagen dig?",
        "nb": "Hva ga dagen deg?",
        "nn": "Kva gav dagen deg?",
        "sv": "Vad gav dagen dig?",
        "en": "What did the day give you?",
    },
    "practical": {"da": "Din praksis", "nb": "Praksisen din", "nn": "Praksisen din", "sv": "Ditt arbete", "en": "Your practice"},
    "use": {
        "da": "I hvor høj grad kan du bruge dagens indhold?",
        "nb": "I hvilken grad kan du bruke dagens innhold?",
        "nn": "I kva grad kan du bruke innhaldet i dagen?",
        "sv": "I vilken grad kan du använda dagens innehåll?",
        "en": "To what extent can you use what the day was about?",
    },
    "useful": {
        "da": "Hvor nyttig var «{session}»?",
        "nb": "Hvor nyttig var «{session}»?",
        "nn": "Kor nyttig var «{session}»?",
        "sv": "Hur användbart var ”{session}”?",
        "en": "How useful was “{session}”?",
    },
    "absent": {"da": "Deltog ikke", "nb": "Deltok ikke", "nn": "Deltok ikkje", "sv": "Deltog inte", "en": "Did not attend"},
    "pace": {
        "da": "Hvordan var tempoet?",
        "nb": "Hvordan var tempoet?",
        "nn": "Korleis var tempoet?",
        "sv": "Hur var tempot?",
        "en": "How was the pace?",
    },
    "first": {
        "da": "Hvor prøver du det først?",
        "nb": "Hvor prøver du det ut først?",
        "nn": "Kvar prøver du det ut først?",
        "sv": "Var prövar du det först?",
        "en": "Where will you try it first?",
    },
    "team": {"da": "I teamet", "nb": "I teamet", "nn": "I teamet", "sv": "I arbetslaget", "en": "In my team"},
    "class": {"da": "I en klasse", "nb": "I en klasse", "nn": "I ein klasse", "sv": "I en klass", "en": "In a class"},
    "elsewhere": {"da": "Et andet sted:", "nb": "Et annet sted:", "nn": "Ein annan stad:", "sv": "Någon annanstans:", "en": "Elsewhere:"},
    "takeaway": {
        "da": "Hvad tager du med dig?",
        "nb": "Hva tar du med deg?",
        "nn": "Kva tek du med deg?",
        "sv": "Vad tar du med dig?",
        "en": "What will you take with you?",
    },
    "privately": {
        "da": "Skriv ikke noget, der viser, hvem du er.",
        "nb": "Ikke skriv noe som viser hvem du er.",
        "nn": "Ikkje skriv noko som viser kven du er.",
        "sv": "Skriv inget som visar vem du är.",
        "en": "Write nothing that shows who you are.",
    },
    "task": {"da": "Til næste gang", "nb": "Til neste gang", "nn": "Til neste gong", "sv": "Till nästa gång", "en": "Until next time"},
    "try": {
        "da": "Prøv en af måderne sammen med en kollega.",
        "nb": "Prøv en av måtene sammen med en kollega.",
        "nn": "Prøv ein av måtane saman med ein kollega.",
        "sv": "Pröva ett av sätten tillsammans med en kollega.",
        "en": "Try one of the ways together with a colleague.",
    },
}
POINTS: Mapping[str, Sequence[str]] = {
    "da": ("Slet ikke", "I mindre grad", "I nogen grad", "I høj grad", "I meget høj grad"),
    "nb": ("Ikke i det hele tatt", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad"),
    "nn": ("Ikkje i det heile", "I liten grad", "I nokon grad", "I stor grad", "I svært stor grad"),
    "sv": ("Inte alls", "I liten grad", "I viss grad", "I hög grad", "I mycket hög grad"),
    "en": ("Not at all", "To a small extent", "To some extent", "To a large extent", "To a very large extent"),
}
PACES: Mapping[str, Sequence[str]] = {
    "da": ("Alt for langsomt", "Lidt langsomt", "Passende", "Lidt hurtigt", "Alt for hurtigt"),
    "nb": ("Altfor langsomt", "Litt langsomt", "Passe", "Litt raskt", "Altfor raskt"),
    "nn": ("Altfor sakte", "Litt sakte", "Passe", "Litt raskt", "Altfor raskt"),
    "sv": ("Alldeles för långsamt", "Lite långsamt", "Lagom", "Lite snabbt", "Alldeles för snabbt"),
    "en": ("Far too slow", "A little slow", "Right", "A little fast", "Far too fast"),
}


def example(languages: Sequence[str], today: date) -> dict[str, Any]:
    """Give the values of the example's files in some languages, with days some weeks from today."""

    def text(name: str) -> dict[str, str]:
        return {language: TEXTS[name][language] for language in languages}

    return {
        "programme.yaml": _programme(text, languages, today),
        "day.yaml": _form(text, languages),
        "follow-up.yaml": {"uses": "transfer"},
    }


def _programme(text: Any, languages: Sequence[str], today: date) -> dict[str, Any]:
    return {
        "title": text("course"),
        "languages": list(languages),
        "timezone": "Europe/Oslo",
        "sender": "Kursdag",
        "contact": {"name": "The course office", "email": "course@example.org"},
        "controller": "The municipality",
        "data_protection": {"name": "The data protection officer", "email": "privacy@example.org"},
        "legal_basis": text("law"),
        "complaints": "Datatilsynet",
        "units": ["region", "school"],
        "retention": 180,
        "roles": {name: text(name) for name in ("teacher", "leader")},
        "tracks": {"leaders": {"title": text("leaders"), "roles": ["leader"]}},
        "goals": [{"id": "feedback", "title": text("goal")}],
        "days": _days(text, today),
        "rounds": [
            {"form": "day", "for": "each day", "opens": "when the last session ends", "closes": "23:59"},
            {
                "form": "follow-up",
                "for": "once",
                "id": "follow-up",
                "opens": "3 weeks after day-1 at 09:00",
                "closes": "7 days later at 23:59",
                "reminds": ["2 days before it closes at 08:00"],
            },
        ],
        "messages": [{"id": "task", "title": text("task"), "text": text("try"), "on": "1 week after day-1 at 09:00", "who": ["teacher"]}],
        "staff": [
            {"email": "organiser@example.org", "role": "organiser"},
            {"email": "north@example.org", "role": "owner", "units": ["North"]},
        ],
    }


def _days(text: Any, today: date) -> list[dict[str, Any]]:
    def on(weeks: int, days: int = 0) -> str:
        return (today + timedelta(weeks=weeks, days=days)).isoformat()

    return [
        {
            "id": "day-1",
            "title": text("day-1"),
            "aims": [text("aim-1"), text("aim-2")],
            "date": on(6),
            "place": "Oslo",
            "sessions": [
                {"id": "welcome", "title": text("welcome"), "start": "09:00", "end": "09:15", "rated": False},
                {"id": "feedback", "title": text("feedback"), "speaker": text("speaker"), "start": "09:15", "end": "11:30"},
            ],
        },
        {
            "id": "day-2",
            "title": text("day-2"),
            "gatherings": [
                {"id": "north", "date": on(10), "place": "Tromsø", "units": ["North"]},
                {"id": "south", "date": on(10, 1), "place": "Arendal", "units": ["South", "West"]},
            ],
            "sessions": [{"id": "practice", "title": text("practice"), "start": "09:00", "end": "12:00"}],
        },
        {
            "id": "day-3",
            "title": text("day-3"),
            "track": "leaders",
            "date": on(12),
            "place": "Oslo",
            "sessions": [{"id": "practice", "title": text("practice"), "start": "09:00", "end": "12:00"}],
        },
    ]


def _form(text: Any, languages: Sequence[str]) -> dict[str, Any]:
    def points(named: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
        return [{language: named[language][index] for language in languages} for index in range(5)]

    return {
        "title": text("form"),
        "mode": "anonymous",
        "scales": {"degree": {"points": points(POINTS)}},
        "questions": [
            {"id": "pace", "kind": "scale", "text": text("pace"), "scale": {"points": points(PACES), "bipolar": True}},
            {
                "id": "useful",
                "kind": "scale",
                "text": text("useful"),
                "scale": "degree",
                "repeat": "session",
                "not_relevant": text("absent"),
            },
            {
                "section": text("practical"),
                "questions": [
                    {"id": "use", "kind": "scale", "text": text("use"), "scale": "degree", "required": True},
                    {
                        "id": "first",
                        "kind": "choice",
                        "text": text("first"),
                        "options": [{"id": name, "text": text(name)} for name in ("team", "class")],
                        "other": text("elsewhere"),
                        "if": {"question": "use", "at least": 3},
                    },
                    {"id": "takeaway", "kind": "text", "text": text("takeaway"), "help": text("privately"), "max_length": 1000},
                ],
            },
        ],
    }
