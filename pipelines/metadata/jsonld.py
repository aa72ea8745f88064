"""The article node of a page's JSON-LD: headline, dates, authors, publisher, section, keywords."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.metadata import subjects
from pipelines.metadata.folders import is_front
from pipelines.metadata.scripts import parse
from pipelines.metadata.tree import squeeze

_ARTICLE = re.compile(
    r"(?:article|posting|report|review|story|liveblog|recipe|book|chapter|creativework|newsitem)", re.IGNORECASE
)
_PAGE = re.compile(r"(?:webpage|itempage|videoobject|discussionforum|question|qapage)", re.IGNORECASE)
_LISTS = frozenset(
    {
        "itemlistelement",
        "haspart",
        "ispartof",
        "mentions",
        "relatedlink",
        "comment",
        "review",
        "liveblogupdate",
        "blogpost",
        "citation",
        "suggestedanswer",
        "acceptedanswer",
    }
)
MAX_NODES = 3000
"""Nodes that are looked at: a page with more lists other articles."""
MAX_DEPTH = 12
MAX_AUTHORS = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What the article node says, as it says it; empty where it says nothing."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    """Those of the authors whose node has the type Person."""
    publisher: str = ""
    section: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    description: str = ""
    language: str = ""
    breadcrumb: tuple[str, ...] = ()
    names: tuple[str, ...] = field(default=())
    """Names of organisations and sites anywhere in the page's data: no author is one of these."""


def nodes(value: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield (node, whether it stands in a list of other things) of a parsed script, outer nodes first."""
    queue: list[tuple[Any, bool, int]] = [(value, False, 0)]
    seen = 0
    while queue and seen < MAX_NODES:
        item, listed, depth = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue.extend(
                (each, listed, depth + 1) for each in item[:500] if isinstance(each, (dict, list)) and depth < MAX_DEPTH
            )
        elif isinstance(item, dict):
            yield item, listed
            for key, each in item.items():
                if isinstance(each, (dict, list)) and depth < MAX_DEPTH:
                    queue.append((each, listed or str(key).lower() in _LISTS, depth + 1))


def types(node: dict[str, Any]) -> str:
    """Return a node's types as one string."""
    value = node.get("@type") or node.get("type") or ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def text(value: Any) -> str:
    """Return a value as one clean line: strings, the first of a list, a node's name or value."""
    if isinstance(value, list):
        return next((line for each in value[:5] if (line := text(each))), "")
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("headline") or "")
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def clean(value: str) -> str:
    """Return text without entities and markup (a template's double escaping included)."""
    value = value[:5000]
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", " ", value)
    return squeeze(value)


def texts(value: Any) -> tuple[str, ...]:
    """Return a value as lines: a list's items, or one string."""
    items = value[:100] if isinstance(value, list) else [value]
    return tuple(line for each in items if (line := text(each)))


def facts(
    scripts: Sequence[str],
    *,
    titles: Sequence[str],
    headings: Sequence[str] = (),
    addresses: Sequence[str] = (),
    lines: Sequence[str] = (),
) -> Facts:
    """Return what the page's article node says.

    ``titles``, ``headings`` and ``addresses`` are the page's own, to tell its node from those of other articles;
    ``lines`` are those above its text that are no links, one of which is its title where no field holds it.
    """
    found = [(node, listed) for script in scripts for node, listed in nodes(parse(script))]
    by_id = {node["@id"]: node for node, _ in found if isinstance(node.get("@id"), str) and len(node) > 1}
    best: tuple[float, dict[str, Any]] | None = None
    shown = [*titles, *headings]
    for node, listed in found:
        score = _score(node, listed, titles)
        if score > 0 and (best is None or score > best[0]) and not _is_foreign(node, listed, shown, addresses, lines):
            best = (score, node)
    node = best[1] if best else {}
    page = next((each for each, _ in found if "webpage" in types(each).lower() and each is not node), {})
    if node and "webpage" not in types(node).lower():
        published, modified = (
            text(node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate")),
            text(node.get("dateModified")),
        )
    else:
        published, modified = text(node.get("datePublished")), text(node.get("dateModified"))
    published = published or (text(page.get("datePublished")) if best else "")
    return Facts(
        headline=text(node.get("headline"))
        or (text(node.get("name")) if node and "page" not in types(node).lower() else ""),
        published=published,
        modified=modified,
        authors=_authors(node, by_id),
        persons=_authors(node, by_id, only_persons=True),
        publisher=_publisher(node, found, by_id),
        section=texts(node.get("articleSection")),
        keywords=texts(node.get("keywords")),
        description=text(node.get("description")),
        language=text(node.get("inLanguage")),
        breadcrumb=_breadcrumb(found, addresses),
        names=tuple(name for each, _ in found if _is_group(each) and (name := text(each.get("name")))),
    )


def _score(node: dict[str, Any], listed: bool, titles: Sequence[str]) -> float:
    """Return how surely a node is the page's article: by type, by a headline that the page shows, by its dates."""
    kind = types(node)
    # A template that forgets the type still writes what only an article has.
    bare = not kind and bool(node.get("headline")) and bool(node.get("datePublished") or node.get("author"))
    score = 2.0 if _ARTICLE.search(kind) else 1.0 if bare or _PAGE.search(kind) else 0.0
    if not score:
        return 0.0
    headline = _key(text(node.get("headline") or node.get("name")))
    if headline and any(headline in _key(title) or (_key(title) and _key(title) in headline) for title in titles):
        score += 3.0
    elif listed:
        score -= 2.0
    score += 0.5 * bool(node.get("datePublished")) + 0.3 * bool(node.get("author")) + 0.2 * bool(node.get("headline"))
    return score


def _is_foreign(
    node: dict[str, Any], listed: bool, titles: Sequence[str], addresses: Sequence[str], lines: Sequence[str]
) -> bool:
    """Tell whether a node is another article's: by its headline, of one in a list by its name as well."""
    headline = text(node.get("headline") or (node.get("name") if listed else ""))
    if not headline:
        return False
    named = [_address(node.get(key)) for key in ("url", "mainEntityOfPage", "@id")]
    if not subjects.is_foreign(headline, titles, [each for each in named if each], addresses):
        return False
    wanted = _key(headline)
    return all(_key(line) != wanted for line in lines)


def _address(value: Any) -> str:
    """Return the address that a value is or holds."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""


def _key(value: str) -> str:
    """Return letters and digits only, lower case, for comparing titles."""
    return re.sub(r"[\W_]+", "", value.lower())


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    """Return the node that an ``@id`` reference points to, else the value itself."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _is_group(node: dict[str, Any]) -> bool:
    """Tell whether a node is an organisation or a site."""
    kind = types(node).lower()
    return "person" not in kind and bool(re.search(r"organi[sz]ation|website|corporation|newsmedia|brand", kind))


def _authors(node: dict[str, Any], by_id: dict[str, dict[str, Any]], *, only_persons: bool = False) -> tuple[str, ...]:
    """Return the names of a node's author (or creator) values; organisations are not persons."""
    for key in ("author", "authors", "creator"):
        value = node.get(key)
        if isinstance(value, dict) and isinstance(value.get("@list"), list):
            value = value["@list"]
        names: list[str] = []
        for each in (value if isinstance(value, list) else [value])[:MAX_AUTHORS]:
            target = _resolve(each, by_id)
            if isinstance(target, dict) and _is_group(target):
                continue
            if only_persons and not (isinstance(target, dict) and "person" in types(target).lower()):
                continue
            if isinstance(target, dict) and isinstance(target.get("name"), list):
                names.extend(texts(target["name"]))
            elif line := text(target) or _given(target):
                names.append(line)
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _given(node: Any) -> str:
    """Return the name of a person whose node has it in two parts."""
    if not isinstance(node, dict) or not text(node.get("familyName")):
        return ""
    return f"{text(node.get('givenName'))} {text(node.get('familyName'))}".strip()


def _publisher(
    node: dict[str, Any], found: Sequence[tuple[dict[str, Any], bool]], by_id: dict[str, dict[str, Any]]
) -> str:
    """Return the publisher's name, else the name of the page's WebSite node."""
    name = text(_resolve(node.get("publisher"), by_id))
    return name or next((text(each.get("name")) for each, _ in found if "website" in types(each).lower()), "")


def _breadcrumb(found: Sequence[tuple[dict[str, Any], bool]], addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the first breadcrumb list, outermost first, without the front page and the page itself."""
    for node, _ in found:
        if "breadcrumblist" in types(node).lower() and isinstance(node.get("itemListElement"), list):
            steps = [each for each in node["itemListElement"][:10] if isinstance(each, dict)]
            steps = [each for each in steps if not _is_front(each)]
            # An article may be called otherwise in its path; a lone step may be the section under the page's address.
            if len(steps) > 1 and _leads_to(steps[-1]).rstrip("/") in {each.rstrip("/") for each in addresses if each}:
                steps.pop()
            return tuple(name for each in steps if (name := text(each) or text(each.get("item"))))
    return ()


def _leads_to(step: dict[str, Any]) -> str:
    """Return the address that a step of a path leads to, empty where it says none."""
    item = step.get("item")
    address = (item.get("@id") or item.get("url")) if isinstance(item, dict) else item
    return address if isinstance(address, str) else ""


def _is_front(step: dict[str, Any]) -> bool:
    """Tell whether a step of a path leads to the front page, whatever it is called ("Acasă")."""
    address = _leads_to(step)
    return "://" in address and is_front(address)
