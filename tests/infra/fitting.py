"""Whether a result fits the JSON Schema that is published of it."""

import json

from jsonschema import Draft202012Validator

from infra.schemas.results import result_schema
from shared.results.editions import Document


def complaints(document: Document) -> list[str]:
    """List what of a document the schema does not take."""
    found = Draft202012Validator(result_schema()).iter_errors(json.loads(json.dumps(document)))
    return [f"{error.json_path}: {error.message}" for error in found]
