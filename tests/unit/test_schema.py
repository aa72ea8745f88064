from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import schema
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
from pipelines.store import parquet
from tests.store_samples import NOON, article

texts = st.text(st.characters(), max_size=40)  # lone surrogates and NUL included
maybe = st.none() | texts
codes = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)  # what the code writes, never a page
maybe_code = st.none() | codes
times = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
scores = st.floats(width=32, allow_nan=False, allow_infinity=False)
stamps = st.builds(Stamp, at=times, raw=texts, precision=st.sampled_from(["second", "minute", "day"]))
links = st.lists(st.builds(Link, url=texts, text=texts), max_size=3).map(tuple)
sentences = st.builds(
    Sentence, source=texts, target=texts, score=st.none() | scores, flags=st.lists(codes, max_size=2).map(tuple)
)
articles = st.builds(
    Article,
    record_id=st.text("0123456789abcdef", min_size=24, max_size=24),
    url=texts,
    canonical_url=maybe,
    site=maybe,
    meta=st.builds(
        Metadata,
        title=maybe,
        description=maybe,
        authors=st.lists(texts, max_size=3).map(tuple),
        tags=st.lists(texts, max_size=3).map(tuple),
        section=maybe,
        published=st.none() | stamps,
        modified=st.none() | stamps,
    ),
    fetched_at=times,
    language=st.builds(Language, code=st.sampled_from(["zh", "en", "und"]), score=scores, script=st.none()),
    blocks=st.lists(st.builds(Block, kind=st.sampled_from(Kind), text=texts), max_size=4).map(tuple),
    removed=st.lists(st.builds(Removed, reason=codes, text=texts), max_size=3).map(tuple),
    links=links,
    images=links,
    content_sha256=codes,
    raw_sha256=codes,
    http_status=st.integers(0, 999),
    encoding=codes,
    source=texts,
    warc_file=maybe,
    warc_offset=st.none() | st.integers(0, 2**62),
    extractor_version=codes,
    translation=st.none()
    | st.builds(
        Translation,
        status=st.sampled_from(Status),
        title=maybe,
        text=maybe,
        sentences=st.lists(sentences, max_size=3).map(tuple),
        translator=maybe_code,
    ),
    near_duplicate_of=maybe_code,
    story_id=maybe_code,
    version=st.integers(1, 2**31 - 1),
    supersedes=maybe_code,
)


def test_every_column_of_the_design_is_there_with_its_type():
    types = {field.name: str(field.type) for field in schema.SCHEMA}
    assert types["published_at"] == types["modified_at"] == types["fetched_at"] == "timestamp[us, tz=UTC]"
    assert types["http_status"] == "int16"
    assert types["warc_offset"] == "int64"
    assert types["language_score"] == "float"
    assert types["paragraphs"] == "list<element: struct<kind: string, text: string>>"
    assert "fetch_date" not in types and "lang" not in types, "partition keys must not be columns too: pandas fails"
    assert not any(pa.types.is_map(field.type) for field in schema.SCHEMA)


def test_row_has_exactly_the_columns_of_the_schema():
    assert list(schema.to_row(article(), "run")) == schema.SCHEMA.names
    assert list(schema.rejected_row(Rejected(url="u", source="s", reason="r"), "run")) == schema.REJECTED.names


def test_an_article_comes_back_equal_but_for_what_the_record_does_not_hold():
    back = schema.from_row(schema.to_row(article(), "run"))
    assert back == article()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(articles, min_size=1, max_size=3))
def test_article_row_parquet_row_article(tmp_path: Path, made: list[Article]):
    rows = [schema.to_row(one, "run") for one in made]
    path = tmp_path / "one.parquet"
    parquet.write_articles(parquet.table_of(rows), path)
    read = parquet.read_table(path)
    assert read.schema.equals(schema.SCHEMA, check_metadata=True)
    # compared row by row in the file's own order
    key = repr
    again = [schema.to_row(schema.from_row(row), "run") for row in read.to_pylist()]
    assert sorted(again, key=key) == sorted(rows, key=key)


def test_lone_surrogates_are_stored_as_replacement_characters():
    row = schema.to_row(article(text="半个表情\ud83d到此"), "run")
    assert row["text"].endswith("半个表情\ufffd到此")
    assert schema.to_row(article(text="整个😀"), "run")["text"].endswith("整个😀")


@pytest.mark.parametrize(("code", "status", "english"), [("en", "source_is_target", True), ("zh", "no_package", False)])
def test_an_article_nobody_translated(code: str, status: str, english: bool):
    made = article(language=Language(code=code, score=1.0), translation=None)
    row = schema.to_row(made, "run")
    assert row["translation_status"] == status
    assert row["text_en"] == (made.text if english else None)
    assert row["title_en"] == (made.meta.title if english else None)
    assert row["translation"] == []


def test_times_of_any_zone_are_stored_as_the_same_instant(tmp_path: Path):
    shanghai = timezone(timedelta(hours=8))
    made = article(fetched_at=NOON.astimezone(shanghai))
    parquet.write_articles(parquet.table_of([schema.to_row(made, "run")]), tmp_path / "x.parquet")
    [row] = parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert row["fetched_at"] == NOON
    assert schema.from_row(row).fetched_at.tzinfo is UTC


def test_the_fingerprint_is_that_of_the_first_schema():
    # A change here is a new output root for every user: rename nothing lightly, and say so in the README.
    assert schema.fingerprint() == "e325035cf5bb53b3"
