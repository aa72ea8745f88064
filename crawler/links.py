"""What an address tells before it is fetched: its clean form, its identity, its twins, and whether it is an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from courlan import is_navigation_page, is_not_crawlable
from courlan.clean import TRACKERS_RE
from w3lib.url import canonicalize_url, safe_url_string

MAX_URL = 2000
"""Longer addresses are left alone: sitemaps allow 2,048 characters, and traps grow without end."""

_ALWAYS_TRACKING = re.compile(
    r"^(?:utm|mtm|vero|oly)_|^(?:pk|ga|itm)_(?:campaign|cid|content|keyword|kwd|medium|place|source|term)$"
    r"|^mc_[ce]id$|^mkt_tok$|^ml_subscriber(?:_hash)?$|^gs_(?:l|lcp|lcrp|ssp)$"
    r"|^(?:fb|g|dc|tw|y|ms)?cl(?:k)?id$|^(?:gbra|wbra|msclk|igsh)id$"
    r"|^(?:spm|from|fromid|share_?(?:token|from)?|xtor|cmpid|smid|ncid|_hs(?:enc|mi)|ref_?src|__twitter_impression|isappinstalled|wfr)$",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"^(?:pk|mc|ga|gs|itm|ml|mkt)_", re.IGNORECASE)
_COMMENT = re.compile(r"^(?:replytocom|showcomment|like_comment|_wpnonce|unapproved|moderation-hash)$", re.IGNORECASE)
"""Of WordPress and Blogger: a comment of the page; the page is the same."""
_COMMENTS = re.compile(r"/comment-page-\d+/?$")
_SESSION = re.compile(r"^(?:jsessionid|phpsessid|aspsessionid\w*|session_?id|timestamp|_t|rnd|rand)$", re.IGNORECASE)
_SID = re.compile(r"^sid=(?=[^=]*\d)(?=[^=]*[a-z])[a-z0-9]{16,}$", re.IGNORECASE)
"""``sid`` numbers the articles of PHP-Nuke and others; the session ids of PHP are 26 to 32 letters and digits."""
_SESSION_PATH = re.compile(r";jsessionid=[^/?]*|/\((?:[AFSX]\([^()/]*\))+\)(?=/)", re.IGNORECASE)
"""Java's, and ASP.NET's for visitors without cookies: ``/(S(lit3py55t21z5v55vlm25s55))/news.aspx``."""
_TWIN_QUERY = re.compile(r"^(?:amp|outputtype|output_type|print|printable|view|mode|display|format)$", re.IGNORECASE)
_TWIN_VALUE = re.compile(r"^(?:amp|print|printable|printpage|1|true|)$", re.IGNORECASE)
_TWIN_PATH = re.compile(
    r"^/amp(?=/)|/(?:amp|amphtml|print|printable)(?:\.html?)?/?$|[._-](?:amp|print)(?=\.s?html?$)|\.amp$",
    re.IGNORECASE,
)
_TWIN_HOST = re.compile(r"^amp\.", re.IGNORECASE)
_FILE_NAMES = """
.7z .apk .avi .bmp .bz2 .css .csv .dmg .doc .docx .epub .exe .flv .gif .gz .ico .iso .jpeg .jpg .js .json .m3u8 .m4a
.m4v .mid .mkv .mov .mp3 .mp4 .mpg .ogg .pdf .png .ppt .pptx .rar .rss .svg .swf .tar .tgz .tif .tiff .torrent .ttf
.wav .webm .webp .wmv .woff .woff2 .xls .xlsx .xml .zip .zst
"""
_SECTION_NAMES = """
about advertise advertising agb archive archives author authors autor autoren careers categories category channel
comments contact contacts cookies datenschutz faq feed feeds forum gallery help home impressum index jobs kontakt legal
list login logout media mobile newsletter page pages photo photos podcast podcasts privacy profile register rss
schlagwort search section sections shop signin signup sitemap staff subscribe tag tags team terms topic topics user
users video videos wp-admin wp-login wp-json
"""
_FILES = frozenset(_FILE_NAMES.split())
_NOT_ARTICLE = frozenset(_SECTION_NAMES.split())
_LISTING = _NOT_ARTICLE & {"tag", "tags", "author", "authors", "category", "topic", "search"}
_WATCHED = frozenset(["audio", "galleries", "gallery", "photogallery", "slideshow", "slideshows", "video", "videos"])
"""Folders of what is looked at and listened to: a headline in the address and one in the link outweigh them."""
_REMARKS = re.compile(
    r"/(?:[a-z]+[-_])?(?:comments?|commentaires?|comentarios?|commenti|kommentare?|reacties|kommentarer|komentarze)(?:/|$)"
    r"|/(?:rss|print(?:er)?|(?:print|printer)[-_]?friendly|e-?mail[-_]?(?:this|friend|article))(?:/|$)|collectionrss/"
    r"|(?:19|20)\d\d(?:_\d\d){1,2}_archive$"
    r"|/(?:categor(?:y|ie|[ií]a)|catégorie|kategori[ea]|special|spezial|talk|user|template|file|help|portal):"
)
"""What readers said of an article, its print and mail forms, the feeds of a page, the months of a Blogger blog, and
what a wiki holds beside its articles."""
_LEADS_BACK = re.compile(r"=https?(?::|%3a)(?:/|%2f){2}", re.IGNORECASE)
"""Log-ins, share buttons and redirects carry the address of the page that they stand on."""
_DATED = re.compile(
    r"(?:19|20)\d\d[/_-]?(?:0[1-9]|1[0-2])(?:[/_-]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)"
    r"|(?:^|/)(?:19|20)\d\d/(?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/\d{1,2}/"
)
_ID = re.compile(r"(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9]{8,}")
"""/c/7pmHum5y28P: a number in letters of both cases, as no word has them."""
_ARCHIVE = re.compile(r"(?:^|/)(?:19|20)\d\d(?:/\d{1,2}){0,2}$|^\d{1,2}$")
"""/2024/, /2024/01/ and /2024/01/22/ are archives of a year, a month and a day, not articles; /posts/12 is one."""
_ORDER = re.compile(r"(?:^|&)(?:sort|order|order_?by|sort_?by|sort_?order|dir|direction)=", re.IGNORECASE)
_QUERY_ID = re.compile(
    r"(?:^|&)(?!\w*(?:page|tree|type|categ|channel|menu|author|user|tag|product|goods|shop|player|campaign)"
    r"|(?:\w*_)?(?:cat|col|sec|lang|site|forum|list|class|node|dept|org|area|region|group|board|member|[cftug]id=))"
    r"(?:p|\w*(?:id|idx|no|seq|num|nr))=\w*\d",
    re.IGNORECASE,
)
"""The number of an article in a query (id=, newsId=, wr_id=, idxno=), not that of a list or a page of one."""
_ON_BOARD = re.compile(r"(?:^|&)(?:wr_id|nttid|bbsidx|bbs_idx|board_?seq|articleno|article_no)=\w*\d", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:page(?:index|no|num)?|cpage|curpage|currentpage|offset|article(?:\.|_)?(?:offset|limit)|articlelimit|listcount"
    r"|sfl|stx|sst|sod|spt|sop|sca|search(?:cnd|wrd|type|word|key|condition|keyword))=",
    re.IGNORECASE,
)
"""The numbers of articles in the boards of Korean sites (gnuboard, the government's own, universities'), and the place
in a list that their links carry beside them."""
_INDEX = re.compile(r"(?:index|default)\.\w{2,5}")
_POST = re.compile(r"(?:^|/)archives?/(?!(?:19|20)\d\d$)\d{2,}(?:\.html?)?$")
"""/archives/5123.html, as blogs number their posts."""


def clean(url: str, base: str = "") -> str | None:
    """Return the address to fetch: absolute, http(s), without fragment, trackers and session ids; None if unusable.

    The order of the query stays (some sites need it); bytes escaped in another encoding than UTF-8 stay as they are.
    """
    url = re.sub(r"[\x00-\x1f\x7f]", "", url).strip().replace("\\", "/")  # as browsers read it
    try:
        url = urljoin(base, url) if base else url
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            return None
        host = parts.hostname.rstrip(".").encode("idna").decode() if not _is_ipv6(parts.hostname) else parts.hostname
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if not host:  # of dots only
        return None
    scheme = parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[scheme]:
        netloc = f"{netloc}:{port}"
    path = posixpath.normpath("/" + parts.path.lstrip("/")) + ("/" if parts.path.endswith("/") else "")
    path = _COMMENTS.sub("/", _SESSION_PATH.sub("", "/" + path.lstrip("/")))
    query = _without_trackers(parts.query, path)
    url = safe_url_string(urlunsplit((scheme, netloc, path, query, "")))
    return url if len(url) <= MAX_URL else None


def key(url: str) -> str:
    """Return the identity of a clean address: equal for twins (AMP, print), http and https, and query orders."""
    parts = fold(urlsplit(url))
    host = (parts.hostname or "").removeprefix("www.")
    host = f"[{host}]" if _is_ipv6(host) else host
    path = re.sub(r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$", "/", parts.path).rstrip("/") or "/"
    netloc = f"{host}:{parts.port}" if parts.port else host
    query = _without_place(parts.query)
    return str(canonicalize_url(urlunsplit(("", netloc, path, query, ""))).removeprefix("//"))


def _without_place(query: str) -> str:
    """Drop from the address of a board's article which page of the list, or of a search, it was linked from.

    It changes with every new article, and was stored anew each time.
    """
    if not _ON_BOARD.search(query):
        return query
    return "&".join(item for item in query.split("&") if not _PLACE.match(item))


def is_twin(url: str) -> bool:
    """Tell whether an address names the AMP or print form of a page."""
    return fold(parts := urlsplit(url)) != parts


def fold(parts: SplitResult) -> SplitResult:
    """Take the marks of an AMP or print twin off an address."""
    kept = [item for item in parts.query.split("&") if item and not _marks_twin(item)]
    path = _TWIN_PATH.sub("", parts.path) or "/"
    return parts._replace(netloc=_TWIN_HOST.sub("", parts.netloc), path=path, query="&".join(kept))


def article_score(url: str, text: str = "", *, in_heading: bool = False) -> int:
    """Score how much an address and its link text look like an article's; 3 and more counts as one.

    Forms alone are scored (dates, ids, long slugs, sentence-like link texts), never a site. The weights were set on
    the link forms of the loopback sites in tests/live and the public address lists in tests/unit/test_links.py.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if not segments and not parts.query:
        return -9
    if is_file(url) or is_trap(url) or is_not_crawlable(url):
        return -9
    if len(segments) > 1 and _INDEX.fullmatch(segments[-1]) and _DATED.search("/".join(segments)):
        segments.pop()  # /2014/07/23/travel/a-slug/index.html is the folder's own page
    last = segments[-1] if segments else ""
    stem = re.sub(r"\.(?:s?html?|php|aspx?|jsp|do|cfm)$", "", last)
    said = _text_score(text)
    score = _form_score(parts, segments, stem) + said + (max(1, said - 1) if in_heading else 0)
    if stem in ("index", "page") and _QUERY_ID.search(parts.query):
        score -= 2  # a system whose every page is index.php?id=…: the headline decides
    elif stem in _NOT_ARTICLE or re.fullmatch(r"(?:page|p|list|index|node_)[-_]?\d{0,4}", stem):
        score -= 5
    elif _LISTING.intersection(segments[:-1]):
        score -= 4
    elif _WATCHED.intersection(segments[:-1]):
        score -= 3
    if _REMARKS.search("/" + "/".join([*segments[:-1], stem])) or re.match(r"comments?\d*\.", parts.netloc):
        score -= 6
    if _LEADS_BACK.search(parts.query):
        score -= 4
    if is_navigation_page(url) and not _QUERY_ID.search(parts.query) and not _POST.search(parts.path):
        score -= 4
    return score


def _form_score(parts: SplitResult, segments: list[str], stem: str) -> int:
    path, name = "/".join(segments), parts.path.rpartition("/")[2]
    words = _words(stem)
    if len(words) < 2 and len(segments) > 1 and re.search(r"\d{4}", stem):
        words = max(words, _words(segments[-2]), key=len)  # /oil-prices-to-watch/article22233509/
    score = 0
    if _DATED.search(path):
        score += 3
    if re.search(r"\d{5,}", stem) or re.search(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{12,}", stem) or _ID.search(name):
        score += 2
    elif re.search(r"\d", stem) and parts.path.endswith(("html", "htm")):
        score += 1
    if len(words) >= 4 or stem.count("%") >= 12:
        score += 3
    elif len(words) == 3:
        score += 1
    if _QUERY_ID.search(parts.query):
        score += 3
    if len(segments) == 1 and len(words) < 3 and not re.search(r"\d", stem) and not parts.query:
        score -= 2
    if _ARCHIVE.search(path):
        score -= 3
    elif len(segments) > 1 and re.fullmatch(r"\d{1,4}", stem) and segments[-2] not in _NOT_ARTICLE - {"archives"}:
        score += 1
    return score


def _words(segment: str) -> list[str]:
    return [word for word in re.split(r"[-_]", segment) if re.search(r"[a-z%]", word)]


def _text_score(text: str) -> int:
    """Headlines are long; names of sections are short. A CJK character weighs 2.5 Latin ones.

    From 40 signs on hardly anything else is said of a link: there it is enough by itself, where nothing speaks against.
    """
    cjk = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))
    length = len(text) + 1.5 * cjk
    if not text:
        return 0
    return 3 if length >= 40 else 2 if length >= 25 else -1 if length < 12 else 0


def is_file(url: str) -> bool:
    """Tell whether the address names a picture, archive, feed or other file that is no page."""
    return posixpath.splitext(urlsplit(url).path.lower())[1] in _FILES


def is_other_order(url: str) -> bool:
    """Tell whether an address names a list only in another order."""
    return bool(_ORDER.search(urlsplit(url).query))


def is_gate(url: str, asked: Iterable[str]) -> bool:
    """Tell whether a redirect led to a page that only stands before the one asked for: a login, a consent, a wall.

    Such an address carries the one it is to go back to, and has itself no article's form.
    """
    parts = urlsplit(url)
    values = [unquote(item.partition("=")[2]) for item in parts.query.split("&")]
    paths = [unquote(path) for path in (urlsplit(one).path for one in asked) if len(path) > 1]
    if not any(path in value for path in paths for value in values):
        return False
    return article_score(urlunsplit(parts._replace(query=""))) < 3


def is_trap(url: str) -> bool:
    """Tell whether an address looks endless: too deep, a segment repeated, or a query of many parts."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    repeated = any(segments.count(segment) >= 3 for segment in set(segments))
    return len(segments) > 12 or repeated or parts.query.count("&") >= 8 or len(url) > MAX_URL


def _without_trackers(query: str, path: str) -> str:
    """Drop tracking parts of a query; the doubtful ones only where the rest still names a page.

    courlan counts ``cid``, ``eid``, ``source`` and the like as trackers; on sites such as ``/news.php?cid=7`` they are
    the article's id, and in ``/show.php?cid=4&id=88`` its place, without which some sites have no such page. So they go
    only if the path itself has a number or a slug, or if they are no small number.
    """
    items = [item.removeprefix("amp;") for item in query.split("&")]  # of an ``&amp;`` that was escaped twice
    shared = any(item.startswith("share=") for item in items)  # WordPress writes share=facebook&nb=1
    kept = [item for item in items if item and not _is_tracker(item) and not (shared and item == "nb=1")]
    sure = [item for item in kept if not _is_doubtful(_name(item))]
    last = path.rstrip("/").rsplit("/", 1)[-1]
    if re.search(r"\d{3,}", path) or len(re.split(r"[-_]", last)) >= 3:
        return "&".join(sure)
    return "&".join(item for item in kept if not sure or item in sure or re.fullmatch(r"\w+=\d{1,6}", item))


def _is_tracker(item: str) -> bool:
    name = _name(item)
    about = _ALWAYS_TRACKING.match(name) or _SESSION.match(name) or _COMMENT.match(name)
    return bool(about or _SID.match(item))


def _is_doubtful(name: str) -> bool:
    return bool(_DOUBTFUL.match(name) or TRACKERS_RE.search(name.lower()))


def _name(item: str) -> str:
    return item.partition("=")[0]


def _marks_twin(item: str) -> bool:
    name, _, value = item.partition("=")
    if item == "m=1":  # Blogger's form for small screens
        return True
    if not _TWIN_QUERY.match(name) or not _TWIN_VALUE.match(value):
        return False
    return name.lower() in ("amp", "print", "printable") or value.lower().startswith(("amp", "print"))


def _is_ipv6(host: str) -> bool:
    return ":" in host
