"""Further forms that a crawl meets daily: those that are no article, and short or odd ones that are.

``NO_ARTICLE`` must be rejected, ``ARTICLES`` must be kept: a live ticker, a flash of two sentences, a recipe, questions
and answers, a release, a poem, an interview. The bare ones stand alone, as servers and walls send them; the others
stand in the place of an article, with the site's chrome around them.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("forms.toml").read_text("utf-8"))
BARE = ("denied", "captcha", "script", "wall", "leaving")
NO_ARTICLE = ("search", "tag", "author", "product", "prices", "job", "shell")
ARTICLES = ("ticker", "flash", "recipe", "faq", "release", "poem", "interview")
CLOSED = ("zh", "ja")
"""Languages whose characters say what 2.5 letters say: a flash is shorter there."""
FLASH = {True: (60, 150), False: (150, 330)}

Paragraphs = Sequence[str]
Form = Callable[[random.Random, str, str, Paragraphs, Sequence[str]], str]


def bare(kind: str, half: str, chance: random.Random) -> tuple[str, str]:
    """Return the markup of a page of one notice and its language; the languages of a kind in turn by chance."""
    language = chance.choice(sorted(WORDS[kind]))
    line = chance.choice(WORDS[kind][language][half])
    title, _, rest = line.partition(". ")
    head = f'<html lang="{language}"><head><title>{escape(title[:60])}</title></head><body>'
    if kind == "script":
        inner = f'<noscript>{escape(line)}</noscript><div id="root"></div><script src="/static/main.js"></script>'
    elif kind == "wall":
        inner = f'<div class="cmp-layer"><p>{escape(line)}</p><button>OK</button></div>'
    else:
        inner = f'<div class="box"><h1>{escape(title)}</h1><p>{escape(rest or line)}</p></div>'
    return f"{head}{inner}</body></html>", language


def _items(titles: Sequence[str], *, snippet: Paragraphs = ()) -> str:
    lines = []
    for at, title in enumerate(titles):
        text = f"<p>… {escape(snippet[at % len(snippet)][:140])} …</p><cite>/n/{at}</cite>" if snippet else ""
        lines.append(
            f'<div class="item"><h3><a href="/n/{at}-{len(title)}.html">{escape(title)}</a></h3>{text}'
            f"<time>2024-05-{1 + at % 28:02d}</time></div>"
        )
    return "".join(lines)


def _search(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    said = WORDS["search"][language].format(title.split()[0][:12], chance.randint(20, 900))
    titles = [chance.choice(others) for _ in range(chance.randint(8, 20))]
    return (
        f'<h1>{escape(said)}</h1><form action="/search"><input name="q"><button>OK</button></form>'
        f'{_items(titles, snippet=own)}<div class="pages"><a href="?p=2">2</a> <a href="?p=3">3</a></div>'
    )


def _tag(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    titles = [chance.choice(others) for _ in range(chance.randint(10, 25))]
    return f'<h1>#{escape(title.split()[0][:12])}</h1>{_items(titles)}<a href="/tag/x/page/2">2</a>'


def _author(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    name = chance.choice(WORDS["names"][language])
    titles = [chance.choice(others) for _ in range(chance.randint(8, 25))]
    return f"<h1>{name}</h1><p>{WORDS['author'][language].format(name)}</p>{_items(titles)}"


def _product(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    words, price = WORDS["buy"][language], f"{chance.randint(12, 240)},90 €"
    offer = {"@type": "Offer", "price": "39.90", "priceCurrency": "EUR"}
    data = {"@context": "https://schema.org", "@type": "Product", "name": title[:30], "offers": offer}
    rows = "".join(f"<tr><td>{word}</td><td>{chance.randint(1, 90)}</td></tr>" for word in words[6:])
    return (
        f'<h1>{escape(title[:30])}</h1><span class="price">{price}</span><button>{words[0]}</button><p>{words[1]}</p>'
        f"<p>{WORDS['described'][language]}</p><table>{rows}</table><h3>{words[4]} (12)</h3><h3>{words[5]}</h3>"
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )


def _prices(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    names = [other[:14] for other in others[:24]]
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{chance.randint(10, 999) / 10:.2f}</td>"
        f"<td>{chance.randint(-50, 50) / 10:+.2f} %</td><td>{chance.randint(1_000, 99_999)}</td></tr>"
        for name in names
    )
    return f"<h1>{escape(title[:16])}</h1><table>{rows}</table>"


def _job(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    role, tasks, does, profile, asks, offers, gives, apply = WORDS["job"][language]
    data = {"@context": "https://schema.org", "@type": "JobPosting", "title": role, "datePosted": "2024-05-12"}
    return (
        f"<h1>{role}</h1><h3>{tasks}</h3><ul><li>{does}</li></ul><h3>{profile}</h3><ul><li>{asks}</li></ul><h3>{offers}"
        f'</h3><ul><li>{gives}</li></ul><a class="btn" href="/apply">{apply}</a>'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )


def _shell(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    return '<div id="app"><div class="skeleton"><i></i><i></i></div></div>'


def _ticker(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    entries = (
        f'<div class="entry"><span class="time">{20 - at}:{chance.randint(10, 59)}</span><p>{escape(line)}</p></div>'
        for at, line in enumerate(own[:8])
    )
    return "".join(entries)


def _flash(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    low, high = FLASH[language in CLOSED]
    fitting = [line for line in own[:2] if low <= len(line) <= high and line[-1] in ".。"]
    return f"<p>{escape(fitting[0])}</p>" if fitting else ""


def _recipe(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    words = WORDS["recipe"][language]
    needed = "".join(f"<li>{word}</li>" for word in words[1:5])
    steps = "".join(f"<li>{word}</li>" for word in words[6:])
    name = WORDS["recipe_title"][language]
    return f"<h1>{name}</h1><h2>{words[0]}</h2><ul>{needed}</ul><h2>{words[5]}</h2><ol>{steps}</ol>"


def _faq(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    mark = "？" if language in CLOSED else "?"
    pairs = zip([other.rstrip("?.。!") + mark for other in others[:6]], own, strict=False)
    return "".join(f"<h3>{escape(question)}</h3><p>{escape(answer)}</p>" for question, answer in pairs)


def _release(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    text = "".join(f"<p>{escape(line)}</p>" for line in own[:3])
    return f'{text}<h4>Contact</h4><p>Press office<br>+49 30 123456<br><a href="mailto:p@example.org">Mail</a></p>'


def _poem(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    lines = WORDS["poem"][language]
    verses = ["<br>".join(lines[at : at + 6]) for at in range(0, len(lines), 6)]
    return f"<h1>{WORDS['poem_title'][language]}</h1>" + "".join(f"<p>{verse}</p>" for verse in verses)


def _interview(chance: random.Random, language: str, title: str, own: Paragraphs, others: Sequence[str]) -> str:
    mark = "？" if language in CLOSED else "?"
    pairs = zip([other.rstrip("?.。!") + mark for other in others[:8]], own, strict=False)
    return "".join(f"<p><b>{escape(question)}</b></p><p>{escape(answer)}</p>" for question, answer in pairs)


INNER: dict[str, Form] = {
    "search": _search,
    "tag": _tag,
    "author": _author,
    "product": _product,
    "prices": _prices,
    "job": _job,
    "shell": _shell,
    "ticker": _ticker,
    "flash": _flash,
    "recipe": _recipe,
    "faq": _faq,
    "release": _release,
    "poem": _poem,
    "interview": _interview,
}
PATHS = {
    "search": "/search?q=x",
    "tag": "/tag/x",
    "author": "/author/x/",
    "product": "/shop/p-8812",
    "prices": "/prices/",
    "job": "/jobs/8812",
}


def title_of(kind: str, language: str, title: str) -> str | None:
    """Return the title of a form that is not the article's own."""
    if kind in ("recipe", "poem"):
        name: str = WORDS[f"{kind}_title"][language]
        return name
    named = {
        "search": WORDS["search"][language].format(title.split()[0][:12], "…"),
        "tag": f"#{title.split()[0][:12]}",
        "author": WORDS["names"][language][0],
        "product": title[:30],
        "prices": title[:16],
        "job": WORDS["job"][language][0],
    }
    return named.get(kind)
