"""Paragraphs that only blank lines part: a style sheet shows them (``white-space: pre-line``), the tree does not."""

from __future__ import annotations

import re

from pipelines.forms import unnoted

MIN_CHARS = 300
"""Of a text that is looked at: less is one paragraph in any case."""
_LEAST = 3
"""Paragraphs; two halves may be what an inline element broke."""
_ENDED = 0.75
"""Share of the paragraphs that end as a sentence does: what stays below is a list, or text around inline elements."""
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_END = re.compile(r"[.!?…。！？:：;；][\"'”’»」』)\]）】]*\Z")


def paragraphs(raw: str) -> list[str] | None:
    """Return the paragraphs of a text as it stands in the source, None where blank lines part none."""
    if raw.count("\n") < 2 * (_LEAST - 1):
        return None
    found = [" ".join(piece.split()) for piece in _BLANK.split(raw.strip())]
    ended = sum(_END.search(unnoted(piece)) is not None for piece in found)
    return found if len(found) >= _LEAST and ended >= _ENDED * len(found) else None
