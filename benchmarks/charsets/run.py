"""Decode every page of an annotated collection, side by side with trafilatura's own decoding.

Usage: ``python benchmarks/charsets/run.py FOLDER`` (or POLYGLEAN_BENCH=FOLDER), where FOLDER holds ``truth.jsonl``
(``id``, ``body``, ``title``, ``with``) and ``pages/<id>.html.gz``. A page counts as readable when at least half of the
first and last twelve letters of the truth's paragraphs stand in the decoded text.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from trafilatura.utils import decode_file

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from pipelines.decode import decode


def fold(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


def probes(entry: dict[str, object]) -> list[str]:
    paragraphs = str(entry.get("body") or "").split("\n")
    if not any(paragraphs):
        paragraphs = [str(entry.get("title") or ""), *map(str, entry.get("with") or [])]  # type: ignore[call-overload]
    folded = [fold(paragraph) for paragraph in paragraphs]
    return [piece for text in folded if len(text) >= 12 for piece in (text[:12], text[-12:])]


def readable(text: str, wanted: list[str]) -> bool:
    """Tags are dropped first, as they split words; some bodies stand in scripts, hence the second look."""
    plain = html.unescape(text)
    folded = fold(html.unescape(re.sub(r"<[^>]*>", "", text))), fold(plain.replace("\\/", "/"))
    return max(sum(piece in page for piece in wanted) for page in folded) >= len(wanted) / 2


def main(folder: Path) -> None:
    charsets, ours, theirs, lost, judged = Counter[str](), 0, 0, 0, 0
    seconds = [0.0, 0.0]
    for line in (folder / "truth.jsonl").open(encoding="utf-8"):
        entry = json.loads(line)
        body = gzip.decompress((folder / "pages" / f"{entry['id']}.html.gz").read_bytes())
        start = time.perf_counter()
        text, charset = decode(body, "", is_html=True)
        middle = time.perf_counter()
        other = decode_file(body)
        seconds[0] += middle - start
        seconds[1] += time.perf_counter() - middle
        charsets[charset] += 1
        lost += "\ufffd" in text
        if wanted := probes(entry):
            judged += 1
            ours += readable(text, wanted)
            theirs += readable(other, wanted)
    print("charsets:", ", ".join(f"{name} {count}" for name, count in charsets.most_common()))
    print(f"readable of {judged}: polyglean {ours}, trafilatura {theirs}; pages with U+FFFD: {lost}")
    print(f"seconds: polyglean {seconds[0]:.2f}, trafilatura {seconds[1]:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["POLYGLEAN_BENCH"]))
