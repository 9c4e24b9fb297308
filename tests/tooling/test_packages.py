"""Every package that the code imports is declared, every declared one locked, and every lock has hashes."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from dev import ROOT

APPS = ("unobot", "chat", "experts", "bookings", "prd", "frontend")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DISTRIBUTIONS = packages_distributions()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*, tests: bool = False) -> set[str]:
    lines = PROJECT["dependencies"] + (PROJECT["optional-dependencies"]["test"] if tests else [])
    return {plain(re.split(r"[\[=<>~ ]", line)[0]) for line in lines}


def imported(folder: str) -> Iterator[tuple[str, str]]:
    """(file, top-level module) for every import of something that is neither ours nor Python's."""
    ours = {*APPS, "tests", "dev", *sys.stdlib_module_names}
    for file in (ROOT / folder).rglob("[!.]*.py"):
        if "node_modules" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            yield from ((str(file), top) for name in names if (top := name.partition(".")[0]) not in ours)


def undeclared(folder: str, known: set[str]) -> set[tuple[str, str]]:
    return {(file, top) for file, top in imported(folder) if not known & set(map(plain, DISTRIBUTIONS.get(top, [])))}


def pins(lock: Path) -> dict[str, str]:
    """Versions by the name and the condition of every line of a lock file."""
    return dict(re.findall(r"^([\w.-]+)==(\S+.*?) \\$", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_declared_packages(app: str) -> None:
    assert not undeclared(app, declared())


def test_tests_import_only_declared_packages() -> None:
    assert not undeclared("tests", declared(tests=True))


def test_every_declared_package_is_locked() -> None:
    assert declared() <= pins(ROOT / "requirements.txt").keys()
    assert declared(tests=True) <= pins(ROOT / "tests" / "requirements.txt").keys()


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    shipped, tested = pins(ROOT / "requirements.txt"), pins(ROOT / "tests" / "requirements.txt")
    assert shipped.items() <= tested.items()


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt", "tests/services.txt"])
def test_every_locked_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
