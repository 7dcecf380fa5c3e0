import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.logs import logger

SECRET = "reader@example.org /e/abc/secrettoken"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    """Catch the log; return how its last line reads."""
    stream = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", stream)

    def last_line() -> dict[str, Any]:
        line: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
        return line

    return last_line


def fail(error: Exception) -> None:
    raise error


def logged(error: Exception, log: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        fail(error)
    except Exception:
        logger.exception("it failed")
    return log()


def refused() -> ClientError:
    response: Any = {"Error": {"Code": "MessageRejected", "Message": f"not verified: {SECRET}"}, "CancellationReasons": [{"Item": SECRET}]}
    return ClientError(response, "SendEmail")


def chained() -> Exception:
    """Make an exception that another one led to."""
    error = ValueError(SECRET)
    error.__cause__ = KeyError(SECRET)
    return error


GROUP = ExceptionGroup(SECRET, [ValueError(SECRET)])


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), KeyError(SECRET), refused(), chained(), ExceptionGroup(SECRET, [ValueError(SECRET)])]
)
def test_an_exception_leaves_nothing_of_what_it_says_in_the_log(error: Exception, log: Callable[[], dict[str, Any]]) -> None:
    line = logged(error, log)

    assert line["message"] == "it failed"
    assert not any(part in json.dumps(line) for part in (*SECRET.split(), "secrettoken"))


def test_an_exception_is_told_by_its_kind_and_the_lines_it_passed(log: Callable[[], dict[str, Any]]) -> None:
    line = logged(ValueError(SECRET), log)

    assert line["exception_name"].startswith("ValueError")
    assert "test_logs.py" in line["exception"]


def test_an_error_of_aws_is_told_by_its_code(log: Callable[[], dict[str, Any]]) -> None:
    assert "MessageRejected" in logged(refused(), log)["exception_name"]


def test_a_line_holds_what_it_was_given(log: Callable[[], dict[str, Any]]) -> None:
    logger.error("published", rounds=3)

    assert (log()["message"], log()["rounds"]) == ("published", 3)
