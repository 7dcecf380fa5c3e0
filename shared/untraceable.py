"""What of one person can't be found by her address, in words: said wherever her data is told or deleted."""

from shared.phrases import _

NOT_FOUND = (
    _("Answers to anonymous forms: nobody can tell which are hers."),
    _("Answers to confidential forms, and a copy that she kept of them: only her own link leads to them."),
    _(
        "What she wrote to herself: only her own link opens it; what she wrote with her team, theirs too; "
        "of what she shared, her buddy's a copy. By hers she can delete it."
    ),
    _("Her name on the invitations of her buddies and her team: only their own links open that list; it goes with their invitations."),
    _("Published results, which tell of nobody; what she may have said of herself in a comment."),
    _("Copies of the participant list that others have, and, for 35 days, what AWS could recover of it."),
)
