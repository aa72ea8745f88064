"""What the line model is trained on: the captures of the public pages, parts of them, and mixtures of two.

People select parts of a page, and pages put their lists, comments and next articles together in more ways than the
public pages show. A mixture takes its other half from a host of the same fold, so that nothing of a held-out host is
trained on.
"""

from __future__ import annotations

import gzip
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.captures import CACHE, fold_of, hosts
from benchmarks.captures.labels import crops, label
from benchmarks.captures.render import RENDERERS, decoded, render
from pipelines import html, verdict
from pipelines.capture.features import columns
from pipelines.capture.lines import Line, join, read
from pipelines.config import Config
from pipelines.prune import prune
from pipelines.shapes import Shape, shape

KINDS = {"full": 1.0, "close": 0.5, "tail": 0.5, "graft": 0.6, "head": 0.6, "short": 0.4}
"""The page, two crops of it; with the end of another page, with the head of another page, with its first paragraphs
only: and how often each variant is seen against the others."""
OTHERS = ("graft", "head", "short")
LEAST_BODY = 250
"""Characters of a body that is believed though no truth is there: the one that the page's HTML gives."""
MOST_LINES = 2500
Triple = tuple[Line, Shape, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page in one rendering: its lines, and the share of each that is in the body; ``sure``: the truth says it."""

    page: str
    host: str
    language: str
    renderer: str
    sure: bool
    lines: tuple[Triple, ...]

    def span(self) -> tuple[int, int] | None:
        """Return ``[start, end)`` of the lines from the body's first to its last."""
        inside = [index for index, (_, _, share) in enumerate(self.lines) if share > 0.5]
        return (inside[0], inside[-1] + 1) if inside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The lines of one page or variant as numbers: rows (lines × ``names``), shares in the body, columns, words."""

    page: str
    host: str
    kind: str
    sure: bool
    names: tuple[str, ...]
    rows: Any
    labels: Any
    widths: Any
    words: tuple[Any, Any] = ((), ())


def captures(data: Path, truth: Sequence[dict[str, Any]]) -> list[Capture]:
    """Return all pages in both renderings; a page without a truth has the body that its HTML gives."""
    found = []
    bodies = {page["id"]: page.get("body") or _from_html(data, page) for page in truth}
    for renderer in RENDERERS:
        texts = render(data, CACHE, renderer, [page["id"] for page in truth])
        for page in truth:
            body, lines = bodies[page["id"]], join(read(texts[page["id"]]))
            if not body or not lines:
                continue
            shares = label([line.text for line in lines], body)
            shapes = [shape(line.text) for line in lines]
            found.append(
                Capture(
                    page=page["id"],
                    host=hosts(page),
                    language=page["lang"],
                    renderer=renderer,
                    sure=bool(page.get("body")),
                    lines=tuple(zip(lines, shapes, shares, strict=True)),
                )
            )
    return found


def _from_html(data: Path, page: dict[str, Any]) -> str | None:
    text = decoded(gzip.decompress((data / "pages" / f"{page['id']}.html.gz").read_bytes()))
    config, fetched_at = Config(), datetime(2026, 12, 31, tzinfo=UTC)
    draft = prune(html.extract(text, url=page.get("url") or "", fetched_at=fetched_at, config=config), config)
    body = "\n".join(block.text for block in draft.blocks)
    return body if verdict.judge(draft, config) is None and len(body) >= LEAST_BODY else None


def sheets(pages: Sequence[Capture], folds: int, numbers: Callable[[Sequence[set[str]]], Any]) -> Iterator[Sheet]:
    """Return each page and its variants as numbers; ``numbers`` gives those of the words."""
    partners: dict[Any, list[Capture]] = defaultdict(list)
    for page in pages:
        if page.span():
            partners[page.language, fold_of(page.host, folds), page.renderer].append(page)
    for page in pages:
        near = partners[page.language, fold_of(page.host, folds), page.renderer]
        for kind, triples in variants(page, [other for other in near if other.host != page.host]):
            lines, shapes, shares = zip(*triples, strict=True)
            found = columns(lines, shapes)
            yield Sheet(
                page=f"{page.page} {page.renderer}",
                host=page.host,
                kind=kind,
                sure=page.sure,
                names=found.names,
                rows=found.matrix,
                labels=np.array(shares, np.float32),
                widths=np.array([own.columns for own in shapes], np.float32),
                words=numbers(found.tokens),
            )


def variants(page: Capture, others: Sequence[Capture]) -> Iterator[tuple[str, Sequence[Triple]]]:
    """Return (kind, lines) of the page, of its crops and of its mixtures with one of ``others``."""
    yield "full", page.lines
    span = page.span()
    if span is None:
        return
    shares = [share for _, _, share in page.lines]
    for kind, start, end in crops(shares, page.page + page.renderer)[1:]:
        yield kind, page.lines[start:end]
    chance = random.Random(f"{page.page} {page.renderer}")
    for kind in OTHERS:
        other = chance.choice(others) if others else None
        mixed = _mixture(kind, page, span, other, chance)
        if mixed and len(mixed) <= MOST_LINES:
            yield kind, mixed


def _mixture(
    kind: str, page: Capture, span: tuple[int, int], other: Capture | None, chance: random.Random
) -> Sequence[Triple]:
    start, end = span
    other_span = other.span() if other else None
    if kind == "short":
        return page.lines[: _cut(page, span, chance.choice((2, 3, 4)))] + page.lines[end:]
    if other is None or other_span is None:
        return ()
    if kind == "head":
        above = other.lines[: max(0, other_span[0] - chance.choice((0, 1, 3, 6)))]
        return above + page.lines[max(0, start - chance.choice((2, 4, 8, 15))) :]
    tail, stop = other.lines[other_span[1] :], end
    if chance.random() < 0.4:
        stop = _cut(page, span, chance.choice((3, 4, 6)))
    own = page.lines[end : end + chance.choice((0, 3, 8, MOST_LINES))]
    return page.lines[:stop] + (own + tail if chance.random() < 0.5 else tail + own)


def _cut(page: Capture, span: tuple[int, int], paragraphs: int) -> int:
    """Return where the body ends after its first paragraphs; its own end where it has few more."""
    inside = [i for i in range(*span) if page.lines[i][2] > 0.5 and page.lines[i][1].prose]
    return inside[paragraphs - 1] + 1 if len(inside) > paragraphs + 1 else span[1]
