"""Builds one function: the modules that its handler reaches, and the packages of its dependency group."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".tools/uv/bin/uv"

OURS = ("shared", "functions")

RESOURCES = {
    "shared.mail_texts.messages": ("shared/mail_texts/templates/*",),
    "shared.library": ("forms/library/*.yaml",),
    "shared.languages": ("shared/locale/*/LC_MESSAGES/*.mo",),
    "shared.web.look": ("shared/web/templates/*", "shared/web/static/*"),
}
"""What a shared module reads beside itself. What lies beside a handler goes with it anyway."""

AWS = ("--python-version", "3.13", "--python-platform", "aarch64-manylinux_2_28", "--only-binary", ":all:")
"""The runtime and processor of `template.yaml`; the local stack runs functions with this machine's own."""

BYTECODE = "__pycache__"
NEVER_RUN = ("tests", "*.pyi", "*.pyx", "*.pxd", "RECORD", "bin", BYTECODE)
"""Names inside packages that no function needs."""

LOADERS_OWN = {"endpoints.json", "partitions.json", "sdk-default-configuration.json", "_retry.json"}
"""The files of botocore's data that every client reads."""


def main() -> None:
    """Build the function named by its logical id in `template.yaml` into a folder, for KURSDAG_TARGET: host or aws."""
    logical_id, folder = sys.argv[1:]
    build(logical_id.lower(), Path(folder), os.environ.get("KURSDAG_TARGET", "host"))


def build(function: str, folder: Path, target: str = "host") -> None:
    """Fill a folder with everything that a function is made of."""
    modules = reached(f"functions.{function}.handler")
    sources = [source(module) for module in modules]
    install(function, folder, target)
    prune(folder, services(sources))
    for path in [*sources, *resources(function, modules)]:
        copy(path, folder)


def source(module: str) -> Path:
    """Return the file of one of our modules or packages."""
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def reached(entry: str) -> list[str]:
    """List every module of ours that a module imports, however far off, with the packages they are in."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        module = waiting.pop()
        if module in found or not source(module).exists():
            continue
        found.add(module)
        waiting += [*_packages(module), *_imported(source(module))]
    return sorted(found)


def _packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts)))


def _imported(path: Path) -> Iterator[str]:
    """Name what a file imports from us; a name taken from a package may be a module too, and is tried as one."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name.split(".")[0] in OURS)


def services(sources: Iterable[Path]) -> set[str]:
    """Name the AWS services for which some file makes a client."""
    return {service for path in sources for node in ast.walk(ast.parse(path.read_bytes())) for service in _client(node)}


def _client(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(attr="client"), args=[ast.Constant(value=str(service)), *_]):
            yield service


def resources(function: str, modules: Iterable[str]) -> Iterator[Path]:
    """Find what the modules read beside themselves: templates, styles, catalogues."""
    beside = (ROOT / "functions" / function).rglob("*")
    yield from (path for path in beside if path.is_file() and path.suffix != ".py" and BYTECODE not in path.parts)
    for module in modules:
        for pattern in RESOURCES.get(module, ()):
            yield from ROOT.glob(pattern)


def copy(path: Path, folder: Path) -> None:
    """Copy one of our files to its place in the folder."""
    destination = folder / path.relative_to(ROOT)
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, destination)


def install(function: str, folder: Path, target: str) -> None:
    """Install the packages of the function's dependency group, exactly as locked."""
    locked = ("export", "--quiet", "--frozen", "--no-header", "--no-emit-project", "--no-default-groups", "--only-group", function)
    wanted = subprocess.run([UV, *locked], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    platform = AWS if target == "aws" else ()
    into = ("pip", "install", "--quiet", "--no-deps", "--require-hashes", "--python", sys.executable, "--target", folder, *platform)
    subprocess.run([UV, *into, "--requirements", "-"], cwd=ROOT, check=True, input=wanted)


def prune(folder: Path, wanted: set[str]) -> None:
    """Drop what no function needs, most of all the descriptions of services that this one never calls."""
    data = folder / "botocore/data"
    for path in data.iterdir() if data.is_dir() else ():
        if path.name not in wanted | LOADERS_OWN:
            _remove(path)
    for parent, folders, files in os.walk(folder):
        unneeded = [name for name in folders + files if any(fnmatch(name, pattern) for pattern in NEVER_RUN)]
        for name in unneeded:
            _remove(Path(parent, name))
        folders[:] = [name for name in folders if name not in unneeded]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    main()
