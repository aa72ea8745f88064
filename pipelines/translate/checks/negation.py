"""Whether a negation of a Chinese sentence is still there in its English translation."""

from __future__ import annotations

import re

from pipelines.translate.checks import words

_NOT_NEGATION = re.compile(words.any_of("chinese", "not_negation"))
_NEGATION = re.compile(words.any_of("chinese", "negation"))
_BOUNDS = re.compile(words.any_of("chinese", "bounds"))
_BOUNDS_KEPT = re.compile(rf"\b(?:{words.any_of('english', 'bounds')})\b", re.IGNORECASE)
_QUESTION = re.compile(r"[吗?？]")
_CUES = re.compile(rf"n['’]t\b|\b(?:{words.any_of('english', 'negation')})\b", re.IGNORECASE)


def lost(source: str, target: str) -> bool:
    """Tell whether the source plainly denies something and nothing in the translation can mean that.

    Questions are passed over: 是不是, 能不能 and 不…吗 ask and do not deny.
    """
    text = _NOT_NEGATION.sub("。", source)
    if _BOUNDS_KEPT.search(target):
        text = _BOUNDS.sub("。", text)
    return bool(_NEGATION.search(text)) and not _QUESTION.search(text) and not _CUES.search(target)
