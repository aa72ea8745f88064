"""Names that a page itself explains in parentheses, such as 扎克伯格 (Mark Zuckerberg): terms of that page alone.

A wrong name in a sentence is worse than a name that is not looked after, so only what is surely a name is one:
总统 in 美国总统（Joe Biden）, 公司 in 谷歌公司（Google）and the ticker in 英伟达（NVDA）are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from pipelines.translate import script
from pipelines.translate.checks import words
from pipelines.translate.glossary import Term

# 扎克伯格 (Mark Zuckerberg), 国际货币基金组织（International Monetary Fund，IMF）. Where the Chinese name begins is
# told by where else on the page it stands.
_EXPLAINED = re.compile(
    r"([\u4e00-\u9fff·•・]{2,16})\s*[（(]\s*([A-ZÀ-Þ][A-Za-zÀ-ɏ'’.\-& ]{2,60}?)\s*(?:[,，、;；][^()（）]*)?[)）]"
)
# Every name is looked for in the whole page; the longest articles of the public sets have 60,000 characters.
_MAX_PAGE, _MAX_NAMES = 200_000, 200
_NAME_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*")
# Tickers have up to five letters (a point and the exchange's may follow), and so have most abbreviations.
_TICKER = re.compile(r"[A-Z]{1,5}(?:\.[A-Z]{1,3})?")
_PEOPLE = re.compile(rf"(?:{words.any_of('names', 'people')})$")
_KINDS = tuple((re.compile(rf"(?:{kinds})$"), names) for kinds, names in words.others("names", "kinds").items())
_INDEFINITE = re.compile(rf"(?:{words.any_of('names', 'indefinite')})$")
_SUBJECT = re.compile(words.any_of("names", "subject"))
_LEADING = re.compile(rf"^(?:{words.any_of('names', 'leading')})")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def explained(texts: Sequence[str]) -> tuple[Term, ...]:
    """Return the names that a page explains, where they come again without the explanation.

    The Chinese name is the longest ending of what stands before the parenthesis that stands elsewhere on the page
    too; where there is none the name is not needed again. Accepted are the full name, its last word, and capitals.
    """
    page = "\n".join(texts)[:_MAX_PAGE]
    found: dict[str, Term] = {}
    for match in islice(_EXPLAINED.finditer(page), _MAX_NAMES):
        before, name = match[1], match[2].strip()
        name_words = _NAME_WORD.findall(name)
        if not name_words or all(map(_TICKER.fullmatch, name_words)):
            continue
        elsewhere = page[: match.start()] + "\n" + page[match.end() :]
        term = next((before[at:] for at in range(len(before) - 1) if before[at:] in elsewhere), None)
        begins = not _HAN.match(page[match.start() - 1 : match.start()])
        whole = begins and term in (before, _LEADING.sub("", before))
        if term and not _is_common(term, elsewhere) and _is_name(term, name_words, whole=whole):
            capitals = "".join(word[0] for word in name_words if word[0].isupper())
            spellings = (name, name_words[-1], *([capitals] if len(capitals) > 1 else []))
            found.setdefault(term, Term(source=term, targets=tuple(dict.fromkeys(spellings))))
    return tuple(found.values())


def _is_name(term: str, name: Sequence[str], *, whole: bool) -> bool:
    """Tell whether an ending is a name by its last word: no office, and a kind of thing only as part of a name.

    ``whole`` tells that the ending is all that stands before the parenthesis: of 美国人工智能公司 the page may well
    repeat 人工智能公司, and mean another one.
    """
    plain = script.conversion(term)(term)
    if _PEOPLE.search(plain) and not any(kind.search(plain) for kind, _ in _KINDS):
        return False
    lower = {word.lower().strip(".'’") for word in name}
    sizes = [(len(hit[0]), said) for kind, said in _KINDS if (hit := kind.search(plain))]
    if not sizes:
        return True
    size, said = max(sizes)
    return whole and len(plain) > size and not lower.isdisjoint(said)


def _is_common(term: str, elsewhere: str) -> bool:
    """Tell whether an ending is a common word by what stands around it elsewhere.

    Two characters that are but the tail of other words (公司, 先生) have more than two different ones before them; any
    ending that is the subject behind 其他 or 一家 is no name, and 一名特朗普支持者 says nothing about it.
    """
    places = list(re.finditer(re.escape(term), elsewhere))
    if len(term) == 2:
        preceding = {elsewhere[match.start() - 1] for match in places if match.start()}
        if len([c for c in preceding if _HAN.match(c)]) > 2:
            return True
    return any(
        _INDEFINITE.search(elsewhere[max(0, match.start() - 4) : match.start()])
        and _SUBJECT.match(elsewhere[match.end() : match.end() + 2])
        for match in places
    )
