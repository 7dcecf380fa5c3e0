"""The ways to sign in that are open, as the template's parameters say."""

from shared.settings import setting


def by_account() -> bool:
    """Tell whether staff sign in with their organisation's account."""
    return setting("SIGN_IN_ISSUER") != ""


def by_mail() -> bool:
    """Tell whether staff sign in by mailed links: switched off only where there is another way in."""
    return setting("MAILED_LINKS") == "on" or not by_account()
