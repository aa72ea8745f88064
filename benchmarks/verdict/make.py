"""Makes pages that are no article out of public ones: the chrome stays, the article's place is filled anew."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement

from benchmarks.verdict import forms
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
LANGUAGES = ("en", "de", "zh", "ja")
_MATCH = 25
"""Letters from which a block that stands in the true body marks the article's place."""
_STATE = 300
"""Letters from which a script may hold the article itself, as the state a page is built from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A title, its teaser (the first sentences of the body) and the body's paragraphs, of another page."""

    title: str
    teaser: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One page: what it is, its address and its markup."""

    kind: str
    url: str
    text: str


def story(truth: dict[str, Any]) -> Story | None:
    """Return what a page's truth gives to build cards and stubs of; None where it has no title or body."""
    paragraphs = tuple(line.strip() for line in (truth.get("body") or "").split("\n") if len(line.strip()) > 20)
    if not truth.get("title") or not paragraphs:
        return None
    return Story(title=truth["title"], teaser=paragraphs[0][:160], paragraphs=paragraphs)


class Maker:
    """Makes every kind of page from one public page, with the wordings of its half; repeatable by its id."""

    def __init__(self, truth: dict[str, Any], text: str, others: Sequence[Story], half: str) -> None:
        self.truth, self.text, self.others, self.half = truth, text, others, half
        self.random = random.Random(truth["id"])
        self.language = truth["lang"]
        parts = urlsplit(truth.get("url") or "https://example.org/story")
        self.host, self.url = f"{parts.scheme}://{parts.netloc}", truth.get("url") or "https://example.org/story"
        self.own = story(truth)

    def every(self) -> list[Made]:
        """Return one page of each kind that can be made of this one."""
        made = [self._index(form) for form in CARDS]
        made += [self._stub(size) for size in (1, 3)]
        made += [self._notice(kind) for kind in ("missing", "login")]
        made += [self._consent(), self._gallery("gallery"), self._gallery("gallery_unnamed"), self._comments()]
        made += [self._video(), *(self._bare(kind) for kind in forms.BARE)]
        made += [self._form(kind) for kind in forms.NO_ARTICLE + forms.ARTICLES]
        return [page for page in made if page is not None]

    def _bare(self, kind: str) -> Made:
        return Made(kind=kind, url=self.url, text=forms.bare(kind, self.half, self.random)[0])

    def _form(self, kind: str) -> Made | None:
        if self.own is None:
            return None
        titles = [self.random.choice(self.others).title for _ in range(24)]
        inner = forms.INNER[kind](self.random, self.language, self.own.title, self.own.paragraphs, titles)
        if not inner:
            return None
        title = forms.title_of(kind, self.language, self.own.title)
        return self._page(kind, inner, title=title, path=forms.PATHS.get(kind))

    def _words(self, group: str) -> list[str]:
        found: list[str] = WORDS[group][self.language][self.half]
        return found

    def _page(self, kind: str, inner: str, *, title: str | None = None, path: str | None = None) -> Made | None:
        root = parse(self.text)
        if root is None:
            return None
        for script in list(root.iter("script")):
            if "ld+json" in (script.get("type") or "") or len(script.text or "") > _STATE:
                _drop(script)
        if not _replace_article(root, self.truth.get("body") or "", inner):
            return None
        if title is not None:
            for meta in list(root.iter("meta")):
                if (meta.get("property") or meta.get("name") or "").startswith(("og:", "article:", "twitter:", "desc")):
                    _drop(meta)
            for element in [*root.iter("title"), *root.iter("h1")]:
                for child in list(element):
                    element.remove(child)
                element.text = title
        text = lxml.html.tostring(root, encoding="unicode")
        return Made(kind=kind, url=self.host + path if path else self.url, text=text)

    def _index(self, form: str) -> Made | None:
        number = self.random.randint(10, 30)
        picked = [self.random.choice(self.others) for _ in range(number)]
        cards = [CARDS[form](f"/n/{at}-{len(one.title)}.html", one, WORDS["more"][self.language])
                 for at, one in enumerate(picked)]  # fmt: skip
        inner = f'<div class="list">{"".join(cards)}</div>'
        return self._page(f"index_{form}", inner, title=WORDS["section"][self.language], path="/news/")

    def _stub(self, size: int) -> Made | None:
        if self.own is None or len(self.own.paragraphs) < size + 3:
            return None
        text = "".join(f"<p>{escape(line)}</p>" for line in self.own.paragraphs[:size])
        box = escape(self.random.choice(self._words("paywall")))
        name = self.random.choice(["offer", "paywall", "pw-box", "c-gate"])
        return self._page(f"stub_{size}", f'{text}<div class="{name}"><p>{box}</p><a href="/abo">OK</a></div>')

    def _notice(self, kind: str) -> Made | None:
        words = self.random.choice(self._words(kind))
        name = "not_found" if kind == "missing" else "login"
        return self._page(name, f"<div><p>{escape(words)}</p></div>", title=_first_sentence(words))

    def _consent(self) -> Made | None:
        words = escape(self.random.choice(self._words("consent")))
        text = (
            f'<html><head><title>{escape(urlsplit(self.host).hostname or "")}</title></head><body><div class="cmp">'
            f"<p>{words}</p><button>OK</button></div></body></html>"
        )
        return Made(kind="consent", url=self.url, text=text)

    def _gallery(self, kind: str) -> Made | None:
        captions = [self.random.choice(WORDS["caption"][self.language]) for _ in range(self.random.randint(6, 14))]
        figures = "".join(
            f'<figure><img src="/i/{at}.jpg"><figcaption>{escape(line)} ({at + 1})</figcaption></figure>'
            for at, line in enumerate(captions)
        )
        return self._page(kind, figures, path="/gallery/8812-opening" if kind == "gallery" else None)

    def _video(self) -> Made | None:
        if self.own is None:
            return None
        line = escape(self.own.teaser[:110])
        return self._page("video", f'<div><video src="/a.mp4"></video><p>{line}</p></div>', path="/video/a-clip-8812")

    def _comments(self) -> Made | None:
        lines = [self.random.choice(WORDS["comment"][self.language]) for _ in range(self.random.randint(8, 20))]
        items = "".join(
            f'<li class="comment"><b>user{self.random.randint(1, 999)}</b> <span>2024-05-{1 + at % 28:02d} 10:{at:02d}'
            f"</span><p>{escape(line)}</p></li>"
            for at, line in enumerate(lines)
        )
        return self._page("comments", f'<ul class="comment-list">{items}</ul>', path="/story/comments")


def _cards_teaser(url: str, one: Story, more: str) -> str:
    return (
        f'<div class="card"><h3><a href="{url}">{escape(one.title)}</a></h3><p>{escape(one.teaser)}…</p>'
        f'<span class="time">2024-05-12 10:30</span> <a href="{url}">{more}</a></div>'
    )


def _cards_linked(url: str, one: Story, more: str) -> str:
    return (
        f'<a class="teaser" href="{url}"><img src="{url}.jpg"><h3>{escape(one.title)}</h3>'
        f"<p>{escape(one.teaser)}</p><time>12.05.2024</time></a>"
    )


def _cards_titles(url: str, one: Story, more: str) -> str:
    return f'<li><a href="{url}">{escape(one.title)}</a> <span>05-12 10:30</span></li>'


def _cards_long(url: str, one: Story, more: str) -> str:
    teaser = " ".join(one.paragraphs[:2])[:420]
    return (
        f'<article><h2><a href="{url}">{escape(one.title)}</a></h2><div class="meta">May 12, 2024</div>'
        f'<p>{escape(teaser)}</p><p><a href="{url}">{more}</a></p></article>'
    )


CARDS = {"teaser": _cards_teaser, "linked": _cards_linked, "titles": _cards_titles, "long": _cards_long}


def _first_sentence(words: str) -> str:
    return re.split(r"(?<=[.!])\s|(?<=[。！!])", words)[0].rstrip(".。")


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _replace_article(root: HtmlElement, body: str, inner: str) -> bool:
    """Put ``inner`` where the article stands; False where that cannot be found."""
    page, wanted = Walker().walk(root), _letters(body)
    homes = [
        page.containers[leaf.container].element
        for leaf in page.leaves
        if len(key := _letters(leaf.text)) >= _MATCH and key in wanted
    ]
    if len(homes) < 2:
        return False
    chains = [[*reversed(list(home.iterancestors())), home] for home in homes]
    depth = 0
    while all(len(chain) > depth + 1 for chain in chains) and len({id(chain[depth]) for chain in chains}) == 1:
        depth += 1
    common = chains[0][depth] if len({id(chain[depth]) for chain in chains}) == 1 else chains[0][depth - 1]
    new = list(lxml.html.fragment_fromstring(inner, create_parent="div"))
    if common.tag in ("body", "html"):  # nothing holds the article alone: only its own blocks go
        place = homes[0].getparent()
        at = list(place).index(homes[0])
        own = [home for home in dict.fromkeys(homes) if home is not place]
        beside = [index for index, child in enumerate(place) if child in own]
        for child in list(place)[min(beside, default=0) : max(beside, default=-1) + 1]:
            _drop(child)  # the short lines between the paragraphs, sub-headings above all, are the article's too
        for home in own:
            _drop(home)
        for offset, element in enumerate(new):
            place.insert(at + offset, element)
        return True
    for child in list(common):
        common.remove(child)
    common.text = None
    common.extend(new)
    return True
