"""Desk: the pages of organisers, owners and observers, on Lambda."""

from apig_wsgi import make_lambda_handler
from flask import Flask

from functions.desk.programmes.account import account
from functions.desk.programmes.beginnings import beginnings
from functions.desk.programmes.days import days
from functions.desk.programmes.drafts import drafts
from functions.desk.programmes.files import files
from functions.desk.programmes.keeping import keeping
from functions.desk.programmes.previews import previews
from functions.desk.results.comments import comments
from functions.desk.results.comparison import comparison
from functions.desk.results.following import following
from functions.desk.results.groups import groups
from functions.desk.results.outcomes import outcomes
from functions.desk.results.over_time import over_time
from functions.desk.results.replies import replies
from functions.desk.results.reports import reports
from functions.desk.results.result import results
from functions.desk.results.speakers import speakers
from functions.desk.roster.attendance import attendance
from functions.desk.roster.buddies import buddies
from functions.desk.roster.files import rosters
from functions.desk.roster.mailing import mailing
from functions.desk.roster.people import people
from functions.desk.roster.person_data import person_data
from functions.desk.roster.unreached import unreached
from functions.desk.rounds.changing import changing
from functions.desk.rounds.overview import overview
from functions.desk.rounds.posters import posters
from functions.desk.rounds.requests import requests
from functions.desk.staff.entrance import entrance
from functions.desk.staff.organisation import organisation
from shared.web.pages import equip


def create_app() -> Flask:
    """Make the application."""
    app = Flask(__name__, static_folder=None)
    equip(app)
    for part in (
        entrance,
        organisation,
        overview,
        posters,
        previews,
        requests,
        results,
        comments,
        groups,
        comparison,
        following,
        speakers,
        reports,
        outcomes,
        replies,
        over_time,
        account,
        keeping,
        people,
        person_data,
        buddies,
        rosters,
        unreached,
        mailing,
        drafts,
        files,
        days,
        beginnings,
        attendance,
        changing,
    ):
        app.register_blueprint(part, url_prefix="/desk")
    return app


handler = make_lambda_handler(create_app().wsgi_app, binary_support=True)
