"""What a team writes: one writes, every member's link opens and changes it, and a later form recalls it."""

from dataclasses import replace

import pytest

from functions.invite.due import wanted
from functions.invite.rounds import spared
from shared import keys, letters, link_keys, links, retention
from shared.declarations.declared import declared
from shared.envelopes import Opener
from shared.rounds import Round, closes
from shared.store import box, claims, invitations, published, roster, secrets
from shared.store.claims import Claim
from shared.store.roster import Person
from tests.functions.examples import DAY, OPEN, PROGRAMME, dump, enrol, invite, oslo, participant, publish
from tests.functions.open_round import Page, forget, get, post
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

LATER = """\
  - form: follow-up
    for: once
    id: follow-up
    opens: 2 weeks after day-1 at 08:00
    closes: 1 week later at 23:59
    recalls: day-1
"""
TEAM = {
    "programme.yaml": PROGRAMME + LATER,
    "day.yaml": DAY.replace("mode: anonymous", "mode: personal\nshared_with: team"),
    "follow-up.yaml": DAY.replace("The day", "What came of it?"),
}
PLAN = "Walk with the children on Mondays. Blåbær."
THEN = oslo("2025-09-10T09:00")


class Member:
    """Somebody with links of her own."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def path(self, name: str) -> str:
        asked = published.rounds("walks")[name]
        return links.path(asked.ref, link_keys.token(asked, self.person))

    def look(self, name: str = "day-1", at: int = OPEN) -> Page:
        forget()
        return get(self.path(name), at)

    def save(self, text: str, form: Page | None = None) -> Page:
        return post(self.path("day-1"), {**(form or self.look()).form(), "takeaway": text}, OPEN)

    def press(self, what: str) -> Page:
        return post(self.path("day-1"), {"_binding": self.look().form()["_binding"], "_do": what}, OPEN)

    def recall(self, **typed: str) -> Page:
        return post(self.path("follow-up"), {**self.look("follow-up", THEN).form(), **typed, "_recall": "yes"}, THEN)


@once
def invited() -> list[Person]:
    """Invite three leaders, of whom two are a team."""
    publish(TEAM)
    blue = [replace(participant(name), team="Blue") for name in ("ada", "bo")]
    people = enrol([*blue, participant("cy")])
    invite(OPEN)
    return people


@pytest.fixture
def team() -> list[Member]:
    return list(map(Member, invited()))


def follow_up() -> Round:
    return published.rounds("walks")["follow-up"]


def test_nobody_is_reminded_whose_team_has_written(team: list[Member]) -> None:
    ada, _, cy = team
    asked = published.rounds("walks")["day-1"]
    for item in invitations.invited(asked.ref):
        claims.settle(invitations.at(asked.ref, item.fingerprint), 0, Claim("sent"))

    ada.save(PLAN)

    held = list(invitations.invited(asked.ref))
    found = wanted(asked, held, {"day-1": oslo("2025-08-26T19:00")}, spared(asked, held))
    assert [item.invitation.person for item in found] == [cy.person.id]


def test_one_writes_and_every_members_link_opens_and_changes_it(team: list[Member]) -> None:
    ada, bo, _ = team
    assert "You write for your team: Bo can read" in ada.look().text

    assert "Saved." in ada.save(PLAN).text
    assert "What your team has written is kept" in bo.look().text
    assert PLAN not in bo.look().text
    opened = bo.press("open")
    assert PLAN in opened.text
    assert "Saved." in bo.save("Tuesdays", opened).text

    assert "Tuesdays" in ada.press("open").text
    assert len(dump("LETTERS")["LETTERS"]) == 1


def test_nobody_outside_the_team_opens_it_and_who_has_no_team_writes_alone(team: list[Member]) -> None:
    ada, bo, cy = team
    ada.save(PLAN)

    assert 'name="takeaway"' in cy.look().text
    assert "for your team" not in cy.look().text
    cy.save("Alone")
    assert "Alone" in cy.press("open").text
    assert "Alone" not in bo.press("open").text


@pytest.mark.slow
def test_of_two_who_change_it_at_once_the_second_is_told_and_can_put_hers_in_its_place(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)
    one, two = ada.press("open"), bo.press("open")

    ada.save("From Ada", one)
    told = bo.save("From Bo", two)

    assert told.status == 409
    assert "Somebody in your team, or you in another window, has saved this" in told.text
    assert "From Bo" in told.text
    assert "Saved." in bo.save("From Bo", told).text
    assert "From Bo" in ada.press("open").text


def test_any_member_can_delete_it_for_all(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)

    assert "It is deleted for everybody in your team." in bo.press("delete").text
    bo.press("delete-now")

    assert dump("LETTERS")["LETTERS"] == []
    assert 'name="takeaway"' in ada.look().text


def test_who_leaves_the_team_opens_it_no_more_and_who_joins_it_does(team: list[Member]) -> None:
    ada, bo, cy = team
    ada.save(PLAN)

    moved = [move(bo.person, "Red"), move(cy.person, "Blue")]
    roster.put_people("walks", roster.version("walks"), moved)
    invite(OPEN + 300)

    assert 'name="takeaway"' in bo.look().text
    assert PLAN in cy.press("open").text


def move(person: Person, team: str) -> Person:
    return replace(person, participant=replace(person.participant, team=team))


def test_with_another_address_a_member_still_opens_it_and_the_old_link_does_not(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)
    moved = replace(bo.person, participant=replace(bo.person.participant, email="bo.lund@example.org"))
    roster.put_people("walks", roster.version("walks"), [moved])
    invite(OPEN + 300)

    assert "This link is for another address" in bo.look().text
    assert PLAN in Member(moved).press("open").text


def test_the_follow_up_recalls_it_when_the_button_is_pressed_and_keeps_what_is_typed(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)
    invite(THEN)

    assert PLAN not in bo.look("follow-up", THEN).text
    page = bo.recall(benefit="3", takeaway="We have begun")

    assert PLAN in page.text
    assert page.form()["benefit"] == "3"
    assert page.form()["takeaway"] == "We have begun"
    assert dump("BOX")["BOX"] == []


def test_who_has_nothing_written_is_told_so(team: list[Member]) -> None:
    invite(THEN)

    assert "Nothing is written in “The day” that your link opens." in team[2].recall().text


def test_nothing_of_the_plan_is_stored_with_an_answer_to_the_follow_up(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)
    invite(THEN)
    page = bo.recall(benefit="3")

    assert post(bo.path("follow-up"), page.form(), THEN).status == 200

    ref = follow_up().ref
    opener = Opener(keys.unwrapped("box", ref, secrets.secret(ref, "box")))
    (answer,) = (opener.opened(sealed) for _, sealed in box.envelopes(ref))
    assert answer.answers == {"benefit": "3"}
    assert answer.pair == ""


def test_an_answer_to_the_follow_up_is_taken_once_and_after_a_change_of_address_by_the_new_link(team: list[Member]) -> None:
    bo = team[1]
    invite(THEN)
    old, form = bo.path("follow-up"), bo.look("follow-up", THEN).form()
    moved = replace(bo.person, participant=replace(bo.person.participant, email="bo.lund@example.org"))
    roster.put_people("walks", roster.version("walks"), [moved])
    assert post(old, {**form, "benefit": "3"}, THEN).status == 200

    assert "already received" in Member(moved).look("follow-up", THEN).text


def test_the_plan_can_t_be_read_from_a_dump_with_every_key_but_the_letter_key(team: list[Member]) -> None:
    ada, bo, _ = team
    ada.save(PLAN)
    invite(THEN)
    stored = " ".join(text for items in dump().values() for text in items)
    seed = link_keys.team_seed(published.rounds("walks")["day-1"], ada.person.participant)

    assert seed not in stored
    assert PLAN.encode().hex() not in stored
    for name in ("day-1", "follow-up"):
        ref = published.rounds("walks")[name].ref
        for kind in ("link", "box"):
            secret = keys.unwrapped(kind, ref, secrets.secret(ref, kind))
            guess = links.team_seed(secret, "Blue", bo.person.participant.units)
            assert letters.name(guess, published.rounds("walks")["day-1"].ref) not in stored


def test_what_is_recalled_is_kept_until_the_form_that_recalls_it_is_over(team: list[Member]) -> None:
    assert team
    programme = published.programme("walks")
    assert programme is not None
    found = retention.steps(programme, published.rounds("walks").values())

    kept = {step.what: step.at for step in found if step.of == "day-1" or step.what == "letter key"}
    assert kept["letters"] == closes(follow_up()) + 365 * retention.DAY
    assert kept["letter key"] >= kept["letters"]


def test_the_forms_say_who_can_read_it(team: list[Member]) -> None:
    invite(THEN)

    assert "Personal: only the links in your team&#39;s own mails open what you write." in team[0].look().text
    assert "or after a later form that shows it has closed." in team[0].look().text
    assert "nothing of it is stored with your answer" in team[0].look("follow-up", THEN).text


@pytest.mark.parametrize(
    ("recalls", "fault"),
    [
        ("day-3", "programme.yaml:39:14: there is no round `day-3`: did you mean `day-2`?"),
        (
            "follow-up",
            "programme.yaml:39:14: `follow-up` is not personal: only what somebody wrote to herself or with her team can be recalled",
        ),
    ],
)
def test_only_what_was_written_can_be_recalled(recalls: str, fault: str) -> None:
    text = TEAM["programme.yaml"].replace("recalls: day-1", f"recalls: {recalls}")

    found = declared("walks", {name: content.encode() for name, content in {**TEAM, "programme.yaml": text}.items()})

    assert isinstance(found, list)
    assert [str(item) for item in found] == [fault]


def test_a_round_that_has_opened_keeps_what_it_recalls(team: list[Member]) -> None:
    assert team
    said = publish({**TEAM, "programme.yaml": TEAM["programme.yaml"].replace("    recalls: day-1\n", "")}, at=THEN)

    assert "it has opened, and its links were made for what it `recalls`" in str(said)
    assert follow_up().recalls == "day-1"


@pytest.mark.parametrize("line", ["", "\nshared_with: buddy"])
def test_who_can_read_what_is_written_can_t_be_changed_while_people_write(team: list[Member], line: str) -> None:
    ada, bo, _ = team
    ada.save(PLAN)

    said = publish({**TEAM, "day.yaml": TEAM["day.yaml"].replace("\nshared_with: team", line)}, at=OPEN, replace=True)

    assert "people were told who can read what they write there" in str(said["faults"])
    assert PLAN in bo.press("open").text
