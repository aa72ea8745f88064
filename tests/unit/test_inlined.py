"""A saved page is as large as its tags and text: pictures and fonts within it are no reason to refuse it."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from crawler.pages import read_pages
from crawler.pages.inlined import LARGE, without_inlined
from pipelines.config import Config
from pipelines.model import Article, RawPage, Rejected
from pipelines.process import clean

SENTENCE = "The bridge over the river was opened again on Friday after three years of work, the city said. "


def picture(size: int) -> bytes:
    """Return a picture's address that holds the picture, of about ``size`` bytes."""
    return b"data:image/png;base64," + base64.b64encode(random.Random(size).randbytes(size * 3 // 4))


def saved(*sizes: int) -> bytes:
    """Return an article as a browser's extension saves it, with a font and pictures of these sizes."""
    pictures = b"".join(
        b'<p>Day %d. %s</p><img src="%s">' % (day, SENTENCE.replace("three", str(day)).encode() * 2, picture(size))
        for day, size in enumerate(sizes, 1)
    )
    note = b"<!--\n Page saved with SingleFile \n url: https://example.org/bridge \n-->"
    font = b"@font-face{src:url(%s)}" % picture(LARGE).replace(b"image/png", b"font/woff2;charset=utf-8")
    return (
        b"<!DOCTYPE html><html>%s<head><title>Bridge opened again</title><style>%s</style></head><body><article>"
        b"<h1>Bridge opened again</h1>%s<p>%s</p></article></body></html>"
        % (note, font, pictures, b"The last words of the article stand here, behind all the pictures. " * 2)
    )


def test_a_page_of_many_pictures_is_read_to_its_end(tmp_path: Path) -> None:
    body = saved(*[3 * LARGE] * 7)
    assert len(body) > 20 * LARGE
    (tmp_path / "a.html").write_bytes(body)
    (page,) = read_pages([str(tmp_path)], max_bytes=Config().max_page_bytes)
    assert isinstance(page, RawPage)
    article = clean(page, Config())
    assert isinstance(article, Article)
    assert article.url == "https://example.org/bridge"
    assert article.blocks[-1].text.startswith("The last words")
    assert len(article.blocks) == 8
    assert article.images == ()


@pytest.mark.parametrize("rest", [b"", b"<p>Text</p>" * 200_000])
def test_what_is_too_large_without_its_pictures_is_refused(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "a.html").write_bytes(saved(LARGE) + rest)
    (page,) = read_pages([str(tmp_path)], max_bytes=2 * LARGE)
    assert isinstance(page, Rejected) == bool(rest)
    assert not rest or (isinstance(page, Rejected) and page.reason == "too_large" and "2 MiB" in page.detail)


def test_small_pages_and_small_pictures_stay_as_they_are() -> None:
    small = saved(1000).replace(picture(LARGE).split(b",")[1], b"")
    assert without_inlined(small) is small
    dots = b'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">' * 30_000
    assert without_inlined(dots) == dots


@pytest.mark.parametrize(
    "piece", [b"data:a;base64,", b"data:" + b"a" * 99, b"data:image/png;base64," + b"A" * 2000 + b'" ']
)
def test_pieces_that_are_no_picture_stay(piece: bytes) -> None:
    body = piece * (2 * LARGE // len(piece))
    assert without_inlined(body) == body
