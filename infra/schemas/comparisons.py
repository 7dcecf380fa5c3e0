"""What JSON Schema says of two rounds beside each other: a series' comparison, and a follow-up beside the day that it follows."""

from collections.abc import Mapping

from infra.schemas.shapes import COUNT, COUNTS, FLAG, INTERVAL, NUMBER, SHARE, TEXT, UNIT, WORD, Document, listed, or_null, record, ref
from shared.results import following, series_documents

CHANGE: Mapping[str, Document] = {
    "n": COUNT,
    "mean": NUMBER,
    "sd": NUMBER,
    "interval": {"description": "Among people like these, 95 %.", **or_null(INTERVAL)},
    "among_everyone": {"description": "Among all N, 95 %.", **or_null(INTERVAL)},
}

CEILING: Mapping[str, Document] = {
    "at_top": {"description": "At the top of the scale before.", **COUNT},
    "room": {"description": "All others.", **COUNT},
    "improved": or_null(COUNT),
    "mean_change": {"description": "Of those with room.", **or_null(NUMBER)},
}

PAIRS: Mapping[str, Document] = {
    "N": {"description": "Who could have answered both times.", **COUNT},
    "n": {"description": "Pairs.", **COUNT},
    "mean_before": NUMBER,
    "mean_after": NUMBER,
    "mean_change": NUMBER,
    "sd_change": NUMBER,
    "interval": CHANGE["interval"],
    "among_everyone": CHANGE["among_everyone"],
    "directions": {"description": "From 10 pairs.", **or_null(record(dict.fromkeys(("improved", "unchanged", "worsened"), COUNT)))},
    "positive_before": COUNT,
    "positive_after": COUNT,
    "ceiling": or_null(record(CEILING)),
}

EFFECT: Mapping[str, Document] = {"d_z": NUMBER, "interval": INTERVAL, "g": NUMBER, "d_av": NUMBER}
RANKS = record({"rank_sum": NUMBER, "p": SHARE, "exact": FLAG})
WHY = record({"reason": {"enum": ["small", "protect"]}, "k": COUNT})

LOOKED_BACK: Mapping[str, Document] = {
    "id": WORD,
    "hidden": {"type": "null"},
    "n": COUNT,
    **dict.fromkeys(("before", "then", "after"), NUMBER),
    **dict.fromkeys(("change", "retrospective", "shift"), ref("change")),
}

UNPAIRED: Mapping[str, Document] = {
    **dict.fromkeys(("n_before", "n_after"), COUNT),
    **dict.fromkeys(("counts_before", "counts_after"), COUNTS),
    **dict.fromkeys(("mean_before", "mean_after"), NUMBER),
    "difference": {"description": "Of the means, 95 %.", **or_null(INTERVAL)},
    "share_difference": {"description": "Of the shares of positive answers, 95 %.", **or_null(INTERVAL)},
}

QUESTION: Mapping[str, Document] = {
    "id": WORD,
    "text": TEXT,
    "options": listed(ref("option")),
    "positive": {"description": "The codes that count as positive.", **listed(WORD)},
    "bipolar": FLAG,
    "hidden": or_null(WHY),
    "figures": or_null(record({**PAIRS, "effect": or_null(record(EFFECT)), "wilcoxon": RANKS, "pratt": RANKS})),
    "attrition": {"description": "Means before.", **or_null(record({"stayed": NUMBER, "left": NUMBER}))},
    "blocks": {"description": "For each shown node.", **or_null(listed(ref("pairs of a node")))},
    "looking_back": or_null({"anyOf": [record(LOOKED_BACK), record({"hidden": WHY})]}),
    "unpaired": {"description": "Two groups who need not be the same people.", **or_null(record(UNPAIRED))},
}

COMPARISON: Mapping[str, Document] = {
    "schema": {"const": series_documents.SCHEMA},
    "kind": {"const": "series"},
    "programme": WORD,
    "series": WORD,
    "method": WORD,
    "title": TEXT,
    "programme_title": TEXT,
    "languages": listed(WORD),
    "timezone": WORD,
    "k": COUNT,
    "before": ref("compared round"),
    "after": ref("compared round"),
    "N": PAIRS["N"],
    "n": or_null(COUNT),
    "left_out": {"description": "Pairs left out, drawn by chance, so that nobody is told by subtraction.", **COUNT},
    "hidden": or_null(WHY),
    "levels": listed(WORD),
    "nodes": listed(UNIT),
    "questions": listed(ref("compared question")),
}

FOLLOW_UP: Mapping[str, Document] = {
    "schema": {"const": following.SCHEMA},
    "kind": {"const": "follow-up"},
    "programme": WORD,
    "day": ref("round"),
    "later": ref("round"),
}

DEFINITIONS = {
    "change": record(CHANGE),
    "pairs of a node": {"anyOf": [record({"path": UNIT, **PAIRS}), record({"path": UNIT, "n": {"const": 0}})]},
    "compared round": record({"round": WORD, "title": TEXT, "closed": {"type": "string", "format": "date-time"}, "N": COUNT, "n": COUNT}),
    "compared question": record(QUESTION),
    "comparison": record(COMPARISON),
    "follow-up": record(FOLLOW_UP),
}
