"""No page, feed or setting gets the crawl into the private network, and no body gets it out of memory."""

import contextlib
import ipaddress
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import scrapy
import trustme
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler import guard, sources
from crawler.guard import Policy, is_public, parse_address

from ..live import site

ROOT = Path(__file__).parents[2]

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
    "127.255.255.254", "0.0.0.0", "0", "localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "inner.test", "sub.inner.test",
    "127%E3%80%820%E3%80%820%E3%80%821", "%31%32%37.0.0.1",
]  # fmt: skip


class Listener:
    """Listens on every loopback address of this machine and counts who gets through."""

    def __init__(self):
        self.accepted = 0
        first = socket.create_server(("127.0.0.1", 0))
        self.port = first.getsockname()[1]
        self._sockets = [first]
        with contextlib.suppress(OSError):
            self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for one in self._sockets:
            threading.Thread(target=self._accept, args=(one,), daemon=True).start()

    def _accept(self, one):
        while True:
            try:
                connection, _ = one.accept()
            except OSError:
                return
            self.accepted += 1
            connection.close()

    def close(self):
        for one in self._sockets:
            one.close()


@pytest.fixture
def listener():
    one = Listener()
    yield one
    one.close()


@pytest.fixture(scope="module")
def web():
    one = site.Web(address="127.0.0.2")
    yield one
    one.close()


def run(requests, *, settings=None, environment=None, **options):
    plan = {"requests": requests, "settings": settings}
    hosts = {"honest.test": "127.0.0.2", "inner.test": "127.0.0.1", "sub.inner.test": "::1", "other.test": "127.0.0.2"}
    values = {
        "STATIC_HOSTS": json.dumps(hosts), "DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 0, "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": 4, "ITEM_PIPELINES": "{}", **options,
    }  # fmt: skip
    pairs = [part for name, value in values.items() for part in ("-s", f"{name}={value}")]
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "runspider", str(Path(__file__).parent / "probe.py"), *pairs],
        cwd=ROOT,
        env={**os.environ, "PROBE": json.dumps(plan), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_no_spelling_and_no_way_reaches_a_private_listener(listener, web):
    """Direct, https, by redirect, by meta refresh, by robots.txt, through a proxy: 156 attempts, 0 connections."""
    requests, bare = [], {"role": "robots"}
    for number, host in enumerate(SPELLINGS):
        inner = f"//{host}:{listener.port}/x"
        web.put("honest.test", f"/redirect/{number}", site.redirect("http:" + inner))
        refresh = f'<html><head><meta http-equiv="refresh" content="0; url=http:{inner}"></head></html>'
        web.put("honest.test", f"/refresh/{number}", refresh.encode())
        requests += [
            ("http:" + inner, bare),
            ("https:" + inner, bare),
            ("http:" + inner, {}),
            (web.url("honest.test", f"/redirect/{number}"), bare),
            (web.url("honest.test", f"/refresh/{number}"), bare),
            (web.url("honest.test", "/"), {**bare, "proxy": "http:" + inner}),
        ]
    done = run(requests)
    assert listener.accepted == 0, done.stdout
    assert len(requests) >= 40 and done.stdout.count("NOT ") == len(requests), done.stderr[-3000:]
    assert "GOT" not in done.stdout
    reached = [path for path, _ in web.asked("honest.test")]
    assert len([path for path in reached if path.startswith(("/redirect/", "/refresh/"))]) == 2 * len(SPELLINGS)


def test_a_permission_holds_for_its_own_host_alone(listener, web):
    web.put("honest.test", "/ok", b"<html>fine</html>")
    web.put("other.test", "/ok", b"<html>not yours</html>")
    bare = {"role": "robots"}
    done = run([(web.url("honest.test", "/ok"), bare), (web.url("other.test", "/ok"), bare)])
    assert "GOT 200 17" in done.stdout and done.stdout.count("GOT") == 1
    assert web.asked("other.test") == []


def test_a_proxy_in_the_environment_is_not_used(listener, web):
    web.put("honest.test", "/ok", b"<html>fine</html>")
    proxy = f"http://127.0.0.1:{listener.port}"
    done = run([(web.url("honest.test", "/ok"), {})], environment={"http_proxy": proxy, "HTTP_PROXY": proxy})
    assert listener.accepted == 0 and "GOT 200 17" in done.stdout


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/x", "s3://bucket/x"])
def test_only_http_and_https_are_fetched(url, listener):
    done = run([(url, {"role": "robots"})])
    assert "GOT" not in done.stdout and "NOT" in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWISTED_DNS_RESOLVER", "scrapy.resolver.CachingThreadedResolver"),
        ("DOWNLOAD_HANDLERS", {"file": "scrapy.core.downloader.handlers.file.FileDownloadHandler"}),
        ("DOWNLOAD_HANDLERS", {"http": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"}),
        ("DOWNLOAD_HANDLERS_BASE", {"file": "scrapy.core.downloader.handlers.file.FileDownloadHandler"}),
        ("HTTPPROXY_ENABLED", True),
        ("ROBOTSTXT_OBEY", False),
        ("DOWNLOAD_VERIFY_CERTIFICATES", False),
        ("TELNETCONSOLE_ENABLED", True),
        ("REMOTE_CONTROL_ENABLED", True),
        ("DOWNLOAD_MAXSIZE", 0),
        ("DOWNLOAD_MAXSIZE", 2**30),
        ("DOWNLOADER_MIDDLEWARES", {"crawler.middlewares.GuardMiddleware": None}),
        ("DOWNLOADER_MIDDLEWARES", {}),
        ("DOWNLOADER", "scrapy.core.downloader.Downloader2"),
        ("ADDONS", {"x.Y": 1}),
    ],
)
def test_no_spider_switches_the_guard_off_silently(name, value):
    class Spider(scrapy.Spider):
        custom_settings = {name: value}  # noqa: RUF012

    Spider.name = "sly"
    settings = get_project_settings()
    guard.refuse_changes(Crawler(scrapy.Spider, settings))
    with pytest.raises(UsageError, match=rf"spider 'sly'.*{name.removesuffix('_BASE')}"):
        guard.refuse_changes(Crawler(Spider, settings))


def test_a_run_with_such_a_spider_ends_before_anything_is_fetched(listener):
    done = run([(f"http://127.0.0.1:{listener.port}/", {"role": "robots"})], settings={"HTTPPROXY_ENABLED": True})
    assert done.returncode == 2 and "HTTPPROXY_ENABLED" in done.stderr + done.stdout, done.stderr[-2000:]
    assert listener.accepted == 0
    done = run([(f"http://127.0.0.1:{listener.port}/", {"role": "robots"})], TWISTED_DNS_RESOLVER="x.Y")
    assert done.returncode != 0 and listener.accepted == 0


def test_the_hook_stops_what_no_handler_asked_the_guard_for(listener):
    """A library of its own, in the crawl's process: urllib, a plain socket, asyncio."""
    code = f"""
import asyncio, socket, urllib.request
from crawler.guard import install_hook
install_hook()
def one(): socket.create_connection(("127.0.0.1", {listener.port}), 2)
def two(): urllib.request.urlopen("http://localhost:{listener.port}/", timeout=2)
def three(): asyncio.run(asyncio.open_connection("127.0.0.1", {listener.port}))
def four(): s = socket.socket(); s.setblocking(False); print(s.connect_ex(("127.0.0.1", {listener.port})))
for way in (one, two, three, four):
    try:
        way()
        print("through")
    except OSError as error:
        print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["refused"] * 4, done.stdout + done.stderr
    assert listener.accepted == 0


def test_a_name_that_changes_its_address_between_two_looks_is_caught_at_each():
    """DNS rebinding: every resolution is filtered, and what was refused is never handed to a socket."""
    from twisted.internet.address import IPv4Address

    answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1", "127.0.0.2"], ["10.0.0.1"]])

    class Names:
        def resolveHostName(self, receiver, host, port=0, types=None, transport="TCP"):
            receiver.resolutionBegan(None)
            for address in next(answers):
                receiver.addressResolved(IPv4Address("TCP", address, port))
            receiver.resolutionComplete()

    class Reactor:
        nameResolver = Names()

    class Receiver:
        def __init__(self):
            self.got = []

        def resolutionBegan(self, _):
            pass

        def addressResolved(self, address):
            self.got.append(address.host)

        def resolutionComplete(self):
            pass

    (source,) = sources.parse(
        '[[source]]\nname="r"\nsite="http://rebind.test/"\nstart=["http://rebind.test/"]\nallow_addresses=["127.0.0.2/32"]'
    )
    guard.POLICY.grant([source])
    resolver = guard.GuardedResolver(Reactor(), {}, None)
    seen = []
    for _ in range(4):
        receiver = Receiver()
        resolver.resolveHostName(receiver, "rebind.test", 80)
        seen.append(receiver.got)
    assert seen == [["127.0.0.2"], [], ["127.0.0.2"], []]


PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "8.8.8.8"]
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::a00:1", "::7f00:1", "2001:db8::1", "fec0::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::1", "::ffff:0:127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_public(text):
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PRIVATE)
def test_private_addresses_are_not(text):
    assert not is_public(ipaddress.ip_address(text))
    assert not Policy().connects(text)


def test_addresses_in_other_notations_are_numbers_and_names_are_not():
    assert {str(parse_address(text)) for text in ("127.1", "0x7f.1", "2130706433", "[127.0.0.1]")} == {"127.0.0.1"}
    assert parse_address("fe80::1%eth0") == ipaddress.ip_address("fe80::1")
    assert parse_address("example.org") is None and parse_address("") is None
    assert not Policy().connects("example.org")


def test_certificates_are_verified(web, tmp_path):
    """A certificate nobody vouches for is refused; the same one is fine where its authority is trusted."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("honest.test").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    safe = site.Web(address="127.0.0.2", context=context)
    safe.put("honest.test", "/ok", b"<html>fine</html>")
    url = f"https://honest.test:{safe.port}/ok"
    try:
        bad = run([(url, {"role": "robots"})])
        good = run([(url, {"role": "robots"})], environment={"SSL_CERT_FILE": str(tmp_path / "ca.pem")})
    finally:
        safe.close()
    assert "GOT" not in bad.stdout and "NOT" in bad.stdout
    assert "GOT 200 17" in good.stdout, good.stdout + good.stderr[-1500:]
    assert len(safe.log) == 1


@pytest.fixture(scope="module")
def bombs(web):
    names = {}
    for encoding in ("gzip", "deflate", "br", "zstd"):
        web.put("honest.test", f"/bomb/{encoding}", site.bomb(encoding, 400_000_000))
        names[encoding] = f"/bomb/{encoding}"
    web.put("honest.test", "/bomb/window", site.wide_zstd())
    web.put("honest.test", "/bomb/twice", site.packed_twice(400_000_000))
    web.put("honest.test", "/bomb/endless", site.endless())
    web.put("honest.test", "/small", b"<html>small</html>")
    return [*names.values(), "/bomb/window", "/bomb/twice", "/bomb/endless"]


def test_bombs_cost_no_more_than_64_megabytes(web, bombs):
    bare = {"role": "robots"}
    calm = run([(web.url("honest.test", "/small"), bare)])
    hit = run([(web.url("honest.test", path), bare) for path in bombs])

    def peak(done):
        return int(done.stdout.split("PEAK ")[1].split()[0]) / 1024

    assert "GOT" in calm.stdout and "GOT" not in hit.stdout, hit.stdout
    assert hit.stdout.count("NOT ") == len(bombs), hit.stdout + hit.stderr[-2000:]
    assert peak(hit) - peak(calm) <= 64, (peak(calm), peak(hit))


def test_a_cookie_needs_no_list_of_suffixes_from_the_network(tmp_path):
    code = (
        "import crawler.middlewares; from scrapy.downloadermiddlewares.cookies import _is_public_domain as public\n"
        "print(public('co.uk'), public('github.io'), public('example.co.uk'))"
    )
    environment = {**os.environ, "TLDEXTRACT_CACHE": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True True False\n", "")
    assert not (tmp_path / "cache").exists()
