"""Reconciliation: whether what is noted of a closed round agrees, by counts alone."""


def contradicts(marks: int, envelopes: int, counted: int | None) -> bool:
    """Tell whether a closed round's figures contradict one another: marks on invitations, envelopes, and what its result counted.

    Before the result, each mark stands for an envelope. After it marks may be missing: somebody's data may have been erased.
    """
    return marks != envelopes if counted is None else marks > envelopes or counted != envelopes
