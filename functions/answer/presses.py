"""Buttons of pages behind a link: what they do is bound to the link, so that only a page of ours can have been pressed."""

from flask import abort

from shared import links
from shared.answers import Given, only

DO = "_do"
"""The field by which a page's buttons say what is to be done."""
BINDING = "_binding"
"""A post without it comes from no page of ours, but from a mail scanner for example."""


def binding(token: str) -> str:
    """Make what a page's buttons send along."""
    return links.binding(token, DO)


def pressed(given: Given, token: str) -> str:
    """Tell what is to be done; a post from no page of ours is refused."""
    if not links.is_bound(token, only(given.get(BINDING, [""])), DO):
        abort(422)
    return only(given[DO])
