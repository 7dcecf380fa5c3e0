"""The gallery's page, and what is said where it can't be made."""

import sys
from pathlib import Path

import pytest

from infra.gallery import __main__ as gallery
from infra.gallery.camera import Picture
from infra.gallery.index import Chapter, write

PICTURES = [
    Picture("owners", "A result", "Dag 1", ("kollegasamarbeid/003-dag-1-360.png", "kollegasamarbeid/003-dag-1-1280.png")),
    Picture("participants", "The mail that a form is open", "Hvordan <var> dagen?", ("kollegasamarbeid/1-360.png",), "Hei,\nsvar & send."),
    Picture("owners", "Slides for a meeting", "Dag 1.pptx", ("kollegasamarbeid/004-dag-1.pptx",)),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("gallery")
    write(folder, [Chapter(gallery._programme("kollegasamarbeid"), PICTURES)])
    return (folder / "index.html").read_text()


def test_its_headings_are_what_programmes_and_readers_are_called(page: str) -> None:
    assert ">Produktive mønstre i kollegasamarbeid</h2>" in page
    assert page.index("What participants get") < page.index("What owners and boards read")
    assert "What organisers see" not in page


def test_it_leads_to_every_picture_and_file_beside_it(page: str) -> None:
    for picture in PICTURES:
        for file in picture.files:
            assert f'<a href="{file}"' in page
    assert 'src="kollegasamarbeid/003-dag-1-360.png" alt="Dag 1" loading="lazy"' in page


def test_it_shows_a_mails_subject_and_plain_text_as_they_are_written(page: str) -> None:
    assert "Hvordan &lt;var&gt; dagen?" in page
    assert "Hei,\nsvar &amp; send.</pre>" in page


def test_without_chromium_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gallery"])
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(SystemExit, match="chromium"):
        gallery.main()
