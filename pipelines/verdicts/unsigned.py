"""Says what a page is that nobody signed: a form, goods, a front page.

Of 777 articles of all kinds 9 % have neither a date nor a type of article in their data, of 578 other pages that passed
for some (forms, shops, front pages of 300 sites in 27 languages) 82 %. So here one more sign is enough.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipelines.html.outline import is_story
from pipelines.model import Draft
from pipelines.verdicts.names import is_called, named
from pipelines.verdicts.remnant import Relation

ARTICLE_TYPES = ("article", "blogposting", "recipe", "howto", "faqpage", "qapage", "review", "report", "pressrelease")
DECLARED = {
    "product_page": frozenset({"product", "productgroup", "og:product", "og:product.item"}),
    "job_advert": frozenset({"jobposting"}),
}
"""What a page with some lines of text is by its own words, if it does not call itself an article as well."""
MAX_WEIGHT = 3_000
"""Below this what stands around a text counts; the longer one is mostly something to read, whoever wrote it."""
FORM_WEIGHT, FIELD_WEIGHT = 2_000, 200
"""Weight of the longest text that explains a form, and what each of its fields may take of it; a password counts
twice. Of 774 articles none is so, one product of a shop is."""
THIN_WEIGHT, SHORT_WEIGHT = 300, 1_000
NAMED_WEIGHT = 600
LINES = 4
"""Linked lines from which there is a page around the text: fragments and prints have none."""
FEW_LINES = 3
MANY_FIELDS = 3
"""Fields of its own that make a dated page with the name of a form one: a log-in above an article has two."""
CONTACT_FIELDS = 2
"""Fields from which a page that is called "Contact" asks for a message, and is no review of a film of that name."""
_HOME = re.compile(r"/?(?:(?:index|home|default)(?:\.[a-z]{2,5})?)?/?", re.IGNORECASE)
PRICES, BUYS = 4, 2
"""Lines with a price that make a shop of a page, and beside a cart."""


def unsigned(draft: Draft, total: float, related: Relation) -> str | None:
    """Return what a page of this weight is instead of an article, if no one signed it; None where it may be one."""
    dated = draft.meta.published is not None
    if draft.is_capture or draft.first_page or is_typed(draft):
        return None
    if _is_home(draft):
        return "index_page"
    if (dated and draft.meta.authors) or draft.next_page:
        return None
    story = is_story(urlsplit(draft.url)._replace(query="").geturl())
    if (form := _form(draft, total, story=story)) is not None:
        return form
    shown = draft.screen
    if shown.has_goods or not DECLARED["product_page"].isdisjoint(draft.declared):
        return "product_page"
    if total >= MAX_WEIGHT:
        return None
    if _is_front(draft, related, story=story):
        return "index_page"
    if not dated and shown.carts and shown.prices >= BUYS:
        return "product_page"
    if dated or (story and related.on_title):
        return None
    if shown.prices >= PRICES and not draft.meta.authors:
        return "product_page"
    return "too_short" if not story and _is_scrap(draft, total, related) else None


def is_typed(draft: Draft) -> bool:
    """Say whether a page's data say that it is an article; its card for other sites says so of any page."""
    return any(name in kind for kind in draft.declared for name in ARTICLE_TYPES if not kind.startswith("og:"))


def _form(draft: Draft, total: float, *, story: bool) -> str | None:
    """Return ``login_page`` or ``form_page`` for a page that is there to be filled in."""
    shown, dated = draft.screen, draft.meta.published is not None
    kind = "login_page" if shown.has_secret else "form_page"
    if named(shown.names):
        secret = shown.secrets > (0 if total < MAX_WEIGHT or not dated else 1)
        if secret or (total < MAX_WEIGHT and (shown.fields >= MANY_FIELDS or (not dated and _has_form(draft)))):
            return kind
        if total < NAMED_WEIGHT and not dated and not draft.meta.authors:
            return kind
    if shown.fields >= CONTACT_FIELDS and total < MAX_WEIGHT and is_called(shown.names, "contact"):
        return "contact_page"
    asked = FIELD_WEIGHT * (shown.fields + shown.secrets)
    return kind if not (dated or story) and total < FORM_WEIGHT and asked >= total else None


def _has_form(draft: Draft) -> bool:
    return draft.screen.fields > 0 or draft.screen.has_secret


def _is_home(draft: Draft) -> bool:
    """Say whether a page with more on it than its text has the address of a whole site: its posts have dates."""
    if not is_home(draft.url):
        return False
    if urlsplit(draft.url).path.strip("/") and (draft.meta.published is not None or draft.meta.authors):
        return False
    return draft.linked_lines > 0 or draft.screen.fields > 0 or draft.cut_lines >= LINES


def is_home(url: str) -> bool:
    """Say whether an address is that of a whole site."""
    address = urlsplit(url)
    return address.scheme in ("http", "https") and not address.query and _HOME.fullmatch(address.path) is not None


def _is_front(draft: Draft, related: Relation, *, story: bool) -> bool:
    """Say whether a page is a site's first: by its name, or because many links, and no headline, stand around it."""
    if draft.linked_lines >= LINES and draft.gap < 0 and draft.meta.title and not story:
        return draft.meta.published is None or not related.on_title
    unsigned_by_all = draft.meta.published is None and not draft.meta.authors
    if not unsigned_by_all and (draft.linked_lines < LINES or related.on_title):
        return False
    return is_called(draft.screen.names, "front")


def _is_scrap(draft: Draft, total: float, related: Relation) -> bool:
    """Say whether a page holds a few lines that nobody signed, or a few more on something else than its title."""
    if draft.meta.authors or "og:article" in draft.declared:
        return False
    if total < THIN_WEIGHT:
        return draft.screen.fields > 0 or draft.linked_lines >= FEW_LINES
    return total < SHORT_WEIGHT and related.off_title and (draft.screen.fields > 0 or draft.linked_lines >= LINES)
