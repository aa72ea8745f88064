"""The record: Arrow schemas of stored articles and of rejected pages, and the way between rows and values.

Lists of structs are used and neither maps nor nanoseconds, which several readers fail on. The partition keys
``fetch_date`` and ``lang`` stand in the folder names alone: pandas fails on a key that is a column as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from pipelines.model import (
    Article,
    Block,
    Kind,
    Language,
    Link,
    Metadata,
    Rejected,
    Removed,
    Sentence,
    Stamp,
    Status,
    Translation,
)
from pipelines.wellformed import well_formed

TIME = pa.timestamp("us", tz="UTC")


def _list(of: pa.DataType) -> pa.DataType:
    """Return a list type whose item has the name that Parquet gives it, so that a file reads back as it was."""
    return pa.list_(pa.field("element", of))


TEXTS = _list(pa.string())
LINKS = _list(pa.struct([("url", pa.string()), ("text", pa.string())]))

SCHEMA: pa.Schema = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        ("canonical_url", pa.string()),
        ("site", pa.string()),
        ("title", pa.string()),
        ("description", pa.string()),
        ("authors", TEXTS),
        ("tags", TEXTS),
        ("section", pa.string()),
        ("published_at", TIME),
        ("published_raw", pa.string()),
        ("published_precision", pa.string()),
        ("modified_at", TIME),
        ("fetched_at", TIME),
        ("language", pa.string()),
        ("language_score", pa.float32()),
        ("zh_script", pa.string()),
        ("text", pa.string()),
        ("paragraphs", _list(pa.struct([("kind", pa.string()), ("text", pa.string())]))),
        ("title_en", pa.string()),
        ("text_en", pa.string()),
        ("translation_status", pa.string()),
        (
            "translation",
            _list(
                pa.struct([("source", pa.string()), ("target", pa.string()), ("score", pa.float32()), ("flags", TEXTS)])
            ),
        ),
        ("translator", pa.string()),
        ("removed", _list(pa.struct([("reason", pa.string()), ("text", pa.string())]))),
        ("links", LINKS),
        ("images", LINKS),
        ("content_sha256", pa.string()),
        ("near_duplicate_of", pa.string()),
        ("story_id", pa.string()),
        ("version", pa.int32()),
        ("supersedes", pa.string()),
        ("http_status", pa.int16()),
        ("encoding", pa.string()),
        ("source", pa.string()),
        ("warc_file", pa.string()),
        ("warc_offset", pa.int64()),
        ("raw_sha256", pa.string()),
        ("run_id", pa.string()),
        ("extractor_version", pa.string()),
    ]
)

REJECTED: pa.Schema = pa.schema(
    [
        pa.field("url", pa.string(), nullable=False),
        ("source", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("broken", pa.bool_()),
        ("run_id", pa.string()),
    ]
)

Row = dict[str, Any]


def fingerprint() -> str:
    """Return 16 hex digits that change whenever a column of the record or its type does."""
    columns = "\n".join(f"{field.name} {field.type} {field.nullable}" for field in SCHEMA)
    return hashlib.sha256(columns.encode()).hexdigest()[:16]


def to_row(article: Article, run_id: str) -> Row:
    """Return the article as one row of ``SCHEMA``; characters that UTF-8 cannot hold become U+FFFD."""
    meta = article.meta
    published = meta.published
    return {
        "record_id": article.record_id,
        "url": _utf8(article.url),
        "canonical_url": _utf8(article.canonical_url),
        "site": _utf8(article.site),
        "title": _utf8(meta.title),
        "description": _utf8(meta.description),
        "authors": [_utf8(name) for name in meta.authors],
        "tags": [_utf8(tag) for tag in meta.tags],
        "section": _utf8(meta.section),
        "published_at": published.at if published else None,
        "published_raw": _utf8(published.raw) if published else None,
        "published_precision": published.precision if published else None,
        "modified_at": meta.modified.at if meta.modified else None,
        "fetched_at": article.fetched_at,
        "language": article.language.code,
        "language_score": article.language.score,
        "zh_script": article.language.script,
        "text": _utf8(article.text),
        "paragraphs": [{"kind": block.kind.value, "text": _utf8(block.text)} for block in article.blocks],
        **_translation_columns(article),
        "removed": [{"reason": cut.reason, "text": _utf8(cut.text)} for cut in article.removed],
        "links": _links(article.links),
        "images": _links(article.images),
        "content_sha256": article.content_sha256,
        "near_duplicate_of": article.near_duplicate_of,
        "story_id": article.story_id,
        "version": article.version,
        "supersedes": article.supersedes,
        "http_status": article.http_status,
        "encoding": article.encoding,
        "source": _utf8(article.source),
        "warc_file": _utf8(article.warc_file),
        "warc_offset": article.warc_offset,
        "raw_sha256": article.raw_sha256,
        "run_id": run_id,
        "extractor_version": article.extractor_version,
    }


def rejected_row(rejected: Rejected, run_id: str) -> Row:
    """Return the rejected page as one row of ``REJECTED``."""
    return {
        "url": _utf8(rejected.url),
        "source": _utf8(rejected.source),
        "reason": rejected.reason,
        "detail": _utf8(rejected.detail),
        "broken": rejected.broken,
        "run_id": run_id,
    }


def from_row(row: Mapping[str, Any]) -> Article:
    """Return the article a stored row describes; what the record does not hold (tag paths, densities) is blank."""
    return Article(
        record_id=row["record_id"],
        url=row["url"],
        canonical_url=row["canonical_url"],
        site=row["site"],
        meta=_metadata(row),
        fetched_at=_utc(row["fetched_at"]),
        language=Language(code=row["language"], score=row["language_score"], script=row["zh_script"]),
        blocks=tuple(Block(kind=Kind(part["kind"]), text=part["text"]) for part in row["paragraphs"]),
        removed=tuple(Removed(reason=cut["reason"], text=cut["text"]) for cut in row["removed"]),
        links=tuple(Link(**link) for link in row["links"]),
        images=tuple(Link(**link) for link in row["images"]),
        content_sha256=row["content_sha256"],
        raw_sha256=row["raw_sha256"],
        http_status=row["http_status"],
        encoding=row["encoding"],
        source=row["source"],
        warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
        extractor_version=row["extractor_version"],
        translation=_translation(row),
        near_duplicate_of=row["near_duplicate_of"],
        story_id=row["story_id"],
        version=row["version"],
        supersedes=row["supersedes"],
    )


def _translation_columns(article: Article) -> Row:
    """Return the five translation columns; an article nobody tried to translate had no package for it."""
    made = article.translation
    if made is None:
        made = Translation(status=Status.SOURCE_IS_TARGET if article.language.code == "en" else Status.NO_PACKAGE)
    title, text = made.title, made.text
    if made.status is Status.SOURCE_IS_TARGET:
        title, text = title or article.meta.title, text or article.text
    return {
        "title_en": _utf8(title),
        "text_en": _utf8(text),
        "translation_status": made.status.value,
        "translation": [
            {
                "source": _utf8(sentence.source),
                "target": _utf8(sentence.target),
                "score": sentence.score,
                "flags": list(sentence.flags),
            }
            for sentence in made.sentences
        ],
        "translator": made.translator,
    }


def _translation(row: Mapping[str, Any]) -> Translation:
    """Return the translation that the row holds."""
    return Translation(
        status=Status(row["translation_status"]),
        title=row["title_en"],
        text=row["text_en"],
        sentences=tuple(
            Sentence(source=part["source"], target=part["target"], score=part["score"], flags=tuple(part["flags"]))
            for part in row["translation"]
        ),
        translator=row["translator"],
    )


def _metadata(row: Mapping[str, Any]) -> Metadata:
    """Return what the page said of itself; the record keeps no raw form of the modification time."""
    published, modified = row["published_at"], row["modified_at"]
    return Metadata(
        title=row["title"],
        description=row["description"],
        authors=tuple(row["authors"]),
        tags=tuple(row["tags"]),
        section=row["section"],
        site=row["site"],
        canonical_url=row["canonical_url"],
        published=published
        and Stamp(at=_utc(published), raw=row["published_raw"], precision=row["published_precision"]),
        modified=modified and Stamp(at=_utc(modified), raw="", precision="second"),
    )


def _links(links: Sequence[Link]) -> list[Row]:
    return [{"url": _utf8(link.url), "text": _utf8(link.text)} for link in links]


def _utc(moment: datetime) -> datetime:
    """Return the same instant with the standard library's UTC, whatever zone object the reader made."""
    return moment.astimezone(UTC)


def _utf8(text: str | None) -> str | None:
    return None if text is None else well_formed(text)
