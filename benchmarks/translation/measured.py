"""What both sides of the speed comparison share: read articles, load, translate, report time, CPU time and memory."""

from __future__ import annotations

import abc
import json
import resource
import sys
import time
from pathlib import Path


class Side(abc.ABC):
    """One way to translate."""

    @abc.abstractmethod
    def load(self) -> None:
        """Make everything ready; counted apart."""

    @abc.abstractmethod
    def translate(self, articles: list[str]) -> list[str]:
        """Translate articles, in order."""


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(side: Side) -> None:
    """Read a JSON list of articles from the file named first; write figures and texts as JSON to the second."""
    articles = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    start = time.perf_counter()
    side.load()
    loaded = time.perf_counter()
    cpu = _cpu()
    texts = side.translate(articles)
    figures = {
        "load_s": loaded - start,
        "wall_s": time.perf_counter() - loaded,
        "cpu_s": _cpu() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "texts": texts,
    }
    Path(sys.argv[2]).write_text(json.dumps(figures), "utf-8")
