"""Desk: the pages of organisers, owners and observers, on Lambda."""

from apig_wsgi import make_lambda_handler
from flask import Flask

from functions.desk.account import account
from functions.desk.attendance import attendance
from functions.desk.beginnings import beginnings
from functions.desk.buddies import buddies
from functions.desk.changing import changing
from functions.desk.comments import comments
from functions.desk.comparison import comparison
from functions.desk.days import days
from functions.desk.drafts import drafts
from functions.desk.entrance import entrance
from functions.desk.files import files
from functions.desk.following import following
from functions.desk.groups import groups
from functions.desk.keeping import keeping
from functions.desk.mailing import mailing
from functions.desk.organisation import organisation
from functions.desk.outcomes import outcomes
from functions.desk.over_time import over_time
from functions.desk.pages import pages
from functions.desk.people import people
from functions.desk.person_data import person_data
from functions.desk.posters import posters
from functions.desk.previews import previews
from functions.desk.replies import replies
from functions.desk.reports import reports
from functions.desk.requests import requests
from functions.desk.results import results
from functions.desk.rosters import rosters
from functions.desk.speakers import speakers
from functions.desk.unreached import unreached
from shared.web.pages import equip


def create_app() -> Flask:
    """Make the application."""
    app = Flask(__name__, static_folder=None)
    equip(app)
    for part in (
        entrance,
        organisation,
        pages,
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
