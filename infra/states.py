"""How far a round has come, in the words of the command line and the start page."""

from shared.rounds import Round, state


def told_state(found: Round, now: int) -> str:
    """Return "planned", "open", "closed" or "result published"."""
    reached = state(found, now)
    return "result published" if reached == "published" else reached
