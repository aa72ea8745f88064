"""The samples as other tools would have printed them: wrapped, indented, single-spaced, from another system."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from pipelines import capture, forms
from pipelines.config import Config
from pipelines.pruning.prune import prune

SAMPLES = json.loads(Path(__file__).with_name("expected.json").read_text("utf-8"))["seeds"]
PAGES = Path(__file__).parents[2] / "seeds"
FETCHED = datetime(2024, 10, 1, 12, 0, tzinfo=UTC)


def wrapped(text: str) -> str:
    """Break every line at a fixed column, between words or between ideographs."""
    out = []
    for line in text.split("\n"):
        if forms.width(line) > len(line) * 1.3:
            out += [line[i : i + 36] for i in range(0, len(line), 36)] or [""]
        else:
            out += textwrap.wrap(line, 78, break_long_words=False) or [""]
    return "\n".join(out)


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else line for line in text.split("\n"))


def single_spaced(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def from_windows(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


def with_soft_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize("change", [wrapped, indented, single_spaced, from_windows, with_soft_spaces])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"][:3])
def test_the_same_article(sample: dict[str, object], change: Callable[[str], str]) -> None:
    text = change((PAGES / str(sample["file"])).read_text("utf-8"))
    draft = prune(capture.extract(text, url="file:x.txt", fetched_at=FETCHED, config=Config()), Config())
    got = forms.squeeze("".join(block.text for block in draft.blocks))
    want = forms.squeeze("".join(sample["paragraphs"]))  # type: ignore[arg-type]
    assert SequenceMatcher(None, got, want, autojunk=False).ratio() >= 0.99
    assert draft.meta.title in sample["title"]  # type: ignore[operator]
    assert (draft.meta.published.at.date().isoformat() if draft.meta.published else None) in sample["date"]  # type: ignore[operator]
