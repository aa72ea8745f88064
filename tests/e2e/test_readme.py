"""Every command of the README is run, in its order, in a copy of the project; its query gives the result it shows."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from tests.argos_tiny import build
from tests.e2e.conftest import ROOT
from tests.e2e.copies import copy_of_the_project

README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Snippet:
    """One fenced block: its language and its text."""

    language: str
    text: str


def snippets() -> list[Snippet]:
    return [Snippet(language, text) for language, text in FENCE.findall(README)]


def commands() -> Iterator[str]:
    """Yield the lines of all sh blocks, continued lines joined, comments dropped."""
    for snippet in snippets():
        if snippet.language == "sh":
            for line in snippet.text.replace("\\\n", " ").splitlines():
                if command := re.sub(r"\s+#\s.*$", "", line).strip():
                    yield command


def folded(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that shares this one's environment: setting up has a test of its own."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("readme") / "polyglean")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


class Web:
    """A loopback site with a feed of articles, and an index of translation packages, on one port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://localhost:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()
        self._site()
        self._packages()

    def _site(self) -> None:
        now = format_datetime(datetime.now(UTC))
        items = ""
        for number in range(3):
            path = f"2026/11/a-story-about-harbour-number-{number}.html"
            text = f"The harbour authority said on Monday that part {number} of the breakwater was finished. " * 5
            page = f"<html><head><title>Harbour {number}</title></head><body><article><h1>Harbour {number}</h1>"
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{page}<p>{text}</p><p>{text}</p></article></body></html>")
            items += f"<item><title>{number}</title><link>{self.url}{path}</link><pubDate>{now}</pubDate></item>"
        feed = f'<rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'
        (self.folder / "feed.xml").write_text(feed)
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        (self.folder / "index.html").write_text(f"<html><head>{link}</head><body>Harbour News</body></html>")

    def _packages(self) -> None:
        build(self.folder / "zh_en.argosmodel", {"公司": " company"}, characters="的一是了我")
        entry = {
            "package_version": "1.9",
            "argos_version": "1.9",
            "from_code": "zh",
            "from_name": "Chinese",
            "to_code": "en",
            "to_name": "English",
            "links": [f"{self.url}zh_en.argosmodel"],
            "code": "translate-zh_en",
        }
        (self.folder / "index.json").write_text(json.dumps([entry]))

    @property
    def sources(self) -> str:
        head = "[defaults]\ndelay = 0\nallow_addresses = ['127.0.0.0/8', '::1/128']\n"
        return f"{head}[[source]]\nname = 'harbour'\nsite = '{self.url}'\nfeeds = ['{self.url}feed.xml']\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    one = Web(tmp_path_factory.mktemp("web"))
    yield one
    one.server.shutdown()


def prepared(command: str, project: Path, web: Web) -> str:
    """Return the command as the test runs it: nothing leaves this machine.

    ``make test`` would run this test in turn; whole, lint and all, test_fresh_clone runs it.
    """
    if command == "make test":
        return "make unit TESTS=tests/unit/test_identity.py"
    if "sources check" in command:
        (project / "seeds" / "sources.toml").write_text(web.sources)
    return command.replace("https://www.example.org/", f"{web.url} --allow 127.0.0.0/8")


def test_every_command_of_the_readme(project: Path, web: Web, tmp_path: Path) -> None:
    (project / "translate-zh_en.argosmodel").write_bytes((web.folder / "zh_en.argosmodel").read_bytes())
    env = {
        **os.environ,
        "POLYGLEAN_OFFLINE": "1",
        "ARGOS_PACKAGES_DIR": str(tmp_path / "packages"),
        "ARGOS_PACKAGE_INDEX": web.url,
    }
    listed = list(commands())
    assert len(listed) > 20
    for command in listed:
        line = prepared(command, project, web)
        done = subprocess.run(
            line, shell=True, cwd=project, env=env, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    crawled = {path.parent.name for path in (project / "output" / "articles").rglob("*.parquet")}
    assert crawled == {"lang=en", "lang=zh"}
    rows = f"SELECT count(*) FROM read_parquet('{project}/replayed/articles/**/*.parquet')"
    assert duckdb.sql(rows).fetchall() == [(3,)]


def test_the_query_gives_the_result_shown(project: Path) -> None:
    """Runs on a replay of its own, because the commands above crawl into the same folder."""
    subprocess.run(
        [ROOT / ".venv/bin/scrapy", "replay", "seeds/", "-o", "query/output"], cwd=project, check=True, timeout=300
    )
    blocks = snippets()
    (at,) = (number for number, block in enumerate(blocks) if block.language == "sql")
    with contextlib.chdir(project / "query"):
        shown = str(duckdb.sql(blocks[at].text.rstrip().rstrip(";")))
    assert folded(blocks[at + 1].text) == folded(shown)


def test_the_python_of_the_readme(project: Path) -> None:
    (block,) = (block for block in snippets() if block.language == "python")
    (project / "example.py").write_text(block.text)
    done = subprocess.run(
        [ROOT / ".venv/bin/python", "example.py"], cwd=project, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "5"


def test_no_link_of_the_readme_leads_nowhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
