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
from pipelines import html
from pipelines.capture.features import columns
from pipelines.capture.joins import join
from pipelines.capture.lines import Line, flat, read
from pipelines.config import Config
from pipelines.pruning.prune import prune
from pipelines.pruning.shapes import Shape, shape
from pipelines.verdicts import verdict

KINDS = {"full": 1.0, "close": 0.5, "tail": 0.5, "graft": 0.45, "head": 0.45, "short": 0.3, "feed": 0.3}
"""The page, two crops of it; with the end of another page, with the head of another page, with its first paragraphs
only, with another article below it: and how often each variant is seen against the others. With a second draw of each
mixture and with articles below articles F1 of Chinese hosts not seen is .01 to .02 higher, of English ones the same."""
MIXTURES, DRAWS = ("graft", "head", "short", "feed"), 2
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
    partner: str = ""
    """Host of the page that the other half of a mixture is from."""


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


def sheets(
    pages: Sequence[Capture], folds: int, numbers: Callable[[Sequence[set[str]]], Any], *, is_flat: bool = False
) -> Iterator[Sheet]:
    """Return each page and its variants as numbers; ``numbers`` gives those of the words.

    ``is_flat``: as they are in captures without blank lines.
    """
    partners: dict[Any, list[Capture]] = defaultdict(list)
    for page in pages:
        if page.span():
            partners[page.language, fold_of(page.host, folds), page.renderer].append(page)
    for page in pages:
        near = partners[page.language, fold_of(page.host, folds), page.renderer]
        for kind, triples, partner in variants(page, [other for other in near if other.host != page.host]):
            lines, shapes, shares = zip(*triples, strict=True)
            found = columns(flat(lines) if is_flat else lines, shapes)
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
                partner=partner,
            )


def variants(page: Capture, others: Sequence[Capture]) -> Iterator[tuple[str, Sequence[Triple], str]]:
    """Return (kind, lines, the other host) of the page, of its crops and of its mixtures with some of ``others``."""
    yield "full", page.lines, ""
    span = page.span()
    if span is None:
        return
    shares = [share for _, _, share in page.lines]
    for kind, start, end in crops(shares, page.page + page.renderer)[1:]:
        yield kind, page.lines[start:end], ""
    for draw in range(DRAWS):
        for kind in MIXTURES:
            chance = random.Random(f"{page.page} {page.renderer} {kind} {draw}")
            other = chance.choice(others) if others and kind != "short" else None
            mixed = _mixture(kind, page, span, other, chance)
            if mixed and len(mixed) <= MOST_LINES:
                yield f"{kind} {draw}", mixed, other.host if other else ""


def _mixture(
    kind: str, page: Capture, span: tuple[int, int], other: Capture | None, chance: random.Random
) -> Sequence[Triple]:
    start, end = span
    if kind == "short":
        return page.lines[: _cut(page, span, chance.choice((2, 3, 4)))] + page.lines[end:]
    other_span = other.span() if other else None
    if other is None or other_span is None:
        return ()
    foreign = tuple((line, own, 0.0) for line, own, _ in other.lines)
    if kind == "head":
        above = foreign[: max(0, other_span[0] - chance.choice((0, 1, 3, 6)))]
        return above + page.lines[max(0, start - chance.choice((2, 4, 8, 15))) :]
    if kind == "feed":
        return _feed(page, span, foreign, other_span, chance)
    tail, stop = foreign[other_span[1] :], end
    if chance.random() < 0.4:
        stop = _cut(page, span, chance.choice((3, 4, 6)))
    own = page.lines[end : end + chance.choice((0, 3, 8, MOST_LINES))]
    return page.lines[:stop] + (own + tail if chance.random() < 0.5 else tail + own)


def _feed(
    page: Capture, span: tuple[int, int], foreign: tuple[Triple, ...], other: tuple[int, int], chance: random.Random
) -> Sequence[Triple]:
    """Return the page with another article below its own, all or its first lines, and the end of one of the two."""
    end = span[1]
    stop = _cut(page, span, chance.choice((1, 2, 3))) if chance.random() < 0.3 else end
    own = page.lines[end : end + chance.choice((0, 2, 5, 12))]
    second = foreign[max(0, other[0] - chance.choice((1, 2, 4, 8))) : other[1]]
    if chance.random() < 0.3:
        second = second[: chance.choice((4, 10, 20))]
    return page.lines[:stop] + own + second + (foreign[other[1] :] if chance.random() < 0.6 else page.lines[end:])


def _cut(page: Capture, span: tuple[int, int], paragraphs: int) -> int:
    """Return where the body ends after its first paragraphs; its own end where it has few more."""
    inside = [i for i in range(*span) if page.lines[i][2] > 0.5 and page.lines[i][1].prose]
    return inside[paragraphs - 1] + 1 if len(inside) > paragraphs + 1 else span[1]
