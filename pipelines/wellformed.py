r"""Text that UTF-8 can hold: pages write half an emoji into their data (``"\ud83d"``), which no file can store.

A half alone becomes U+FFFD; two halves that belong together become the character they mean.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, TypeVar

Value = TypeVar("Value")

_BEGUN = ("\\ud", "\\uD", "u005")
"""How a half begins in JSON and scripts, and how their backslash is spelt itself."""
_BACKSLASH = re.compile("&#(?:0*92|[xX]0*5[cC])")
"""A backslash by its number."""


def well_formed(text: str) -> str:
    """Return the text without lone surrogates; the very same object where it has none."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def may_spell_halves(text: str) -> bool:
    r"""Tell whether a page's source can spell half an emoji: ``\ud83d``, or a backslash that is spelt itself."""
    # Single characters are found many times faster than words: most pages have no need of the rest.
    if "\\" in text and any(map(text.__contains__, _BEGUN)):
        return True
    return ("&#" in text and _BACKSLASH.search(text) is not None) or "&bsol" in text


def all_well_formed(value: Value) -> Value:
    """Return a value with every text in it well-formed, down through dataclasses, tuples and sets.

    The very same object comes back where nothing is wrong, so that a sound page costs a look and no copy.
    """
    mended: Any = _mended(value)
    return mended  # type: ignore[no-any-return]  # of the same type as what came in


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass; empty for any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else well_formed(value)
    if isinstance(value, tuple | frozenset):
        inner = [_mended(one) for one in value]
        same = all(map(is_, inner, value))
        return value if same else type(value)(inner)
    changed = {}
    kind: type = type(value)
    for name in _names(kind):
        old = getattr(value, name)
        if (new := _mended(old)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value
