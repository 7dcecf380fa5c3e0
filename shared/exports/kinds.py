"""The files that every result is offered as, by ending; what each is told by to a browser."""

KINDS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

SPOKEN = {"csv", "json"}
"""Those that are text, and can be shown on a screen."""
