"""Is this an article at all? Says why not, so that a section page or a paywall stub is not stored as one.

Each test needs two signs at once, what the page says and how little running text it has, because an article about
cookies, paywalls or a missing page says the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote, urlsplit

from pipelines.config import Config
from pipelines.forms import MAX_COUNTED, PROSE_WIDTH, is_prose, key, weight, width
from pipelines.model import Block, Draft, Kind
from pipelines.verdicts.learned import unlike
from pipelines.verdicts.phrases import fold, says, words
from pipelines.verdicts.remnant import BESIDE, BOXED, CHROME, Relation, boxes, is_listed, is_remnant
from pipelines.verdicts.unsigned import ARTICLE_TYPES, DECLARED, unsigned

_PIECES = re.compile(r"[.。!?！？:：|·,，;；]|(?<=[\u3040-\u9fff]) ")
_NAMES = re.compile(r"[\w-]+")
_SEARCHED = re.compile(r"(?:^|&)(?:s|q|query|search|keyword|kw|wd)=")
_ERROR = re.compile(r"\W{0,3}(?:error |fehler |erreur |错误 ?)?404\s?(?:$|[-–—|:!.,])")
_WANTED = re.compile(
    r"[(\[](?:(?:m/w|w/m|m/f|f/m|m/v|v/m|m/d)/(?:d|x|w|div|gn|i)|d/m/w|m/w|w/m|h/f|f/h|k/m|m/k|all genders)[)\]]",
    re.IGNORECASE,
)
"""How the title of an advert for a job says that it is open to everybody: "Elektroniker (m/w/d)", "Chef (H/F)"."""
_ITEMS, DUTIES = frozenset({"li"}), 0.2
"""Share of list items in a text under such a title from which it is the advert, and no article on such titles."""
TABLE_SHARE, FIGURES = 0.8, 0.5
"""Share of the text in rows of a table, and digits for each letter in them, from which it is a table of figures."""
LIST_TYPES = frozenset({"searchresultspage", "collectionpage", "profilepage", "og:profile"})
BARE_WEIGHT = 450
"""Below this all that a page says, menus and footer too, is a notice if it has words of one: a redirect, a refusal."""
_MAX_NOTICE = 400
"""Weight of the longest line that is read as a notice; an article's paragraph that speaks of one is mostly longer."""
STUB_WEIGHT = 900
"""Below this a text with a paywall notice is its teaser: 95 % of 373 public articles with a body are longer."""
NOTICE_WEIGHT = 600
"""Below this a page that says it is missing, locked or a robot check is just that."""
NOTICE_SHARE = 0.25
"""Share of such a page's text that says so, if its title does not: of 34 made pages 32 have more, a short recipe beside
a box that asks to log in has 0.17."""
CLIP_WEIGHT = 350
"""Below this a page under /video/ or /gallery/ is the caption of a clip or of pictures."""
LIST_BLOCKS = 8
"""Fewer linked headlines may be an article's list of sources."""
TEASERS, TEASED = 4, 0.8
"""Headlines with a teaser from which a page lists others, where they are so many for each running line: no article of
533 public pages has both, 98 % of the index pages made of them with teasers have (one half of the hosts)."""
FEW_HEADLINES, LISTED_WEIGHT = 3, 1_500
"""The same where no line is running text: one of 533, the list of an agency's works, is like that."""
SCRAP_WEIGHT, ABOVE = 200, 10
"""A text this short below so many headlines is what is left of the chrome: no article of 533 is so."""
WALL_WEIGHT = 2_500
"""Below this a text right in front of a box that sells the rest of it is the beginning of an article."""
TITLE_WEIGHT = 90
"""Weight of the longest title that is read as a notice ("Page not found"); up to ``TITLED_WEIGHT`` of text."""
TITLED_WEIGHT = 2_500
CHROME_WEIGHT, CHROME_SHARE = 1_000, 0.7
"""A text this short, so much of it in a footer, a banner or a box, is what is left when a page has no article: of 533
public pages one is so, the line under a blog's name."""
LETTERS = 0.2
"""Share of letters below which a text says nothing; of 1,019 public articles the lowest has 0.40, in Burmese, whose
vowels are marks."""
MAX_ERROR = 200
"""Weight of a line that says that a page is gone; paragraphs of news on removed contents are longer."""
MAX_LABEL = 24
"""Columns of a form's labels in the mean; the clauses of news about passwords are longer."""
BESIDE_COMMENTS = 0.3
"""Share of comments from which a text is these, where nearly all else stands in boxes around articles."""
PICTURES, CAPTIONS, BESIDE_CAPTIONS = 3, 0.5, 0.2
"""Blocks, and the share of captions among them, from which a page with one running line at most is a gallery; the last
where nearly all else stands in boxes around articles."""


def judge(draft: Draft, config: Config) -> str | None:
    """Return None for an article, else a short code for what the page is instead."""
    total = sum(weight(block.text) for block in draft.blocks)
    prose = running(draft)
    related = Relation(draft)
    return by_rules(draft, config, total, prose, related) or unlike(draft, total, prose)


def by_rules(draft: Draft, config: Config, total: float, prose: Sequence[Block], related: Relation) -> str | None:
    """Return what a page of this weight and running text is by the signs that hardly an article has."""
    notice = _notice(draft, total)
    if notice is not None:
        return notice
    if total < config.min_text_chars or _own_weight(draft, total) < config.min_text_chars:
        return "too_short"
    if _is_wordless(draft):
        return "video_page" if _is_film(draft) else "too_short"
    if _is_index(draft, total, prose, related):
        return "index_page"
    comments = _share(draft, total, words().comment)
    if comments > 0.8 or (comments > BESIDE_COMMENTS and not related.on_title and _with_boxes(draft, total, comments)):
        return "comments"
    if total < CHROME_WEIGHT and not related.on_title and boxes(draft, CHROME) > CHROME_SHARE * total:
        return "too_short"
    if not prose and _is_figures(draft, total):
        return "table"
    if (found := _clip(draft, total, prose)) is not None:
        return found
    if is_remnant(draft, total, related):
        return _remnant(draft, total)
    return _declared(draft, total, related) or unsigned(draft, total, related)


def _is_wordless(draft: Draft) -> bool:
    """Say whether a text outside of tables is figures and marks: data of a script, numbers of items."""
    text = "".join(block.text for block in draft.blocks if block.kind not in (Kind.TABLE_ROW, Kind.CODE))[:MAX_COUNTED]
    # Every seventh character settles it for nearly every page.
    if sum(map(str.isalpha, text[::7])) > 3 * LETTERS * len(text) / 7:
        return False
    return bool(text) and sum(map(str.isalpha, text)) < LETTERS * len(text)


def _is_film(draft: Draft) -> bool:
    return any(kind.startswith("og:video") or kind == "videoobject" for kind in draft.declared)


def _own_weight(draft: Draft, total: float) -> float:
    """Return the weight of a text less that of headings with the words of its title."""
    title = key(draft.meta.title or "")
    return total - sum(weight(b.text) for b in draft.blocks if b.kind is Kind.HEADING and key(b.text) == title)


def _declared(draft: Draft, total: float, related: Relation) -> str | None:
    """Return what a page with little text says it is instead of an article, in its data or its address."""
    if total < WALL_WEIGHT and not any(name in kind for kind in draft.declared for name in ARTICLE_TYPES):
        for reason, kinds in DECLARED.items():
            if draft.declared & kinds:
                return reason
        if draft.meta.title and _WANTED.search(draft.meta.title) and _share(draft, total, _ITEMS) >= DUTIES:
            return "job_advert"
    if not is_listed(draft, total):
        return None
    searched = _SEARCHED.search(urlsplit(draft.url).query) is not None
    lists = (searched or not LIST_TYPES.isdisjoint(draft.declared)) and not related.on_title
    return "index_page" if lists or _is_list_address(draft.url) else None


def _is_list_address(url: str) -> bool:
    """Say whether an address ends as that of a search, a tag or an author does.

    Further steps behind the word are an article's (``/archive/tag/2004/12/a-story``), but for the number of a page.
    """
    steps = [step.lower() for step in unquote(urlsplit(url).path).split("/") if step]
    while steps and (steps[-1].isdigit() or steps[-1] in ("page", "seite")):
        steps.pop()
    return not words().listing.isdisjoint(steps[-2:])


def _remnant(draft: Draft, total: float) -> str:
    """Return what a page is of which a remnant was kept: a clip, pictures or a list where it says so."""
    if (named := _named(draft)) is not None:
        return named
    return "index_page" if draft.linked_lines >= LIST_BLOCKS and draft.linked_columns > total else "too_short"


def running(draft: Draft) -> list[Block]:
    """Return the blocks that are running text, or code."""
    return [block for block in draft.blocks if _is_running(block)]


def _is_running(block: Block) -> bool:
    return block.link_density < 0.5 and (is_prose(block.text) or block.kind is Kind.CODE)


def _notice(draft: Draft, total: float) -> str | None:
    """Return what a page with little text says of itself: missing, locked, behind a wall."""
    if total >= WALL_WEIGHT:
        return None
    kept = _notices(block.text for block in draft.blocks)
    title = _notices([draft.meta.title or ""], TITLE_WEIGHT)
    if total < TITLED_WEIGHT:
        if says(title, "missing") or any(map(_ERROR.match, title)) or says(kept[:1], "missing"):
            return "not_found"
        called = "login_page" if says(title, "login") else words().titles.get(key(draft.meta.title or ""))
        if called is not None and not (called == "login_page" and _explains(draft)):
            return called
    if total < NOTICE_WEIGHT and (found := _short_notice(draft, title, kept, total)) is not None:
        return found
    return "paywall_stub" if _is_stub(draft, kept, total) else None


def _is_stub(draft: Draft, kept: list[str], total: float) -> bool:
    """Say whether a text is the beginning of one that is locked: who says so, and whether it breaks off.

    An offer ("become a member") stands under whole articles too.
    """
    behind = _notices(_shown(draft, total))
    if says(behind, "paywall") or (total < STUB_WEIGHT and (says(kept, "paywall") or says(kept, "offer"))):
        return True
    if not _breaks_off(draft):
        return False
    cut = _notices(line for piece in draft.removed for line in piece.text.splitlines()) if total < STUB_WEIGHT else []
    return any(says([*behind, *cut], name) for name in ("paywall", "offer"))


def _shown(draft: Draft, total: float) -> Iterable[str]:
    """Return the lines behind a text; below a long one that is all there, a hidden one waits for other readers."""
    if total < STUB_WEIGHT:
        return draft.after
    hidden = {line for piece in draft.removed if piece.reason == "hidden" for line in piece.text.splitlines()}
    return (line for line in draft.after if line not in hidden)


def _notices(lines: Iterable[str], limit: float = _MAX_NOTICE) -> list[str]:
    """Return the lines that are short enough for a notice, folded."""
    return [fold(line) for line in lines if line and weight(line) <= limit]


def _short_notice(draft: Draft, title: list[str], kept: list[str], total: float) -> str | None:
    """Return what a short page says of itself in its title, or in lines that are more than a small part of its text."""

    def mostly(test: Callable[[str], bool]) -> bool:
        return sum(weight(line) for line in kept if test(line)) > NOTICE_SHARE * total

    gone = any(map(_is_gone, kept[:1])) or (any(map(_is_gone, title)) and any(map(_is_gone, kept)))
    if says(title, "missing") or gone or mostly(lambda line: says([line], "missing") or _is_gone(line)):
        return "not_found"
    if says(title, "robot") or mostly(lambda line: says([line], "robot")):
        return "robot_check"
    if mostly(lambda line: says([line], "login") or _is_form(line)) and not _explains(draft):
        return "login_page"
    consent = sum(weight(block.text) for block in draft.blocks if _asks_consent(fold(block.text)))
    if consent * 2 > total > 0:
        return "index_page" if is_listed(draft, total) else "consent_wall"
    return "notice" if _is_bare(draft, total) and says(title + kept, "bare") else None


def _explains(draft: Draft) -> bool:
    """Say whether paragraphs tell of passwords: a page that helps with signing in is called by that as well."""
    told = (fold(block.text) for block in draft.blocks if width(block.text) >= PROSE_WIDTH and is_prose(block.text))
    return sum(says([line], "secret") and not _is_form(line) for line in told) >= 2


def _is_bare(draft: Draft, total: float) -> bool:
    """Say whether a page is nothing but a few words: no menu, no footer, hardly a link."""
    everything = total + sum(weight(piece.text) for piece in draft.removed)
    return not draft.is_capture and everything < BARE_WEIGHT and draft.linked_lines < FEW_HEADLINES


def _is_gone(line: str) -> bool:
    """Say whether a short line says of a page or an article that it is gone."""
    return weight(line) <= MAX_ERROR and says([line], "absent") and says([line], "document")


def _is_form(line: str) -> bool:
    """Say whether a line is the labels of a form to log in: the words for it, in pieces too short for sentences."""
    if not (says([line], "secret") and says([line], "account")):
        return False
    pieces = [piece for piece in _PIECES.split(line) if piece.strip()]
    return sum(width(piece.strip()) for piece in pieces) <= MAX_LABEL * len(pieces)


def _asks_consent(line: str) -> bool:
    """Say whether a line asks to agree to tracking: in words for it, or as a house that speaks to its visitor."""
    if says([line], "consent"):
        return True
    speaks = says([f" {line} "], "house") or says([line], "house_cjk")
    return speaks and says([line], "tracking") and says([line], "agreement")


def _breaks_off(draft: Draft) -> bool:
    """Say whether the text ends in the middle, as a teaser does."""
    return not draft.blocks or draft.blocks[-1].text.rstrip().endswith(("…", "...", "［...］", "[…]", "[...]"))


def _is_index(draft: Draft, total: float, prose: Sequence[Block], related: Relation) -> bool:
    """Say whether the page lists others: whole posts, headlines with teasers, linked lines and hardly any text."""
    if draft.whole_posts:
        return True
    if draft.teasers >= TEASERS and draft.teasers >= TEASED * len(prose) and not _is_digest(draft, related):
        return True
    if total < SCRAP_WEIGHT and draft.headlines_above >= ABOVE and not related.on_title:
        return True
    linked = [block for block in draft.blocks if block.link_density >= 0.5]
    share = sum(weight(block.text) for block in linked) / max(1.0, total)
    if not prose and total < LISTED_WEIGHT and (share > 0.5 or _is_scattered(draft, related)):
        return True
    return len(linked) >= LIST_BLOCKS and share > 0.5 and sum(weight(block.text) for block in prose) < 0.3 * total


def _is_digest(draft: Draft, related: Relation) -> bool:
    """Say whether a list of other articles is one itself: the news of a morning or a week, told in a few lines each.

    It has a day, an address of its own, words above the first headline, and its title names what it tells of.
    """
    return draft.opened and draft.meta.published is not None and related.on_title


def _is_scattered(draft: Draft, related: Relation) -> bool:
    """Say whether headlines stand between the lines of a text that is not on its title."""
    return draft.headlines >= FEW_HEADLINES and not related.on_title


def _with_boxes(draft: Draft, total: float, share: float) -> bool:
    """Say whether nearly all but a share of the text stands in boxes around articles."""
    return share * total + boxes(draft, BESIDE) > BOXED * total


def _is_figures(draft: Draft, total: float) -> bool:
    """Say whether a text is a table of figures: prices, rates, scores."""
    rows = [block.text for block in draft.blocks if block.kind is Kind.TABLE_ROW]
    letters = sum(char.isalpha() for row in rows for char in row[:MAX_COUNTED])
    digits = sum(char.isdigit() for row in rows for char in row[:MAX_COUNTED])
    return len(rows) >= LIST_BLOCKS and sum(map(weight, rows)) > TABLE_SHARE * total and digits > FIGURES * letters


def _share(draft: Draft, total: float, names: frozenset[str]) -> float:
    """Return the share of the text that stands inside elements of these tags, classes or ids."""
    inside = (block for block in draft.blocks if not names.isdisjoint(_NAMES.findall(block.path.lower())))
    return sum(weight(block.text) for block in inside) / max(1.0, total)


def _clip(draft: Draft, total: float, prose: Sequence[Block]) -> str | None:
    """Return ``video_page`` or ``gallery`` for a caption under an address that says so, or for captions alone."""
    captions = _share(draft, total, words().caption) if len(prose) <= 1 and len(draft.blocks) >= PICTURES else 0.0
    if captions > CAPTIONS or (captions > BESIDE_CAPTIONS and captions * total + boxes(draft, BESIDE) > BOXED * total):
        return "gallery"
    if total >= CLIP_WEIGHT:
        return None
    named = _named(draft)
    return None if named == "gallery" and len(draft.images) < PICTURES and prose else named


def _named(draft: Draft) -> str | None:
    """Return what a page's address calls it: a clip, a gallery or the comments on an article."""
    path = unquote(urlsplit(draft.url).path).lower().rstrip("/").split("/")
    if path[-1] in words().comment:
        return "comments"
    steps = set(path[:-1])
    if steps & words().video:
        return "video_page"
    return "gallery" if steps & words().gallery else None
