"""Every choice that changes what a record says, in one frozen value whose hash goes into each run's manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How pages are cleaned and translated. Two runs with equal hashes and equal pages give equal rows."""

    target_language: str = "en"
    max_page_bytes: int = 16 * 1024 * 1024
    """A larger body is rejected as ``too_large``: no article page is near 16 MiB; the limit bounds memory."""
    min_text_chars: int = 60
    """Shorter cleaned texts (CJK characters count 2.5) are no article; 60 keeps short Chinese bulletins."""
    default_timezone: str | None = None
    """IANA name used for page times without a zone; None: the site's country (by its domain, or a Chinese licence in
    its footer), else UTC."""
    beam_size: int = 4
    num_hypotheses: int = 4
    glossary_sha256: str = ""
    """The glossary's content; empty: none."""
    corrections_sha256: str = ""
    """What people have corrected in the translation memory; empty: nothing. Another value, other translations."""
    seed: int = 0
    """langdetect draws random numbers; a fixed seed makes it repeatable."""

    def digest(self) -> str:
        """Return the first 16 hex digits of the SHA-256 of all settings."""
        payload = json.dumps(asdict(self), sort_keys=True).encode()
        return hashlib.sha256(payload).hexdigest()[:16]
