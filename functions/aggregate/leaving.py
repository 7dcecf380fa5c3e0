"""Personal rounds: none has a result, so they leave the jobs' index when nothing more is mailed about them."""

from shared import retention
from shared.rounds import Round, is_settled
from shared.store import published


def leave(found: Round, now: int) -> None:
    """Take a personal round out of the index once what was written has been mailed back, and the forms that recall it are closed."""
    if found.mode != "personal" or not is_settled(found, now):
        return
    programme = published.programme(found.programme)
    known = published.rounds(found.programme).values()
    if programme and retention.over(found, programme, known) + retention.DAY <= now:
        published.take_from_index(found)
