"""What a scalar without quotes means in YAML 1.2."""

import re
import unicodedata
from typing import Any

NULL = re.compile(r"|~|null|Null|NULL")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
BASED = re.compile(r"0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,3})?")
ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def resolved(text: str) -> Any:
    """Give a plain scalar its value by YAML's core schema: `no` and `09:00` are texts."""
    if NULL.fullmatch(text):
        return None
    if INTEGER.fullmatch(text):
        return int(text)
    if BASED.fullmatch(text):
        return int(text, 0)
    if DECIMAL.fullmatch(text) or ENDLESS.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    return TRUTH.get(text, unicodedata.normalize("NFC", text))
