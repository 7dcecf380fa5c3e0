"""An attacker, who adds and subtracts whatever is published, to find the smallest group of which that tells something."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def smallest_group(people: Mapping[Any, int], published: Iterable[Collection[Hashable]]) -> int | None:
    """Find how many people the smallest group has that can be derived, None where nothing can.

    ``people`` counts those of each atom: the finest groups that any of the ``published`` groups is made of. A group can be derived
    if its atoms, each once, are a sum of published groups, each taken any number of times, also negative ones or fractions.
    """
    groups = [frozenset(group) for group in published]
    alike: Counter[tuple[bool, ...]] = Counter()
    for atom, count in people.items():
        # Atoms that lie in the same published groups can't be told apart: they are one.
        alike[tuple(atom in group for group in groups)] += count
    sizes = [size for member, size in alike.items() if size and any(member)]
    members = [member for member, size in alike.items() if size and any(member)]
    return _least(np.array(members, dtype=float), np.array(sizes, dtype=float)) if sizes else None


def _least(members: np.ndarray[Any, Any], sizes: np.ndarray[Any, Any]) -> int:
    """Solve: the least sizes · s, where s = members · y, each of s is 0 or 1 and at least one is 1, and y is anything."""
    atoms, groups = members.shape
    anything = np.full(groups, np.inf)
    found = milp(
        np.concatenate([sizes, np.zeros(groups)]),
        integrality=np.concatenate([np.ones(atoms), np.zeros(groups)]),
        bounds=Bounds(np.concatenate([np.zeros(atoms), -anything]), np.concatenate([np.ones(atoms), anything])),
        constraints=[
            LinearConstraint(np.hstack([np.eye(atoms), -members]), 0, 0),
            LinearConstraint(np.concatenate([np.ones(atoms), np.zeros(groups)]), 1, np.inf),
        ],
    )
    assert found.success, found.message
    return round(found.fun)
