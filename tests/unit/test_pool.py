"""A page that kills or blocks its worker costs itself, never its neighbours."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from pipelines.config import Config
from pipelines.model import RawPage
from pipelines.pool import CleanPool, Work
from tests.unit.pool_jobs import prepared, work


def page(number: int, body: bytes = b"fine") -> RawPage:
    return RawPage(url=f"file:///{number}", fetched_at=datetime(2025, 1, 1, tzinfo=UTC), body=body, source=str(number))


def run(pages: list[RawPage], timeout: float = 30.0, job: Work = work) -> list[str]:
    async def main() -> list[str]:
        pool = CleanPool(Config(), workers=2, timeout=timeout, work=job)
        try:
            return [done.reason for done in await asyncio.gather(*map(pool.clean, pages))]  # type: ignore[union-attr]
        finally:
            pool.close()

    return asyncio.run(main())


def test_a_page_that_kills_its_worker() -> None:
    pages = [page(number, b"die" if number in (3, 17) else b"fine") for number in range(30)]
    expected = ["extractor_crashed" if number in (3, 17) else "fine" for number in range(30)]
    assert run(pages) == expected


def test_a_page_that_never_comes_back() -> None:
    pages = [page(number, b"hang" if number == 2 else b"fine") for number in range(8)]
    assert run(pages, timeout=3.0) == ["extractor_timeout" if number == 2 else "fine" for number in range(8)]


def test_bad_pages_alone() -> None:
    assert run([page(0, b"die")]) == ["extractor_crashed"]


def test_a_worker_has_read_the_tables_before_its_first_page() -> None:
    assert run([page(number) for number in range(4)], job=prepared) == ["ready"] * 4
