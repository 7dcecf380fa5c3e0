"""People who answer the rounds of a series by their own links, and what is stored of their copies."""

import json

from shared import link_keys, links
from shared.rounds import Round
from shared.store.roster import Person
from tests.functions.examples import dump
from tests.functions.open_round import Page, forget, get, post

NAMES = ("ada", "bo", "cy", "di", "eve")


class Writer:
    """Somebody with links to the rounds of a series."""

    def __init__(self, person: Person, rounds: dict[str, Round]) -> None:
        self.person = person
        self.tokens = {name: link_keys.token(found, person) for name, found in rounds.items() if found.pairs}
        self.paths = {name: links.path(rounds[name].ref, token) for name, token in self.tokens.items()}

    def look(self, name: str, at: int) -> Page:
        forget()
        return get(self.paths[name], at)

    def answer(self, name: str, at: int, **given: str) -> Page:
        return post(self.paths[name], {**self.look(name, at).form(), "benefit": "2", **given}, at)

    def press(self, name: str, at: int, what: str = "open") -> Page:
        binding = self.look(name, at).form()["_binding"]
        return post(self.paths[name], {"_binding": binding, "_do": what}, at)


def letters_stored() -> list[str]:
    return dump("LETTERS")["LETTERS"]


class Counted:
    """The writes that leave for DynamoDB."""

    def __init__(self) -> None:
        self.writes: list[str] = []

    def on(self, dynamodb: object) -> None:
        events = dynamodb.meta.events  # type: ignore[attr-defined]
        for name in ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"):
            events.register(f"before-call.dynamodb.{name}", self)

    def __call__(self, model: object, params: dict[str, bytes], **_: object) -> None:
        name = model.name  # type: ignore[attr-defined]
        items = json.loads(params["body"]).get("TransactItems")
        self.writes.append(f"{name}: {len(items)}" if items else name)
