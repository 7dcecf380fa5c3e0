"""Commands for those who write programmes: new, preview."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from marshmallow import ValidationError, fields
from rich.console import Console

from infra.cli.workbook import write_template
from infra.publishing import WORKBOOK, Faulty, declared_by, folder_of, is_workbook
from shared import new_programmes as writing
from shared import new_words as words
from shared.declarations.fields import Address, Date, Line, Slug
from shared.hints import listed
from shared.languages import NAMES, Text
from shared.new_programmes import NewDay, Wish
from shared.packing import PROGRAMME_FILE
from shared.programmes import Contact
from shared.slugs import slug

screen = Console(highlight=False)

USUAL_LANGUAGES = ("nb", "en")
"""The languages of a new workbook, unless others are named."""

DAY = re.compile(r"(\S+)\s+([^:]+)(?::\s*(.+))?")
CONTACT = re.compile(r"(.+?)\s*<([^<>]+)>")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--title", help="What the programme is called; in several languages with | between them.")
@click.option("--language", "languages", multiple=True, type=click.Choice(list(NAMES)), help="Once for each; the first is the main one.")
@click.option(
    "--day", "days", multiple=True, metavar="TEXT", help='Once for each day: "2026-08-26 Oslo: Title", titles with | between them.'
)
@click.option("--contact", metavar="TEXT", help='Whom participants can write to: "The office <office@example.org>".')
@click.option("--controller", help="Who is responsible for the data.")
@click.option("--data-protection", metavar="TEXT", help='The data protection officer: "Name <name@example.org>".')
@click.option("--no-input", is_flag=True, help="Ask nothing: fail where an option is missing.")
@click.option(
    "--excel",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an Excel workbook to fill in instead, with drop-downs and examples; of the options only --language goes with it.",
)
def new(folder: Path | None, no_input: bool, excel: Path | None, **given: Any) -> None:
    """Write the files of a new programme, asking for what the options don't say.

    They pass `kursdag check` as they are, and say in comments what can be added.
    FOLDER is forms/ and an id made of the title, unless it is named.
    """
    if excel:
        _new_workbook(excel, folder, given)
        return
    wish = _wished(given, ask=not no_input)
    target = folder or _usual_folder(wish)
    contents = {name: text.encode() for name, text in writing.files(wish).items()}
    _refuse(target, contents)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        with (target / name).open("xb") as file:
            file.write(content)
    screen.print(f"Written: {', '.join(str(target / name) for name in contents)}", markup=False, soft_wrap=True)
    screen.print(f"Fill in the agenda, then `kursdag check {target}` and `kursdag preview {target}`.", markup=False, soft_wrap=True)


def _new_workbook(target: Path, folder: Path | None, given: dict[str, Any]) -> None:
    if folder or any(value for name, value in given.items() if name != "languages"):
        raise click.UsageError("with --excel only --language is known: the rest is filled in there")
    if not is_workbook(target):
        raise click.BadParameter(f"the file's name must end in {WORKBOOK}", param_hint="--excel")
    _read(Slug(), target.resolve().stem, "--excel")
    write_template(target, given["languages"] or USUAL_LANGUAGES)
    screen.print(f"Fill it in, then `kursdag check {target}`.", markup=False, soft_wrap=True)


def _usual_folder(wish: Wish) -> Path:
    name = slug(wish.title[wish.main])
    return Path("forms") / name if Path("forms").is_dir() else Path(name)


def _refuse(target: Path, contents: dict[str, bytes]) -> None:
    """Refuse what would overwrite something, or what would not pass the check."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Faulty([f"{target} exists already; nothing was written"])
    _read(Slug(), target.resolve().name, "FOLDER")
    found = declared_by(target, contents)
    if isinstance(found, list):
        raise Faulty([f"{target / fault.file}:{fault.line}:{fault.column}: {fault.message}; nothing was written" for fault in found])


def _wished(given: dict[str, Any], *, ask: bool) -> Wish:
    """Take what the options say and ask for the rest."""
    if not ask:
        _refuse_gaps(given)
    languages = tuple(dict.fromkeys(given["languages"])) or _ask_languages()
    title = _titles(given["title"], languages, "--title") if given["title"] else _ask_titles("Title of the programme", languages)
    contact = _contact(given["contact"], "--contact") if given["contact"] else _ask_contact("Whom participants can write to")
    controller = _read(Line(), given["controller"], "--controller") if given["controller"] else _controller(contact, ask=ask)
    officer = given["data_protection"]
    protection = _contact(officer, "--data-protection") if officer else _data_protection(contact, ask=ask)
    days = [_day(text, number, languages) for number, text in enumerate(given["days"], 1)] or list(_ask_days(languages))
    return Wish(title, languages, tuple(days), contact, controller, protection)


def _refuse_gaps(given: dict[str, Any]) -> None:
    needed = {"--title": "title", "--language": "languages", "--day": "days", "--contact": "contact"}
    if missing := [option for option, name in needed.items() if not given[name]]:
        raise click.UsageError(f"with --no-input these are needed too: {', '.join(missing)}")


def _controller(contact: Contact, *, ask: bool) -> str:
    return _ask("Who is responsible for the data", Line(), contact.name) if ask else contact.name


def _data_protection(contact: Contact, *, ask: bool) -> Contact:
    return _ask_contact("Data protection officer", contact) if ask else contact


# ---- what options hold ----


def _read(field: fields.Field[Any], value: str, option: str) -> str:
    """Check one value as the files' reader does."""
    try:
        return str(field.deserialize(value.strip()))
    except ValidationError as error:
        raise click.BadParameter(_sentence(error), param_hint=option) from None


def _sentence(error: ValidationError) -> str:
    return ", ".join(map(str, error.messages))


def _titles(value: str, languages: tuple[str, ...], option: str) -> Text:
    """Read a title in each language, or one for all."""
    texts = [_read(Line(), text, option) for text in value.split("|")]
    if len(texts) not in (1, len(languages)):
        raise click.BadParameter(f"{len(texts)} titles for {len(languages)} languages ({listed(languages)})", param_hint=option)
    return writing.spoken(texts, languages)


def _contact(value: str, option: str) -> Contact:
    found = CONTACT.fullmatch(value.strip())
    if not found:
        raise click.BadParameter("write a name and an address: The office <office@example.org>", param_hint=option)
    return Contact(_read(Line(), found[1], option), _read(Address(), found[2], option))


def _day(value: str, number: int, languages: tuple[str, ...]) -> NewDay:
    found = DAY.fullmatch(value.strip())
    if not found:
        raise click.BadParameter("write a date, a place and a title: 2026-08-26 Oslo: Title", param_hint="--day")
    date, place = _read(Date(), found[1], "--day"), _read(Line(), found[2], "--day")
    return NewDay(date, place, _titles(found[3], languages, "--day") if found[3] else _usual_titles(number, languages))


def _usual_titles(number: int, languages: tuple[str, ...]) -> Text:
    return {language: words.DAY[language].format(number) for language in languages}


# ---- what is asked ----


def _ask(question: str, field: fields.Field[Any], default: str | None = None) -> str:
    return str(click.prompt(question, default=default, value_proc=_checked(field)))


def _checked(field: fields.Field[Any]) -> Callable[[str], str]:
    """Let a question be asked again until its answer is one that files may hold."""

    def check(value: str) -> str:
        try:
            return str(field.deserialize(value.strip()))
        except ValidationError as error:
            raise click.UsageError(_sentence(error)) from None

    return check


def _ask_languages() -> tuple[str, ...]:
    return tuple(click.prompt(f"Languages, the main one first ({', '.join(NAMES)})", default="nb", value_proc=_languages))


def _languages(value: str) -> list[str]:
    chosen = list(dict.fromkeys(value.replace(",", " ").lower().split()))
    if not chosen or not set(chosen) <= NAMES.keys():
        raise click.UsageError(f"write one or more of {', '.join(NAMES)}, with commas between them")
    return chosen


def _ask_titles(question: str, languages: tuple[str, ...], usual: Text | None = None) -> Text:
    several = len(languages) > 1
    named = {language: f"{question} ({NAMES[language]})" if several else question for language in languages}
    return {language: _ask(named[language], Line(), usual[language] if usual else None) for language in languages}


def _ask_contact(whom: str, usual: Contact | None = None) -> Contact:
    return Contact(
        _ask(f"{whom}: name", Line(), usual.name if usual else None), _ask(f"{whom}: address", Address(), usual.email if usual else None)
    )


def _ask_days(languages: tuple[str, ...]) -> Iterator[NewDay]:
    """Ask for days until no further date is given."""
    number = 1
    date = _ask("Day 1: date, like 2026-08-26", Date())
    while date:
        place = _ask(f"Day {number}: place", Line())
        yield NewDay(date, place, _ask_titles(f"Day {number}: title", languages, _usual_titles(number, languages)))
        number += 1
        date = click.prompt(f"Day {number}: date, or nothing if there is none", default="", show_default=False, value_proc=_date_or_nothing)


def _date_or_nothing(value: str) -> str:
    return _checked(Date())(value) if value.strip() else ""


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), help="Serve the pages on this port of this machine, or the next that is free.")
def preview(path: Path, port: int | None) -> None:
    """Show every form of a programme in the browser as participants will see it, storing nothing.

    Each page is made from the files as they are when it is loaded. Ctrl-C ends it.
    """
    from infra import preview as pages  # noqa: PLC0415 – the web packages load slowly, and no other command needs them

    folder = folder_of(path)
    if not is_workbook(folder) and not (folder / PROGRAMME_FILE).exists():
        raise Faulty([f"{path}: there is no {PROGRAMME_FILE} in this folder; a preview shows one programme"])
    served = pages.opened(folder, port or pages.PORT)
    screen.print(f"{served.address}  Ctrl-C ends it.")
    try:
        served.thread.join()
    except KeyboardInterrupt:
        served.stop()
