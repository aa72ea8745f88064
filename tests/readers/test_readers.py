"""The tools an analyst has at hand read ``output/articles`` as it is: all rows, the partitions, the nested columns."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.model import Language, Rejected
from pipelines.schema import SCHEMA
from tests.store_samples import article, store

SHORT = {"zh": 30, "en": 20, "no": 7, "und": 3}
"""Norwegian is there because ``no`` is read as false by careless tools."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder after three runs of several commits, with replaced rows and rejected pages."""
    where = tmp_path_factory.mktemp("readers") / "output"
    number = 0
    for run in range(2):
        with store(where, f"run-{run}", checkpoint_rows=25) as target:
            for code, count in SHORT.items():
                for _ in range(count):
                    number += 1
                    day = datetime(2026, 3, 1 + run, 8, tzinfo=UTC)
                    target.add(article(number, language=Language(code=code, score=0.5), fetched_at=day))
            target.reject(Rejected(url="u", source="s", reason="too_short"))
    with store(where, "run-2", again=True) as target:
        assert target.add(article(1))
        # Every list empty and every column null that may be: files of one such row have the same schema too.
        bare = article(500, site=None, canonical_url=None, blocks=(), removed=(), links=(), images=(), translation=None)
        assert target.add(bare)
    return where


DOCS = Path(__file__).parents[2] / "docs"
TOTAL = 2 * sum(SHORT.values()) + 1


def test_only_parquet_lies_under_articles(root: Path):
    assert {path.suffix for path in (root / "articles").rglob("*") if path.is_file()} == {".parquet"}
    assert not [path for path in (root / "articles").rglob("*") if path.name.startswith((".", "_"))]


def test_pyarrow_dataset(root: Path):
    import pyarrow.dataset as ds

    found = ds.dataset(root / "articles", format="parquet", partitioning="hive")
    assert found.count_rows() == TOTAL
    assert found.schema.names == [*SCHEMA.names, "fetch_date", "lang"]
    assert all(found.schema.field(name).type == SCHEMA.field(name).type for name in SCHEMA.names)
    assert found.count_rows(filter=ds.field("lang") == "zh") == 2 * SHORT["zh"] + 1
    for path in found.files:
        assert ds.dataset(path).schema.equals(SCHEMA, check_metadata=True), "the very same schema in every file"


def test_pyarrow_read_table(root: Path):
    import pyarrow.parquet as pq

    table = pq.read_table(root / "articles", filters=[("lang", "=", "no")])
    assert table.num_rows == 2 * SHORT["no"]
    assert table["published_at"].type == SCHEMA.field("published_at").type


def test_duckdb(root: Path):
    import duckdb

    base = duckdb.connect()
    source = f"read_parquet('{root}/articles/**/*.parquet', hive_partitioning = true)"
    assert base.sql(f"SELECT count(*), count(DISTINCT record_id) FROM {source}").fetchall() == [(TOTAL, TOTAL)]
    assert dict(base.sql(f"SELECT lang, count(*) FROM {source} GROUP BY lang").fetchall()) == {
        code: 2 * count + (code == "zh") for code, count in SHORT.items()
    }
    documented = re.search(r"```sql\n(.*?);\n```", (DOCS / "records.md").read_text("utf-8"), re.S)
    assert documented and "'output/articles/" in documented[1]
    counts = base.sql(documented[1].replace("'output/", f"'{root}/")).fetchall()
    assert counts == [("advert", TOTAL - 1), ("share_bar", TOTAL - 1)]
    days = base.sql(f"SELECT DISTINCT fetch_date FROM {source} ORDER BY 1").fetchall()
    assert days == [(date(2026, 3, 1),), (date(2026, 3, 2),)]
    [row] = base.sql(
        f"""SELECT published_at AT TIME ZONE 'UTC', authors[1], paragraphs[1].kind, translation[2].flags[1],
        list_transform(removed, lambda cut: cut.reason), typeof(language_score), typeof(warc_offset)
        FROM {source} WHERE url LIKE '%/1?utm=1'"""
    ).fetchall()
    assert row == (
        datetime(2026, 3, 1, 12),  # noqa: DTZ001
        "王芳",
        "heading",
        "number_lost",
        ["share_bar", "advert"],
        "FLOAT",
        "BIGINT",
    )
    flagged = base.sql(
        f"SELECT count(*) FROM (SELECT unnest(translation) AS one FROM {source}) WHERE len(one.flags) > 0"
    )
    assert flagged.fetchall() == [(TOTAL - 1,)]
    rejected = base.sql(f"SELECT reason, count(*) FROM '{root}/runs/*-rejected.parquet' GROUP BY reason").fetchall()
    assert rejected == [("too_short", 2)]


def test_pandas(root: Path):
    import pandas as pd

    frame = pd.read_parquet(root / "articles")
    assert len(frame) == TOTAL and frame["record_id"].is_unique
    assert frame.loc[frame["lang"] == "zh"].shape[0] == 2 * SHORT["zh"] + 1
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert frame["language_score"].dtype == "float32"
    first = frame.loc[frame["url"] == "https://news.example/1?utm=1"].iloc[0]
    assert list(first["authors"]) == ["王芳", "Li Lei"]
    assert first["paragraphs"][0] == {"kind": "heading", "text": "小标题"}
    assert list(first["translation"][1]["flags"]) == ["number_lost"]
    assert sorted(frame["fetch_date"].astype(str).unique()) == ["2026-03-01", "2026-03-02"]


def test_polars(root: Path):
    import polars as pl

    frame = pl.scan_parquet(root / "articles", hive_partitioning=True).collect()
    assert frame.height == TOTAL and frame["record_id"].n_unique() == TOTAL
    assert frame.schema["published_at"] == pl.Datetime("us", "UTC")
    assert frame.filter(pl.col("lang") == "no").height == 2 * SHORT["no"]
    assert frame["fetch_date"].unique().sort().to_list() == [date(2026, 3, 1), date(2026, 3, 2)]
    flags = frame.select("translation").explode("translation").unnest("translation")["flags"].explode().drop_nulls()
    assert flags.to_list() == ["number_lost"] * (TOTAL - 1)
    reasons = frame["removed"].list.eval(pl.element().struct.field("reason")).explode().drop_nulls().value_counts()
    assert dict(reasons.iter_rows()) == {"share_bar": TOTAL - 1, "advert": TOTAL - 1}


def test_a_page_without_a_time_of_fetching_leaves_the_folder_readable(tmp_path: Path):
    """Go and .NET write 0001-01-01 where no time is known: the folder's name must still be a date to everybody."""
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow.dataset as ds

    days = [datetime(1, 1, 1, tzinfo=UTC), datetime(999, 12, 31, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)]
    with store(tmp_path) as target:
        for number, day in enumerate(days):
            target.add(article(number, fetched_at=day))
    where = tmp_path / "articles"
    names = ["0001-01-01", "0999-12-31", "2026-03-01"]
    assert sorted(path.name for path in where.iterdir()) == [f"fetch_date={name}" for name in names]
    frame = pl.scan_parquet(where, hive_partitioning=True).select("fetch_date", "record_id").collect()
    assert frame["fetch_date"].sort().to_list() == [day.date() for day in days]
    assert frame["record_id"].n_unique() == 3
    query = "SELECT fetch_date FROM read_parquet(?, hive_partitioning = true) ORDER BY ALL"
    assert duckdb.execute(query, [f"{where}/**/*.parquet"]).fetchall() == [(day.date(),) for day in days]
    assert sorted(pd.read_parquet(where)["fetch_date"].astype(str)) == names
    assert ds.dataset(where, format="parquet", partitioning="hive").count_rows() == 3


def test_polars_and_pandas_read_a_single_partition(root: Path):
    import pandas as pd
    import polars as pl

    where = root / "articles" / "fetch_date=2026-03-02" / "lang=en"
    assert len(pd.read_parquet(where)) == pl.read_parquet(where).height == SHORT["en"]


def test_hugging_face_datasets(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    found = datasets.load_dataset(str(root / "articles"), split="train", cache_dir=str(tmp_path))
    assert len(found) == TOTAL
    assert set(found.unique("language")) == set(SHORT)  # it makes no columns of the folders' names
    [first] = found.filter(lambda url: url == "https://news.example/1?utm=1", input_columns="url")
    assert first["authors"] == ["王芳", "Li Lei"]
    assert first["translation"][1]["flags"] == ["number_lost"]
    assert first["published_at"] == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_polars_reads_the_same_values_with_its_own_code(root: Path):
    import polars as pl
    import pyarrow.parquet as pq

    path = next((root / "articles" / "fetch_date=2026-03-01" / "lang=zh").glob("*.parquet"))
    theirs = pl.read_parquet(path, hive_partitioning=False).to_arrow().cast(SCHEMA)
    assert theirs.equals(pq.ParquetFile(path).read())
