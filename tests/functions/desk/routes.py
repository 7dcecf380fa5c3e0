"""Every route of the desk, and where one of it is found."""

from dataclasses import dataclass, field

from functions.desk.handler import create_app

APP = create_app()

RESULTS = {"results", "groups", "over_time"}
"""The parts of the desk at which it is noted who looks."""

PARTS = {
    "look.static_file": {"name": "kursdag.css"},
    "entrance.confirm": {"token": "A" * 43},
    "entrance.enter": {"token": "A" * 43},
    "overview.programmes": {"all": "1"},
    "overview.programme": {"programme_id": "walks"},
    "unreached.listed": {"programme_id": "walks"},
    "outcomes.listed": {"programme_id": "walks"},
    "requests.everything": {"programme_id": "walks"},
    "unreached.allow": {"programme_id": "walks"},
    "people.everybody": {"programme_id": "walks"},
    "people.adding": {"programme_id": "walks"},
    "previews.index": {"source": "programme", "source_id": "walks"},
    **{f"previews.{name}": {"source": "programme", "source_id": "walks", "round_id": "day-1"} for name in ("form", "tried")},
    **{
        f"previews.{name}": {"source": "programme", "source_id": "walks", "which": "reminder", "item": "day-1"}
        for name in ("mail", "try_out")
    },
    "people.add": {"programme_id": "walks"},
    "people.person": {"programme_id": "walks", "person_id": "0" * 32},
    "people.correct": {"programme_id": "walks", "person_id": "0" * 32},
    "people.leave": {"programme_id": "walks", "person_id": "0" * 32},
    "mailing.resend": {"programme_id": "walks", "person_id": "0" * 32},
    "buddies.standing": {"programme_id": "walks"},
    "buddies.draw": {"programme_id": "walks"},
    **{f"person_data.{name}": {"programme_id": "walks", "person_id": "0" * 32} for name in ("told", "file", "erase")},
    "rosters.choose": {"programme_id": "walks"},
    "rosters.upload": {"programme_id": "walks"},
    "rosters.preview": {"programme_id": "walks", "upload_id": "0" * 32},
    "rosters.carry_out": {"programme_id": "walks", "upload_id": "0" * 32},
    "rosters.template": {"programme_id": "walks"},
    "overview.round_page": {"programme_id": "walks", "round_id": "day-1"},
    "attendance.gatherings": {"programme_id": "walks"},
    "attendance.gathering": {"programme_id": "walks", "day_id": "day-1", "gathering_id": "day-1"},
    "attendance.mark": {"programme_id": "walks", "day_id": "day-1", "gathering_id": "day-1"},
    "changing.choose": {"programme_id": "walks", "round_id": "day-1"},
    "changing.carry_out": {"programme_id": "walks", "round_id": "day-1"},
    "account.done": {"programme_id": "walks"},
    "keeping.plan": {"programme_id": "walks"},
    **{f"drafts.{name}": {"draft_id": "0" * 32} for name in ("draft", "files", "mend", "publish", "drop")},
    **{f"days.{name}": {"programme_id": "walks"} for name in ("everything", "forget")},
    **{f"days.{name}": {"programme_id": "walks", "day_id": "day-1"} for name in ("day", "preview", "carry_out")},
    "posters.poster": {"programme_id": "walks", "round_id": "day-1", "gathering": "day-1", "shape": "a4"},
    "requests.waiting": {"programme_id": "walks", "round_id": "day-1"},
    "requests.decide": {"programme_id": "walks", "round_id": "day-1"},
    **{f"files.{name}": {"programme_id": "walks"} for name in ("everything", "bring", "zipped", "workbook")},
    **{f"beginnings.{name}": {"programme_id": "walks"} for name in ("copying", "copy")},
    **{f"comments.{name}": {"programme_id": "walks", "round_id": "day-1"} for name in ("listed", "decide", "release")},
    **{f"speakers.{name}": {"programme_id": "walks"} for name in ("listed", "invite")},
    "speakers.end": {"programme_id": "walks", "hashed": "0" * 64},
    "speakers.page": {"programme_id": "walks", "token": "A" * 43},
    **{f"replies.{name}": {"programme_id": "walks", "round_id": "day-1"} for name in ("draft", "preview", "save", "publish")},
    **{f"reports.{name}": {"programme_id": "walks"} for name in ("choose", "make")},
    **{f"reports.{name}": {"programme_id": "walks", "number": "1"} for name in ("version", "file")},
    "results.result": {"programme_id": "walks", "round_id": "day-1"},
    "results.file": {"programme_id": "walks", "round_id": "day-1", "kind": "xlsx"},
    **{f"over_time.{name}": {"programme_id": "walks"} for name in ("rounds", "units", "earlier", "file", "table")},
    "over_time.picture": {"programme_id": "walks", "question_id": "benefit"},
    "comparison.page": {"programme_id": "walks", "round_id": "day-1"},
    "following.page": {"programme_id": "walks", "round_id": "day-1"},
    "following.file": {"programme_id": "walks", "round_id": "day-1", "kind": "csv"},
    "comparison.file": {"programme_id": "walks", "round_id": "day-1", "kind": "json"},
    "groups.by_unit": {"programme_id": "walks", "round_id": "day-1", "number": "0"},
    "groups.unit_picture": {"programme_id": "walks", "round_id": "day-1", "number": "0", "question_id": "benefit"},
    "groups.by_role": {"programme_id": "walks", "round_id": "day-1"},
    "groups.role_picture": {"programme_id": "walks", "round_id": "day-1", "question_id": "benefit"},
    "results.comments": {"programme_id": "walks", "round_id": "day-1"},
    "results.picture": {"programme_id": "walks", "round_id": "day-1", "question_id": "benefit"},
}


@dataclass
class Place:
    """One route with its method, and where it is."""

    method: str
    endpoint: str
    path: str = ""
    query: str = ""
    name: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.name = (self.method, self.endpoint)
        parts = dict(PARTS.get(self.endpoint, {}))
        with APP.test_request_context():
            if self.endpoint == "look.static_file":
                parts["name"] = APP.jinja_env.globals["static_name"](parts["name"])  # type: ignore[operator]
            self.path, _, self.query = APP.url_for(self.endpoint, **parts).partition("?")  # type: ignore[arg-type]


ROUTES = [
    Place(method, rule.endpoint) for rule in APP.url_map.iter_rules() for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
]
