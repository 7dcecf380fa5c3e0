"""Opens Excel files; what is none, is locked, or unpacks to far more than is meant, is refused in words."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from shared.phrases import Phrase, _

MAX_PARTS = 2000
MEGABYTE = 1024**2

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of the old Excel begin, and those that are protected with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

PROTECTED = _("the workbook is protected with a password: remove the password and save it again")


class Unreadable(Exception):
    """The file is no workbook that can be read."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.phrase = Phrase(text, values)
        super().__init__(str(self.phrase))


@contextmanager
def opened(data: bytes, most: int, most_unpacked: int) -> Iterator[zipfile.ZipFile]:
    """Open an Excel file's package to read it within the block; raise `Unreadable` if it can't be read."""
    _refuse(data, most)
    with damage_told(), zipfile.ZipFile(io.BytesIO(data)) as package:
        _refuse_package(package, most_unpacked)
        yield package


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever breaks the reading of a file into `Unreadable`."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        # Damaged files break the reader in more ways than can be listed, and all of them mean the same to their owner.
        raise Unreadable(_("this workbook is damaged: open it and save it in Excel or LibreOffice as “Excel workbook (.xlsx)”")) from error


def _refuse(data: bytes, most: int) -> None:
    if not data:
        raise Unreadable(_("the file is empty"))
    if len(data) > most:
        raise Unreadable(_("the file is larger than {size} MB: remove what is not needed"), size=most // MEGABYTE)
    if data.startswith(COMPOUND) and ENCRYPTED in data:
        raise Unreadable(PROTECTED)
    if data.startswith(COMPOUND):
        raise Unreadable(_("this is a file of the old Excel (.xls): save it in Excel or LibreOffice as “Excel workbook (.xlsx)”"))
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable(_("this is not an Excel workbook: save it in Excel or LibreOffice as “Excel workbook (.xlsx)”"))


def _refuse_package(package: zipfile.ZipFile, most_unpacked: int) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PROTECTED)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most_unpacked:
        raise Unreadable(
            _("the workbook unpacks to more than {size} MB: copy what is needed into a new one"), size=most_unpacked // MEGABYTE
        )
    if "[Content_Types].xml" not in package.namelist() or "xl/workbook.bin" in package.namelist():
        raise Unreadable(_("this is not an Excel workbook (.xlsx): save it in Excel or LibreOffice as “Excel workbook (.xlsx)”"))
