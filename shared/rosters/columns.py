"""Which column of a table holds what: headings in Danish, Norwegian, Swedish and English, or named by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.hints import listed, nearest
from shared.languages import Text
from shared.phrases import Phrase, _
from shared.programmes import Programme
from shared.rosters.people import OPTIONAL, RowFault

HEADER_WITHIN = 20
"""A table's headings stand in one of its first rows; titles may stand above them."""
LONGEST = 200

HEADINGS = {
    "email": (
        "e-mail mail e-mail-address mail-address e-mailadresse mailadresse e-mail-adresse e-post epost e-postadresse epostadresse "
        "e-postadress e-post-adress mejl mejladress mailadress arbejdsmail arbeidsmail jobmail work-email work-e-mail"
    ),
    "name": "name full-name navn fulde-navn fullt-navn namn fullständigt-namn fullt-namn deltager deltaker deltagare participant",
    "first-name": "first-name given-name fornavn förnamn førenamn",
    "last-name": "last-name family-name surname efternavn etternavn etternamn efternamn",
    "language": "language sprog språk målform",
    "role": "role rolle roll funktion funksjon stilling befattning position",
    "gathering": "gathering samling samlingssted samlingsted træf treff träff tillfälle kursussted kurssted",
    "buddy": "buddy makker makkar læringsmakker læringsmakkar kollega sparringspartner makkers-mail buddy-email",
    "team": "team lederteam leiarteam arbetslag gruppe grupp group",
    "from": "from valid-from from-date fra gælder-fra gyldig-fra gjelder-fra gjeld-frå frå fra-dato frå-dato från gäller-från från-datum",
}
"""The headings that mean a field, in no language's name; capitals, spaces and signs don't count."""

UNITS: tuple[Text, ...] = (
    {"en": "school", "da": "skole", "nb": "skole", "nn": "skule", "sv": "skola"},
    {"en": "municipality", "da": "kommune", "nb": "kommune", "nn": "kommune", "sv": "kommun"},
    {"en": "county", "da": "amt", "nb": "fylke", "nn": "fylke", "sv": "län"},
    {"en": "region", "da": "region", "nb": "region", "nn": "region", "sv": "region"},
    {"en": "institution", "da": "institution", "nb": "institusjon", "nn": "institusjon", "sv": "institution"},
    {"en": "department", "da": "afdeling", "nb": "avdeling", "nn": "avdeling", "sv": "avdelning"},
    {"en": "workplace", "da": "arbejdssted", "nb": "arbeidssted", "nn": "arbeidsstad", "sv": "arbetsplats"},
)
"""Words that are one unit's, by language."""

ALIKE = 0.7
"""How much a heading looks like the one that it misspells."""

COMPOSED = ("first-name", "last-name")


def plain(heading: str) -> str:
    """Reduce a heading to its letters and digits."""
    return "".join(filter(str.isalnum, heading.casefold()))


def _words(text: str) -> set[str]:
    return set(map(plain, text.split()))


FIELDS = {word: field for field, words in HEADINGS.items() for word in (plain(field), *_words(words))}


def is_email(heading: str) -> bool:
    """Tell whether a heading is that of a column of addresses."""
    return FIELDS.get(plain(heading)) == "email"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table holds what."""

    header: tuple[str, ...]
    at: Mapping[str, int]
    """Positions by field."""
    unread: tuple[str, ...]
    faults: tuple[RowFault, ...]

    @property
    def says(self) -> frozenset[str]:
        """Name the fields that participants get from this table."""
        composed = {"name"} if self.at.keys() & set(COMPOSED) else set()
        return frozenset(self.at.keys() - set(COMPOSED) | composed)


def columns(row: int, header: Sequence[str], programme: Programme, by_hand: Mapping[str, str]) -> Columns:
    """Recognise a table's columns by its headings; ``by_hand`` names headings by field."""
    reading = _Reading(row, tuple(header), known_headings(programme), by_hand)
    fields = reading.fields()
    at = {field: index for index, field in reversed(list(enumerate(fields))) if field}
    missing = [field for field in wanted(programme) if not _is_there(field, at) and field not in by_hand]
    faults = (*reading.unknown_by_hand(fields), *reading.missing(missing), *reading.doubled(fields), *reading.misspelt(fields, missing))
    return Columns(reading.header, at, reading.unread(fields), faults)


def _is_there(field: str, at: Mapping[str, int]) -> bool:
    return field in at or (field == "name" and not at.keys().isdisjoint(COMPOSED))


def wanted(programme: Programme) -> tuple[str, ...]:
    """List the columns that a programme's roster can't do without."""
    return ("email", "name", *(["role"] if len(programme.roles) > 1 else []), *programme.units)


def known_fields(programme: Programme) -> tuple[str, ...]:
    """List all fields that a column can be named for by hand."""
    return ("email", "name", *COMPOSED, "language", "role", *programme.units, *(name for name in OPTIONAL if name not in programme.units))


def known_headings(programme: Programme) -> dict[str, str]:
    """Map every heading that is understood, in its plain letters, to its field."""
    units = {word: unit for unit in programme.units for word in _same(unit)}
    own = {plain(unit): unit for unit in programme.units}
    return FIELDS | units | own


def _same(unit: str) -> Iterable[str]:
    return next((set(words.values()) for words in UNITS if plain(unit) in words.values()), set())


def unit_heading(unit: str, language: str) -> str:
    """Write a unit column's heading in a language, or as the programme names it where no word is known."""
    heading = next((words[language] for words in UNITS if plain(unit) in words.values()), unit)
    return heading[:1].upper() + heading[1:]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One header being read."""

    row: int
    header: tuple[str, ...]
    known: Mapping[str, str]
    by_hand: Mapping[str, str]

    def fields(self) -> list[str]:
        """Name each column's field; empty where it has none."""
        chosen = {plain(heading): field for field, heading in self.by_hand.items()}
        found = {word: field for word, field in self.known.items() if field not in self.by_hand}
        return [chosen.get(plain(heading)) or found.get(plain(heading), "") for heading in self.header]

    def unknown_by_hand(self, fields: Sequence[str]) -> Iterator[RowFault]:
        for field, heading in self.by_hand.items():
            if field not in fields:
                message = _("there is no column with the heading `{heading}`: the table has {headings}")
                yield self._fault("", message, heading=heading, headings=listed(filter(None, self.header)))

    def missing(self, fields: Iterable[str]) -> Iterator[RowFault]:
        for field in fields:
            yield self._fault("", _("the column `{column}` is missing"), column=field)

    def doubled(self, fields: Sequence[str]) -> Iterator[RowFault]:
        for index, field in enumerate(fields):
            if field and field in fields[:index]:
                yield self._fault(self.header[index], _("this column stands twice: remove one of the two"))

    def misspelt(self, fields: Sequence[str], missing: Sequence[str]) -> Iterator[RowFault]:
        """Find headings that look like one that is missing."""
        left = {word: field for word, field in self.known.items() if field in missing}
        for heading, field in zip(self.header, fields, strict=True):
            near = nearest(plain(heading), left, ALIKE) if heading and not field else None
            if near:
                yield self._fault(heading, _("this column is not known: did you mean `{near}`?"), near=left[near])

    def unread(self, fields: Sequence[str]) -> tuple[str, ...]:
        return tuple(heading[:LONGEST] for heading, field in zip(self.header, fields, strict=True) if heading and not field)

    def _fault(self, column: str, text: str, /, **values: object) -> RowFault:
        return RowFault(self.row, column[:LONGEST], Phrase(text, values))
