"""Commands for those who write programmes: preview."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from infra.publishing import PROGRAMME, Faulty, folder_of, is_workbook

screen = Console(highlight=False)


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), help="Serve the pages on this port of this machine, or the next that is free.")
def preview(path: Path, port: int | None) -> None:
    """Show every form of a programme in the browser as participants will see it, storing nothing.

    Each page is made from the files as they are when it is loaded. Ctrl-C ends it.
    """
    from infra import preview as pages  # noqa: PLC0415 – the web packages load slowly, and no other command needs them

    folder = folder_of(path)
    if not is_workbook(folder) and not (folder / PROGRAMME).exists():
        raise Faulty([f"{path}: there is no {PROGRAMME} in this folder; a preview shows one programme"])
    served = pages.opened(folder, port or pages.PORT)
    screen.print(f"{served.address}  Ctrl-C ends it.")
    try:
        served.thread.join()
    except KeyboardInterrupt:
        served.stop()
