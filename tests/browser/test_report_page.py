"""The report's page in a real Chromium: it is drawn, reads well in both colour schemes, and fetches nothing."""

import re
import shutil
import struct
import subprocess
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.report_page import page
from crawler.report_tables import sheets
from pipelines.store import report
from tests.store_samples import article, store

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="NO CHROMIUM: the report page was NOT tried in a browser")

HOSTILE = '<script>document.title="owned"</script><img src=/hostile onerror=alert(1)>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The page on a loopback server that notes every request."""
    root = tmp_path_factory.mktemp("browser")
    with store(root) as target:
        for number in range(12):
            target.add(article(number, site=HOSTILE if number == 11 else f"新闻{number % 3}.example"))
    html = page("Polyglean report", "output: 1 run", list(sheets(report.collect(root)))).encode()
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/report.html" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/report.html":
                self.wfile.write(html)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/report.html", asked
    server.shutdown()
    server.server_close()


def chromium(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Its own sandbox needs rights that root in a container has not; the page is ours and the network is the loopback.
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--hide-scrollbars",
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path}/profile",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, timeout=120)


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Return the width, the height and the set of colours of an 8-bit RGB or RGBA picture without interlace."""
    width, height, _, colour = struct.unpack(">IIBB", png[16:26])
    step = {2: 3, 6: 4}[colour]
    parts, at = [], 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            parts.append(png[at + 8 : at + 8 + size])
        at += size + 12
    raw = zlib.decompress(b"".join(parts))
    above, colours = bytearray(width * step), set()
    for line in range(height):
        start = line * (width * step + 1)
        row = bytearray(raw[start + 1 : start + 1 + width * step])
        for place in range(len(row)):
            left = row[place - step] if place >= step else 0
            up, corner = above[place], above[place - step] if place >= step else 0
            row[place] = (row[place] + _predict(raw[start], left, up, corner)) & 255
        colours |= {bytes(row[place : place + 3]) for place in range(0, len(row), step)}
        above = row
    return width, height, colours


def _predict(kind: int, left: int, up: int, corner: int) -> int:
    """Return what a PNG filter adds back to a byte."""
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up, (left + up) // 2)[kind]


def test_the_page_is_built_as_written_and_nothing_hostile_runs(site: tuple[str, list[str]], tmp_path: Path):
    address, asked = site
    done = chromium(tmp_path, "--dump-dom", "--virtual-time-budget=2000", address)
    dom = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert "<title>Polyglean report</title>" in dom, "a site's name was run as a script"
    assert dom.count("<h2>") == dom.count("<table>") >= 7
    assert "新闻1.example" in dom and "&lt;script&gt;" in dom and "<img" not in dom
    assert set(asked) <= {"/report.html", "/favicon.ico"}, "the page fetched something"
    complaints = [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line and "favicon" not in line]
    assert complaints == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_drawn_in_both_colour_schemes(site: tuple[str, list[str]], tmp_path: Path, dark: bool):
    shot = tmp_path / "shot.png"
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else ["--blink-settings=preferredColorScheme=1"]
    done = chromium(tmp_path, *scheme, "--window-size=600,800", f"--screenshot={shot}", site[0])
    assert shot.exists(), done.stderr.decode()[-2000:]
    width, height, colours = pixels(shot.read_bytes())
    assert (width, height) == (600, 800)
    assert len(colours) > 30, "text with smoothed edges has many colours; an empty page has one"
    bar = bytes.fromhex("2f5d92" if dark else "9cc3f0")
    assert bar in colours


def test_no_table_is_wider_than_a_telephone(site: tuple[str, list[str]], tmp_path: Path):
    script = (
        "<!DOCTYPE html><iframe id=f width=390 height=800></iframe><p id=out></p><script>f.srcdoc=atob('%s');"
        "f.onload=()=>{const d=f.contentDocument.documentElement;"
        "out.textContent='page '+d.scrollWidth+' of '+d.clientWidth}</script>"
    )
    import base64
    import urllib.request

    with urllib.request.urlopen(site[0]) as answer:
        html = base64.b64encode(answer.read()).decode()
    (tmp_path / "frame.html").write_text(script % html)
    done = chromium(tmp_path, "--dump-dom", "--virtual-time-budget=3000", (tmp_path / "frame.html").as_uri())
    found = re.search(r"page (\d+) of (\d+)", done.stdout.decode())
    assert found, done.stdout.decode()[-500:] + done.stderr.decode()[-1000:]
    assert int(found[1]) <= int(found[2]), "the page scrolls sideways"
