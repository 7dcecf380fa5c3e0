"""With whom somebody can share what she writes, or writes it together: what her own link opens of her invitation."""

from typing import TYPE_CHECKING

from shared import links
from shared.forms import Form
from shared.store.invitations import Invitation

if TYPE_CHECKING:
    from shared.companions import Companion


def companions_of(form: Form, token: str, invitation: Invitation | None) -> "tuple[Companion, ...]":
    """Open the list of those with whom somebody can share what she writes."""
    if form.shared_with != "buddy" or invitation is None or not invitation.companions:
        return ()
    return _listed(token, invitation)


def mates_of(token: str, invitation: Invitation | None) -> list[str]:
    """Name who else is in the team of the one whose link it is."""
    if invitation is None or not (invitation.team and invitation.companions):
        return []
    return sorted((one.name for one in _listed(token, invitation) if not one.former), key=str.casefold)


def _listed(token: str, invitation: Invitation) -> "tuple[Companion, ...]":
    from shared import companions  # noqa: PLC0415 – the desk shows forms too, and ships nothing that opens

    return companions.opened(links.behind(token), invitation.companions)


def seed_of(token: str, invitation: Invitation) -> str:
    """Return the seed under which somebody's writing lies: her team's, or that of her own link."""
    from shared import companions  # noqa: PLC0415 – as above

    return companions.opened_team(links.behind(token), invitation.team) or links.behind(token)
