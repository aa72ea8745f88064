"""Is this an article at all? Says why not, so that a section page or a paywall stub is not stored as one."""

from __future__ import annotations

from pipelines.config import Config
from pipelines.model import Draft


def weight(text: str) -> float:
    """Return the length of a text in characters, with CJK characters counted 2.5: one says what 2.5 letters say."""
    wide = sum(1 for character in text if "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af")
    return len(text) + 1.5 * wide


def judge(draft: Draft, config: Config) -> str | None:
    """Return None for an article, else the reason why the page is none."""
    if sum(weight(block.text) for block in draft.blocks) < config.min_text_chars:
        return "too_short"
    return None
