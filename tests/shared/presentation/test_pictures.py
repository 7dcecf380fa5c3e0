import re
import xml.etree.ElementTree as ET

from shared.presentation.charts import WHOLE, Segment, reach, tones
from shared.presentation.pictures import WIDTH, Line, Picture, svg

SVG = "{http://www.w3.org/2000/svg}"

BAR = [Segment(tone, 0.2, "8") for tone in tones(5)]
LEGEND = [(segment.tone, f"An option with a name {at}: 8") for at, segment in enumerate(BAR)]


def texts(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{SVG}text"))  # noqa: S314 – our own drawing


def test_one_bar_alone_is_as_wide_as_the_picture() -> None:
    drawn = svg(Picture("How useful?", [Line("", BAR, "")], reach([BAR]), LEGEND, ["8 of 40 positive"], "en"))

    xs = [float(x) for x in re.findall(r'class="low-strong"[^>]* x="([\d.]+)"', drawn)]
    assert xs == [32]
    assert next(text.text for text in texts(drawn)) == "How useful?"
    assert [text.text for text in texts(drawn)][-1] == "8 of 40 positive"


def test_bars_below_one_another_have_their_names_beside_them() -> None:
    lines = [Line("A very long name of an option that needs more than one line", [Segment("plain", 0.5, "20")], "50 %") for _ in range(3)]

    drawn = svg(Picture("Which?", lines, WHOLE, [], ["40 answered"], "en"))

    assert drawn.count('class="plain"') == 3
    assert [text.text for text in texts(drawn)].count("50 %") == 3
    assert "<desc" in drawn
    assert "A very long name of an option that needs more than one line: 20: 50 %" in drawn


def test_everything_lies_within_the_picture() -> None:
    long = "A question that somebody has written out at great length, since there was so much to be asked about the day " * 2

    root = ET.fromstring(svg(Picture(long, [Line("", BAR, "")], reach([BAR]), LEGEND * 2, [long, long], "en")))  # noqa: S314 – our own drawing

    height = float(root.attrib["height"])
    for part in root.iter():
        if "y" in part.attrib:
            assert 0 <= float(part.attrib["y"]) + float(part.attrib.get("height", 0)) <= height
            assert float(part.attrib["x"]) >= 0 if "x" in part.attrib else True
            assert float(part.attrib.get("x", 0)) + float(part.attrib.get("width", 0)) <= WIDTH


def test_what_people_wrote_is_text() -> None:
    drawn = svg(Picture("<script>&", [Line("a<b", [], "")], WHOLE, [], ["]]>"], "en"))

    assert "<script>" not in drawn
    assert texts(drawn)[0].text == "<script>&"
