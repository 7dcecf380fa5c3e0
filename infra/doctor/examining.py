"""The doctor's judgement: facts about a stack in, findings out. `doctor_facts` reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from infra.doctor.known import KEPT, PRIVATE, Facts, Heart, Mail, Sender, Unreadable
from infra.doctor.sign_in import SignIn
from shared.store.desk_reconciliation import Reconciled

Verdict = Literal["ok", "not ok", "can't be checked here"]

OK: Verdict = "ok"
NOT_OK: Verdict = "not ok"
UNKNOWN: Verdict = "can't be checked here"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a check, in one line: what was seen, or what to do."""

    verdict: Verdict
    told: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A check and what came of it."""

    check: str
    verdict: Verdict
    told: str


def findings(facts: Facts) -> list[Finding]:
    """Judge everything that is known."""
    return [_finding(check, facts) for check in CHECKS]


def all_well(found: Sequence[Finding]) -> bool:
    """Tell whether nothing is wrong, as far as could be checked."""
    return not [finding for finding in found if finding.verdict == NOT_OK]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: the facts that it needs and the rule over them."""

    name: str
    needs: tuple[str, ...]
    rule: Callable[..., Judged]
    not_local: str = ""
    """Why the local stack can't be asked."""


def _finding(check: Check, facts: Facts) -> Finding:
    judged = _judged(check, facts)
    return Finding(check.name, judged.verdict, judged.told)


def _judged(check: Check, facts: Facts) -> Judged:
    if check.not_local and facts.is_local:
        return Judged(UNKNOWN, check.not_local)
    known: list[Any] = [getattr(facts, name) for name in check.needs]
    refused = sorted({fact.code for fact in known if isinstance(fact, Unreadable)})
    if refused:
        return Judged(UNKNOWN, f"AWS answered {', '.join(refused)}: ask again with an account that may read this")
    return check.rule(*known)


def _verified(sender: Sender) -> Judged:
    if sender.verified:
        return Judged(OK, f"{sender.address} may send")
    return Judged(NOT_OK, f"verify {sender.address} or its domain in the SES console; until then no mail is sent")


def _signed(sender: Sender) -> Judged:
    if sender.signed:
        return Judged(OK, "mails are signed")
    return Judged(NOT_OK, "put the DKIM records that the SES console shows for the domain into its DNS; else mails end up as spam")


def _out_of_sandbox(mail: Mail) -> Judged:
    if mail.sandboxed:
        return Judged(NOT_OK, "ask for production access in the SES console; until then only verified addresses get mails")
    return Judged(OK, "mails go to everybody")


def _sending(mail: Mail) -> Judged:
    if mail.paused:
        return Judged(NOT_OK, "AWS has paused sending: see the messages in the SES console; mails wait meanwhile")
    if mail.health not in ("", "HEALTHY"):
        return Judged(NOT_OK, f"AWS is about to pause sending ({mail.health}): look for bounces and complaints in the SES console")
    return Judged(OK, "not paused")


def _quota(mail: Mail, largest_roster: int) -> Judged:
    if mail.daily < 0:
        return Judged(OK, "no daily limit")
    left = mail.daily - mail.sent
    if left < largest_roster:
        return Judged(NOT_OK, f"{left} mails are left today for a roster of {largest_roster}: ask for a higher quota in the SES console")
    return Judged(OK, f"{left} of {mail.daily} mails are left today; the largest roster has {largest_roster} people")


def _scheduled(schedules: Mapping[str, str]) -> Judged:
    resting = _named(schedules, lambda state: state != "ENABLED")
    if resting:
        return Judged(NOT_OK, f"enable in the EventBridge Scheduler console: {resting}")
    return Judged(OK, "all enabled")


def _beating(heartbeats: Mapping[str, Heart]) -> Judged:
    if never := _named(heartbeats, lambda heart: heart.age is None and not heart.at_night):
        return Judged(NOT_OK, f"read the log of {never}: no run has come to its end yet")
    if late := _named(heartbeats, lambda heart: heart.is_late and not heart.clock_moved):
        return Judged(
            NOT_OK, f"read the log of {late}: no run has come to its end in the last 15 minutes, or 24 hours for a job of the night"
        )
    if unsure := _named(heartbeats, lambda heart: heart.is_late or (heart.clock_moved and heart.age is not None and heart.age < 0)):
        return Judged(UNKNOWN, f"the clock was moved since {unsure} ran: run `kursdag jobs run {unsure.replace(',', '')}`")
    if waiting := _named(heartbeats, lambda heart: heart.age is None):
        return Judged(UNKNOWN, f"{waiting} has not run yet: it runs at night")
    return Judged(OK, "they have come to their end in time")


def _none_left(advice: str) -> Callable[[int], Judged]:
    """Make the rule that nothing lies in a dead-letter queue."""
    return lambda count: Judged(NOT_OK, f"{count} {advice}") if count else Judged(OK, "none")


def _not_stopped(stopped: str) -> Judged:
    if stopped:
        return Judged(NOT_OK, f"no mail is sent: too many {stopped}. See who could not be reached, then run `kursdag sending resume`")
    return Judged(OK, "few mails bounce or are taken for spam")


def _recovered(recovery: Mapping[str, bool]) -> Judged:
    if telling := _named(recovery, bool, PRIVATE):
        return Judged(NOT_OK, f"switch it off for {telling}: earlier states tell who answered what")
    if missing := _named(recovery, lambda on: not on, KEPT):
        return Judged(NOT_OK, f"switch it on for {missing}: what staff write could not be brought back")
    return Judged(OK, "on where staff write, off where participants do")


def _not_backed_up(backups: Mapping[str, int]) -> Judged:
    if kept := _named(backups, bool, PRIVATE):
        return Judged(NOT_OK, f"delete the backups of {kept}, and what makes them: they outlive what was promised")
    return Judged(OK, "none of the private tables")


def _unstreamed(streams: Mapping[str, bool]) -> Judged:
    if streaming := _named(streams, bool):
        return Judged(NOT_OK, f"switch off the streams of {streaming}: they tell who answered when")
    return Judged(OK, "none")


def _protected(protection: Mapping[str, bool]) -> Judged:
    if open_ := _named(protection, lambda on: not on):
        return Judged(NOT_OK, f"switch on deletion protection for {open_}")
    return Judged(OK, "all tables")


def _no_insights(insights: Mapping[str, bool]) -> Judged:
    if watched := _named(insights, bool):
        return Judged(NOT_OK, f"switch off contributor insights for {watched}: they record the keys that are asked for")
    return Judged(OK, "none")


def _untrailed(trails: Mapping[str, Sequence[str]]) -> Judged:
    if recording := [f"{trail} ({', '.join(tables)})" for trail, tables in trails.items() if tables]:
        return Judged(NOT_OK, f"exclude these tables from the data events of the trail {'; '.join(recording)}: they tell who answered when")
    return Judged(OK, f"none of the private tables in {len(trails)} trails")


def _no_access_log(access_log: bool) -> Judged:
    if access_log:
        return Judged(NOT_OK, "switch off access logging of the HTTP API's stage: its paths hold participants' links")
    return Judged(OK, "off")


def _retained(retention: Mapping[str, int | None]) -> Judged:
    if endless := _named(retention, lambda days: not days):
        return Judged(NOT_OK, f"set a retention of 30 days for the logs of {endless}")
    return Judged(OK, f"at most {max(days or 0 for days in retention.values())} days")


def _rotated(rotation: Mapping[str, bool]) -> Judged:
    if still := _named(rotation, lambda on: not on):
        return Judged(NOT_OK, f"switch on automatic rotation in the KMS console: {still}")
    return Judged(OK, "every year")


def _signing_in(sign_in: SignIn) -> Judged:
    return Judged(NOT_OK, sign_in.advice) if sign_in.advice else Judged(OK, sign_in.standing)


def _agreeing(reconciled: Reconciled | None) -> Judged:
    if reconciled is None:
        return Judged(UNKNOWN, "they have not been compared yet: that is done at night")
    if reconciled.contradicting:
        return Judged(
            NOT_OK,
            f"of {reconciled.contradicting} of {reconciled.rounds} closed rounds, marks, answers and result contradict one another: "
            "was a table put back to an earlier state? The log of retire names the rounds",
        )
    return Judged(OK, f"marks, answers and results of {reconciled.rounds} closed rounds agree")


def _named(facts: Mapping[str, Any], wrong: Callable[[Any], bool], among: Sequence[str] | None = None) -> str:
    return ", ".join(name for name, fact in facts.items() if wrong(fact) and (among is None or name in among))


KEPT_HERE = "the local stack keeps its mails to itself"

CHECKS = (
    Check("sender address", ("sender",), _verified),
    Check("mails signed (DKIM)", ("sender",), _signed, KEPT_HERE),
    Check("out of the mail sandbox", ("mail",), _out_of_sandbox, KEPT_HERE),
    Check("sending", ("mail",), _sending, KEPT_HERE),
    Check("mails a day", ("mail", "largest_roster"), _quota, KEPT_HERE),
    Check("schedules", ("schedules",), _scheduled),
    Check("job heartbeats", ("heartbeats",), _beating),
    Check(
        "mails that failed",
        ("dead_letters",),
        _none_left("mails could not be sent: read the log of send, then redrive the queue in the SQS console"),
    ),
    Check(
        "mail events that failed",
        ("dead_events",),
        _none_left("events could not be noted: read the log of deliveries, then redrive the queue in the SQS console"),
    ),
    Check(
        "results that failed",
        ("dead_editions",),
        _none_left("times a result could not be made: read the log of aggregate; purge the queue afterwards"),
    ),
    Check("bounces and complaints", ("stopped",), _not_stopped),
    Check("point-in-time recovery", ("recovery",), _recovered, "the local stack does not tell"),
    Check("backups", ("backups",), _not_backed_up),
    Check("streams", ("streams",), _unstreamed),
    Check("deletion protection", ("protection",), _protected),
    Check("contributor insights", ("insights",), _no_insights),
    Check("CloudTrail data events", ("trails",), _untrailed),
    Check("access log", ("access_log",), _no_access_log),
    Check("log retention", ("retention",), _retained),
    Check("key rotation", ("rotation",), _rotated),
    Check("signing in", ("sign_in",), _signing_in),
    Check("closed rounds' figures", ("reconciled",), _agreeing),
)
