"""The whole way of one page, in one readable function: decode → extract → prune → judge → language → identity.

Pure: no network, no clock, no state. The same page and configuration give the same article on any day, in a crawl, in
a notebook or on a cluster. Translation works on many articles at once and so comes after (``pipelines.translate``).
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache
from importlib import metadata as distributions

from pipelines import capture, html, identity, language
from pipelines.config import Config
from pipelines.decode import decode, media_kind
from pipelines.errors import BrokenPage
from pipelines.metadata.sites import registered_domain
from pipelines.model import Article, Draft, Kind, Language, RawPage, Rejected
from pipelines.prune import prune
from pipelines.templates import TemplateIndex
from pipelines.verdict import judge

logger = logging.getLogger(__name__)


@cache
def extractor_version() -> str:
    """Name what made a record's text; trafilatura is in it because its output shifts between minor versions."""
    try:
        own = distributions.version("polyglean")
    except distributions.PackageNotFoundError:  # run from a checkout, as the two make commands do
        own = "0.1.0"
    return f"polyglean {own}; trafilatura {distributions.version('trafilatura')}"


def clean(page: RawPage, config: Config) -> Article | Rejected:
    """Return the page's article, or why there is none. Never raises: one bad page must not stop a run."""
    try:
        return _clean(page, config)
    except BrokenPage as error:
        return Rejected(url=page.url, source=page.source, reason=error.reason, detail=error.detail, broken=True)
    except Exception as error:  # a page nobody foresaw: keep its name and go on
        logger.exception("cannot extract %s", page.source)
        detail = f"{type(error).__name__}: {error}"[:300]
        return Rejected(url=page.url, source=page.source, reason="extractor_error", detail=detail, broken=True)


def _clean(page: RawPage, config: Config) -> Article | Rejected:
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
    draft = prune(extract(text, url=page.url, fetched_at=page.fetched_at, config=config), config)
    reason = judge(draft, config)
    if reason is not None:
        return Rejected(url=page.url, source=page.source, reason=reason)
    return _article(page, draft, encoding, config)


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


def _article(page: RawPage, draft: Draft, encoding: str, config: Config) -> Article:
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
        raw_sha256=identity.sha256(page.body),
        http_status=page.status,
        encoding=encoding,
        source=page.source,
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        extractor_version=extractor_version(),
    )
