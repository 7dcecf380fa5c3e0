"""The W3C's HTML checker on every page in every state and language."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.functions.every_page import every_page
from tests.template import ROOT

pytestmark = pytest.mark.slow

CHECKER = ROOT / ".tools/node/node_modules/vnu-jar/build/dist/vnu.jar"


def checked(folder: Path) -> list[dict[str, Any]]:
    """Let the checker read all files of a folder; return its messages."""
    command = ["java", "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", "--skip-non-html", str(folder)]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    messages: list[dict[str, Any]] = json.loads(said.stderr)["messages"]
    return messages


@pytest.mark.usefixtures("tables")
def test_no_page_has_an_error_or_a_warning(tmp_path: Path) -> None:
    for at, page in enumerate(every_page()):
        (tmp_path / f"{at:03} {page.language} {page.name}.html").write_text(page.html, encoding="utf-8")
    (tmp_path / "wrong.html").write_text(
        "<!doctype html><html lang=en><title>A page with an error</title><p id=a><p id=a>", encoding="utf-8"
    )

    told = {f"{Path(found['url']).name}: {found['message']}" for found in checked(tmp_path)}

    assert {line for line in told if line.startswith("wrong.html")}, "the checker finds what is wrong"
    assert {line for line in told if not line.startswith("wrong.html")} == set()
