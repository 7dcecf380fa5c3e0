from pathlib import Path

from infra.build import reached, resources
from tests.template import ROOT


def test_publish_takes_the_library_along() -> None:
    taken = set(resources("publish", reached("functions.publish.handler")))

    assert taken >= set(Path(ROOT, "forms", "library").glob("*.yaml")) != set()
