"""The tags of an article, as the page states or links them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Page, text_of

MAX_TAGS = 30
_BETWEEN = re.compile("[,;，；、|]")
_CODE = re.compile(r"[@/_]|\w+:(?=\S)|[a-z]\w*:|[a-z0-9]+(?:_[a-z0-9]+)+$")
"""What content systems put among tags for themselves: handles, paths, fields, snake_case."""
_FIELD = re.compile(r"[^\W\d_][^:]{1,30}:\s\S")
"""A field and its value: "Word count: 350-700"; alone it may be a name ("Star Wars: The Last Jedi")."""
MIN_FIELDS = 2
"""Such tags on one page from which they are a system's and no names."""
TAGS_BEHIND = 8
"""Lines behind the article's last one among which its tags stand; further on are those of other articles."""
_OWN_FRAME = re.compile(r"tag|label|(?:post|entry|article)[-_]?(?:foot|meta)", re.IGNORECASE)
_STAMP = re.compile(r"\d{1,4}|(?:19|20)\d{6}")
_COUNT = re.compile(r"[(\[]?\s*\d[\d.,\s]*[)\]]?")
_TAG_PAGE = re.compile(
    r"/(?:tags?|tagged|topics?|hashtags?|keywords?|temas?|themen?|etiquetas?|sujets?|argomenti|konu|tema|tagi|stitky)"
    r"/[^/?#]{2,}/?(?:$|[?#])",
    re.IGNORECASE,
)
"""Where sites keep what they have on a tag, in the words that addresses of many languages use for it."""
SPACED = 8
"""Characters of the longest word of a list of keywords in a dense script that only spaces part."""
MIN_TITLE_WORDS, TITLE_SHARE = 4, 0.8
"""Keywords, and the share of them, that are single words of the title: a system made them of it."""
SHORT = 4
"""Letters of a keyword up to which it is looked for as a word: "ag" is no part of "manager"."""


def tags(
    page: Page,
    facts: Facts,
    no: Iterable[str],
    title: str | None,
    text: str,
    lines: tuple[int | None, int | None] = (None, None),
) -> tuple[str, ...]:
    """Return the article's tags; of a keyword list only those that the article's title or ``text`` mentions.

    Many sites put one list of keywords on every page: it says nothing of the article. ``no`` are names of the site and
    the authors. ``lines`` are those of the title and of the article's end, between which links name its tags: by
    ``rel``, else by where they lead.
    """
    skip = {key(name) for name in (*no, title or "-")} | _no_tags()
    own = list(_pieces(page.meta(*words.table("fields")["tags"]), skip))
    own = own or list(_pieces(_linked_tags(page, *lines), skip))
    if own:
        return tuple(own[:MAX_TAGS])
    listed = list(_pieces((*facts.keywords, *page.meta(*words.table("fields")["keywords"])), skip))
    if listed and not _is_of_title(listed, title or ""):
        mentioned, said = key(f"{title} {text}"), f"{title} {text}".casefold()
        listed = [tag for tag in listed if _is_mentioned(tag, mentioned, said)]
        if listed:
            return tuple(listed[:MAX_TAGS])
    return tuple(_pieces(_tag_lines(page, *lines), skip))[:MAX_TAGS]


@cache
def _no_tags() -> frozenset[str]:
    """Return the keys of what says nothing of an article among its tags: "news", "uncategorized", "featured"."""
    return frozenset(key(word) for part in ("no_section", "sections", "home") for word in words.words("sites", part))


def _is_of_title(listed: Sequence[str], title: str) -> bool:
    """Tell whether a list of keywords is the title cut at its spaces."""
    parts = {key(word) for word in title.split()}
    same = sum(key(tag) in parts for tag in listed)
    return not dense(title) and same >= MIN_TITLE_WORDS and same >= TITLE_SHARE * len(listed)


def _is_mentioned(tag: str, mentioned: str, said: str) -> bool:
    """Tell whether an article has a keyword in it: ``mentioned`` is its key, ``said`` its text in lower case."""
    own = key(tag)
    if len(own) > SHORT or not own.isascii():
        return own in mentioned
    return own in mentioned and re.search(rf"(?<![a-z0-9]){re.escape(tag.casefold())}(?![a-z0-9])", said) is not None


def _tag_lines(page: Page, start: int | None, end: int | None) -> Iterator[str]:
    """Yield the links of lines by the article that hold nothing but links to pages of tags."""
    last = _last_line(page, end)
    for line in page.lines[start or 0 : last + 1]:
        if line.linked * 5 < len(line.text) * 4 or not _is_own(line.foreign):
            continue
        links = list(islice(line.element.iter("a"), 20))
        if links and all(_TAG_PAGE.search((link.get("href") or "")[:300]) for link in links):
            yield from (_without_count(link).removeprefix("#") for link in links)


def _last_line(page: Page, end: int | None) -> int:
    """Return the index of the last line that can hold the article's tags, -1 where its end is not known."""
    last = end + TAGS_BEHIND if end is not None else -1
    # Below the article a headline with a link is another's, and so are the tags behind it.
    below = (each for each in page.headings if end is not None and end < each.line <= last)
    return next((each.line for each in below if _is_linked_headline(each.element)), last)


def _linked_tags(page: Page, start: int | None, end: int | None) -> Iterator[str]:
    """Yield the texts of links that name a tag of the page by ``rel``: those by the article, not those of a frame."""
    last = _last_line(page, end)
    for link in page.tagged:
        if "category" not in link.roles and _is_own(link.foreign) and (start or 0) - 4 <= link.line <= last:
            yield _without_count(link.element).removeprefix("#")


def _without_count(link: HtmlElement) -> str:
    """Return the text of a link without the number of articles that an element of its own ends it with."""
    text = text_of(link, 80)
    last = next((child for child in reversed(link) if isinstance(child.tag, str)), None)
    counted = last is not None and not (last.tail or "").strip() and _COUNT.fullmatch(count := text_of(last, 20))
    return text.removesuffix(count).strip() or text if counted else text


def _is_linked_headline(heading: HtmlElement) -> bool:
    """Tell whether a heading holds a link and is longer than a name."""
    return next(heading.iter("a"), None) is not None and weight(text_of(heading, 200)) >= 3


def _is_own(frame: HtmlElement | None) -> bool:
    """Tell whether a frame is none, the foot of an entry or a list of its tags."""
    if frame is None or frame.tag == "footer":
        return True
    return frame.tag not in ("aside", "nav") and bool(_OWN_FRAME.search((frame.get("class") or "")[:200]))


def _pieces(lines: Iterable[str], skip: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the single tags of lists, without repeats, codes, fields and what is to be skipped."""
    seen = set(skip)
    found: list[str] = []
    for _, line in zip(range(100), lines, strict=False):
        for piece in _parted(clean(line[:2000])):
            tag = piece.strip().removeprefix("& ")
            own = key(tag)
            if 1 < len(tag) <= 50 and own and own not in seen and not _CODE.match(tag) and not _STAMP.fullmatch(tag):
                seen.add(own)
                found.append(tag)
    fields = [tag for tag in found if _FIELD.match(tag)]
    yield from (tag for tag in found if len(fields) < MIN_FIELDS or tag not in fields)


def _parted(line: str) -> list[str]:
    """Return the tags of one list; in a dense script spaces part them where nothing else does."""
    parts = _BETWEEN.split(line)
    if len(parts) == 1 and dense(line):
        spaced = line.split()
        return spaced if all(len(word) <= SPACED for word in spaced) else parts
    return parts
