from datetime import date

from shared.copying import copied, first_date

FILE = b"""\
title: Walks  # the run of 2025-08
days:
  - {id: day-1, date: 2025-08-26, place: Oslo}
  - id: day-2
    gatherings:
      - {id: north, date: "2025-10-07", place: Bodo}
rounds:
  - {form: day, for: once, opens: 2025-09-01 at 08:00}
continues:
  programme: walks-2024
  attention:
    - Older
staff: []
"""


def test_all_dates_move_with_the_first_and_comments_stay() -> None:
    found = copied({"programme.yaml": FILE, "day.yaml": b"x"}, date(2026, 8, 25), "walks-2025", ["nb", "en"], ['Say "why"'])

    text = found["programme.yaml"].decode()
    assert "date: 2026-08-25" in text
    assert 'date: "2026-10-06"' in text
    assert "opens: 2026-08-31 at 08:00" in text
    assert "# the run of 2025-08\n" in text
    assert found["day.yaml"] == b"x"


def test_the_next_run_continues_this_one_and_no_earlier() -> None:
    text = copied({"programme.yaml": FILE}, date(2026, 8, 25), "walks-2025", ["nb", "en"], ['Say "why"'])["programme.yaml"].decode()

    assert text.count("continues:") == 1
    assert "staff: []\n\ncontinues:\n  programme: walks-2025\n" in text
    assert r'    - {nb: "Say \"why\"", en: "Say \"why\""}' in text
    assert "walks-2024" not in text


def test_the_first_date_is_the_earliest() -> None:
    assert first_date({"programme.yaml": FILE}) == date(2025, 8, 26)
    assert first_date({"programme.yaml": b"title: a\ndate: 2025-99-99\n"}) is None
