"""Serves the start page on this machine only, without a log: its requests and pages hold personal links."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from infra.stack.access import HOST

TRIED = 100
"""How many ports are tried before any free one is taken."""


@dataclass(frozen=True, slots=True)
class Served:
    """An application that is being served."""

    address: str
    server: BaseWSGIServer
    thread: Thread

    def stop(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def serve(make: Callable[[int], Flask], port: int) -> Served:
    """Serve what is made for a port: this one, or the next that is free."""
    logging.getLogger("werkzeug").disabled = True
    with _listening(port) as listening:
        bound = listening.getsockname()[1]
        server = make_server(HOST, bound, make(bound), threaded=True, fd=listening.fileno())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    return Served(f"http://{HOST}:{bound}/", server, thread)


def _listening(first: int) -> socket.socket:
    """Listen on the first free port; 0 stands for any."""
    for port in range(first, min(first + TRIED, 65536)):
        with suppress(OSError):
            return _bound(port)
    return _bound(0)


def _bound(port: int) -> socket.socket:
    return socket.create_server((HOST, port))
