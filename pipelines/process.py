"""The whole way of one page, in one readable function: decode → extract → prune → judge → language → identity.

Pure: no network, no clock, no state. The same page and configuration give the same article on any day, in a crawl, in
a notebook or on a cluster. Translation works on many articles at once and so comes after (``pipelines.translate``).
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import metadata as distributions
from typing import TypeVar

from pipelines import capture, html, identity, language
from pipelines.config import Config
from pipelines.decode import decode, media_kind
from pipelines.errors import BrokenPage
from pipelines.html import join_pages
from pipelines.html.pages import place_of
from pipelines.metadata.sites import registered_domain
from pipelines.model import Article, Draft, Kind, Language, Part, RawPage, Rejected, Removed
from pipelines.parts import adds
from pipelines.pruning.prune import prune
from pipelines.templates import TemplateIndex
from pipelines.verdicts.verdict import judge
from pipelines.wellformed import all_well_formed, may_spell_halves, well_formed

logger = logging.getLogger(__name__)
Outcome = TypeVar("Outcome")


@cache
def extractor_version() -> str:
    """Name what made a record's text; trafilatura is in it because its output shifts between minor versions."""
    try:
        own = distributions.version("polyglean")
    except distributions.PackageNotFoundError:  # run from a checkout, as the two make commands do
        own = "0.1.0"
    return f"polyglean {own}; trafilatura {distributions.version('trafilatura')}"


MISSING = "missing_page"
"""Reason under which a record names the address of the page where its text breaks off."""
_MAY_GO_ON = frozenset({None, "too_short", "video_page", "gallery"})
"""Verdicts that further pages may change: an index page or a paywall stays one."""


def clean(page: RawPage, config: Config) -> Article | Rejected:
    """Return the page's article, or why there is none. Never raises: one bad page must not stop a run."""
    return _guarded(page, lambda: _finished(page, _drafted(page, config), config))


def clean_part(page: RawPage, config: Config) -> Article | Rejected | Part:
    """Clean a page as ``clean`` does, but leave one of an article's several pages open, to be joined by ``finish``."""

    def work() -> Article | Rejected | Part:
        drafted = _drafted(page, config)
        place = None if isinstance(drafted, Rejected) else place_of(drafted[0])
        if isinstance(drafted, Rejected) or place is None or judge(drafted[0], config) not in _MAY_GO_ON:
            return _finished(page, drafted, config)
        draft, encoding = drafted
        return Part(
            key=place[0],
            number=place[1],
            page=replace(page, body=b""),
            draft=draft,
            encoding=encoding,
            raw_sha256=identity.sha256(page.body),
            size=len(page.body),
        )

    return _guarded(page, work)


def finish(parts: Sequence[Part], config: Config) -> Article | Rejected:
    """Return the article that these pages, in their order, make; where the next is missing, the record says so."""
    first = parts[0]

    def work() -> Article | Rejected:
        draft = join_pages([part.draft for part in parts])
        lost = [address for address in (first.draft.first_page, draft.next_page if adds(parts) else None) if address]
        draft = replace(draft, removed=draft.removed + tuple(Removed(reason=MISSING, text=address) for address in lost))
        reason = judge(draft, config)
        if reason is not None:
            return Rejected(url=first.page.url, source=first.page.source, reason=reason, raw_sha256=first.raw_sha256)
        return _article(first.page, draft, first.encoding, first.raw_sha256, config)

    return _guarded(first.page, work)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's collector of cycles waiting until a page is done.

    A page makes thousands of objects that live until it is done and hardly any cycles: looking for some every 700 of
    them takes 6 % of the time and finds nothing. The limits on a page bound what waits meanwhile.
    """
    if not gc.isenabled():  # the program does without, or this is a thread beside another that is at a page
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _guarded(page: RawPage, work: Callable[[], Outcome]) -> Outcome | Rejected:
    """Do the work on a page; whatever goes wrong with it is its own."""
    try:
        with _uncollected():
            return work()
    except BrokenPage as error:
        return Rejected(url=page.url, source=page.source, reason=error.reason, detail=error.detail, broken=True)
    except Exception as error:  # a page nobody foresaw: keep its name and go on
        logger.exception("cannot extract %s", page.source)
        detail = f"{type(error).__name__}: {error}"[:300]
        return Rejected(url=page.url, source=page.source, reason="extractor_error", detail=detail, broken=True)


def _drafted(page: RawPage, config: Config) -> tuple[Draft, str] | Rejected:
    """Return the pruned draft and the encoding of a page."""
    if not 200 <= page.status < 300:
        return Rejected(url=page.url, source=page.source, reason=f"http_{page.status}")
    if len(page.body) > config.max_page_bytes:
        limit = config.max_page_bytes // 2**20
        raise BrokenPage("too_large", f"{len(page.body) // 2**20} MiB, the limit is {limit} (setting MAX_PAGE_BYTES)")
    if page.timezone:
        config = replace(config, default_timezone=page.timezone)
    kind = media_kind(page.body, page.content_type, page.url)
    text, encoding = decode(page.body, page.content_type, is_html=kind == "html")
    extract = html.extract if kind == "html" else capture.extract
    # Half an emoji in a page's data would stop what hashes, translates and stores the text.
    draft = extract(text, url=page.url, fetched_at=page.fetched_at, config=config)
    if may_spell_halves(text) or well_formed(page.url) is not page.url:
        draft = all_well_formed(draft)
    return prune(draft, config), encoding


def _finished(page: RawPage, drafted: tuple[Draft, str] | Rejected, config: Config) -> Article | Rejected:
    if isinstance(drafted, Rejected):
        return drafted
    draft, encoding = drafted
    reason = judge(draft, config)
    if reason is not None:
        return Rejected(url=page.url, source=page.source, reason=reason, raw_sha256=identity.sha256(page.body))
    return _article(page, draft, encoding, identity.sha256(page.body), config)


def without_templates(article: Article, host: str, index: TemplateIndex) -> Article:
    """Return the article less the blocks that recur on other pages of ``host``, under the id of what is left."""
    draft = Draft(url=article.url, meta=article.meta, blocks=article.blocks, removed=article.removed)
    left = index.strip(host, draft)
    if left is draft:
        return article
    content = identity.content_sha256(article.meta.title, left.blocks)
    return replace(
        article,
        record_id=identity.record_id(_address(article.meta.canonical_url, article.url), content),
        content_sha256=content,
        blocks=left.blocks,
        removed=left.removed,
    )


def _address(canonical_url: str | None, url: str) -> str | None:
    """Return the address that names an article for good; a file's own may change at any time."""
    return canonical_url or (url if url.startswith(("http://", "https://")) else None)


def _language(page: RawPage, draft: Draft, config: Config) -> Language:
    """Judge by what people wrote: code is in no language, and a title alone may be in another one."""
    prose = [block.text for block in draft.blocks if block.kind is not Kind.CODE]
    return language.detect(
        "\n".join(prose) or draft.meta.title or "", hint=draft.meta.language or page.language, seed=config.seed
    )


def _article(page: RawPage, draft: Draft, encoding: str, raw_sha256: str, config: Config) -> Article:
    content = identity.content_sha256(draft.meta.title, draft.blocks)
    address = _address(draft.meta.canonical_url, page.url)
    return Article(
        record_id=identity.record_id(address, content),
        url=page.url,
        canonical_url=draft.meta.canonical_url,
        site=draft.meta.site or registered_domain(address or ""),
        meta=draft.meta,
        fetched_at=page.fetched_at,
        language=_language(page, draft, config),
        blocks=draft.blocks,
        removed=draft.removed,
        links=draft.links,
        images=draft.images,
        content_sha256=content,
        raw_sha256=raw_sha256,
        http_status=page.status,
        encoding=encoding,
        source=page.source,
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        extractor_version=extractor_version(),
    )
