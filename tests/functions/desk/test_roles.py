import pytest

from tests.functions.desk.routes import RESULTS, ROUTES
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, STRANGER, Browser, desk
from tests.functions.examples import dump

NOW = 1_800_000_000

VISITORS = {"nobody": "", "organiser": ORGANISER, "owner": OWNER, "observer": OBSERVER, "of units": NORTH, "of another programme": STRANGER}

ANYBODY = (200, 200, 200, 200, 200, 200)
SIGN_IN = 303

MATRIX = {
    # nobody, organiser, owner, observer, owner limited to units, staff of another programme
    ("GET", "look.static_file"): ANYBODY,
    ("GET", "entrance.ask"): ANYBODY,
    ("POST", "entrance.send_link"): (403,) * 6,
    ("GET", "entrance.confirm"): (403,) * 6,
    ("POST", "entrance.enter"): (403,) * 6,
    ("POST", "entrance.leave"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("GET", "organisation.depart"): (404,) * 6,
    ("GET", "organisation.come_back"): (404,) * 6,
    ("GET", "overview.home"): (303,) * 6,
    ("GET", "overview.programmes"): (SIGN_IN, 200, 200, 200, 200, 200),
    ("GET", "overview.programme"): (SIGN_IN, 200, 200, 200, 200, 404),
    ("GET", "overview.round_page"): (SIGN_IN, 200, 200, 200, 200, 404),
    ("GET", "previews.index"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "previews.form"): (SIGN_IN, 200, 200, 403, 200, 404),
    # Whatever is filled in there is stored nowhere, so that needs no token of ours; what it binds is lacking here.
    ("POST", "previews.tried"): (SIGN_IN, 422, 422, 403, 422, 404),
    ("GET", "previews.mail"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("POST", "previews.try_out"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "attendance.gatherings"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "attendance.gathering"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("POST", "attendance.mark"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "changing.choose"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("POST", "changing.carry_out"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "account.done"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "keeping.plan"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "drafts.new"): (SIGN_IN, 200, 200, 403, 403, 200),
    ("POST", "drafts.bring"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("GET", "drafts.draft"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("GET", "drafts.files"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("POST", "drafts.mend"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("POST", "drafts.publish"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("POST", "drafts.drop"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("GET", "beginnings.asking"): (SIGN_IN, 200, 200, 403, 403, 200),
    ("POST", "beginnings.answered"): (SIGN_IN, 403, 403, 403, 403, 403),
    ("GET", "beginnings.copying"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("POST", "beginnings.copy"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "files.workbook"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("GET", "days.everything"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("GET", "days.day"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("POST", "days.preview"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "days.carry_out"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "days.forget"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "files.everything"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("POST", "files.bring"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "files.zipped"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("GET", "posters.poster"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "requests.waiting"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("POST", "requests.decide"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "results.result"): (SIGN_IN, 403, 200, 200, 303, 404),
    ("GET", "over_time.rounds"): (SIGN_IN, 403, 404, 404, 303, 404),
    ("GET", "over_time.units"): (SIGN_IN, 403, 404, 404, 404, 404),
    ("GET", "over_time.earlier"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "over_time.file"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "over_time.table"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "over_time.picture"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "comparison.page"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "following.page"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "following.file"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "comparison.file"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "groups.by_unit"): (SIGN_IN, 403, 200, 200, 200, 404),
    ("GET", "groups.unit_picture"): (SIGN_IN, 403, 200, 200, 404, 404),
    ("GET", "groups.by_role"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "groups.role_picture"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "results.file"): (SIGN_IN, 403, 200, 200, 403, 404),
    ("GET", "results.comments"): (SIGN_IN, 403, 404, 404, 403, 404),
    ("GET", "results.picture"): (SIGN_IN, 403, 200, 200, 403, 404),
    ("GET", "comments.listed"): (SIGN_IN, 403, 200, 403, 403, 404),
    ("POST", "comments.decide"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "comments.release"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "speakers.listed"): (SIGN_IN, 403, 200, 403, 403, 404),
    ("POST", "speakers.invite"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "speakers.end"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "speakers.page"): (404,) * 6,
    ("GET", "outcomes.listed"): (SIGN_IN, 403, 200, 200, 200, 404),
    ("GET", "requests.everything"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "replies.draft"): (SIGN_IN, 403, 200, 403, 403, 404),
    ("GET", "replies.preview"): (SIGN_IN, 403, 200, 403, 403, 404),
    ("POST", "replies.save"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "replies.publish"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "reports.choose"): (SIGN_IN, 403, 200, 403, 403, 404),
    ("POST", "reports.make"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "reports.version"): (SIGN_IN, 403, 404, 403, 403, 404),
    ("GET", "reports.file"): (SIGN_IN, 403, 404, 403, 403, 404),
    ("GET", "unreached.listed"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("POST", "unreached.allow"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "people.everybody"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("GET", "people.adding"): (SIGN_IN, 200, 200, 403, 200, 404),
    ("POST", "people.add"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "people.person"): (SIGN_IN, 404, 404, 403, 404, 404),
    ("POST", "people.correct"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "people.leave"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "person_data.told"): (SIGN_IN, 403, 404, 403, 403, 404),
    ("GET", "person_data.file"): (SIGN_IN, 403, 404, 403, 403, 404),
    ("POST", "person_data.erase"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("POST", "mailing.resend"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "buddies.standing"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("POST", "buddies.draw"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "rosters.choose"): (SIGN_IN, 200, 200, 403, 403, 404),
    ("POST", "rosters.upload"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "rosters.preview"): (SIGN_IN, 404, 404, 403, 403, 404),
    ("POST", "rosters.carry_out"): (SIGN_IN, 403, 403, 403, 403, 404),
    ("GET", "rosters.template"): (SIGN_IN, 200, 200, 403, 403, 404),
}
"""What a request without a form's token gets; POSTs that carry it are tested with signing in and sessions."""


def visit(who: str) -> Browser:
    return Browser(NOW).sign_in(VISITORS[who]) if VISITORS[who] else Browser(NOW)


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("who", VISITORS)
def test_every_route_is_open_to_those_it_is_for(who: str) -> None:
    desk()
    browser, column = visit(who), list(VISITORS).index(who)

    found = {place.name: browser.ask(place.method, place.path, b"", place.query, sec_fetch_site="none").status for place in ROUTES}

    assert found == {name: statuses[column] for name, statuses in MATRIX.items()}


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("who", ["owner", "of another programme", "nobody"])
def test_another_programme_s_page_does_not_differ_from_one_that_does_not_exist(who: str) -> None:
    desk()
    browser = visit(who)
    theirs = "walks" if who == "of another programme" else "swims"

    for below in (
        "",
        "/account",
        "/retention",
        "/people",
        "/people/file",
        "/attendance",
        "/attendance/day-1/day-1",
        "/results/together",
        "/results/together/units",
        "/results/together.json",
        "/rounds/day-1",
        "/rounds/day-1/change",
        "/rounds/day-1/result",
        "/rounds/day-1/result.xlsx",
        "/rounds/day-1/result/benefit.svg",
        "/rounds/day-1/result/groups/0",
        "/rounds/day-1/result/roles",
        "/rounds/day-1/requests",
        "/rounds/nothing",
    ):
        pages = [browser.get(f"/desk/programmes/{name}{below}") for name in (theirs, "nothing", "a" * 3000, "%FF", "..")]
        seen = {(page.status, page.text, page.headers.get("location")) for page in pages[:2]}
        assert len(seen) == 1
        assert {page.status for page in pages} <= {404, 303}


@pytest.mark.usefixtures("tables")
def test_what_does_not_exist_in_one_s_own_programme_is_not_found() -> None:
    desk()
    owner = visit("owner")

    for below in (
        "nothing",
        "day-1/result.docx",
        "day-1/result.",
        "day-1/result/nothing.svg",
        "day-1/result/takeaway.svg",
        "day-1/comments.json",
        "a" * 3000,
        "day-1/result.xlsx/..",
        "day-1%00",
    ):
        assert owner.get(f"/desk/programmes/walks/rounds/{below}").status == 404, below


@pytest.mark.usefixtures("tables")
def test_looking_at_every_page_but_results_changes_nothing() -> None:
    desk()
    owner = visit("owner")
    before = dump("DESK", "PUBLISHED", "ROSTER")

    for place in ROUTES:
        if place.endpoint.partition(".")[0] not in RESULTS:
            owner.get(place.path, place.query)

    assert dump("DESK", "PUBLISHED", "ROSTER") == before


@pytest.mark.slow
@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("who", ["nobody", "owner"])
def test_looking_changes_nothing_but_the_account_of_who_looked_at_results(who: str) -> None:
    desk()
    browser = visit(who)
    before = dump("DESK", "PUBLISHED", "ROSTER")

    for place in ROUTES:
        for method in ("HEAD", "OPTIONS", "GET"):
            browser.ask(method, place.path, b"", place.query)
            if method != "GET" or place.endpoint.partition(".")[0] not in RESULTS:
                assert dump("DESK", "PUBLISHED", "ROSTER") == before, place
            before = dump("DESK", "PUBLISHED", "ROSTER")
