"""A round as its programme declares it, before anything of it is published."""

from dataclasses import replace

from shared import retention, schedule
from shared.forms import Form, form_id
from shared.programmes import Programme, RoundPlan, day_of
from shared.rounds import Round


def planned_round(programme: Programme, plan: RoundPlan, form: Form) -> Round:
    """Work out when a declared round is open and reminds; its name in links and its key it gets when it is published."""
    day = day_of(programme, plan.day)
    windows = schedule.windows(plan, day, programme.timezone)
    reminders = {name: schedule.reminders(window, plan.reminds, programme.timezone) for name, window in windows.items()}
    planned = Round(
        programme=programme.id,
        id=plan.id,
        ref="",
        form=form_id(form),
        mode=form.mode,
        day=plan.day,
        windows=windows,
        public_key=b"",
        once=plan.once,
        roles=plan.roles or day.roles,
        series=plan.series,
        stage=plan.stage,
        recalls=plan.recalls,
        school_year=_school_year(programme, plan) if form.mode == "personal" or plan.recalls else "",
        reminders={name: times for name, times in reminders.items() if times},
    )
    return replace(planned, retention=retention.of_round(programme, planned))


def _school_year(programme: Programme, plan: RoundPlan) -> str:
    """Tell in which school year what people write in a round, or in the one that it recalls, begins to be written."""
    written = next((other for other in programme.rounds if other.id == plan.recalls), plan)
    opens = min(window.opens for window in schedule.windows(written, day_of(programme, written.day), programme.timezone).values())
    return schedule.school_year(opens, programme.timezone)
