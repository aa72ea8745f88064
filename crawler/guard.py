"""What may be connected to: public addresses only, checked at the moment of connecting, whoever asks.

Three layers, because each sees what the others cannot:

- ``GuardedResolver`` (TWISTED_DNS_RESOLVER, read from the project alone) sees host and address: it hands out only
  addresses that may be connected to, and Twisted connects to exactly those, so that a name cannot be rebound between
  check and connection. Every spelling of an address (127.1, 2130706433, 0x7f.1, ::ffff:7f00:1) ends in the same number.
- an audit hook on ``socket.connect`` sees every connection of the process, made by whatever handler, proxy or
  library, and cannot be removed once it stands.
- ``refuse_changes`` stops a run whose spider changes a protected setting, before anything is fetched.

A source may allow its own networks (``allow_addresses``); the permission belongs to its hosts alone.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import socket
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy.exceptions import UsageError as ScrapyUsageError
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.settings import BaseSettings
    from twisted.internet.base import ReactorBase

    from crawler.sources import Network, Source

logger = logging.getLogger(__name__)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PROTECTED: Mapping[str, Any] = {
    "DOWNLOADER": "scrapy.core.downloader.Downloader",
    "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
    "TWISTED_REACTOR_ENABLED": True,
    "HTTPPROXY_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "ADDONS": {},
}
"""Settings that hold the guard up, with the only values under which a run starts. DOWNLOAD_MAXSIZE may only shrink;
the guard's middlewares have to be in DOWNLOADER_MIDDLEWARES, and DOWNLOAD_HANDLERS come to ``HANDLERS``."""
HANDLERS = dict.fromkeys(("http", "https"), "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler")
MAX_BODY = 16 * 1024 * 1024
MIDDLEWARES = ("crawler.middlewares.GuardMiddleware", "crawler.middlewares.BoundedCompression")

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.IPv6Network("::/96")
_V4_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")


class Policy:
    """Which addresses a host may have, beyond the public ones. One for the process; safe from any thread."""

    def __init__(self) -> None:
        self._granted: dict[str, tuple[Network, ...]] = {}
        self._opened: set[str] = set()
        self._lock = threading.Lock()
        self.refused: dict[str, str] = {}
        """Host → why it was refused last; bounded, for messages."""

    def grant(self, sources: Iterable[Source]) -> None:
        """Let each source's own hosts have the addresses it allows; says so aloud."""
        for source in sources:
            if source.allow_addresses:
                nets = ", ".join(map(str, source.allow_addresses))
                logger.warning("guard: source %s may connect to %s (its own hosts only)", source.name, nets)
                with self._lock:
                    for host in source.own_hosts():
                        self._granted[host] = (*self._granted.get(host, ()), *source.allow_addresses)

    def networks(self, host: str) -> tuple[Network, ...]:
        """Return the networks that a host may use, its parent domains' included."""
        host = host.lower().rstrip(".")
        found: list[Network] = []
        with self._lock:
            while host:
                found.extend(self._granted.get(host, ()))
                host = host.partition(".")[2]
        return tuple(found)

    def allows(self, host: str, address: str) -> bool:
        """Tell whether ``host`` may be connected to at ``address``; remembers a permission for the hook."""
        number = parse_address(address)
        if number is not None and is_public(number):
            return True
        if number is not None and any(number in network for network in self.networks(host)):
            with self._lock:
                self._opened.add(str(number))
            return True
        with self._lock:
            if len(self.refused) < 10_000:
                self.refused[host.lower().rstrip(".")] = address
        return False

    def connects(self, address: str) -> bool:
        """Tell whether a socket may connect to ``address``: a public one, or one a granted host was resolved to."""
        number = parse_address(address)
        return number is not None and (is_public(number) or str(number) in self._opened)


POLICY = Policy()


class Refused(ConnectionRefusedError):
    """A connection that the guard did not let through."""


def parse_address(text: str) -> Address | None:
    """Read a numeric address in any notation that the system's own parser takes; None if it is a name."""
    text = text.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text))
    except (OSError, UnicodeError, ValueError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether an address is a public unicast one, and so is any IPv4 address it carries inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and any(address in net for net in (_NAT64, _V4_COMPATIBLE, _V4_TRANSLATED)):
            inner = ipaddress.IPv4Address(address.packed[-4:])
        if inner is not None:
            # NAT64 prefixes are reserved and yet lead to public hosts; the others lead nowhere worth going.
            return address in _NAT64 and is_public(inner)
        if address.is_site_local:  # fec0::/10, retired, but some networks still route it
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names through the system (or STATIC_HOSTS) and passes on only what ``POLICY`` allows."""

    def __init__(self, reactor: ReactorBase, hosts: Mapping[str, str], process: CrawlerProcessBase | None) -> None:
        self._reactor = reactor
        self._hosts = {name.lower(): address for name, address in hosts.items()}
        self._process = process
        self._inner: Any = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: CrawlerProcessBase, reactor: ReactorBase) -> Self:
        """Take STATIC_HOSTS (name → address, as in /etc/hosts); Scrapy passes the process, not a crawler."""
        return cls(reactor, crawler.settings.getdict("STATIC_HOSTS"), crawler)

    def install_on_reactor(self) -> None:
        """Take the reactor's names over, set the hook, and check the settings of every crawler about to start."""
        for crawler in getattr(self._process, "crawlers", ()):
            refuse_changes(crawler)
        install_hook()
        self._reactor.installNameResolver(cast(Any, self))

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve a name; addresses that are not allowed are left out, as if the name had none."""
        target = self._hosts.get(hostName.lower().rstrip("."), hostName)
        receiver = _Filter(resolutionReceiver, hostName)
        return self._inner.resolveHostName(receiver, target, portNumber, addressTypes, transportSemantics)  # type: ignore[no-any-return]


@implementer(IResolutionReceiver)
class _Filter:
    """Passes allowed addresses on to the real receiver."""

    def __init__(self, receiver: Any, host: str) -> None:
        self._receiver = receiver
        self._host = host

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if POLICY.allows(self._host, address.host):
            self._receiver.addressResolved(address)
        else:
            logger.warning("guard: %s resolves to %s, which is not public: refused", self._host, address.host)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


_hooked = threading.Event()


def install_hook() -> None:
    """Watch every ``connect`` of this process, for good: Python has no way to remove an audit hook."""
    if not _hooked.is_set():
        _hooked.set()
        sys.addaudithook(_hook)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    sock, address = args
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return  # Unix sockets: worker processes and the browser's pipe
    host = address[0] if isinstance(address, tuple) and address else ""
    if not POLICY.connects(str(host)):
        logger.warning("guard: refused to connect to %s", host)
        raise Refused(111, f"guard: {host} is not a public address")


def refuse_changes(crawler: Crawler) -> None:
    """Raise Scrapy's UsageError if a spider, an add-on or the command line has taken a protected setting away."""
    settings = crawler.settings
    name = getattr(crawler.spidercls, "name", "?")
    for key, value in PROTECTED.items():
        if _plain(settings, key) != value:
            raise ScrapyUsageError(
                f"spider {name!r}: setting {key} protects this machine and cannot be changed "
                f"(it must be {value!r}, found {_plain(settings, key)!r})",
                print_help=False,
            )
    handlers = {scheme: path for scheme, path in settings.getwithbase("DOWNLOAD_HANDLERS").items() if path is not None}
    if handlers != HANDLERS:
        raise ScrapyUsageError(
            f"spider {name!r}: DOWNLOAD_HANDLERS (and DOWNLOAD_HANDLERS_BASE) must leave Scrapy's own for http and "
            f"https alone, found {handlers!r}",
            print_help=False,
        )
    if not 0 < settings.getint("DOWNLOAD_MAXSIZE") <= MAX_BODY:
        raise ScrapyUsageError(f"spider {name!r}: DOWNLOAD_MAXSIZE may be 1 to {MAX_BODY}", print_help=False)
    active = settings.getdict("DOWNLOADER_MIDDLEWARES")
    for path in MIDDLEWARES:
        if active.get(path) is None:
            raise ScrapyUsageError(f"spider {name!r}: DOWNLOADER_MIDDLEWARES must keep {path}", print_help=False)


def _plain(settings: BaseSettings, key: str) -> Any:
    value = settings.get(key)
    if isinstance(PROTECTED[key], bool):
        return settings.getbool(key)
    if isinstance(PROTECTED[key], dict):
        return json.loads(value) if isinstance(value, str) else dict(value or {})
    return value
