"""Articles that run over several pages: the address of the next page, and the pages joined to one Draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import lxml.html

from pipelines.html.addresses import absolute
from pipelines.html.blocks import Anchor
from pipelines.model import Draft, Link

_NUMBER = re.compile(
    r"(?P<query>(?<=[?&])(?:page|p|pg|pn|seite|pagina|pageno|page_no|currentpage)=)(?P<q>\d{1,3})(?=&|$)"
    r"|(?P<path>(?<=/)(?:page|seite|pagina|p)[/-]?)(?P<d>\d{1,3})(?=/?(?:\?|$))"
    r"|(?P<name>[_-])(?P<n>\d{1,3})(?=\.s?html?(?:\?|$)|\.(?:php|aspx?|jsp)(?:\?|$)|/?$)"
    r"|(?P<bare>/)(?P<b>\d{1,2})(?=/?$)",
    re.I,
)
"""Where an address carries a page number: ?page=2, /page/2, _2.html, -2.html, /2."""
_NEXT = re.compile(
    r"^(?:\W*)(?:next(?: page)?|continue(?: reading)?|older|下一页|下一頁|下页|下頁|后一页|"
    r"次へ|次のページ(?:へ)?|続きを読む|다음(?: 페이지)?|"
    r"nächste seite|weiter|page suivante|suivante?|página siguiente|siguiente|próxima(?: página)?|seguinte|"
    r"pagina successiva|successiva|avanti|следующая(?: страница)?|далее|następna(?: strona)?|volgende(?: pagina)?|"
    r"sonraki(?: sayfa)?|επόμενη(?: σελίδα)?|selanjutnya|trang sau)(?:\W*)$",
    re.I,
)
_MAX_LABEL = 30
"""Characters of the longest label of a pager."""


def next_page(root: lxml.html.HtmlElement, links: Sequence[Anchor], base: str, url: str) -> str | None:
    """Return the address of the article's next page, or None.

    A link counts when its address is this page's with the page number one higher and the link says so: rel=next in
    the head, a word for "next", or that number. A blog's link to the next post has another path and so never counts.
    """
    here, number = _split(url)
    told = [element.get("href") or "" for element in root.iter("link") if element.get("rel") == "next"]
    told += [link.url for link in links if _says_next(link.text, number + 1)]
    for href in told:
        address = absolute(base, href)
        if address and _split(address) == (here, number + 1):
            return address
    return None


def _says_next(text: str, number: int) -> bool:
    return len(text) <= _MAX_LABEL and (text.strip("[]() ") == str(number) or _NEXT.match(text) is not None)


def _split(url: str) -> tuple[str, int]:
    """Return an address without its page number, and the number (1 where there is none)."""
    parts = urlsplit(url)
    address = parts.netloc + parts.path + (f"?{parts.query}" if parts.query else "")
    number = 1
    matches = list(_NUMBER.finditer(address))
    if matches:
        match = matches[-1]
        value = match["q"] or match["d"] or match["n"] or match["b"]
        number = int(value)
        address = address[: match.start()] + address[match.end() :]
    return address.replace("?&", "?").rstrip("?&/").lower().removesuffix("/index.html"), number


def join_pages(drafts: Sequence[Draft]) -> Draft:
    """Return one Draft of an article's pages in their order: each text once, metadata of the first page.

    Raises ValueError without any page.
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
        blocks=tuple(blocks),
        removed=tuple(piece for draft in drafts for piece in draft.removed),
        links=_once(link for draft in drafts for link in draft.links),
        images=_once(image for draft in drafts for image in draft.images),
        next_page=drafts[-1].next_page,
    )


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
    return tuple(found.values())
