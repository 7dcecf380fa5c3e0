"""Two programmes side by side, with somebody in both: each asks her by itself, and nothing stored tells that she is one person."""

import pytest

from shared import link_keys, links, queue
from shared.store import box, published
from tests.functions.examples import OPEN, dump, enrol, invite, participant, publish, queued
from tests.functions.open_round import forget, get, post

PROGRAMMES = ("walks", "swims")


@pytest.mark.usefixtures("tables")
def test_somebody_in_two_programmes_answers_each_by_a_link_of_its_own() -> None:
    hers = {}
    for name in PROGRAMMES:
        publish(programme=name)
        (hers[name],) = enrol([participant("ada")], name)
    invite(OPEN)
    rounds = {name: published.rounds(name)["day-1"] for name in PROGRAMMES}
    tokens = {name: link_keys.token(rounds[name], hers[name]) for name in PROGRAMMES}

    errands = [queue.errand(message["body"]) for message in queued()]
    for name in PROGRAMMES:
        forget()
        path = links.path(rounds[name].ref, tokens[name])
        assert post(path, {**get(path).form(), "benefit": "4"}).status == 200

    assert {part.ref for errand in errands for part in errand.parts} == {found.ref for found in rounds.values()}  # type: ignore[union-attr] # no other kind
    assert [len(list(box.envelopes(rounds[name].ref))) for name in PROGRAMMES] == [1, 1]
    assert len({hers[name].id for name in PROGRAMMES} | set(tokens.values())) == 4
    assert get(links.path(rounds["walks"].ref, tokens["swims"])).status == 404
    for item in dump("INVITATIONS", "BOX")["INVITATIONS"]:
        assert not all(hers[name].id in item for name in PROGRAMMES)
