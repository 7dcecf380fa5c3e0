import logging
from collections.abc import Iterator
from threading import Event

import pytest
import urllib3
from flask import Flask

from infra.service import Unavailable
from infra.start.server import serve
from infra.start.work import Work


def test_work_tells_each_step_and_that_it_is_done() -> None:
    work = Work()

    begun = work.begin("Something", lambda: iter(["one", "two"]))

    work.wait(5)
    assert begun
    assert work.latest
    assert (work.latest.title, work.latest.state, work.latest.lines) == ("Something", "done", ["one", "two"])


def test_one_piece_of_work_is_done_at_a_time() -> None:
    work, go_on = Work(), Event()

    def slow() -> Iterator[str]:
        go_on.wait(5)
        yield "slow"

    assert work.begin("First", slow)
    assert not work.begin("Second", lambda: iter(()))
    go_on.set()
    work.wait(5)

    assert work.latest
    assert work.latest.title == "First"
    assert work.begin("Third", lambda: iter(()))
    work.wait(5)


@pytest.mark.parametrize(
    ("error", "said"),
    [(Unavailable("mails are still queued"), "mails are still queued"), (KeyError("a secret"), "A fault of ours, KeyError")],
)
def test_work_that_fails_says_why_and_lets_other_work_begin(error: Exception, said: str) -> None:
    work = Work()

    def failing() -> Iterator[str]:
        yield "one"
        raise error

    work.begin("Something", failing)
    work.wait(5)

    assert work.latest
    assert work.latest.state == "failed"
    assert work.latest.lines[-1].startswith(said)
    assert "secret" not in " ".join(work.latest.lines)
    assert work.begin("Another", lambda: iter(()))
    work.wait(5)


def test_a_taken_port_is_passed_over() -> None:
    first = serve(_greeting, 0)
    port = int(first.address.rstrip("/").rpartition(":")[2])

    second = serve(_greeting, port)

    try:
        assert first.address != second.address
        assert _read(first.address) == f"I am at {port}"
        assert _read(second.address).startswith("I am at ")
    finally:
        first.stop()
        second.stop()


def test_requests_and_faults_leave_no_trace_in_any_log(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    served = serve(_greeting, 0)

    _read(f"{served.address}fault?token=geheim")
    _read(f"{served.address}?token=geheim")
    served.stop()

    written = capfd.readouterr()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("urllib3")]
    assert "geheim" not in written.out + written.err + "".join(ours)


def _greeting(port: int) -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: f"I am at {port}")
    app.add_url_rule("/fault", view_func=_faulty)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


def _faulty() -> str:
    raise LookupError("geheim")


def _read(address: str) -> str:
    with urllib3.PoolManager(retries=False) as pool:
        return pool.request("GET", address, timeout=5).data.decode()
