"""The start page, its buttons, and the page about work that is under way."""

from __future__ import annotations

import time

import click
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from infra import jobs
from infra.start import actions, facts
from infra.start.reading import letters
from infra.start.running import running
from infra.start.ways import ways
from infra.start.work import Steps
from infra.times import Moment, written
from shared import bucket, clock
from shared.exports.kinds import KINDS
from shared.rounds import Round, state
from shared.store import published

pages = Blueprint("start", __name__, template_folder="templates")

REFRESH = 2
"""Seconds after which the page about work under way looks again."""

FARTHEST = 100 * 366 * 86400
"""Seconds by which the stack's clock can be moved at most."""

FILES = {
    **{f"edition.{kind}": content_type for kind, content_type in KINDS.items()},
    "comments.json": "application/json",
}
"""What lies beside each published result."""


@pages.get("/")
def start() -> str:
    """Show the ways in, and how things stand."""
    now = facts.stack_clock()
    told, mails = facts.programmes(now.now), running().mails()
    following = facts.next_moment(told, now.now)
    return render_template(
        "start.html",
        programmes=told,
        ways=ways(told, mails, running().base_address, now.now),
        base_address=running().base_address,
        mails=len(letters(mails)),
        clock=now,
        following=following,
        suggested=_typed(following.moment if following else now.now),
        shown=_typed(now.now),
        queue=facts.queue(running().service),
        jobs=jobs.JOBS,
        files=FILES,
        task=running().work.latest,
    )


@pages.post("/clock")
def set_clock() -> Reply:
    """Move the stack's clock, or let it follow the real time again."""
    moment = None if "reset" in request.form else _moment()
    published.put_clock_offset(0 if moment is None else moment - int(time.time()))
    return redirect(url_for("start.start", _anchor="clock"), 303)


@pages.post("/jobs")
def run_jobs() -> Reply | tuple[str, int]:
    """Begin to run jobs."""
    names, at = [name for name in jobs.JOBS if name in request.form.getlist("job")], _moment()
    if not names:
        abort(422, "Choose at least one job.")
    as_of = f" as of {written(at)}" if at is not None else ""
    service = running().service
    return _begun(f"Running {' and '.join(names)}{as_of}", lambda: actions.run_jobs(service, names, at))


@pages.post("/rounds/<programme>/<name>/answers")
def let_answer(programme: str, name: str) -> Reply | tuple[str, int]:
    """Begin to let a round's participants answer."""
    found = _round(programme, name)
    if state(found, clock.wall_time()) != "open":
        abort(409, "This round is not open. Set the clock to a time within its window first.")
    service = running().service
    return _begun(f"The participants answer {name}", lambda: actions.let_answer(service, found))


@pages.get("/rounds/<programme>/<name>/<file>")
def download(programme: str, name: str, file: str) -> Response:
    """Hand out a file of a published result."""
    edition = _round(programme, name).edition
    if edition is None or file not in FILES:
        abort(404)
    reply = Response(bucket.get(f"{edition}/{file}"), content_type=FILES[file])
    reply.headers.set("Content-Disposition", "attachment", filename=f"{programme}-{name}-{file}")
    return reply


@pages.get("/work")
def work() -> Response:
    """Show how far the work is that was begun last."""
    task = running().work.latest
    page = make_response(render_template("work.html", task=task))
    if task and task.state == "under way":
        page.headers["Refresh"] = str(REFRESH)
    return page


def _begun(title: str, steps: Steps) -> Reply | tuple[str, int]:
    """Begin some work and show it; refuse while other work is under way."""
    if running().work.begin(title, steps):
        return redirect(url_for("start.work"), 303)
    return render_template("busy.html", task=running().work.latest), 409


def _round(programme: str, name: str) -> Round:
    found = published.rounds(programme).get(name)
    return found or abort(404)


def _moment() -> int | None:
    """Read the time that was typed; None where the field was left empty."""
    typed = request.form.get("at", "").strip()
    if not typed:
        return None
    try:
        moment: int = Moment().convert(typed, None, None)
    except (click.BadParameter, OverflowError):
        abort(422, "That is not a time. Write it like 2026-11-02T15:35.")
    if abs(moment - time.time()) > FARTHEST:
        abort(422, "The clock can be moved by a hundred years at most.")
    return moment


def _typed(instant: int) -> str:
    """Write a time as a form's field wants it, rounded up to a whole minute."""
    return written(-(-instant // 60) * 60).replace(" ", "T")
