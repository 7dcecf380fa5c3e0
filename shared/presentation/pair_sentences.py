"""What is said of a series' comparison, on its page and in its files alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.dates import day_text
from shared.languages import decimal
from shared.phrases import _
from shared.presentation.sentences import Words, comparison_cautions, comparison_hidden, last_minute, percent

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language says it: its words, and the mark before its decimals."""

    words: Words
    language: str

    def number(self, value: float) -> str:
        """Write a mean."""
        return decimal(f"{value:.2f}", self.language)

    def signed(self, value: float) -> str:
        """Write a change."""
        return decimal(f"{value:+.2f}", self.language).replace("-", "−")

    def probability(self, value: float) -> str:
        """Write a probability to three places that tell."""
        return decimal(f"{value:.3g}", self.language)


def response(compared: Document, _: Words) -> str:
    """Say how many are compared with themselves."""
    if compared["hidden"] and compared["hidden"]["reason"] == "protect":
        return _("People are not compared with themselves here, to protect the answers in a smaller group")
    if compared["hidden"]:
        return _("Too few have answered both times to compare people with themselves")
    sentence = _("{n} of the {everyone} who were asked both times are compared with themselves")
    return sentence.format(n=compared["n"], everyone=compared["N"])


def directions(found: Document, _: Words) -> str:
    """Say how many went which way, where that may be said."""
    if not found["directions"]:
        return ""
    return _("{improved} higher, {unchanged} the same, {worsened} lower than before").format(**found["directions"])


def positive(question: Document, _: Words) -> str:
    """Say how many of the pairs were positive before and after."""
    found = question["figures"]
    if not question["positive"]:
        return ""
    shares = [f"{found[when]} ({percent(found[when] / found['n'])})" for when in ("positive_before", "positive_after")]
    return _("Of {n}, {before} were positive before and {after} after.").format(n=found["n"], before=shares[0], after=shares[1])


def further(question: Document, speech: Speech) -> Iterator[str]:
    """Say how sure a question's change is, what it hides at the top of the scale, and how the others began."""
    yield from _change(question["figures"], speech)
    if question["figures"]["ceiling"]:
        yield _ceiling(question["figures"]["ceiling"], speech)
    if question["attrition"]:
        sentence = speech.words(_("Before, those who are compared had a mean of {stayed}, the others {left}."))
        yield sentence.format(**{group: speech.number(mean) for group, mean in question["attrition"].items()})


def _change(found: Document, speech: Speech) -> Iterator[str]:
    if not found["interval"]:
        return
    _ = speech.words
    low, high = map(speech.signed, found["interval"])
    sentence = _("The mean has changed by {change}; for people like these, a change between {low} and {high} is likely (95 per cent).")
    yield sentence.format(change=speech.signed(found["mean_change"]), low=low, high=high)
    if found["n"] == found["N"]:
        yield _("All {everyone} who were asked both times are compared: for them the change is not an estimate.").format(
            everyone=found["N"]
        )
        return
    low, high = map(speech.signed, found["among_everyone"])
    sentence = _(
        "For all {everyone} who were asked both times it lies between {low} and {high}, if the others are like those who are compared."
    )
    yield sentence.format(everyone=found["N"], low=low, high=high)


def _ceiling(ceiling: Document, speech: Speech) -> str:
    _ = speech.words
    said = [_("At the top of the scale before, with no room to go higher: {number}.").format(number=ceiling["at_top"])]
    if ceiling["improved"] is not None:
        said.append(_("Of the {room} with room, {improved} went higher.").format(room=ceiling["room"], improved=ceiling["improved"]))
    if ceiling["mean_change"] is not None:
        said.append(_("Their mean has changed by {change}.").format(change=speech.signed(ceiling["mean_change"])))
    return " ".join(said)


def looking_back(question: Document, speech: Speech) -> Iterator[str]:
    """Say what pairs tell looking back, beside what they said before; never one in the place of the other."""
    found, _ = question["looking_back"], speech.words
    if not found:
        return
    if found["hidden"]:
        yield comparison_hidden(found["hidden"], _)
        return
    sentence = _(
        "Looking back, {n} of them place themselves at {then} before the programme; when it began they said {before}, and now {after}."
    )
    yield sentence.format(n=found["n"], **{when: speech.number(found[when]) for when in ("then", "before", "after")})
    sentence = _("Counted from there, the mean has changed by {change} ({low} to {high}, 95 per cent).")
    yield sentence.format(**_limits(found["retrospective"], speech))
    sentence = _("Between what they said then and what they see now lies {change} ({low} to {high}): so far the yardstick has moved.")
    yield sentence.format(**_limits(found["shift"], speech))
    yield _("Judged looking back, after the programme. This often shows more progress than asking before and after.")


def _limits(change: Document, speech: Speech) -> dict[str, str]:
    low, high = map(speech.signed, change["interval"])
    return {"change": speech.signed(change["mean"]), "low": low, "high": high}


def unpaired(question: Document, speech: Speech) -> Iterator[str]:
    """Say why no pairs are shown, and what two groups tell who need not be the same people."""
    _, two = speech.words, question["unpaired"]
    yield comparison_hidden(question["hidden"], _)
    if not two:
        return
    sentence = _("{first} answered before and {second} after. These need not be the same people.")
    yield sentence.format(first=two["n_before"], second=two["n_after"])
    if two["difference"]:
        low, high = map(speech.signed, two["difference"])
        yield _("The difference between the means lies between {low} and {high} (95 per cent).").format(low=low, high=high)
    if two["share_difference"]:
        low, high = (f"{100 * limit:+.0f}".replace("-", "−") for limit in two["share_difference"])
        sentence = _("The difference between the shares of positive answers lies between {low} and {high} percentage points (95 per cent).")
        yield sentence.format(low=low, high=high)


def advanced(found: Document, speech: Speech) -> Iterator[str]:
    """Say what those ask for who know such figures: effect sizes and the test of ranks."""
    _ = speech.words
    if found["effect"]:
        yield _effect(found["effect"], speech)
    exact = _("Wilcoxon’s signed ranks, exact: p = {p}."), _("Those who did not change ranked too (Pratt), exact: p = {p}.")
    roughly = _("Wilcoxon’s signed ranks, approximated: p = {p}."), _("Those who did not change ranked too (Pratt), approximated: p = {p}.")
    for at, test in enumerate((found["wilcoxon"], found["pratt"])):
        yield (exact if test["exact"] else roughly)[at].format(p=speech.probability(test["p"]))


def _effect(effect: Document, speech: Speech) -> str:
    sentence = speech.words(_("Effect sizes: d_z {dz} ({low} – {high}), Hedges’ g {g}, d_av {dav}."))
    names: Sequence[float] = (effect["d_z"], *effect["interval"], effect["g"], effect["d_av"])
    return sentence.format(**dict(zip(("dz", "low", "high", "g", "dav"), map(speech.number, names), strict=True)))


def when(compared: Document, speech: Speech) -> str:
    """Say until when the two rounds could be answered: they are often called the same."""
    days = {part: last_minute({**compared[part], "timezone": compared["timezone"]}) for part in ("before", "after")}
    named = ((speech.words(_("Before")), days["before"]), (speech.words(_("After")), days["after"]))
    return " → ".join(f"{name}: {day_text(day, speech.language)}" for name, day in named)


def cover(compared: Document, speech: Speech) -> Iterator[str]:
    """Say what a reader should know of a comparison before she reads its figures."""
    yield f"{response(compared, speech.words)}."
    yield from comparison_cautions(compared, speech.words)
