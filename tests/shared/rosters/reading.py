"""A roster's file as tests write it, and what is read of it."""

from shared.programmes import Programme
from shared.rosters.files import table
from shared.rosters.people import Participant

HEADER = "email,name,language,role,region,school\n"
KARI = "kari@example.org,Kari Nordås,nb,leader,Follo,Ås skole\n"
OLA = "ola@example.org,Ola Æsøy,en,middle-leader,Romerike,Mailand skole\n"
KIM = Participant("kim@example.org", "Kim", "nb", "leader", ("Follo", "Ås skole"))


def read(text: str | bytes, programme: Programme) -> list[Participant]:
    found = table(text if isinstance(text, bytes) else text.encode(), programme)
    assert not found.faults, list(map(str, found.faults))
    return [row.participant for row in found.rows]


def faults(text: str | bytes, programme: Programme) -> list[str]:
    return list(map(str, table(text if isinstance(text, bytes) else text.encode(), programme).faults))
