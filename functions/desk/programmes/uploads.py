"""Uploaded files of a programme: YAML files, a zip file of them, or a workbook."""

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import FileStorage

from shared.packing import fit, refuse_too_much, unpacked
from shared.phrases import Phrase, _

WHOLE = (".xlsx", ".zip")
"""What holds a whole programme."""

TOO_LARGE = Phrase(_("the files are larger than a draft can be: bring only what belongs to the programme"))


def brought(uploaded: Iterable[FileStorage]) -> dict[str, bytes]:
    """Read uploaded files, by name; raise `Unreadable`."""
    given = {_name(item.filename): item.read() for item in uploaded if _name(item.filename)}
    refuse_too_much([len(content) for name, content in given.items() if not name.lower().endswith(WHOLE)])
    files: dict[str, bytes] = {}
    for name, content in given.items():
        files |= unpacked(content) if name.lower().endswith(".zip") else {name: content}
    return {name: content for name, content in files.items() if _is_meant(name)}


def joined(before: Mapping[str, bytes], new: Mapping[str, bytes], *, only: bool) -> dict[str, bytes] | Phrase:
    """Put new files beside those before, or in their place; a workbook is always alone."""
    alone = only or any(name.lower().endswith(WHOLE) for name in (*before, *new))
    files = dict(new) if alone and new else {**before, **new}
    return files if fit(files) else TOO_LARGE


def guessed(uploaded: Iterable[FileStorage]) -> str:
    """Take the id of a programme from the name of the file that holds all of it."""
    names = [_name(item.filename) for item in uploaded]
    return next((name.rpartition(".")[0] for name in names if name.lower().endswith(WHOLE)), "")


def _name(path: str | None) -> str:
    """Return a file's name without folders, whichever way they are written."""
    return (path or "").replace("\\", "/").rpartition("/")[2]


def _is_meant(name: str) -> bool:
    """Tell files of a programme from those that systems put beside them."""
    return bool(name) and not name.startswith((".", "~$"))
