"""Every command of the README is run, in its order, in a copy of the project; its query gives the result it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.e2e.conftest import ROOT
from tests.e2e.copies import copy_of_the_project

README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Snippet:
    """One fenced block: its language and its text."""

    language: str
    text: str


def snippets() -> list[Snippet]:
    return [Snippet(language, text) for language, text in FENCE.findall(README)]


def commands() -> Iterator[str]:
    """Yield the lines of all sh blocks, continued lines joined, comments dropped."""
    for snippet in snippets():
        if snippet.language == "sh":
            for line in snippet.text.replace("\\\n", " ").splitlines():
                if command := re.sub(r"\s+#\s.*$", "", line).strip():
                    yield command


def folded(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that shares this one's environment: setting up has a test of its own."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("readme") / "polyglean")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy
