"""What participants are told about their answers, made from how the programme is set up; nobody writes it by hand."""

from dataclasses import dataclass

from shared import retention
from shared.forms import Mode, SharedWith
from shared.languages import catalogue
from shared.programmes import Contact, Programme
from shared.protection import cells, disclosure


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of one form: a sentence for the page, and the whole of it behind a link."""

    short: str
    whole: tuple[str, ...]


def notice(
    programme: Programme,
    mode: Mode,
    language: str,
    shared_with: SharedWith = "",
    *,
    copies: bool = False,
    recalls: bool = False,
    days: int = 0,
) -> Notice:
    """Write the notice of a form; of one whose answers can be kept as a copy too, what becomes of that."""
    if mode == "personal":
        whole = (
            *_personal(days or retention.days(programme), language),
            *_shared(language, shared_with),
            *_responsible(programme, language),
        )
        return Notice(_shared_short(language, shared_with) or _short(mode, language), whole)
    kept = days or retention.days(programme)
    paired, copied = _paired(language) if mode == "confidential" else (), _copied(language) if copies else ()
    stored = (_sealed(language), *paired, *_kept(kept, language, mode), *copied, *(_recalled(language) if recalls else ()))
    return Notice(_short(mode, language), (*stored, *_shown(language), *_responsible(programme, language)))


def _short(mode: Mode, language: str) -> str:
    _ = catalogue(language).gettext
    if mode == "confidential":
        sentence = _(
            "Confidential: your name is not stored with your answer. A code pairs your answers from before and after, "
            "and results are shown only where at least {k} have answered."
        )
        return sentence.format(k=disclosure.RATINGS_FROM)
    if mode == "personal":
        return _("Personal: only the link in your own mail opens what you write. Those who run the programme can't read it.")
    return _("Anonymous: your name is not stored with your answer, and results are shown only where at least {k} have answered.").format(
        k=disclosure.RATINGS_FROM
    )


def _personal(days: int, language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _(
            "What you write is sealed with a key that is made from the link in your mail and stored nowhere. "
            "Whoever can read your mailbox can read it too."
        ),
        _("On the list of those invited it is noted that you have written something, but not when and not what."),
        _(
            "You can change what you write until the form closes. After that you can read it and delete it by the same link. "
            "If you don't, it is deleted by itself:"
        )
        + " "
        + catalogue(language).ngettext(
            "%(num)d day after the form has closed, after it was mailed back to you, or after a later form that shows it has closed.",
            "%(num)d days after the form has closed, after it was mailed back to you, or after a later form that shows it has closed.",
            days,
        )
        % {"num": days},
    )


def _shared_short(language: str, shared_with: SharedWith) -> str:
    _ = catalogue(language).gettext
    if shared_with == "buddy":
        return _(
            "Personal: only the link in your own mail opens what you write, and the link of a buddy whose box you tick. "
            "Those who run the programme can't read it."
        )
    if shared_with == "team":
        return _("Personal: only the links in your team's own mails open what you write. Those who run the programme can't read it.")
    return ""


def _shared(language: str, shared_with: SharedWith) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    if shared_with == "team":
        return (
            _(
                "What you write belongs to your team: the key that it is sealed with is noted for each member in a way that only "
                "her own link can read. Everybody in the team can read, change and delete it. Who joins the team while the form is "
                "open can do so too; who leaves it then can't any more. If you are in no team, only your own link opens it."
            ),
        )
    if shared_with != "buddy":
        return ()
    return (
        _(
            "If you tick a buddy's box, a copy is sealed for that one, whose own link opens it. It follows what you change, "
            "and you can take it back, but not what has been read by then. If you get another buddy, or have none any more, "
            "the copy stays with the one you gave it to."
        ),
        _(
            "Who is whose buddy, also where only one of two has named the other, stands in the list of participants, and for this "
            "form in a way that only your own link can read. Nothing that is stored tells whether you share."
        ),
    )


def _sealed(language: str) -> str:
    _ = catalogue(language).gettext
    return _(
        "When you send your answer it is sealed. It is stored without your name, your address, the time or anything "
        "about your phone or computer. Sealed together with it is the group you belong to (such as your school and "
        "your role) and where you took part. The group is always at least {k} invited people, or everyone invited."
    ).format(k=cells.LEAST)


def _paired(language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _(
            "Sealed together with it is also a code that only the link in your mail makes. It is the same in all forms of this "
            "series, so that a program can pair answers from before and after. The code never leaves that program. "
            "The key that such links are made with is deleted as soon as the last form of the series has a result. "
            "Until then your answers count as personal data."
        ),
    )


def _recalled(language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _(
            "By your link you can see on this form what you or your team wrote earlier. It shows when you press the button, "
            "and nothing of it is stored with your answer."
        ),
    )


def _copied(language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _(
            "If you tick that you want a copy for yourself, your answers are stored once more, sealed with a key that is made from "
            "the link in your mail and stored nowhere. The links to all forms of the series open it, and whoever can read your "
            "mailbox can read it too. Those who run the programme can't. You can delete it by the same link; if you don't, it is "
            "deleted together with the sealed answers."
        ),
    )


def _kept(days: int, language: str, mode: Mode) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    final = {
        "anonymous": _("You can't change or withdraw an answer after you have sent it: nobody can tell which one is yours."),
        "confidential": _("You can't change or withdraw an answer after you have sent it."),
    }
    return (
        _(
            "On the list of those invited it is noted that you have answered, but not when and not what. "
            "That is how nobody can answer twice."
        ),
        f"{final[mode]} {_deleted(days, language, mode)}",
    )


def _deleted(days: int, language: str, mode: Mode) -> str:
    words = catalogue(language)
    if mode == "confidential":
        sentence = words.ngettext(
            "%(num)d day after the last form of the series has closed, sealed answers and this list are deleted.",
            "%(num)d days after the last form of the series has closed, sealed answers and this list are deleted.",
            days,
        )
    else:
        sentence = words.ngettext(
            "%(num)d day after the form has closed, sealed answers and this list are deleted.",
            "%(num)d days after the form has closed, sealed answers and this list are deleted.",
            days,
        )
    return sentence % {"num": days}


def _shown(language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _(
            "After closing, a program opens the answers, counts them together and makes a result for the people who run "
            "the programme. It shows a figure only where at least {k} have answered, and comments only where at least "
            "{comments} have answered, in random order. "
            "The programme's owner reads comments first and can hide one or black out words before others see them. "
            "Leave out what could tell who you or others are. Comments are deleted together with the sealed answers."
        ).format(k=disclosure.RATINGS_FROM, comments=disclosure.COMMENTS_FROM),
        _(
            "All who were invited can be shown the figures for all together, and speakers what was said of their own sessions. "
            "A report for others can hold comments that the owner has chosen, and figures that at least {outside} people, and half "
            "of those invited, stand behind."
        ).format(outside=disclosure.OUTSIDE_FROM),
    )


def _responsible(programme: Programme, language: str) -> tuple[str, ...]:
    _ = catalogue(language).gettext
    return (
        _("Responsible for the data: {controller}. Legal basis: {basis}.").format(
            controller=programme.controller, basis=programme.legal_basis[language].rstrip(".")
        ),
        _("Questions about data protection: {contact}. You can complain to {authority}.").format(
            contact=written(programme.data_protection), authority=programme.complaints
        ),
    )


def written(contact: Contact) -> str:
    """Write a contact with its address."""
    return f"{contact.name}, {contact.email}"
