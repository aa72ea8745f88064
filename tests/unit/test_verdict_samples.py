"""What the learned verdict is trained on: which files of a package are articles, and under which address they stand."""

import json
from hashlib import md5
from pathlib import Path

import pytest

from benchmarks.verdict import samples

BODY = b"<html><body>" + b"<p>A line of the page.</p>" * 200 + b"</body></html>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    packages = {
        "forms": {"pages": ["html/*.html"], "addresses": "index.json", "are_articles": False, "articles": ["b.html"]},
        "news": {
            "pages": ["html/**/*.html"],
            "hashed": "*.py",
            "others": ["front/x.html", "abc123"],
            "unsure": ["q.html"],
        },
    }
    monkeypatch.setattr(samples, "PACKAGES", packages)
    for name in ("forms/html/a.html", "forms/html/b.html", "news/html/front/x.html", "news/html/q.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(BODY)
    (tmp_path / "forms/index.json").write_text(json.dumps({"html/a.html": {"url": "https://www.example.com/shop"}}))
    return tmp_path


def test_files_are_what_their_package_says_but_for_the_exceptions_and_none_is_unsure(folder: Path):
    (folder / "news/html/abc123ff.html").write_bytes(BODY)
    (folder / "news/html/y.html").write_bytes(BODY)
    (folder / "news/html/small.html").write_bytes(b"<p>too small to be a page</p>")
    found = {sample.name: sample.is_article for sample in samples.of_packages(folder)}
    assert found == {
        "forms/html/a.html": False,
        "forms/html/b.html": True,
        "news/html/front/x.html": False,
        "news/html/abc123ff.html": False,
        "news/html/y.html": True,
    }


def test_addresses_come_from_the_list_the_hash_or_the_page_itself(folder: Path):
    url = "https://web.archive.org/web/https://news.example.org/2024/story"
    (folder / "news/urls.py").write_text(f'PAGES = ["{url}"]')
    (folder / f"news/html/{md5(url.encode(), usedforsecurity=False).hexdigest()}.html").write_bytes(BODY)
    (folder / "news/html/own.html").write_bytes(b'<link rel="canonical" href="https://example.net/1">' + BODY)
    found = {sample.page.url: sample.host for sample in samples.of_packages(folder)}
    assert found == {
        "https://www.example.com/shop": "example.com",
        "/forms/html/b.html": "forms/html/b.html",
        "https://news.example.org/2024/story": "example.org",
        "https://example.net/1": "example.net",
        "/news/html/front/x.html": "news/html/front/x.html",
    }
