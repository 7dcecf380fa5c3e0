"""Requests to be let in: kept for the organisers; who is on the roster already is sent her links instead."""

from functions.send.lost_link import send_links
from shared.entries import Entry
from shared.logs import logger
from shared.queue import EntryErrand, LostLinkErrand
from shared.store import desk_requests, recent, roster


def hand_on(errand: EntryErrand, now: int) -> None:
    """Store a request; many for one gathering are no more than a full list."""
    asked = recent.round_by_ref(errand.ref)
    if asked is None:
        return
    if roster.person_at(asked.programme, errand.address):
        send_links(LostLinkErrand(errand.ref, errand.address), now)
        return
    entry = Entry(errand.name, errand.address, errand.belongs)
    request = desk_requests.request(asked.id, errand.gathering, entry, errand.language)
    if not desk_requests.put(asked.programme, request, now):
        logger.warning("too many ask to be let in", programme=asked.programme, round=asked.id)
