"""Editions: the published, frozen result of a round, as plain documents made of what disclosure control lets through."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from shared.forms import Form, Kind, form_id, other_id
from shared.languages import Text
from shared.measures import statistics
from shared.measures.reliability import Alpha, Sums, reliability
from shared.programmes import Gathering, Programme, Session
from shared.protection import disclosure
from shared.protection.disclosure import Comments, Hidden
from shared.results import asking, breakdowns, figures, role_breakdowns
from shared.results.asking import Asking
from shared.results.breakdowns import Breakdown
from shared.results.counting import Invited, Tally, options, texts
from shared.results.role_breakdowns import Roles
from shared.results.versions import Asked, asked
from shared.rounds import Round, closes

SCHEMA = 2
COMMENTS_SCHEMA = 1

METHOD = "2026-11"
"""The version of the method by which figures are made and protected; it changes with anything that would change a figure."""

Document = dict[str, Any]


def edition(published: Round, programme: Programme, versions: Sequence[Form], tally: Tally, invited: Invited) -> Document:
    """Make a round's edition: every figure that is ever shown of it."""
    units = breakdowns.broken_down(breakdowns.levels(published, programme), tally, invited)
    roles = role_breakdowns.by_role(units, invited)
    context = asking.of(published, programme, versions)
    making = _Making(tally, invited.totals.invited, units, roles, context)
    return {
        "schema": SCHEMA,
        "kind": "round",
        "method": METHOD,
        **_about(published, programme, versions, context),
        **_response(tally, invited),
        "k": disclosure.RATINGS_FROM,
        "comments_from": disclosure.COMMENTS_FROM,
        "versions": [{"number": at, "form": form_id(form), "n": tally.by_version[at]} for at, form in enumerate(versions, 1)],
        "representativeness": _representativeness(units),
        "breakdown": {"levels": units.levels.names, "nodes": list(units.nodes)} if units.is_shown else None,
        "hidden_rows": {reason: sum(node["reason"] == reason for node in units.nodes) for reason in ("small", "protect")},
        "roles": role_breakdowns.document(roles, programme.roles),
        "questions": [document for item in asked(versions) for document in making.documents(item)],
        **_scales(versions[-1], tally),
    }


def _about(published: Round, programme: Programme, versions: Sequence[Form], context: Asking) -> Document:
    """Say what was asked, about which day, and until when."""
    return {
        "programme": published.programme,
        "round": published.id,
        "title": dict(versions[-1].title),
        "programme_title": dict(programme.title),
        "languages": list(programme.languages),
        "timezone": programme.timezone,
        "mode": published.mode,
        "form": published.form,
        "day": published.day,
        "gatherings": [_gathering(item) for item in breakdowns.gatherings(published, programme)],
        "sessions": [_session(item) for item in context.sessions],
        "closed": f"{datetime.fromtimestamp(closes(published), UTC):%Y-%m-%dT%H:%M:%SZ}",
    }


def _response(tally: Tally, invited: Invited) -> Document:
    """Say how many have answered, and how sure that makes the figures; of too few, no more than that."""
    n, everyone = tally.whole.respondents, invited.totals.invited
    hidden = disclosure.hidden_round(n)
    rr1, rr2 = statistics.response_rates(tally.complete, n - tally.complete, everyone) if everyone else (None, None)
    return {
        "N": everyone,
        "n": n,
        "absent": invited.totals.absent,
        "unreached": invited.totals.unreached,
        "complete": None if hidden else tally.complete,
        "partial": None if hidden else n - tally.complete,
        "rr1": None if hidden else rr1,
        "rr2": rr2,
        "precision": None if hidden else figures.precision(n // 2, n, everyone),
        "unopened": tally.unopened,
        "hidden": _hidden(hidden),
    }


def _scales(form: Form, tally: Tally) -> Document:
    """Say how far the questions of each declared scale go together, among all who answered them; nothing of any group."""
    told = [_scale(names, sums) for names, sums in zip(form.scales, tally.scales, strict=True)]
    return {"scales": told} if told else {}


def _scale(names: Sequence[str], sums: Sums) -> Document:
    """Tell a scale's reliability to two decimals: more would only serve those who calculate back."""
    found = reliability(sums)
    told = {key: round(value, 2) for key, value in found._asdict().items()} if found else dict.fromkeys(Alpha._fields)
    return {"questions": list(names), "n": sums.n if found else None, **told}


def comments(versions: Sequence[Form], tally: Tally) -> Document:
    """Make the document of a round's comments, which lies beside its edition."""
    found = {name: _comments(name, item, tally) for item in asked(versions) for name in texts(item)}
    return {"schema": COMMENTS_SCHEMA, "questions": {name: list(item.texts) for name, item in found.items() if isinstance(item, Comments)}}


def written(document: Document | None) -> bytes:
    """Write a document as JSON in one way, so that equal documents are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def prefix(published: Round, content: bytes) -> str:
    """Name the place of an edition in the bucket by its content."""
    return f"editions/{published.programme}/{published.id}/{hashlib.sha256(content).hexdigest()[:32]}"


def _gathering(held: Gathering) -> Document:
    return {"id": held.id, "title": held.title and dict(held.title), "place": held.place, "date": held.date}


def _session(held: Session) -> Document:
    speaker = held.speaker and dict(held.speaker)
    return {"id": held.id, "title": dict(held.title), "speaker": speaker, "start": held.start, "end": held.end}


def _representativeness(units: Breakdown) -> float | None:
    """Say how evenly the groups that may be shown answered."""
    groups = [(everyone, min(units.parts[path].respondents, everyone)) for path, everyone in units.everyone.items()]
    return statistics.r_indicator(groups)


@dataclass(frozen=True, slots=True)
class _Making:
    """All that a question's documents are made from."""

    tally: Tally
    everyone: int
    units: Breakdown
    roles: Roles | None
    asking: Asking

    def documents(self, item: Asked) -> Iterator[Document]:
        """Make a question's documents: one more for what stands beside "other, namely"."""
        question = item.question
        yield self._text(item, item.name, question.text) if question.kind == "text" else self._figures(item)
        if question.other:
            label = {language: f"{text} – {question.other[language]}" for language, text in question.text.items()}
            yield self._text(item, other_id(item.name), label)

    def _figures(self, item: Asked) -> Document:
        question = item.question
        told = {
            **self._told(item, item.name, question.kind, question.text),
            "bipolar": question.bipolar,
            "options": [{"code": option.code, "label": dict(option.label)} for option in options(question)],
            "not_relevant": question.not_relevant and dict(question.not_relevant),
            "positive_codes": list(question.positive),
            "N": self.everyone,
        }
        if why := self._hidden(item):
            return {**told, **figures.UNKNOWN, "hidden": asdict(why), **dict.fromkeys(("blocks", "blocks_hidden", "roles", "roles_hidden"))}
        coarse = disclosure.is_coarse(figures.rated(item, self.tally.whole), sensitive=question.sensitive)
        return {**told, **figures.figures(item, self.tally.whole, self.everyone, coarse=coarse), "hidden": None, **self._blocks(item)}

    def _hidden(self, item: Asked) -> Hidden | None:
        """Tell why a question is not shown, if that is so; one without groups to coarsen to is not shown where it is sensitive."""
        rated = figures.rated(item, self.tally.whole)
        if not disclosure.is_shown(self.tally.asked(item), rated or self.tally.whole.answered[item.name]):
            return Hidden("small", disclosure.RATINGS_FROM)
        coarse = item.question.kind != "scale" and rated and disclosure.is_coarse(rated, sensitive=item.question.sensitive)
        return Hidden("small", disclosure.COARSE_BELOW) if coarse else None

    def _blocks(self, item: Asked) -> Document:
        blocks = breakdowns.blocks(item, self.units) if self.units.blocks else None
        roles = role_breakdowns.columns(item, self.roles, self.units) if self.roles and self.roles.columns else None
        return {
            "blocks": blocks,
            "blocks_hidden": "protect" if self.units.blocks and blocks is None else None,
            "roles": roles,
            "roles_hidden": "protect" if self.roles and roles is None else None,
        }

    def _text(self, item: Asked, name: str, text: Text) -> Document:
        found = _comments(name, item, self.tally)
        n, hidden = (len(found.texts), None) if isinstance(found, Comments) else (None, _hidden(found))
        return {**self._told(item, name, "text", text), "N": self.everyone, "n": n, "hidden": hidden}

    def _told(self, item: Asked, name: str, kind: Kind, text: Text) -> Document:
        """Say what a question is."""
        session = self.asking.session(item.question)
        base = item.question.id.removesuffix(f".{session}")
        return {
            "id": name,
            "base": other_id(base) if name == other_id(item.name) else base,
            "session": session,
            "section": self.asking.section(item),
            "versions": list(item.versions),
            "kind": kind,
            "text": dict(text),
            "sensitive": item.question.sensitive,
        }


def _comments(name: str, asked: Asked, tally: Tally) -> Comments | Hidden:
    return disclosure.comments(tally.asked(asked), [text for _, text in sorted(tally.comments[name])])


def _hidden(found: Hidden | None) -> Document | None:
    return None if found is None else asdict(found)
