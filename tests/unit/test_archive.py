"""The archive: standard WARC that other tools read, rotated, counted, and whole again after a killed run."""

import asyncio
import gzip
import io
import json
import os
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler import archive, checkup
from crawler.archive import Archive, ArchiveQueue
from crawler.pages import read_pages
from crawler.warc import ROLE, Exchange
from pipelines.errors import StoreError
from pipelines.store.audit import Level

AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
BODY = gzip.compress("<html><p>消息</p></html>".encode())


def exchange(number=0, body=BODY, **values):
    fields = {
        "url": f"https://e.org/a/{number}?x=1",
        "at": AT + timedelta(seconds=number),
        "method": "GET",
        "request_headers": [(b"User-Agent", b"polyglean")],
        "status": 200,
        "response_headers": [
            (b"Content-Type", b"text/html; charset=utf-8"),
            (b"Content-Encoding", b"gzip"),
            (b"Transfer-Encoding", b"chunked"),
            (b"Set-Cookie", b"a=1"),
            (b"Set-Cookie", b"b=2"),
        ],
        "body": body,
        "ip": "93.184.216.34",
        "facts": {"source": "e", "via": "https://e.org/feed\r\nX: y", "timezone": "Asia/Shanghai"},
    }
    return Exchange(**{**fields, **values})


def test_a_replay_reads_the_clean_address_and_no_other_kind_of_it(tmp_path):
    one = Archive(tmp_path, "run-1")
    clean = {"source": "e", "address": "https://e.org/a/0"}
    image = {"response_headers": [(b"Content-Type", b"image/jpeg")], "body": b"<html><p>text</p></html>"}
    one.append([exchange(0, facts=clean), exchange(1, facts={"address": "file:///etc/passwd"}), exchange(2, **image)])
    one.append([exchange(3, role="twin"), exchange(4, role="refresh")])
    one.close()
    pages = list(read_pages([str(tmp_path / "archive")], max_bytes=1_000_000))
    assert [page.url for page in pages] == ["https://e.org/a/0", "https://e.org/a/1?x=1", "https://e.org/a/2?x=1"]


def test_warcio_and_fastwarc_read_what_was_written(tmp_path):
    one = Archive(tmp_path, "run-1")
    places = one.append([exchange(0), exchange(1, role="feed")])
    one.close()
    (path,) = (tmp_path / "archive").iterdir()
    assert path.name == "polyglean-run-1-00000.warc.gz" == places[0].file

    with path.open("rb") as file:
        records = []
        for record in ArchiveIterator(file, check_digests="raise"):
            records.append((record.rec_type, record.rec_headers, record.content_stream().read()))
    assert [kind for kind, *_ in records] == ["warcinfo"] + ["response", "request", "metadata"] * 2
    headers = records[1][1]
    assert headers.get_header("WARC-Date") == "2026-01-02T03:04:05.678901Z"
    assert headers.get_header(ROLE) == "article" and headers.get_header("Polyglean-Timezone") == "Asia/Shanghai"
    assert records[1][2].decode() == "<html><p>消息</p></html>"
    assert records[3][2].decode().splitlines()[:3] == [
        "role: article",
        "source: e",
        "via: https://e.org/feed X: y",
    ]

    with path.open("rb") as file:
        file.seek(places[1].offset)
        record = next(iter(FastIterator(io.BytesIO(file.read()), verify_digests=True)))
    assert record.record_type == WarcRecordType.response
    assert record.headers["WARC-Target-URI"] == "https://e.org/a/1?x=1"
    assert [v for k, v in record.http_headers if k == "Set-Cookie"] == ["a=1", "b=2"]


def test_warcio_check_finds_no_fault(tmp_path, capsys):
    one = Archive(tmp_path, "run-1")
    one.append([exchange(number) for number in range(5)])
    one.close()

    options = SimpleNamespace(inputs=[str(next((tmp_path / "archive").iterdir()))], verbose=False)
    assert Checker(options).process_all() in (None, 0)
    assert "digest failed" not in capsys.readouterr().out


def test_files_rotate_and_their_manifests_count_and_hash(tmp_path):
    one = Archive(tmp_path, "run-1", rotate_bytes=3000)
    for number in range(12):
        one.append([exchange(number, os.urandom(400))])
        assert len(list((tmp_path / "archive").glob("*.open"))) == 1
    one.close()
    files = sorted((tmp_path / "archive").iterdir())
    assert len(files) > 2 and all(path.name.endswith(".warc.gz") for path in files)
    notes = [json.loads(path.read_text()) for path in sorted((tmp_path / "runs").iterdir())]
    assert sum(note["records"] for note in notes) == 12 * 3 + len(files)
    assert archive.check(tmp_path) == []
    files[0].write_bytes(files[0].read_bytes()[:-5])
    files[1].unlink()
    assert [line.split(": ")[1][:10] for line in archive.check(tmp_path)] == ["not as run", "named by r"]


def test_nothing_is_made_before_the_first_fetch(tmp_path):
    Archive(tmp_path, "run-1").close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("torn", [0, 1, 37, 200])
def test_a_killed_runs_file_is_salvaged_to_its_last_whole_record(tmp_path, torn):
    one = Archive(tmp_path, "run-1")
    one.append([exchange(number) for number in range(3)])
    (path,) = (tmp_path / "archive").iterdir()  # never closed: the run was killed
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - torn])
    (made,) = archive.salvage(tmp_path)
    assert made.salvaged and made.records == (10 if torn == 0 else 9)
    (final,) = (tmp_path / "archive").iterdir()
    assert final.name.endswith(".warc.gz") and whole.startswith(final.read_bytes())
    with final.open("rb") as file:
        assert sum(1 for _ in ArchiveIterator(file, check_digests="raise")) == made.records
    assert archive.check(tmp_path) == [] and archive.salvage(tmp_path) == []


def test_garbage_after_whole_records_is_cut(tmp_path):
    one = Archive(tmp_path, "run-1")
    one.append([exchange()])
    (path,) = (tmp_path / "archive").iterdir()
    path.write_bytes(path.read_bytes() + b"\0" * 4096)
    assert archive.salvage(tmp_path)[0].records == 4


def test_an_open_file_without_a_fetch_is_removed(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "polyglean-run-1-00000.warc.gz.open").write_bytes(b"\x1f\x8b")
    assert archive.salvage(tmp_path) == [] and list((tmp_path / "archive").iterdir()) == []


def test_many_writers_share_few_syncs_and_keep_their_places(tmp_path):
    async def crawl():
        queue = ArchiveQueue(Archive(tmp_path, "run-1"))
        places = await asyncio.gather(*(queue.write(exchange(number)) for number in range(50)))
        await queue.close()
        return places

    places = asyncio.run(crawl())
    data = (tmp_path / "archive" / places[0].file).read_bytes()
    for number, place in enumerate(places):
        record = next(iter(FastIterator(io.BytesIO(data[place.offset :]))))
        assert record.headers["WARC-Target-URI"] == f"https://e.org/a/{number}?x=1"


def test_a_disk_that_cannot_be_written_is_one_store_error(tmp_path):
    (tmp_path / "archive").write_text("in the way")
    with pytest.raises(StoreError, match="cannot write the archive") as caught:
        Archive(tmp_path, "run-1").append([exchange()])
    assert caught.value.exit_code == 3 and "\n" not in str(caught.value)


def test_doctor_reads_the_archive_only_when_asked_to(tmp_path):
    assert list(checkup.archives(tmp_path, deep=True)) == []
    one = Archive(tmp_path, "run-1")
    one.append([exchange(number) for number in range(3)])
    assert [found.level for found in checkup.archives(tmp_path, deep=False)] == [Level.NOTE, Level.FINE]
    one.close()
    (path,) = (tmp_path / "archive").iterdir()
    assert [found.level for found in checkup.archives(tmp_path, deep=True)] == [Level.FINE]
    path.write_bytes(path.read_bytes()[:-1])
    assert [found.level for found in checkup.archives(tmp_path, deep=False)] == [Level.FINE]
    assert [found.level for found in checkup.archives(tmp_path, deep=True)] == [Level.PROBLEM]
