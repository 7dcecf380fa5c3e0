"""SQS: mails to be sent, what `answer` may not look up itself, editions to be made. An address is there only where somebody typed hers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, get_args

import boto3

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""The most messages that SQS takes in one request."""


LONGEST_DELAY = 900
"""The most seconds for which SQS keeps a message back."""


class Part(NamedTuple):
    """One form that a mail is about: the round by its ref, the invitation by its fingerprint."""

    ref: str
    fingerprint: str
    slot: int
    """0 for the invitation, else the reminder that is due since this moment."""


class MessagePart(NamedTuple):
    """One message that a mail holds."""

    programme: str
    message: str
    person: str
    until: int
    """When it is too late for it."""
    buddies: Sequence[str] = ()
    """The ids of the reader's buddies, where it names them."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One mail to one person, about every form and message that is due for her."""

    parts: tuple[Part, ...]
    messages: tuple[MessagePart, ...]

    def __post_init__(self) -> None:
        """Take parts as JSON has them, too; raise `TypeError` for anything else."""
        object.__setattr__(self, "parts", tuple(Part(*part) for part in self.parts))
        object.__setattr__(self, "messages", tuple(MessagePart(*part) for part in self.messages))


@dataclass(frozen=True, slots=True)
class SignInErrand:
    """One sign-in mail to be sent; the link is made of the token, which is stored nowhere else and soon over."""

    token: str


@dataclass(frozen=True, slots=True)
class LostLinkErrand:
    """Somebody typed an address on a round's page for finding one's link: if it is on the roster, her links are mailed there."""

    ref: str
    address: str


@dataclass(frozen=True, slots=True)
class ResendErrand:
    """Staff want somebody to be mailed her links once more: to one round, or to all that is open for her."""

    programme: str
    person: str
    round: str
    """The round's id; empty for all."""


@dataclass(frozen=True, slots=True)
class EntryErrand:
    """Somebody who is not on the list asks to be let in to a round's gathering."""

    ref: str
    gathering: str
    address: str
    name: str
    belongs: str
    """Where she says she belongs, in her own words."""
    language: str


@dataclass(frozen=True, slots=True)
class TrialErrand:
    """A member of staff tries out a mail: it goes to her own address alone, which only her hash names here."""

    programme: str
    mail: str
    """"invitation", "reminder" or "message"."""
    item: str
    """The round's or the message's id."""
    gathering: str
    language: str
    staff: str


@dataclass(frozen=True, slots=True)
class SpeakerErrand:
    """A speaker is to be mailed her link; it is made of the token, which is stored nowhere else."""

    programme: str
    token: str


@dataclass(frozen=True, slots=True)
class MovedErrand:
    """Somebody has written by links to an address that she no longer has: she is to be asked there whether the new one is hers."""

    ref: str
    fingerprint: str
    former: str
    """The earlier address, as `shared.addresses.pointer` names it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One edition to be made."""

    programme: str
    round: str
    """The round's id; empty for the programme's own."""
    at: int
    """When the job was that asked for it."""


AnyErrand = Errand | SignInErrand | SpeakerErrand | LostLinkErrand | ResendErrand | EntryErrand | TrialErrand | MovedErrand

KINDS: dict[frozenset[str], type[AnyErrand]] = {frozenset(field.name for field in fields(kind)): kind for kind in get_args(AnyErrand)}
"""Each kind of errand by what it holds."""


@cache
def client() -> SQSClient:
    """Return this process's client."""
    return boto3.client("sqs")


def put(errands: Iterable[AnyErrand | Turn], rate: float = math.inf, to: str = "SEND_QUEUE") -> int:
    """Queue errands, as many a second as are to be done; tell how many were taken. ``to`` is the setting that names the queue."""
    remaining, taken = iter(enumerate(errands)), 0
    while batch := list(islice(remaining, BATCH)):
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(at), "MessageBody": json.dumps(asdict(errand)), "DelaySeconds": min(int(at / rate), LONGEST_DELAY)}
            for at, errand in batch
        ]
        answer = client().send_message_batch(QueueUrl=setting(to), Entries=entries)
        taken += len(answer.get("Successful", []))
    return taken


def errand(body: str) -> AnyErrand:
    """Read a message's errand; raise `ValueError` where it holds something else."""
    found = json.loads(body)
    try:
        return KINDS[frozenset(found)](**found)
    except (KeyError, TypeError) as error:
        raise ValueError("not an errand") from error


def turn(body: str) -> Turn:
    """Read which edition a message asks for; raise `ValueError` where it holds something else."""
    try:
        return Turn(**json.loads(body))
    except TypeError as error:
        raise ValueError("not a turn") from error
