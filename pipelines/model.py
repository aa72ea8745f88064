"""The values that pass between the stages: frozen, slotted, keyword-only, free of behaviour.

A page travels as ``RawPage`` → ``Draft`` → ``Article`` (or ends as ``Rejected``). Every stage is a function from
one of these to the next; ``dataclasses.replace`` makes the new value. All times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a block is on the page; the values are stored in ``paragraphs.kind``."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"


class Status(StrEnum):
    """What came of the translation; the values are stored in ``translation_status``."""

    SOURCE_IS_TARGET = "source_is_target"
    TRANSLATED = "translated"
    TRANSLATED_WITH_FLAGS = "translated_with_flags"
    NO_PACKAGE = "no_package"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One page as it was fetched or saved: bytes, and what is known of where they came from.

    ``content_type`` is the whole header value (``text/html; charset=gbk``) or a media type guessed from a file's
    name. ``body`` carries no transfer or content encoding any more. ``source`` names the file or archive.
    ``timezone`` (IANA) and ``language`` are what is known of the site; they serve where the page itself says nothing.
    """

    url: str
    fetched_at: datetime
    body: bytes = field(repr=False)
    source: str
    content_type: str = ""
    status: int = 200
    warc_file: str | None = None
    warc_offset: int | None = None
    timezone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item, quote, code block or table row, and what prune needs to judge it.

    ``text`` has single spaces and no line breaks (CODE keeps its own). ``level`` is 1–6 for headings, else 0.
    ``link_density`` is the share (0–1) of the text that lies inside links; ``path`` the tag path with classes and
    ids in an HTML page (``article.post/div#content/p``), empty for a capture; ``line`` the first source line of a
    capture (0-based), else -1.
    """

    kind: Kind
    text: str
    level: int = 0
    link_density: float = 0.0
    path: str = ""
    line: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A piece of the page that was cut, and why (``related_links``, ``advert``, ``share_bar`` …)."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or image of the article body: absolute URL, and its text or alt text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date the page states: the instant in UTC, the very characters on the page, and how exact they are.

    ``precision`` is ``second``, ``minute`` or ``day``; a day without a time is midnight UTC of that calendar day.
    """

    at: datetime
    raw: str
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says of itself; None or empty where it says nothing. Nothing here is ever guessed."""

    title: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    site: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What a page shows beside its text, where little was kept or its title names a form.

    ``names`` are the parts of its titles and its first headline; ``fields`` counts what its own form asks for,
    ``secrets`` the passwords of these, ``has_secret`` is of the whole page; ``prices`` and ``carts`` count lines (on
    pages without a date), ``has_goods`` is what the markup says.
    """

    names: tuple[str, ...] = ()
    fields: int = 0
    secrets: int = 0
    has_secret: bool = False
    has_goods: bool = False
    prices: int = 0
    carts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A page taken apart: HTML pages and text captures meet here; from here on there is one way.

    ``is_capture`` tells which of the two it was; ``next_page`` is the absolute URL of the article's next page,
    ``first_page`` that of its first where this is a later one. ``headlines`` counts the lines that are links to other
    pages of the site between the first and the last kept line, ``teasers`` those of them that a kept line follows,
    ``headlines_above`` those before them all, ``opened`` says that a single article's address begins with running text
    above them; ``whole_posts`` counts the posts of other pages that all of the text is. ``after`` are the lines behind
    the kept ones. Where little was kept,
    ``linked_lines`` and ``linked_columns`` count the page's linked lines and their columns, ``gap`` the columns between
    the headline and the first kept line (-1 without a headline), ``declared`` holds the types the page says it is of;
    ``screen`` is what else it shows.
    """

    url: str
    meta: Metadata
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    is_capture: bool = False
    next_page: str | None = None
    first_page: str | None = None
    headlines: int = 0
    teasers: int = 0
    after: tuple[str, ...] = ()
    headlines_above: int = 0
    opened: bool = False
    whole_posts: int = 0
    linked_lines: int = 0
    linked_columns: int = 0
    gap: int = -1
    declared: frozenset[str] = frozenset()
    screen: Screen = Screen()

    @property
    def cut_lines(self) -> int:
        """Return how many lines were cut; neighbours that were cut for one reason are one piece."""
        return sum([piece.text.count("\n") + 1 for piece in self.removed])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of an article that runs over several, pruned; ``page`` is without its body, which had ``size`` bytes.

    ``key`` is what the addresses of all its pages have in common, ``number`` is 1 for the first.
    """

    key: str
    number: int
    page: RawPage
    draft: Draft
    encoding: str
    raw_sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """``code`` matches ``^[a-z]{2,3}$`` or is ``und``; ``script`` is ``hans``, ``hant`` or None; score is 0–1."""

    code: str
    score: float
    script: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One translated sentence; ``score`` is the engine's mean log-probability a token, None where unknown."""

    source: str
    target: str
    score: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A translated article: texts, the sentences they are made of, and the package that made them."""

    status: Status
    title: str | None = None
    text: str | None = None
    sentences: tuple[Sentence, ...] = ()
    translator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One cleaned page, ready to be translated and stored. ``schema.to_row`` flattens it to the record."""

    record_id: str
    url: str
    canonical_url: str | None
    site: str | None
    meta: Metadata
    fetched_at: datetime
    language: Language
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    content_sha256: str
    raw_sha256: str
    http_status: int
    encoding: str
    source: str
    warc_file: str | None
    warc_offset: int | None
    extractor_version: str
    translation: Translation | None = None
    near_duplicate_of: str | None = None
    story_id: str | None = None
    version: int = 1
    supersedes: str | None = None

    @property
    def text(self) -> str:
        """Return the cleaned text: blocks joined by one blank line."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A page that gave no article. ``broken`` means the input itself was bad (empty, torn, unreadable).

    ``raw_sha256`` names the page's bytes where the rules refused it, and is empty where nobody got so far.
    """

    url: str
    source: str
    reason: str
    detail: str = ""
    broken: bool = False
    raw_sha256: str = ""
