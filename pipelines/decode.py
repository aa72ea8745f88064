"""Bytes and headers to text: the charset a page really is in, whatever it declares; binaries are refused by name.

Order of trust: byte order mark; well-formed UTF-8 (text of another charset almost never is); the declared charset when
the text it gives is likely; else the legacy charset that decodes cleanly into the likeliest text.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from charset_normalizer import from_bytes

from pipelines import charsets, few_words
from pipelines.binary import binary_kind
from pipelines.charsets import (
    ASIAN,
    BIG5,
    HIGH_RUN,
    LATIN,
    RESCUE,
    SINGLE_BYTE,
    UTF_8,
    UTF_8_RUN,
    WINDOWS_1252,
    Charset,
    has_controls,
    wide,
)
from pipelines.errors import BrokenPage

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HEAD_BYTES = 16 * 1024
"""Where a meta charset is looked for: the standard says 1 KiB, real pages put scripts and comments before it."""
_SAMPLE_BYTES = 8 * 1024
"""Bytes of non-ASCII text that are judged; 400 characters were enough for each of 358 re-encoded news texts."""

_MIXED_BYTES = 1024 * 1024
"""How far UTF-8 is looked for behind a template in another charset."""

_ASIAN_SCORE, _ASIAN_BYTES = 0.3, 200
"""With so many high bytes, re-encoded texts of Asia score 0.49 and more in their charset, of 32 other languages 0."""

_RESCUED_BYTES = 4 * 1024 * 1024
"""Every rescued byte costs 2 µs: in a larger body, which no article is, stray bytes are left as U+FFFD."""

_MAX_CONTROL_SHARE = 0.05
"""More control characters than this is no text in any 8-bit charset: pages have none, binaries 10 to 40 %."""
_UTF_16 = tuple(charset for name in ("utf-16le", "utf-16be") if (charset := charsets.by_label(name)))
_UTF_16_CONTROL_SHARE = 0.015
"""Of Japanese in UTF-16, so many bytes are control characters (1.8 % in 160 texts), of Chinese 3, of Russian 49."""
# ASCII, general punctuation and full-width signs, with one script: UTF-16 text has hardly anything else, while other
# bytes read as UTF-16 are spread over all of Unicode. Small scripts first: Greek with its bytes swapped is Korean.
_UTF_16_TEXT = tuple(
    re.compile(f"[\t\n\r -~\xa0-\xff\u2010-\u203a\u3000-\u3020\uff01-\uff5e{script}]")
    for script in ("Ѐ-ӿ", "Ͱ-Ͽ", "\u0590-\u05ff", "\u0600-\u06ff", "ऀ-ॿ", "ก-๛", "가-힣", "一-鿿ぁ-ヿ")
)

_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_META = re.compile(rb"<meta\s[^>]{0,600}", re.I)
_META_CHARSET = re.compile(rb"""charset\s*=\s*\\?["']?\s*(?:charset\s*=\s*)?([\w.:-]{2,40})""", re.I)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LANG = re.compile(rb"""<html\s[^>]{0,600}?\blang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)""", re.I)
_HIGH = re.compile(rb"[\x80-\xff]")
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_CONTROL_BYTES = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r")
_UNSEEN = re.compile(r"(?s)<(script|style)\b.*?(?:</\1|\Z)|<[^>]*>?")
_LETTER = re.compile(r"[A-Za-z]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]+")
_VISIBLE = re.compile(r"[^\s\ufffd]")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_C1_CHARACTER = re.compile("[\x80-\x9f]")
_C1_BYTE = re.compile(rb"[\x80-\x9f]")
_C1_IN_UTF_8 = re.compile(rb"\xc2[\x80-\x9f]")


def decode(body: bytes, content_type: str = "", *, is_html: bool) -> tuple[str, str]:
    r"""Return the text of a page and the name of its charset.

    Line ends become ``\n``; NULs, other control characters and inner byte order marks go; what no charset can read
    is U+FFFD. Raises BrokenPage ``empty_page``, ``binary`` or ``undecodable``, and nothing else, on any bytes.
    """
    _refuse_binary(body)
    charset, start = _by_form(body)
    text = None
    if charset is None:
        text = _well_formed(body)
        charset = _by_content(body, text, content_type, is_html=is_html)
    if text is None or charset is not UTF_8:
        text = body[start:].decode(charset.codec, RESCUE if len(body) <= _RESCUED_BYTES else "replace")
    text = _tidy(text, body, charset)
    if charset is BIG5:
        text = text.translate(charsets.BIG5_MARKS)
    if not _VISIBLE.search(text):
        raise BrokenPage("empty_page", "nothing but white space")
    _refuse_garbled(text, charset)
    return text, charset.name


def _well_formed(body: bytes) -> str | None:
    """Return the text of well-formed UTF-8, as most pages are; None for anything else."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _refuse_binary(body: bytes) -> None:
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise BrokenPage("empty_page", "no bytes" if not body else "nothing but white space")
    if what := binary_kind(body):
        raise BrokenPage("binary", what)
    if _by_form(body)[0] is None and _control_share(body[:_HEAD_BYTES]) > _MAX_CONTROL_SHARE:
        raise BrokenPage("binary", "control characters where text should be")


def _control_share(head: bytes) -> float:
    """Return the share of bytes that no text has; ESC and ~ switches of 7-bit Asian charsets are text."""
    head = head.translate(None, b"\x1b\x0e\x0f")
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return (controls - head.count(b"\x00") / 2) / max(1, len(head))


def _by_form(body: bytes) -> tuple[Charset | None, int]:
    """Return the charset that a byte order mark or the pattern of NULs gives away, and where the text starts."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return Charset(codec.replace("16-", "16").replace("32-", "32"), codec, UTF_8.likely), len(bom)
    head = body[: 2 * (min(len(body), 4096) // 2)]
    if len(head) < 8 or _control_share(head) < _UTF_16_CONTROL_SHARE:
        return None, 0
    even, odd = head[::2].count(b"\x00"), head[1::2].count(b"\x00")
    half = len(head) // 2
    # Markup in UTF-16 is every second byte NUL; Chinese text has few, but its markup, digits and line ends remain.
    if odd > half * 0.2 and even < half * 0.02:
        return charsets.by_label("utf-16le"), 0
    if even > half * 0.2 and odd < half * 0.02:
        return charsets.by_label("utf-16be"), 0
    return _of_one_script(head), 0


def _of_one_script(head: bytes) -> Charset | None:
    """Return the UTF-16 in which bytes are text of one script: by chance, 20 characters of 95 % Chinese never are."""
    texts = [(charset, head.decode(charset.codec, "replace")) for charset in _UTF_16]
    tried = ((charset, text, one) for one in _UTF_16_TEXT for charset, text in texts)
    return next((c for c, text, one in tried if len(text) >= 20 and len(one.findall(text)) >= 0.95 * len(text)), None)


def _declared(body: bytes, content_type: str, *, is_html: bool) -> list[Charset]:
    """Return the charsets that header, XML declaration and meta elements name, most trusted first, known ones only."""
    labels = [match[1] for match in [_HEADER_CHARSET.search(content_type)] if match]
    if is_html:
        head = _without_comments(body[:_HEAD_BYTES])
        found = [_XML_ENCODING.search(head), *(_META_CHARSET.search(meta) for meta in _META.findall(head))]
        # Meta elements that can be read as ASCII are not in UTF-16, whatever they say.
        labels += [match[1].decode().replace("utf-16", "utf-8") for match in found if match]
    return list(dict.fromkeys(charset for charset in map(charsets.by_label, labels) if charset))


def _without_comments(head: bytes) -> bytes:
    """Return markup without its comments. No pattern: it would search for the end of each unclosed one."""
    parts, at = [], 0
    while (start := head.find(b"<!--", at)) >= 0 and (end := head.find(b"-->", start + 4)) >= 0:
        parts.append(head[at:start])
        at = end + 3
    return b"".join((*parts, head[at:]))


def _by_content(body: bytes, well_formed: str | None, content_type: str, *, is_html: bool) -> Charset:
    declared = _declared(body, content_type, is_html=is_html)
    if body.isascii():
        seven_bit = b"\x1b$" in body or b"\x1b(" in body or b"~{" in body
        escaped = next((c for c in declared if c.name in ("iso-2022-jp", "hz-gb-2312")), None)
        return escaped if escaped and seven_bit else UTF_8
    if any(charset in ASIAN for charset in declared) and (
        few := few_words.charset_of(_sample(body, _SAMPLE_BYTES), declared)
    ):
        return few
    if _is_utf_8(body, well_formed, declared):
        return UTF_8
    sample = _sample(body, _SAMPLE_BYTES)
    scores = _scores(sample, declared)
    spoken = _LANG.search(body[:_HEAD_BYTES]) if is_html else None
    for hint in charsets.by_language(spoken[1].decode()) if spoken else ():
        # A hint decides between charsets that fit alike (Czech in 1250 or 1252), never against the bytes.
        scores[hint] = scores.get(hint, _score(sample, hint)) + 0.1
    best = max(scores, key=lambda charset: scores[charset])
    for charset in declared:
        # The right charset scored 0.36 and more on 40 characters of re-encoded news; a declared one may be 0.25 less
        # likely than the best, since English pages with one foreign name score anything.
        if scores[charset] >= min(0.2, scores[best]) and scores[charset] + 0.25 >= scores[best]:
            return charset
    if scores[best] >= 0.2:
        return best
    return _last_resort(sample, declared)


def _scores(sample: bytes, declared: list[Charset]) -> dict[Charset, float]:
    """Return the scores of all charsets that the sample may be in, the declared ones first."""
    # High bytes that all stand alone (``naïve``, ``it’s``) are Latin text: that of other scripts comes in runs.
    in_runs = _TWO_HIGH.search(sample)
    scores = {charset: _score(sample, charset) for charset in (*declared, *(ASIAN if in_runs else ()))}
    asian = max((scores.get(charset, 0.0) for charset in ASIAN), default=0.0)
    if asian >= _ASIAN_SCORE and len(sample) - len(sample.translate(None, _HIGH_BYTES)) >= _ASIAN_BYTES:
        return scores
    latin = _most_latin(sample)
    for charset in SINGLE_BYTE if in_runs else LATIN:
        # What cannot become the best is not looked at.
        if charset not in LATIN or latin > max(scores.values(), default=0.0):
            scores.setdefault(charset, _score(sample, charset))
    return scores


def _sample(body: bytes, limit: int) -> bytes:
    """Return about ``limit`` bytes of the stretches with non-ASCII bytes, cut where no character is split."""
    pieces, size = [], 0
    for match in re.finditer(rb"[\x80-\xff][^<>\r\n]{0,%d}" % (limit - 1), body):
        pieces.append(body[max(0, match.start() - 1) : match.end()])
        size += len(pieces[-1])
        if size >= limit:
            break
    return b"\n".join(pieces)


def _is_utf_8(body: bytes, text: str | None, declared: list[Charset]) -> bool:
    """Tell whether the bytes are UTF-8: well-formed (``text``), or with stray bytes in much that is."""
    if text is None:
        text = _sample(body, _SAMPLE_BYTES).decode("utf-8", "replace")
        # A cut tail or a template in another charset. 426 re-encoded news texts, read as UTF-8, lost 62 to 100 %.
        return text.count("\ufffd") < 0.4 * wide(text) or _is_mixed(body)
    if not declared or declared[0] is UTF_8 or len(sample := _sample(body, 64)) > 64:
        return True
    # So short a text can be well-formed by chance; then a likely text in the declared charset is believed.
    return wide(text) >= 8 or _score(sample, declared[0]) < 0.5


def _is_mixed(body: bytes) -> bool:
    """Tell whether UTF-8 stands among single bytes of a Latin charset (an old template), which are rescued one by one.

    Text of another charset hardly ever has runs of high bytes that are UTF-8 from end to end: in 3,653 samples of 32
    languages, where there were three or more, the other runs of two bytes and more were at least twice as many. Nor may
    these have the greater part of the bytes: menus in UTF-8 have many short runs, a Chinese paragraph is one.
    """
    runs = HIGH_RUN.findall(body[:_MIXED_BYTES])
    whole = [len(run) for run in runs if UTF_8_RUN.fullmatch(run)]
    good, alone = len(whole), sum(len(run) == 1 for run in runs)
    torn = len(runs) - good - alone
    if good <= 2 * torn or sum(whole) <= sum(map(len, runs)) - sum(whole) - alone:
        return False
    return good >= max(3, alone / 20) or good == len(runs)


def _most_latin(sample: bytes) -> float:
    """Return the most that a Latin charset can score: two letters and three marks a run of non-ASCII bytes."""
    runs = HIGH_RUN.findall(sample)
    return 5 * len(runs) / max(1, sum(map(len, runs)))


def _score(sample: bytes, charset: Charset) -> float:
    """Return how likely the sample is in a charset: 0–1, less a penalty for what does not decode."""
    text = sample.decode(charset.codec, "replace")
    high = wide(text)
    # Each percent that does not decode costs five points: real pages have under 1 % of stray bytes.
    return charset.likely(text) - 5 * text.count("\ufffd") / max(1, high)


def _last_resort(sample: bytes, declared: list[Charset]) -> Charset:
    """Nothing is likely: the declared charset if its errors are few, else what charset_normalizer makes of 4 KiB."""
    for charset in declared:
        text = sample.decode(charset.codec, "replace")
        if text.count("\ufffd") <= 0.02 * len(text):
            return charset
    guess = from_bytes(sample[:4096]).best()
    guessed = charsets.by_label(guess.encoding) if guess else None
    if guessed is None and len(_HIGH.findall(sample)) >= 64:
        raise BrokenPage("undecodable", "no known charset makes sense of these bytes")
    return guessed if guessed and not guessed.name.startswith("utf") else WINDOWS_1252


def _tidy(text: str, body: bytes, charset: Charset) -> str:
    """Return the text with plain line ends and no control characters; the bytes tell where there is nothing to do."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if has_controls(body) or any(map(text.__contains__, "\ufeff\ufffe\uffff")):
        text = _CONTROLS.sub("", text)
    if (charset is not UTF_8 or b"\xc2" in body) and (_C1_IN_UTF_8 if charset is UTF_8 else _C1_BYTE).search(body):
        # HTML reads these code points as windows-1252: they come from pages whose writer mixed the two up.
        text = _C1_CHARACTER.sub(lambda match: _C1[ord(match[0])], text)
    return text.rstrip("\ufffd")


def _refuse_garbled(text: str, charset: Charset) -> None:
    """Refuse a text of which most is lost.

    An English page may have lost each of its few dashes and reads on: 17 beside 40,000 letters on a real one. A lost
    Chinese page has a tenth as many ASCII letters as marks, a few hundred of its menus at most.
    """
    lost = text.count("\ufffd")
    if lost < 16:
        return
    high = wide(text)
    if lost > 0.5 * high and lost > 0.01 * len(_LETTER.findall(_UNSEEN.sub("", text))):
        raise BrokenPage("undecodable", f"{lost} of {high} non-ASCII characters are in no known charset")


_HTML_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_HTML_TAG = re.compile(rb"<(?:div|p|br|a|span|table|article|section|meta|title|script|h[1-6]|ul|li|img)[\s/>]", re.I)
_TYPE_END = re.compile(r"[;,\s]")
_FEED_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
HTML_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".xht")
_PAGE_TYPES = ("", "application/octet-stream", "application/xml", "text/xml", "binary/octet-stream", "unknown/unknown")


def media_kind(body: bytes, content_type: str, url: str) -> str:
    """Return ``html`` or ``text``, by the bytes, the declared type and the URL's ending, in this order.

    Raises BrokenPage: ``empty_page``, ``binary``, or ``unsupported_type`` for scripts, feeds and data.
    """
    _refuse_binary(body)
    head = _without_comments(body[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf"))
    if _by_form(body)[0] is not None:
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    if _HTML_START.match(head):
        return "html"
    if _FEED_START.match(head):
        raise BrokenPage("unsupported_type", "a feed or sitemap, not a page")
    # Servers also separate by commas, where a proxy repeats the header, or by nothing but a space.
    kind = _TYPE_END.split(content_type.strip(), maxsplit=1)[0].lower()
    if kind in ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"):
        return "html" if "html" in kind else "text"
    if kind not in _PAGE_TYPES:
        reason = "binary" if kind.startswith(("image/", "audio/", "video/", "font/")) else "unsupported_type"
        raise BrokenPage(reason, kind)
    path = urlsplit(url).path.lower() if "\x00" not in url and "[" not in url else ""
    path = path.removesuffix(".gz")
    if path.endswith(TEXT_ENDINGS):
        return "text"
    return "html" if path.endswith(HTML_ENDINGS) or len(_HTML_TAG.findall(head)) >= 2 else "text"
