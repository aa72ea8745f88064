"""What a page declares itself to be: the types of its JSON-LD, and that of its card for other sites."""

from __future__ import annotations

import re

from pipelines.html.heads import Tree

MAX_SCRIPT = 200_000
_TYPE = re.compile(r"\"@type\"\s{0,20}:\s{0,20}(\[[^\[\]]{0,500}\]|\"[^\"]{0,80}\")")
_NAME = re.compile(r"\"([A-Za-z:/.]{2,80})\"")


def declared(root: Tree) -> frozenset[str]:
    """Return the types in lower case without their vocabulary: ``newsarticle``, ``product``, ``og:profile``."""
    found: set[str] = set()
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            for value in _TYPE.findall((script.text or "")[:MAX_SCRIPT]):
                found.update(name.rsplit("/", 1)[-1].lower() for name in _NAME.findall(value))
    for meta in root.iter("meta"):
        if meta.get("property") == "og:type" and (kind := (meta.get("content") or "").strip().lower()):
            found.add(f"og:{kind[:40]}")
    return frozenset(found)
