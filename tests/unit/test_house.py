"""The house rules that a program can hold: which way imports go, what is installed, what may not be."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted(path for folder in ("crawler", "pipelines") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN = {"torch", "stanza", "spacy", "minisbd"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", key).lower(): value for key, value in found.items()}


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    names = set(imported(path))
    assert not names & FORBIDDEN
    if ROOT / "pipelines" in path.parents:
        assert "crawler" not in names
        if path.name != "stages.py":
            assert not names & {"scrapy", "twisted"}


def test_lock_is_exact_and_names_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text and "--" not in text.replace("--no-deps", "")
        for line in text.splitlines():
            assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line


def test_lock_holds_every_dependency_and_no_forbidden_one() -> None:
    locked = pins("requirements.lock")
    assert not FORBIDDEN & (set(locked) | set(pins("requirements-dev.lock")))
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name and re.sub(r"[-_.]+", "-", name[0]).lower() in locked, requirement


def test_every_import_of_the_product_is_locked() -> None:
    """A package that is only there because something else was installed by hand would be missing on a new machine."""
    from importlib.metadata import packages_distributions
    from sys import stdlib_module_names

    owners = packages_distributions()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    optional = {
        re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ ]", one)[0]).lower() for extra in extras.values() for one in extra
    }
    locked = set(pins("requirements.lock")) | optional
    for path in PRODUCT:
        for name in set(imported(path)) - stdlib_module_names - {"crawler", "pipelines"}:
            found = {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners.get(name, ())}
            assert found & locked, f"{path.relative_to(ROOT)} imports {name}, which requirements.lock does not bring"


def test_no_test_tool_is_pinned_twice() -> None:
    assert not pins("requirements.lock").keys() & pins("requirements-dev.lock").keys()
