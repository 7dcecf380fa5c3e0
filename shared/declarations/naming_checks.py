"""What a programme's messages must mean, and what rounds and messages name of each other; see `shared.declarations.checks`."""

from collections.abc import Collection, Iterator, Mapping

from shared.declarations.entries import Finding, days_by_id, doubles, entries, mapping, texts
from shared.declarations.moments import OCCASION, moment
from shared.declarations.placeholders import message_placeholders
from shared.declarations.round_checks import STAGES, dated_findings, role_findings
from shared.declarations.rounds import drafted
from shared.declarations.texts import AtKey
from shared.declarations.yaml_source import Path
from shared.hints import suggestion, to_use
from shared.phrases import N_


def message_findings(programme: object) -> Iterator[Finding]:
    """Find what is wrong in a programme's messages."""
    messages, days, roles = entries(programme, "messages"), days_by_id(programme), mapping(programme, "roles")
    yield from doubles(texts(messages, "id"), N_("messages"))
    for path, entry in messages:
        yield from role_findings(path, entry, "who", roles)
        yield from message_placeholders(path, entry)
        if when := moment(entry.get("on"), OCCASION):
            yield from dated_findings(programme, (*path, "on"), when, entry, days)


def _forms(programme: object) -> dict[str, str]:
    """Return the name of each round's form, by the round's id."""
    return {plan.id: plan.form for plan in drafted(programme) if plan.id}


def _naming(programme: object, where: str, key: str) -> Iterator[tuple[Path, Mapping[str, object], str]]:
    """Find the entries that name a round under a key: where the name stands, the entry, the name."""
    for path, entry in entries(programme, where):
        if isinstance(named := entry.get(key), str):
            yield (*path, key), entry, named


def _unknown(named: str, known: Collection[str]) -> str:
    """Write a name that is none of those known, and what could be meant."""
    hint = suggestion(named, known) or to_use(known)
    return N_("`{name}`{hint}", name=named[:50], hint=hint)


def recalled_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that recall what nobody writes, or whose links can't; `personal` as in `returned_findings`."""
    forms = _forms(programme)
    for path, entry, recalled in _naming(programme, "rounds", "recalls"):
        if recalled not in forms:
            yield path, N_("there is no round {name}", name=_unknown(recalled, forms))
        elif forms[recalled] not in personal:
            yield (
                path,
                N_("`{recalled}` is not personal: only what somebody wrote to herself or with her team can be recalled", recalled=recalled),
            )
        elif str(entry.get("form")) in personal or "series" in entry:
            yield path, AtKey.of(N_("only a round that is neither personal nor one of a series can recall what was written"))


def looking_findings(programme: object, looking: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that look back to what nobody answered before; `looking` are the names of the forms that do."""
    for path, entry in entries(programme, "rounds"):
        if str(entry.get("form")) in looking and entry.get("stage") not in STAGES[1:]:
            yield (*path, "form"), N_("this form looks back: ask it in a series, after its round `before`")


def followed_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that follow one without a result, or themselves; `personal` as in `returned_findings`."""
    forms = _forms(programme)
    for path, entry, followed in _naming(programme, "rounds", "follows"):
        others = [name for name in forms if name != entry.get("id")]
        if followed not in others:
            yield path, N_("there is no other round {name}", name=_unknown(followed, others))
        elif forms[followed] in personal or str(entry.get("form")) in personal:
            yield path, AtKey.of(N_("what is personal has no result that could stand beside another"))


def returned_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the messages that return what nobody writes; `personal` are the names of the forms that only their writers read."""
    forms = _forms(programme)
    for path, _, returned in _naming(programme, "messages", "returns"):
        if returned not in forms:
            yield path, N_("there is no round {name}", name=_unknown(returned, forms))
        elif forms[returned] not in personal:
            yield path, N_("`{returned}` is not personal: only what somebody wrote to herself can be returned", returned=returned)
