"""Comments as a result's readers see them: what the owner has released, and nothing before."""

import json
from collections.abc import Mapping
from typing import Any

from shared import bucket, moderation
from shared.moderation import Comments
from shared.store import desk_moderation


def original(prefix: str) -> dict[str, list[str]]:
    """Read the comments of a round as they were written; they lie beside the edition, never change, and go with the round's answers."""
    content = bucket.found(f"{prefix}/comments.json")
    found: dict[str, Any] = json.loads(content) if content else {"questions": {}}
    return dict(found["questions"])


def released(ref: str, texts: Comments) -> dict[str, list[str]]:
    """Find the comments of a round that are released, by question."""
    return moderation.released(texts, desk_moderation.latest(ref))


def held_back(texts: Comments, shown: Comments) -> Mapping[str, int]:
    """Count for each question the comments that are not shown, or not yet."""
    return {question: len(those) - len(shown.get(question, ())) for question, those in texts.items()}
