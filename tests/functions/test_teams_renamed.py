"""What somebody has written stays with her and her team though the list of participants is corrected meanwhile."""

from dataclasses import replace

import pytest

from shared.rosters.people import Participant
from shared.store import roster
from tests.functions.examples import OPEN, dump, enrol, invite, participant, publish
from tests.functions.test_teams import PLAN, TEAM, THEN, Member, move
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

SOON = OPEN + 300


@once
def invited() -> list[Member]:
    """Invite a team of three, of whom one writes, and another team of one."""
    publish(TEAM)
    people = enrol([teamed(name, "Blue") for name in ("ada", "bo", "cy")] + [teamed("di", "Red")])
    invite(OPEN)
    members = list(map(Member, people))
    members[0].save(PLAN)
    return members


def teamed(name: str, team: str) -> Participant:
    return replace(participant(name), team=team)


@pytest.fixture
def members() -> list[Member]:
    return invited()


def change(*changed: Member) -> None:
    roster.put_people("walks", roster.version("walks"), [one.person for one in changed])
    invite(SOON)


def at_another(member: Member) -> Member:
    return Member(replace(member.person, participant=replace(member.person.participant, units=("North", "A school"))))


def in_team(member: Member, team: str) -> Member:
    return Member(move(member.person, team))


def reading(*members: Member) -> list[bool]:
    """Tell whose links open what was written."""
    return [PLAN in one.press("open").text for one in members]


def test_with_a_unit_s_name_corrected_every_member_s_link_still_opens_and_changes_it(members: list[Member]) -> None:
    blue, red = list(map(at_another, members[:3])), members[3]
    change(*blue)

    assert reading(*blue, red) == [True, True, True, False]
    assert "Saved." in blue[1].save("Tuesdays", blue[1].press("open")).text
    assert "Tuesdays" in blue[2].press("open").text
    assert len(dump("LETTERS")["LETTERS"]) == 1


def test_with_the_team_s_name_corrected_too_and_who_leaves_it_meanwhile_does_not(members: list[Member]) -> None:
    ada, bo, cy = in_team(members[0], "Azure"), in_team(members[1], "Azure"), in_team(members[2], "")
    change(ada, bo, cy)

    assert reading(ada, bo, cy) == [True, True, False]


def test_who_joins_another_team_takes_nothing_along(members: list[Member]) -> None:
    moved, red = in_team(members[2], "Red"), members[3]
    change(moved)

    assert reading(*members[:2], moved, red) == [True, True, False, False]


def test_where_a_team_is_divided_it_stays_with_those_whose_name_it_was(members: list[Member]) -> None:
    other = in_team(members[2], "Green")
    change(other)

    assert reading(*members[:2], other) == [True, True, False]


@pytest.mark.slow
def test_the_form_that_recalls_it_finds_it_under_the_corrected_name(members: list[Member]) -> None:
    blue = list(map(at_another, members[:3]))
    change(*blue)
    invite(THEN)

    assert PLAN in blue[1].recall().text


@pytest.mark.slow
def test_it_finds_it_too_where_the_name_is_corrected_only_after_the_closing(members: list[Member]) -> None:
    blue = list(map(at_another, members[:3]))
    roster.put_people("walks", roster.version("walks"), [one.person for one in blue])
    invite(THEN)

    assert PLAN in blue[1].recall().text
    assert PLAN not in members[3].recall().text


def test_what_somebody_wrote_before_she_was_in_a_team_stays_hers_to_read_and_delete(members: list[Member]) -> None:
    apart = in_team(members[3], "")
    change(apart)
    apart.save("What I will do alone")
    di = in_team(apart, "Blue")
    roster.put_people("walks", roster.version("walks"), [di.person])
    invite(SOON + 300)

    assert PLAN in di.press("open").text
    assert "Read what you wrote before you were in a team" in di.look().text
    assert "alone" not in di.look().text.replace("read-alone", "")
    page = di.press("read-alone")
    assert "What I will do alone" in page.text
    assert "only your own link opens it" in page.text
    assert "before you were in a team" not in members[0].look().text

    assert "before you were in a team" not in di.press("delete-alone").text
    assert PLAN in di.press("open").text
    assert len(dump("LETTERS")["LETTERS"]) == 1


@pytest.mark.slow
def test_where_her_team_has_written_nothing_a_later_form_recalls_what_she_wrote_alone(members: list[Member]) -> None:
    apart = in_team(members[3], "")
    change(apart)
    apart.save("What I will do alone")
    roster.put_people("walks", roster.version("walks"), [in_team(apart, "Green").person])
    invite(SOON + 300)
    invite(THEN)

    assert "What I will do alone" in apart.recall().text
