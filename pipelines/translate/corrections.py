"""What people have corrected, as one number: part of a run's configuration, since other corrections give other rows."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.read_only import open_read_only

logger = logging.getLogger(__name__)


def corrections_sha256(path: Path) -> str:
    """Return a hash over the corrections in a translation memory, who made them and when left out; empty for none.

    The file is only read, and not made where there is none. One that cannot be read is the translator's to report.
    """
    if not path.is_file():
        return ""
    digest = hashlib.sha256()
    count = 0
    try:
        with closing(open_read_only(path)) as connection:
            for row in connection.execute(
                "SELECT from_code, to_code, source, target FROM correction ORDER BY from_code, to_code, source"
            ):
                count += 1
                for part in row:
                    encoded = str(part).encode("utf-8", "surrogatepass")
                    digest.update(f"{len(encoded)}:".encode() + encoded)
    except sqlite3.Error as error:
        logger.info("%s: its corrections cannot be read (%s)", path, error)
        return ""
    return digest.hexdigest() if count else ""
