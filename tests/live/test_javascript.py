"""A site that is empty without JavaScript: read through Chromium, which itself reaches nothing."""

import importlib.util
import io
import json
import shutil
import threading

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests import forked

from .site import article
from .small import HOST, Small

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
needs = pytest.mark.skipif(
    not CHROMIUM or importlib.util.find_spec("playwright") is None, reason="needs Chromium and the playwright package"
)
SCRIPT = """
fetch('/data/story.json').then(answer => answer.json()).then(story => {
  document.title = story.title;
  const made = document.createElement('article');
  made.innerHTML = story.html;
  document.body.replaceChildren(made);
});
for (const way of ['http://127.0.0.1:%(port)d/a', 'http://localhost:%(port)d/b', 'http://inner.test:%(port)d/c',
                   'http://[::1]:%(port)d/d', 'http://2130706433:%(port)d/e'])
  { fetch(way).catch(() => {}); new Image().src = way; }
try { new WebSocket('ws://127.0.0.1:%(port)d/f'); } catch (error) {}
navigator.sendBeacon('http://127.0.0.1:%(port)d/g', 'x');
"""


@needs
def test_a_page_made_by_a_script_is_read_and_replayed_and_the_browser_reaches_nothing_itself(tmp_path):
    import socket

    listener = socket.create_server(("127.0.0.1", 0))
    accepted = []
    threading.Thread(target=lambda: accepted.append(listener.accept()), daemon=True).start()
    port = listener.getsockname()[1]

    world = Small(tmp_path, 0, javascript=True)
    text = article("en", "made by a script").decode()
    inner = text.partition("<article>")[2].partition("</article>")[0]
    path = "/2026/11/20/a-story-that-a-script-has-made.html"
    world.articles[world.web.url(HOST, path)] = "js"
    world.web.put(HOST, path, b"<html><head><script src='/app.js'></script></head><body>Loading</body></html>")
    world.web.put(HOST, "/app.js", (SCRIPT % {"port": port}).encode(), content_type="text/javascript")
    story = json.dumps({"title": "Made by a script", "html": inner}).encode()
    world.web.put(HOST, "/data/story.json", story, content_type="application/json")
    world.web.put(HOST, "/robots.txt", b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain")
    world.feed(HOST, "/feed.xml", [path])
    try:
        done = world.crawl()
        (row,) = world.rows()
        assert row["url"] == world.web.url(HOST, path) and len(row["text"]) > 500, done.stderr[-2000:]
        assert accepted == []
        assert {one for one, _ in world.web.asked()} >= {path, "/app.js", "/data/story.json"}
        roles = []
        for file in sorted((world.output / "archive").iterdir()):
            for record in ArchiveIterator(io.BytesIO(file.read_bytes())):
                if record.rec_type == "response":
                    roles.append(record.rec_headers.get_header("Polyglean-Role"))
        assert sorted(roles) == ["article", "feed", "resource", "resource", "robots", "unrendered"]
        (again,) = world.replayed(tmp_path / "again")
        assert {**again, "run_id": ""} == {**row, "run_id": ""}
    finally:
        listener.close()
        world.web.close()


def test_without_a_browser_the_run_says_what_to_install(tmp_path, monkeypatch):
    world = Small(tmp_path, 1, javascript=True)
    line, environment = world.command()
    environment["PATH"] = str(tmp_path)
    done = forked.run(*line, env=environment)
    world.web.close()
    assert done.returncode == 2 and "javascript = true: install" in done.stderr
    assert world.web.log == []
