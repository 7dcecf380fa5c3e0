"""The log: what happened, never a token, an address or an answer."""

import traceback
from logging import LogRecord
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter


class Discreet(LambdaPowertoolsFormatter):
    """Write exceptions as their type, AWS's code and the lines they passed: messages may quote what nobody should read."""

    def _extract_log_exception(self, log_record: LogRecord) -> tuple[str, str, list[Any]] | tuple[None, None, None]:
        if not log_record.exc_info or not log_record.exc_info[0]:
            return None, None, None
        kind, error, passed = log_record.exc_info
        response = getattr(error, "response", None)
        code = response.get("Error", {}).get("Code", "") if isinstance(response, dict) else ""
        return "".join(traceback.format_tb(passed)), f"{kind.__name__} {code}".rstrip(), []


logger = Logger(logger_formatter=Discreet(serialize_stacktrace=False))


class JobFailed(Exception):
    """A job did not finish all it had to do; the log above says why, without values."""
