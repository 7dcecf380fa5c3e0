"""Files packed into one, and unpacked again: what is stored of a programme, downloaded, and uploaded."""

import io
import zipfile
from collections.abc import Mapping

from shared.excel import Unreadable
from shared.phrases import _

PROGRAMME_FILE = "programme.yaml"
"""The file that declares a programme; the others are its forms."""

MOST_FILES = 60
MOST_UNPACKED = 2_000_000
"""Bytes of all files together, so that a small one can't unpack to an endless one."""
MOST_PACKED = 350_000
"""Bytes that a programme's packed files may have, below a table's limit for one item."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, data in sorted(files.items()):
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
    return content.getvalue()


def fit(files: Mapping[str, bytes]) -> bool:
    """Tell whether files can be stored."""
    return len(packed(files)) <= MOST_PACKED


def unpacked(content: bytes) -> dict[str, bytes]:
    """Unpack files, by their names without folders; raise `Unreadable` for damaged ones and for far too many."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            held = [item for item in package.infolist() if not item.is_dir()]
            refuse_too_much([item.file_size for item in held])
            # The size that a package tells may be wrong; what is read never exceeds it.
            return {item.filename.rpartition("/")[2]: package.open(item).read(item.file_size) for item in held}
    except Unreadable:
        raise
    except Exception as error:
        # Damaged and locked packages break the reader in many ways, and all of them mean the same to their owner.
        raise Unreadable(_("this zip file is damaged or locked: make it anew")) from error


def refuse_too_much(sizes: list[int]) -> None:
    """Raise `Unreadable` for files of sizes that no programme has."""
    if len(sizes) > MOST_FILES or sum(sizes) > MOST_UNPACKED:
        raise Unreadable(_("these are more files, or larger ones, than a programme has: bring only its own"))
