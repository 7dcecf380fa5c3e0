"""The start page of `make run`: every way into the service on this machine, its mailbox, its clock and its queue."""

from __future__ import annotations

from functools import partial

from infra.service import Service
from infra.stack import mails as stack_mails
from infra.start.app import create_app
from infra.start.running import Running
from infra.start.server import Served, serve
from infra.start.work import Work

__all__ = ["Served", "Work", "opened"]

APART = 14
"""How far the page's port is from the service's, unless that one is taken."""


def opened(service: Service, port: int, work: Work) -> Served:
    """Serve the start page of the service that runs on a port."""
    running = Running(service, partial(stack_mails.mails, port), work)
    return serve(partial(create_app, running), port + APART)
