import subprocess
import sys

from infra.stack.access import REGION
from tests.template import ROOT


def test_the_desk_starts_without_what_opens_envelopes_and_before_what_writes_workbooks() -> None:
    code = "import sys; sys.modules |= dict.fromkeys(('nacl', 'xlsxwriter', 'openpyxl', 'segno')); import functions.desk.handler"

    started = subprocess.run(
        [sys.executable, "-c", code], env={"AWS_DEFAULT_REGION": REGION}, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert started.returncode == 0, started.stderr
