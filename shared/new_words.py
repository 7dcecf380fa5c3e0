"""What a new programme's files say of their own accord, in each language."""

from shared.languages import Text

PARTICIPANT: Text = {"da": "Deltager", "nb": "Deltaker", "nn": "Deltakar", "sv": "Deltagare", "en": "Participant"}

DAY: Text = {"da": "Dag {}", "nb": "Dag {}", "nn": "Dag {}", "sv": "Dag {}", "en": "Day {}"}

AIM: Text = {
    "da": "Hvad deltagerne kan efter dagen",
    "nb": "Hva deltakerne kan etter dagen",
    "nn": "Kva deltakarane kan etter dagen",
    "sv": "Vad deltagarna kan efter dagen",
    "en": "What participants can do after the day",
}

SESSIONS: dict[str, tuple[str, str, Text]] = {
    "morning": ("09:00", "12:00", {"da": "Formiddag", "nb": "Formiddag", "nn": "Føremiddag", "sv": "Förmiddag", "en": "Morning"}),
    "afternoon": (
        "13:00",
        "15:30",
        {"da": "Eftermiddag", "nb": "Ettermiddag", "nn": "Ettermiddag", "sv": "Eftermiddag", "en": "Afternoon"},
    ),
}
"""An agenda to begin with: start, end and title of each session."""

QUESTION: Text = {
    "da": "Hvad vil du høre mere om?",
    "nb": "Hva vil du høre mer om?",
    "nn": "Kva vil du høyre meir om?",
    "sv": "Vad vill du höra mer om?",
    "en": "What would you like to hear more about?",
}

LEGAL_BASIS: Text = {
    "da": "Databeskyttelsesforordningens artikel 6, stk. 1, litra e – en opgave i samfundets interesse",
    "nb": "Personvernforordningen artikkel 6 nr. 1 bokstav e – en oppgave i allmennhetens interesse",
    "nn": "Personvernforordninga artikkel 6 nr. 1 bokstav e – ei oppgåve i ålmenta si interesse",
    "sv": "Dataskyddsförordningen artikel 6.1 e – en uppgift av allmänt intresse",
    "en": "General Data Protection Regulation, article 6(1)(e) – a task carried out in the public interest",
}

AUTHORITY = {
    "da": "Datatilsynet",
    "nb": "Datatilsynet",
    "nn": "Datatilsynet",
    "sv": "Integritetsskyddsmyndigheten",
    "en": "The data protection authority",
}
"""Who takes complaints, where a programme's first language is spoken."""

ZONES = {"da": "Europe/Copenhagen", "nb": "Europe/Oslo", "nn": "Europe/Oslo", "sv": "Europe/Stockholm", "en": "Europe/Oslo"}
