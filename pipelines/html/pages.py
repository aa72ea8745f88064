"""Articles that run over several pages: the address of the next page and of the first, and the pages joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pipelines.html.addresses import absolute
from pipelines.html.blocks import Anchor
from pipelines.html.heads import Tree
from pipelines.model import Draft, Link, Metadata

_NUMBER = re.compile(
    r"(?P<query>(?<=[?&])(?:page|p|pg|pn|seite|pagina|pageno|page_no|currentpage)=)(?P<q>\d{1,3})(?=&|$)"
    r"|(?P<path>(?<=/)(?:page|seite|pagina|p)[/-]?)(?P<d>\d{1,3})(?=/?(?:\?|$))"
    r"|(?P<name>[_-])(?P<n>\d{1,3})(?=\.s?html?(?:\?|$)|\.(?:php|aspx?|jsp)(?:\?|$)|/?$)"
    r"|(?P<bare>/)(?P<b>\d{1,2})(?=/?$)",
    re.I,
)
"""Where an address carries a page number: ?page=2, /page/2, _2.html, -2.html, /2."""
_NEXT = re.compile(
    r"^(?:\W*)(?:next(?: page)?|continue(?: reading)?|older(?: posts| entries| articles| stories)?|"
    r"下一页|下一頁|下页|下頁|后一页|"
    r"次へ|次のページ(?:へ)?|続きを読む|다음(?: 페이지)?|"
    r"nächste seite|weiter|page suivante|suivante?|página siguiente|siguiente|próxima(?: página)?|seguinte|"
    r"pagina successiva|successiva|avanti|следующая(?: страница)?|далее|następna(?: strona)?|volgende(?: pagina)?|"
    r"sonraki(?: sayfa)?|επόμενη(?: σελίδα)?|selanjutnya|trang sau)(?:\W*)$",
    re.I,
)
_BACK = re.compile(
    r"^(?:\W*)(?:prev(?:ious)?(?: page)?|back|first(?: page)?|上一页|上一頁|上页|上頁|前一页|首页|第一页|最初|"
    r"前へ|前のページ(?:へ)?|이전(?: 페이지)?|처음|"
    r"vorherige seite|vorige seite|zurück|erste seite|page précédente|précédente?|página anterior|anterior|"
    r"pagina precedente|precedente|indietro|предыдущая(?: страница)?|назад|poprzednia(?: strona)?|"
    r"vorige(?: pagina)?|önceki(?: sayfa)?|προηγούμενη(?: σελίδα)?|sebelumnya|trang trước)(?:\W*)$",
    re.I,
)
_NUMBERED = re.compile(
    r"^\W*(?:page|seite|página|pagina|strona|sayfa|страница|trang|第)?\s*(\d{1,3})\s*(?:页|頁|ページ)?\W*$", re.I
)
_MAX_LABEL = 30
"""Characters of the longest label of a pager."""


def says_next(label: str) -> bool:
    """Tell whether a link's text leads to the next page of whatever it stands on."""
    return len(label) <= _MAX_LABEL and _NEXT.match(label) is not None


def next_page(root: Tree, links: Sequence[Anchor], base: str, url: str, *, first: str | None = None) -> str | None:
    """Return the address of the article's next page, or None.

    A link counts when its address is this page's with the page number one higher and the link says so: rel=next in
    the head, a word for "next", or that number. A blog's link to the next post has another path and so never counts.
    The number of a file or folder (story-12.html, /book/4) may be a name rather than a page, so there a page that has
    a number of its own must point to its ``first`` page as well: chapters of a book do not.
    """
    here, number, loose = split(url)
    if loose and first is None:
        here, number = _plain(url), 1
    told = [element.get("href") or "" for element in root.iter("link") if element.get("rel") == "next"]
    told += [link.url for link in links if _says(_NEXT, link.text, number + 1)]
    for href in told:
        address = absolute(base, href)
        if address and split(address)[:2] == (here, number + 1):
            return address
    return None


def first_page(root: Tree, links: Sequence[Anchor], base: str, url: str, canonical: str | None = None) -> str | None:
    """Return the address of page 1 for a page that is a later one of its article and says so, else None.

    It says so by its canonical address, rel=prev, or a link to page 1 that is called 1, "first" or "previous".
    """
    here, number, _ = split(url)
    if number < 2:
        return None
    told = [canonical or ""]
    told += [element.get("href") or "" for element in root.iter("link") if element.get("rel") in ("prev", "previous")]
    told += [link.url for link in links if _says(_BACK, link.text, 1)]
    for href in told:
        address = absolute(base, href)
        if address and (_plain(address) == here or split(address) == (here, 1, False)):
            return address
    return None


def address_of(url: str, canonical: str | None) -> str:
    """Return the address by which a page is known on the web: a saved one may say it itself."""
    return url if url.startswith(("http://", "https://")) else canonical or url


def place_of(draft: Draft) -> tuple[str, int] | None:
    """Return what all pages of a draft's article have in common and its number among them; None for a lone page."""
    if draft.first_page is not None:
        return split(address_of(draft.url, draft.meta.canonical_url))[:2]
    if draft.next_page is not None:
        key, number, _ = split(draft.next_page)
        return key, number - 1
    return None


def _says(words: re.Pattern[str], text: str, number: int) -> bool:
    if not text or len(text) > _MAX_LABEL:
        return False
    numbered = _NUMBERED.match(text) if str(number) in text or not text.isascii() else None
    return (numbered is not None and int(numbered[1]) == number) or words.match(text) is not None


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # no host: "http://[::1"
        return url
    return parts.netloc + parts.path + (f"?{parts.query}" if parts.query else "")


def _folded(address: str) -> str:
    return address.replace("?&", "?").rstrip("?&/").lower().removesuffix("/index.html")


def _plain(url: str) -> str:
    """Return an address as ``split`` does, but with its number in it."""
    return _folded(_address(url))


def split(url: str) -> tuple[str, int, bool]:
    """Return an address without its page number, the number (1 where there is none), and whether it may be a name."""
    address = _address(url)
    number, loose = 1, False
    matches = list(_NUMBER.finditer(address))
    if matches:
        match = matches[-1]
        number = int(match["q"] or match["d"] or match["n"] or match["b"])
        loose = match["n"] is not None or match["b"] is not None
        address = address[: match.start()] + address[match.end() :]
    return _folded(address), number, loose


def join_pages(drafts: Sequence[Draft]) -> Draft:
    """Return one Draft of an article's pages in their order: each text once, metadata of the first page.

    Authors and dates that the first page lacks are those of the next page that has them: a byline may stand at the
    very end. Raises ValueError without any page.
    """
    if not drafts:
        raise ValueError("no pages to join")
    first = drafts[0]
    blocks = list(first.blocks)
    seen = {block.text for block in blocks}
    for draft in drafts[1:]:
        for block in draft.blocks:
            if block.text not in seen:
                blocks.append(block)
        # Within one page a line may stand twice; only what an earlier page had already is dropped.
        seen.update(block.text for block in draft.blocks)
    return replace(
        first,
        meta=_meta([draft.meta for draft in drafts]),
        blocks=tuple(blocks),
        removed=tuple(piece for draft in drafts for piece in draft.removed),
        links=_once(link for draft in drafts for link in draft.links),
        images=_once(image for draft in drafts for image in draft.images),
        next_page=drafts[-1].next_page,
    )


def _meta(metas: Sequence[Metadata]) -> Metadata:
    return replace(
        metas[0],
        authors=next((meta.authors for meta in metas if meta.authors), ()),
        published=next((meta.published for meta in metas if meta.published), None),
        modified=next((meta.modified for meta in metas if meta.modified), None),
    )


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
    return tuple(found.values())
