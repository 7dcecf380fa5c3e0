import re
from dataclasses import fields, replace
from typing import Any

import pytest

from infra.doctor.examining import CHECKS, NOT_OK, OK, UNKNOWN, Finding, all_well, findings
from infra.doctor.known import A_DAY, LATE, RECOVERY, Facts, Heart, Mail, Sender, Unreadable
from infra.doctor.sign_in import SignIn
from shared.store.desk_reconciliation import Reconciled

WELL = Facts(
    is_local=False,
    sender=Sender("kursdag@example.org", verified=True, signed=True),
    mail=Mail(sandboxed=False, paused=False, health="HEALTHY", daily=50_000, sent=100),
    largest_roster=400,
    schedules={"invite": "ENABLED", "aggregate": "ENABLED"},
    heartbeats={"invite": Heart(60, clock_moved=False), "aggregate": Heart(LATE, clock_moved=False)},
    dead_letters=0,
    dead_events=0,
    dead_editions=0,
    stopped="",
    recovery=RECOVERY,
    backups=dict.fromkeys(RECOVERY, 0),
    streams=dict.fromkeys(RECOVERY, False),
    protection=dict.fromkeys(RECOVERY, True),
    insights=dict.fromkeys(RECOVERY, False),
    trails={"audit": []},
    access_log=False,
    retention={"AnswerFunction": 30},
    rotation={"LinkKey": True, "PairKey": True, "LetterKey": True, "BoxKey": True},
    sign_in=SignIn("https://login.example.org", "kursdag", "", "SecureString", mailed=True),
    reconciled=Reconciled(3, 0),
)

ACCOUNTS = SignIn("https://login.example.org", "kursdag", "", "", mailed=False)

MAIL = Mail(sandboxed=False, paused=False, health="HEALTHY", daily=500, sent=100)

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sender address", {"sender": Sender("a@example.org", verified=False, signed=True)}, "verify a@example.org"),
    ("mails signed (DKIM)", {"sender": Sender("a@example.org", verified=True, signed=False)}, "DKIM records"),
    ("out of the mail sandbox", {"mail": replace(MAIL, sandboxed=True)}, "production access"),
    ("sending", {"mail": replace(MAIL, paused=True)}, "AWS has paused sending"),
    ("sending", {"mail": replace(MAIL, health="PROBATION")}, "PROBATION"),
    ("mails a day", {"mail": replace(MAIL, sent=101)}, "399 mails are left today for a roster of 400"),
    ("schedules", {"schedules": {"invite": "ENABLED", "aggregate": "DISABLED"}}, "console: aggregate"),
    ("job heartbeats", {"heartbeats": {"invite": Heart(LATE + 1, clock_moved=False)}}, "log of invite: .* 15 minutes"),
    ("job heartbeats", {"heartbeats": {"invite": Heart(None, clock_moved=True)}}, "log of invite: no run"),
    ("mails that failed", {"dead_letters": 2}, "2 mails"),
    ("mail events that failed", {"dead_events": 2}, "2 events"),
    ("results that failed", {"dead_editions": 2}, "2 times"),
    ("bounces and complaints", {"stopped": "bounces"}, "too many bounces.* `kursdag sending resume`"),
    ("point-in-time recovery", {"recovery": RECOVERY | {"Box": True}}, "switch it off for Box"),
    ("point-in-time recovery", {"recovery": RECOVERY | {"Desk": False}}, "switch it on for Desk"),
    ("backups", {"backups": {"Roster": 1, "Keys": 1}}, "backups of Keys"),
    ("streams", {"streams": {"Roster": False, "Invitations": True}}, "streams of Invitations"),
    ("deletion protection", {"protection": {"Roster": True, "Published": False}}, "for Published"),
    ("contributor insights", {"insights": {"Roster": False, "Invitations": True}}, "for Invitations"),
    ("CloudTrail data events", {"trails": {"mine": [], "all": ["Box", "Keys"]}}, r"trail all \(Box, Keys\)"),
    ("access log", {"access_log": True}, "switch off access logging"),
    ("log retention", {"retention": {"AnswerFunction": 30, "SendFunction": None}}, "logs of SendFunction"),
    ("job heartbeats", {"heartbeats": {"retire": Heart(A_DAY + 1, clock_moved=False, at_night=True)}}, "log of retire: .* 24 hours"),
    ("closed rounds' figures", {"reconciled": Reconciled(3, 1)}, "of 1 of 3 closed rounds"),
    ("signing in", {"sign_in": replace(ACCOUNTS, client="")}, "deploy with SignInClient"),
    ("signing in", {"sign_in": replace(ACCOUNTS, fault="it does not answer")}, "nobody can sign in .* it does not answer"),
    ("signing in", {"sign_in": replace(ACCOUNTS, secret="String")}, "as a SecureString"),
    ("key rotation", {"rotation": {"LinkKey": False, "PairKey": True, "LetterKey": True, "BoxKey": True}}, "console: LinkKey"),
]


SIGN_IN = {
    SignIn("", "", "", "", mailed=True): "by mailed links",
    SignIn("", "", "", "", mailed=False): "by mailed links",
    ACCOUNTS: "with accounts of https://login.example.org, without a secret; by mailed links no longer",
    replace(ACCOUNTS, secret="SecureString", mailed=True): "with accounts of https://login.example.org, with a secret; by mailed links too",
}


def found(facts: Facts, check: str) -> Finding:
    (finding,) = [finding for finding in findings(facts) if finding.check == check]
    return finding


def test_a_stack_as_it_should_be_passes_every_check() -> None:
    assert {finding.verdict for finding in findings(WELL)} == {OK}
    assert all_well(findings(WELL))


@pytest.mark.parametrize(("check", "changes", "advice"), WRONG)
def test_one_thing_that_is_wrong_is_found_alone_and_with_advice(check: str, changes: dict[str, Any], advice: str) -> None:
    judged = findings(replace(WELL, **changes))

    (wrong,) = [finding for finding in judged if finding.verdict != OK]
    assert (wrong.check, wrong.verdict) == (check, NOT_OK)
    assert re.search(advice, wrong.told)
    assert not all_well(judged)


def test_every_check_is_seen_to_fail() -> None:
    assert {check for check, _, _ in WRONG} == {check.name for check in CHECKS}


def test_every_line_says_something_in_one_line() -> None:
    told = [finding.told for _, changes, _ in WRONG for finding in findings(replace(WELL, **changes))]

    assert all(told)
    assert not [line for line in told if "\n" in line]


@pytest.mark.parametrize("fact", [field.name for field in fields(Facts) if field.name != "is_local"])
def test_what_aws_does_not_tell_is_said_and_is_no_fault(fact: str) -> None:
    refused: dict[str, Any] = {fact: Unreadable("AccessDeniedException")}

    judged = findings(replace(WELL, **refused))

    unsure = [finding for finding in judged if finding.verdict != OK]
    assert {finding.verdict for finding in unsure} == {UNKNOWN}
    assert all("AccessDeniedException" in finding.told for finding in unsure)
    assert all_well(judged)


def test_on_the_local_stack_mails_and_recovery_cannot_be_checked_whatever_it_says() -> None:
    nothing_wanted = replace(WELL, is_local=True, recovery=dict.fromkeys(RECOVERY, False), mail=replace(MAIL, sandboxed=True))

    unsure = {finding.check for finding in findings(nothing_wanted) if finding.verdict == UNKNOWN}

    assert unsure == {"mails signed (DKIM)", "out of the mail sandbox", "sending", "mails a day", "point-in-time recovery"}
    assert all_well(findings(nothing_wanted))


@pytest.mark.parametrize(("sent", "verdict"), [(100, OK), (101, NOT_OK)])
def test_the_largest_roster_just_fits_into_what_is_left_of_today(sent: int, verdict: str) -> None:
    assert found(replace(WELL, mail=replace(MAIL, sent=sent)), "mails a day").verdict == verdict


def test_a_quota_without_limit_is_enough_for_everybody() -> None:
    assert found(replace(WELL, mail=replace(MAIL, daily=-1), largest_roster=10**6), "mails a day").verdict == OK


@pytest.mark.parametrize(
    ("heart", "verdict"),
    [
        (Heart(0, clock_moved=False), OK),
        (Heart(LATE, clock_moved=False), OK),
        (Heart(LATE + 1, clock_moved=False), NOT_OK),
        (Heart(-30, clock_moved=False), OK),  # this machine's clock is behind AWS's
        (Heart(10, clock_moved=True), OK),
        (Heart(LATE + 1, clock_moved=True), UNKNOWN),
        (Heart(-86_400, clock_moved=True), UNKNOWN),
        (Heart(None, clock_moved=True), NOT_OK),
    ],
)
def test_a_heartbeat_is_judged_by_the_stacks_clock_unless_that_was_moved_since(heart: Heart, verdict: str) -> None:
    beating = Heart(60, clock_moved=heart.clock_moved)

    assert found(replace(WELL, heartbeats={"invite": beating, "aggregate": heart}), "job heartbeats").verdict == verdict


@pytest.mark.parametrize(("deployed", "told"), SIGN_IN.items())
def test_how_staff_sign_in_is_told(deployed: SignIn, told: str) -> None:
    finding = found(replace(WELL, sign_in=deployed), "signing in")

    assert (finding.verdict, finding.told) == (OK, told)
