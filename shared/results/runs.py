"""Run against run: what two programmes that follow one another asked alike, made of their published editions alone."""

from collections.abc import Iterator
from typing import Any

from shared.results import merging

Document = dict[str, Any]


def compared(now: Document, before: Document) -> Document:
    """Set a programme's edition beside that of the run that it continues, question by question."""
    return {
        "programme": before["programme"],
        "title": before["title"],
        "closed": before["closed"],
        "attention": (now["continues"] or {}).get("attention", []),
        "questions": list(_questions(now, before)),
    }


def _questions(now: Document, before: Document) -> Iterator[Document]:
    """List what both runs asked alike, in this run's order."""
    language = now["languages"][0]
    if language not in before["languages"]:
        return
    earlier = {merging.identity(question, language): question for question in before["questions"]}
    for question in now["questions"]:
        if found := earlier.get(merging.identity(question, language)):
            rounds = list(_rounds(question["series"], found["series"]))
            yield {"id": question["id"], "before": found["together"], "now": question["together"], "rounds": rounds}


def _rounds(now: list[Document], before: list[Document]) -> Iterator[Document]:
    """Set the rounds beside one another that bear the same id in both runs; of sessions only those that do."""
    earlier = {(point["round"], point["session"]): point for point in before}
    for point in now:
        if found := earlier.get((point["round"], point["session"])):
            told = {"round": point["round"], "session": point["session"], "before": found, "now": point}
            yield told | {"change": merging.change(found, point)}
