"""Says in plain words what a picture shows, and who sees it."""

from __future__ import annotations

import re
from typing import Literal

Readers = Literal["participants", "organisers", "owners"]

READERS: dict[Readers, str] = {
    "participants": "What participants get",
    "organisers": "What organisers see in the desk",
    "owners": "What owners and boards read",
}

STEPS = {
    "opens": "The mail that a form is open",
    "reminds": "The reminder, to those who have not answered",
    "message": "A message of the programme",
    "lost": "Her own link, to who has asked for it",
    "heard": "The owner answers back to everybody who was asked",
    "staff": "The link by which staff sign in",
    "form": "The form as it opens",
    "filled in": "The form, filled in",
    "receipt": "After sending",
    "answered": "The same link, opened once more after answering",
    "unwilling": "For who does not want to answer",
    "unwilling, noted": "Declining is noted",
    "absent": "For who was not there",
    "absent, noted": "Absence is noted",
    "find": "Whoever has lost her link finds it by the sign on the wall",
    "find, sent": "Her link comes by mail, if she is on the list",
    "let in": "Whoever is not on the list asks to be let in",
    "stop": "The address in every mail that stops reminders",
    "stopped": "Reminders are stopped",
    "recalled": "The form shows what she wrote herself weeks earlier, after her own press of a button",
    "shared": "What a buddy has shared stands on her own page",
    "read": "A buddy's note, read",
    "returned": "The mail's link, opened when the letter has come back: nothing shows until she presses",
    "opened": "Her own words, read again",
    "kept": "What is written stays behind a button: mail scanners open links too",
    "changed": "Opened again, to be changed",
    "delete": "Before it is deleted, she is asked",
    "deleted": "It is deleted",
    "member": "Another member of the team opens the same plan by her own link",
    "member, opened": "The team's plan, as any member reads and changes it",
    "copy": "The copy of her own answers, sealed to her link",
    "copy, opened": "Her own answers beside the published result: nobody else can see this",
    "copy, to be deleted": "Before her copy is deleted, she is asked",
}
"""What is seen at each step of a participant's way."""

PAGES: tuple[tuple[str, Readers, str], ...] = (
    (r"^$", "organisers", "The programme, with what is open, closed and to come"),
    (r"people/new$", "organisers", "Somebody is added at the door"),
    (r"people/buddies", "organisers", "Who has whom as a buddy, and a draw"),
    (r"people/file", "organisers", "A list from Excel or a CSV file is brought"),
    (r"people/[^/]+/data$", "owners", "What is stored about somebody, and its deletion"),
    (r"people\?", "organisers", "Somebody is found among those who take part"),
    (r"people/[^/]+$", "organisers", "One participant"),
    (r"people$", "organisers", "Who takes part"),
    (r"attendance$", "organisers", "Who was there, for each day"),
    (r"attendance/", "organisers", "Who was there, at one gathering"),
    (r"days$", "organisers", "The days of the programme"),
    (r"days/", "organisers", "A day, its sessions and place, to be changed"),
    (r"unreached", "organisers", "Whom mails don't reach"),
    (r"requests", "organisers", "Who asks to be let in"),
    (r"files", "organisers", "The programme's files"),
    (r"copy", "organisers", "A new run is made from this one"),
    (r"account", "owners", "What staff have done"),
    (r"retention", "owners", "What is deleted when"),
    (r"rounds/[^/]+$", "organisers", "One form: how many have answered"),
    (r"rounds/[^/]+/change", "organisers", "An open form is extended, paused or reminded of"),
    (r"rounds/[^/]+/requests", "organisers", "Who asks to be let in"),
    (r"/reply", "owners", "The owner answers back to those who have answered"),
    (r"/comments", "owners", "Comments, before they are released"),
    (r"results$", "owners", "All results"),
    (r"results/together$", "owners", "The days beside each other"),
    (r"results/together/", "owners", "The days beside each other, by unit"),
    (r"results/runs", "owners", "This run beside the one before"),
    (r"/before-and-after", "owners", "Before and after: the same people, goal by goal"),
    (r"result/groups", "owners", "A result by unit; those too few are not shown"),
    (r"result/roles", "owners", "A result by role"),
    (r"/result$", "owners", "A result"),
    (r"following|beside", "owners", "What people meant to do on the day, beside what they did"),
    (r"report$", "owners", "A closing report is made"),
    (r"report/\d", "owners", "The closing report"),
    (r"speakers", "owners", "What speakers get to read of their own sessions"),
)
"""Of each kind of page of a programme in the desk: its path below the programme, who it is for, and what it shows."""

FILES: tuple[tuple[str, Readers, str], ...] = (
    (r"people/template.xlsx$", "organisers", "A table for the list of participants, to fill in"),
    (r"files.xlsx$", "organisers", "The programme as a workbook, to change and bring back"),
    (r"data.json$", "owners", "What is stored about somebody, for herself"),
    (r"xlsx$", "owners", "A workbook for Excel"),
    (r"pptx$", "owners", "Slides for a meeting"),
    (r"csv$", "owners", "A table with one line for each figure"),
    (r"json$", "owners", "All figures, for programs"),
)
"""Of each kind of file that is kept, likewise."""


def of_page(path: str) -> tuple[Readers, str]:
    """Tell who a page of the desk is for, and what it shows."""
    return next(((readers, said) for pattern, readers, said in PAGES if re.search(pattern, path)), ("organisers", "A page of the desk"))


def of_file(path: str) -> tuple[Readers, str] | None:
    """Tell who a file of the desk is for, and what it is; nothing where it is not kept."""
    return next(((readers, said) for pattern, readers, said in FILES if re.search(pattern, path)), None)
