"""Pictures and fonts that a saved page carries within itself, in base64, as SingleFile and monolith put them."""

from __future__ import annotations

import re

FACTOR = 4
"""The file of a saved page may be this many times as large as a page: most of it is pictures."""
LARGE = 2**20
"""Bytes from which a page is looked at; a smaller one stays as it is, down to its hash."""
_DATA = re.compile(rb"data:[\w/+.;=-]{1,100};base64,[A-Za-z0-9+/=%\s]{2048,}")


def without_inlined(body: bytes) -> bytes:
    """Return a page without what it carries in base64 for its looks: only tags and text are left to be read."""
    return _DATA.sub(b"data:,", body) if len(body) > LARGE else body
