"""Values to hold the statistics against, each from a trusted library or a published table."""

import json
from pathlib import Path
from typing import Any

GOLDENS: dict[str, Any] = json.loads(Path(__file__).with_name("goldens.json").read_text())
