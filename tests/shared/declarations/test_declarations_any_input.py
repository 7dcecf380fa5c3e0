"""Whatever stands in the files, or in the library: a programme or faults, soon, and never an exception."""

import re
import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.declarations.declared import Declared, declared
from shared.declarations.yaml_source import Source, read
from shared.library import library
from tests.shared.declaring import DAY, LAST, PROGRAMME, ROUNDS
from tests.template import ROOT

pytestmark = pytest.mark.slow


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
@example(b"days: {}\nrounds: {}\nlanguages: {}")
@example(b"days: [{id: [], sessions: 3}]\nrounds: [{for: {}, form: []}]")
@example(
    b"days: [{id: a, track: [], gatherings: [{date: 1}]}]\nrounds: [{for: once, id: [], opens: 1 day after a at 09:00, who: {}, stage: []}]"
)
@example(b"tracks: {a: []}\ngoals: {}\nmessages: [{on: [], who: 1}]\ncontinues: []\ndays: [{track: a}]\nretention: x")
@example(b"uses: []\nwithout: {}\nquestions: [{section: {}, questions: [[]]}, {id: [], kind: [], if: [], options: [[], {id: []}]}]")
@example(b"questions: [{id: a, kind: number, min: x}, {id: a, kind: choices, options: 3, if: {all: [{question: a, is: []}, {not: 3}]}}]")
@example(b"questions: [{id: a, kind: number}, {id: b, kind: text, text: '{answer:}', if: {question: a, is: '99999999999999999999'}}]")
@example(
    b"rounds: [{id: a, form: [], recalls: b, follows: b, series: []}, {id: b, form: {}, retention: []}]\nmessages: [{returns: a, text: []}]"
)
@example(b"mode: personal\nshared_with: []\nquestions: [{kind: goals, looking_back: [[]]}, {looking_back: {}}]\nrounds: [{form: day}]")
def test_any_bytes_give_faults_or_a_programme(data: bytes) -> None:
    for shelf in ({}, {"day.yaml": data, "goals.yaml": data}):
        assert declared("walks", {"programme.yaml": data, "day.yaml": data}, shelf)


NEW = ["uses: goals", "once", "{answer:use}", "kind: goals", "kind: choice", "if: {question: use, is: 1}", "1 day after day-1 at 09:00"]
WHEN = ["when day-1 closes", "1 week after day-2 opens", "when session maps ends", "closes: 3 days after goals opens at 08:00"]
OLD = ["[]", "{}", "- ", ": ", "''", "1", "true", "~", "{session}", "\n", "  ", "\t", "each day", "day", "x" * 50, "é", "[[", "#", '"']
PIECE = st.sampled_from([*NEW, *WHEN, *OLD])

PROGRAMMES = {
    path.parent.name: {file.name: file.read_bytes() for file in path.parent.glob("*.yaml")} for path in ROOT.glob("forms/*/programme.yaml")
}
LIBRARY = library()


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """Change a real programme's files in a few places."""
    programme = draw(st.sampled_from(sorted(PROGRAMMES)))
    files = dict(PROGRAMMES[programme])
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        text = files[name].decode()
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 40, len(text))))
        files[name] = (text[:start] + draw(st.one_of(PIECE, st.just(""))) + text[end:]).encode()
    return programme, files


@settings(max_examples=120, deadline=None)
@given(mutations())
def test_a_mutated_programme_passes_or_has_faults_inside_its_files(mutated: tuple[str, dict[str, bytes]]) -> None:
    programme, files = mutated
    found = declared(programme, files, LIBRARY)

    for fault in found if isinstance(found, list) else []:
        lines = files[fault.file].decode().split("\n")
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@st.composite
def values_swapped(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """Put one line's value in another line's place, or take a line away."""
    programme = draw(st.sampled_from(sorted(PROGRAMMES)))
    name = draw(st.sampled_from(sorted(PROGRAMMES[programme])))
    lines = PROGRAMMES[programme][name].decode().split("\n")
    here, there = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    key, _, _ = lines[here].partition(": ")
    value = lines[there].partition(": ")[2]
    lines[here : here + 1] = draw(st.sampled_from([[], [f"{key}: {value}"], [lines[here], lines[here]]]))
    return programme, {**PROGRAMMES[programme], name: "\n".join(lines).encode()}


@settings(max_examples=120, deadline=None)
@given(values_swapped())
def test_swapped_lines_pass_or_have_faults(swapped: tuple[str, dict[str, bytes]]) -> None:
    programme, files = swapped
    found = declared(programme, files, LIBRARY)

    if isinstance(found, Declared):
        assert found.programme.id == programme
    else:
        assert found == sorted(found)


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """Give keys of the library's forms, which a form of one's own takes over, values of the wrong kind."""
    name = draw(st.sampled_from(sorted(LIBRARY)))
    lines = LIBRARY[name].decode().split("\n")
    for _ in range(draw(st.integers(1, 3))):
        here = draw(st.integers(0, len(lines) - 1))
        lines[here] = lines[here].partition(": ")[0] + ": " + draw(PIECE)
    return name, {**LIBRARY, name: "\n".join(lines).encode()}


@settings(max_examples=60, deadline=None)
@given(rewritten(), st.sampled_from(["", "without: [use, goal]\n", "questions: [{id: use, kind: yes-no, text: A}]\n"]))
def test_whatever_becomes_of_the_library_faults_are_told(library: tuple[str, dict[str, bytes]], changes: str) -> None:
    name, shelf = library
    uses = f"uses: {name.removesuffix('.yaml')}\n{changes}"

    assert declared("walks", {"programme.yaml": (PROGRAMME + ROUNDS).encode(), "day.yaml": uses.encode()}, shelf)


def test_checking_takes_at_most_twice_as_long_as_reading() -> None:
    for name, files in PROGRAMMES.items():
        used = [LIBRARY[f"{form}.yaml"] for form in _taken(files) if f"{form}.yaml" in LIBRARY]

        reading = _fastest(partial(_read, [*files.values(), *used]))
        checking = _fastest(partial(declared, name, files, LIBRARY))

        assert checking <= 2 * reading, name


def _taken(files: dict[str, bytes]) -> set[str]:
    """Name what the files take from the library."""
    named = {word for data in files.values() for word in re.findall(r"(?:form|uses): ([a-z-]+)", data.decode())}
    return {form for form in named if f"{form}.yaml" not in files}


def _read(texts: list[bytes]) -> list[Source]:
    return [read(data) for data in texts]


def _fastest(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        read.cache_clear()
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


ROUND_IDS = ("day-1", "day-2", "r-0", "r-1", "r-2", "none")


@st.composite
def rounds_from_rounds(draw: st.DrawFn) -> str:
    """Plan rounds that count from one another, from sessions, or from nothing that is there."""
    named = st.sampled_from(ROUND_IDS)
    count = st.sampled_from(("when", "1 week after", "2 days before"))
    edge = st.sampled_from(("opens", "closes", "closes at 08:00", "opens at 23:59"))
    counted = st.builds("{} {} {}".format, count, named, edge)
    phrase = st.one_of(counted, st.sampled_from(("when session maps ends", "when session none ends", "day-1 at 00:00", "day-2 at 23:59")))
    lines = [f"  - {{form: day, for: day-{day}, opens: {draw(phrase)}, closes: {draw(phrase)}}}" for day in (1, 2)]
    lines += [f"  - {{form: day, for: once, id: r-{index}, opens: {draw(phrase)}, closes: {draw(phrase)}}}" for index in range(3)]
    return "rounds:\n" + "\n".join(draw(st.permutations(lines))) + "\n"


@settings(max_examples=200, deadline=None)
@given(rounds_from_rounds())
def test_rounds_that_count_from_rounds_all_have_a_window_or_a_fault(rounds: str) -> None:
    found = declared("walks", {"programme.yaml": (PROGRAMME + rounds).encode(), "day.yaml": (DAY + LAST).encode()})

    if isinstance(found, Declared):
        assert len(found.programme.rounds) == 5
        assert all((plan.closes_after, plan.closes) > (plan.opens_after, plan.opens) for plan in found.programme.rounds)
    else:
        assert all(fault.file == "programme.yaml" and fault.line > PROGRAMME.count("\n") for fault in found)
