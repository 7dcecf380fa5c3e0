import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageDraw

from shared import posters
from shared.posters import Shape
from tests.shared.drawn import NORTH, SOUTH, TITLE, held, read
from tests.shared.examples import ROUND

SHAPES: tuple[Shape, ...] = ("a4", "slide")
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{SVG}text"))  # noqa: S314 – our own drawing


def picture(drawn: str) -> bytes:
    """Paint a poster's code as its path says, eight points a module."""
    path = re.search(r'<path d="([^"]*)"/></g>', drawn)
    assert path
    size = int(re.search(r'd="M0 0h(\d+)v\1', drawn).group(1))  # type: ignore[union-attr]
    image = Image.new("L", (8 * size, 8 * size), 255)
    pen = ImageDraw.Draw(image)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path.group(1)):
        pen.rectangle((8 * int(x), 8 * int(y), 8 * int(x) + 7, 8 * int(y) + 7), fill=0)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_poster_says_what_where_when_and_how_in_each_language(shape: Shape) -> None:
    _, poster = held(NORTH)

    said = " ".join("".join(found.itertext()) for found in texts(posters.svg(poster, shape)))

    assert "How was the day?" in said
    assert "Scan, type your address, get your link." in said
    assert "Hvordan var dagen? Skann, skriv adressen din, få lenken din." in said
    assert TITLE["en"] in said
    assert "Tuesday 7 October, Ås & <Vik>" in said
    assert "kursdag.example.org/find/abcdefgh" in said


@pytest.mark.parametrize("shape", SHAPES)
def test_a_poster_s_code_reads_back_as_its_address(shape: Shape) -> None:
    _, poster = held(NORTH)

    assert read(picture(posters.svg(poster, shape))) == ["https://kursdag.example.org/find/abcdefgh"]


def test_where_a_day_has_several_gatherings_the_code_names_its_own() -> None:
    _, poster = held(NORTH, SOUTH)

    assert read(picture(posters.svg(poster, "a4"))) == ["https://kursdag.example.org/find/abcdefgh?at=north"]
    assert posters.file_name(replace(ROUND, id="day-1"), "north", "a4") == "day-1-north-a4.svg"
    assert posters.file_name(replace(ROUND, id="day-1-goals"), "day-1", "slide") == "day-1-goals-slide.svg"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("long", ["Word " * 40, "W" * 150, "x"])
def test_however_long_a_title_everything_stays_on_the_sheet(long: str, shape: Shape) -> None:
    _, poster = held(NORTH)
    drawn = posters.svg(replace(poster, title=long.strip(), address="https://" + "long." * 12 + "example.org/find/abcdefgh"), shape)

    width, height = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn).groups())  # type: ignore[union-attr]
    for found in texts(drawn):
        assert float(found.attrib["y"]) < height
        assert len("".join(found.itertext())) * float(found.attrib["font-size"]) * 0.6 < width


@pytest.mark.parametrize("shape", SHAPES)
def test_a_poster_loads_nothing_and_runs_nothing(shape: Shape) -> None:
    _, poster = held(NORTH)

    drawn = posters.svg(poster, shape)

    assert not re.search(r"<script|href=|<image|<style|url\(|@import|on\w+=", drawn)
