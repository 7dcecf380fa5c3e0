"""A small programme's posters, and a reader of their codes."""

import io
from dataclasses import replace
from typing import Any

import zxingcpp
from PIL import Image

from shared import posters
from shared.posters import Poster
from shared.programmes import Day, Gathering, Programme
from shared.rounds import Window
from tests.shared.examples import ROUND, programme

BASE = "https://kursdag.example.org"
NORTH, SOUTH = Gathering("north", None, "2025-10-07", "Ås & <Vik>"), Gathering("south", None, "2025-10-08", "Bø")
TITLE = {"en": 'Day 1: "Maps" & <tents>', "nb": "Dag 1: Kart"}


def held(*gatherings: Gathering, languages: tuple[str, ...] = ("en", "nb")) -> tuple[Programme, Poster]:
    """Draw what the first gathering's poster says."""
    day = Day("day-1", TITLE, (), (), gatherings)
    declared = replace(programme(*languages), days=(day,))
    found = replace(ROUND, windows={item.id: Window(0, 1) for item in gatherings})
    return declared, posters.poster(BASE, declared, found, gatherings[0])


def read(picture: bytes) -> list[str]:
    """Read the codes in a picture."""
    found: list[Any] = list(zxingcpp.read_barcodes(Image.open(io.BytesIO(picture))))
    return [code.text for code in found]
