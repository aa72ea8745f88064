"""Saved pages to plain text, as a text renderer (inscriptis) and as a browser (Chromium's innerText) print them.

Chromium is one process driven over its debugging pipe: no driver to install. Scripts are off and no name resolves, so a
page looks as it was saved. The texts are kept in a cache folder; nothing of them goes into the repository.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inscriptis import get_text

from pipelines.decode import decode
from pipelines.errors import BrokenPage

RENDERERS = ("inscriptis", "chromium")
_REFRESH = re.compile(r"<meta[^>]{1,200}http-equiv=[\"']?refresh[^>]*>", re.IGNORECASE)
_READY = "document.readyState + '|' + location.href"
_TEXT = "document.body ? document.body.innerText : ''"


class Chromium:
    """A headless Chromium with one tab."""

    def __init__(self, program: str) -> None:
        self.home = tempfile.mkdtemp()
        commands, answers = os.pipe(), os.pipe()
        # The browser reads commands from descriptor 3 and answers on 4: the shell puts the pipes there.
        script = f'exec "$0" "$@" 3<&{commands[0]} 4>&{answers[1]}'
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"]
        options += [f"--user-data-dir={self.home}", "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank"]
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", script, program, *options],
            pass_fds=(commands[0], answers[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands[0])
        os.close(answers[1])
        self.commands, self.answers = commands[1], answers[0]
        self.buffer, self.number, self.tab = b"", 0, ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.tab = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=True)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.tab:
            message["sessionId"] = self.tab
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._receive())
            if answer.get("id") == self.number:
                return dict(answer.get("result", {}))

    def _receive(self) -> bytes:
        while b"\0" not in self.buffer:
            piece = os.read(self.answers, 65536)
            if not piece:
                raise ConnectionError("chromium has gone")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return message

    def evaluate(self, expression: str) -> str:
        """Return the string that an expression gives in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return str(result.get("result", {}).get("value") or "")

    def text(self, html: str) -> str:
        """Return the page's innerText."""
        page = Path(self.home) / f"page{self.number}.html"
        page.write_text(_REFRESH.sub("", html), encoding="utf-8-sig")
        self.call("Page.navigate", url=page.as_uri())
        for _ in range(200):
            state, _, address = self.evaluate(_READY).partition("|")
            if state in ("interactive", "complete") and address.endswith(page.name):
                break
            time.sleep(0.05)
        page.unlink()
        return self.evaluate(_TEXT)

    def close(self) -> None:
        """End the browser."""
        self.process.terminate()
        self.process.wait(20)
        os.close(self.commands)
        os.close(self.answers)
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def renderer(name: str) -> Iterator[Callable[[str], str]]:
    """Give the function that renders a page; ``FileNotFoundError`` where Chromium is not installed."""
    if name == "inscriptis":
        yield by_inscriptis
        return
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise FileNotFoundError("chromium is not installed")
    browser = Chromium(program)
    try:
        yield browser.text
    finally:
        browser.close()


def by_inscriptis(html: str) -> str:
    """Return the text of a page. After a script before ``<html>`` the parser takes all of the page for its head."""
    start = html.lower().find("<html")
    if start > 0 and html.lstrip().lower().startswith("<script"):
        html = html[start:]
    return str(get_text(html))


def render(data: Path, cache: Path, name: str, ids: Sequence[str]) -> dict[str, str]:
    """Return the text of every page by id, rendered now or before."""
    folder = cache / name
    folder.mkdir(parents=True, exist_ok=True)
    missing = [page for page in ids if not (folder / f"{page}.txt").is_file()]
    if missing:
        with renderer(name) as text_of:
            for page in missing:
                text = text_of(decoded(gzip.decompress((data / "pages" / f"{page}.html.gz").read_bytes())))
                (folder / f"{page}.txt").write_text(text, encoding="utf-8", errors="replace", newline="")
    return {page: (folder / f"{page}.txt").read_text("utf-8") for page in ids}


def decoded(body: bytes) -> str:
    try:
        return decode(body, "text/html", is_html=True)[0]
    except BrokenPage:
        return body.decode("utf-8", "replace")
