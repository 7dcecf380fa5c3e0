"""The job of the night, deployed and with its own role."""

import time
from dataclasses import replace

import pytest

from shared import bucket
from shared.forms import Mode
from shared.results import counting, editions
from shared.retention import DAY
from shared.rounds import Round, Window
from shared.store import box, desk_heartbeats, desk_reconciliation, invitations, letters, nights, published, roster, secrets
from tests import storing
from tests.e2e.command_line import CommandLine
from tests.functions.examples import participant
from tests.functions.open_round import FORM, PUBLIC, invitation, programme
from tests.shared.examples import invited

NAME = "nightly"
"""A programme of this test alone: others' rounds would keep its people."""

LONG_AGO = int(time.time()) - 400 * DAY


def held(name: str, mode: Mode, prefix: str | None) -> Round:
    """Store a round that closed long ago, with somebody who was invited and has answered."""
    windows = {"day-1": Window(LONG_AGO - 3600, LONG_AGO)}
    found = Round(NAME, name, f"{name:0<8}", "form", mode, "day-1", windows, PUBLIC, edition=None)
    storing.put_round(found)
    for purpose in ("link", "box"):
        secrets.put_secret(found.ref, purpose, b"wrapped")
    invitations.put_invitation(found.ref, invitation(0))
    if prefix:
        declared = programme(FORM)
        versions = [*declared.forms.values()]
        tally = counting.tallied(versions, [("envelope", None)], b"")
        edition = editions.edition(found, declared.programme, versions, tally, invited(1))
        # What is frozen is merged with the programme's other editions, by jobs that other tests wait for.
        bucket.put(f"{prefix}/edition.json", editions.written(edition), "application/json")
        assert published.freeze(found, prefix)
    return found


@pytest.mark.usefixtures("stack_settings")
def test_the_job_deletes_what_is_due_with_the_rights_it_has(kursdag: CommandLine) -> None:
    storing.put_programme(replace(programme(FORM).programme, id=NAME, retention=30))
    roster.put_person(NAME, roster.new_person(participant("ada")))
    day, letter = held("day", "anonymous", f"editions/{NAME}/day/1"), held("letter", "personal", None)
    assert box.accept(invitations.Ticket(day.ref, invitation(0).fingerprint, '["North","A"]', "day-1", "mark"), b"sealed") is None
    letters.put("a" * 64, b"sealed", letters.NONE, letter.ref, invitation(0).fingerprint)
    secrets.put_secret(NAME, "letter", b"wrapped")
    removed = f"{NAME}#removed"
    secrets.put_secret(removed, "pair", b"wrapped")
    secrets.note(NAME, secrets.place(removed, "pair"), LONG_AGO)
    nights.put(NAME, [LONG_AGO])

    said = kursdag("jobs", "run", "retire")

    assert "failed none, contradicting 0" in said
    assert desk_heartbeats.last("retire")
    assert desk_reconciliation.latest() is not None
    assert not [*invitations.invited(day.ref), *invitations.invited(letter.ref), *box.envelopes(day.ref), *roster.people(NAME)]
    assert letters.letter("a" * 64) is None
    with pytest.raises(secrets.Destroyed):
        secrets.secret(removed, "pair")
