"""Which seed goes on with which team, whatever is changed on the list of participants between two runs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.invite.teams import seeds

TEAMS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["Blue", "Red", "Green"]), max_size=6)


def chosen(named: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    return seeds(named, before, lambda person, number: named[person] + str(number or ""))


@given(st.lists(TEAMS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_each_team_has_one_seed_of_its_own_and_a_run_that_changes_nothing_changes_none(lists: list[dict[str, str]]) -> None:
    before: dict[str, str] = {}
    for named in lists:
        now = chosen(named, before)
        assert len(set(zip(named.values(), now.values(), strict=True))) == len(set(named.values())) == len(set(now.values()))
        assert chosen(named, now) == now
        strangers = {person for person in named if before.get(person) != now[person]}
        for person in strangers & before.keys():
            assert now[person] not in before.values() or any(
                before.get(other) == now[person] for other in named if now[other] == now[person]
            )
        before = now


def test_a_new_team_under_the_name_that_another_one_had_opens_nothing_of_it() -> None:
    before = {"a": "Blue", "b": "Blue"}

    assert chosen({"a": "Red", "b": "Red", "c": "Blue"}, before) == {"a": "Blue", "b": "Blue", "c": "Blue1"}
    assert chosen({"a": "Blue", "b": "Red"}, before) == {"a": "Blue", "b": "Red"}
