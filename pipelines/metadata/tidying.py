"""A name without what stands around it on a page or in its data."""

from __future__ import annotations

import re

from pipelines.metadata import capitals, words
from pipelines.metadata.text import dense

_HAN = r"\u3400-\u9fff〇"
_AROUND = " \t.,:：·•-–—|*〓■●★◆【】"
_WROTE = frozenset({"Text", "TEXT", "Texte", "Texto", "Testo", "Tekst"})
_NOTES = re.compile(r"(?<=[^\W\d_])[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]{1,2}$")
"""The numbers of notes on where each of several authors works."""
FOLLOW = re.compile(
    r"(?<=[^\W_])\s?(?:View (?i:all|more|my|full|author)\b.*|See all\b.*|All posts"
    r"|\d{1,3} (?:min|hour|day|week|month)\w*\b.*"
    r"|Follow(?:ing)?|Folgen|Suivre|Seguir|Segui|Volg|Obserwuj|Takip Et|Подписаться|Підписатися)$"
)
"""Buttons behind a name, the time it takes to read, how long ago it was."""
_BEYOND = re.compile(r"^(\S+\s\S.*?)(?:\s(?:in|for|at|from)\s[A-ZÀ-Þ].*|(?<=\w{3})\.\s[A-ZÀ-Þ].*)$")
"""Behind a name of two words and more: where or for whom somebody writes, a sentence ("Jane Doe. Harbour Agency")."""
DOMAIN = re.compile(
    r"\.(?:com|org|net|gov|edu|mil|de|co|fr|ru|cn|jp|it|es|info|io|tv)\b"
    r"|\w\w\.(?:pl|gr|ua|cz|sk|bg|rs|ro|hu|hr|si|mk|al|by|kz|lt|lv|ee|fi|se|no|dk|nl|be|at|ch|pt|br|mx|ar|tr|il|in|id"
    r"|vn|kr|tw|hk|uk|ie|au|nz|za|eu|рф|укр|бг|срб)(?=$|[\s/,)])",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r"^\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b,?\s*", re.IGNORECASE
)


def tidy(name: str) -> str:
    """Return a name without what stands around it: a date, "by", a title in brackets, a role, a handle."""
    name = _DATE_TAIL.sub("", name)
    name = (
        re.sub(r"^(?:.{0,24}\bby|von|par|por)\s+(?=[^\W\d_])", "", name, flags=re.IGNORECASE)
        if not dense(name)
        else name
    )
    name = re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]]?\s*$", "", name)
    if name.endswith((")", "）")) and "(" not in name and "（" not in name:
        name = name[:-1]  # of a credit in brackets: "(Reporting by Jane Doe)"
    name = _BEYOND.sub(r"\1", name)
    if " " in name:
        name = _NOTES.sub("", name)
    name = re.sub(
        r"\s*(?:[-–—|•·]\s.*|\bfor\s+the\s.*|\s(?-i:with|avec|mit|con|com|met|med)(?:\s.*)?|\s(?:publi|posted|updated|veröff)\S*(?:\s.*)?|\s(?:is|ist|est)\s.*|\s@\S+.*)$",
        "",
        name,
        flags=re.IGNORECASE,
    )
    head, *behind = re.split(r"\s[Ff]or\s", name, maxsplit=1)
    house = "".join(behind)
    if house and (DOMAIN.search(house) or house.split()[-1].casefold() in words.words("sites", "site_words")):
        name = head
    name = re.sub(rf"(?<=[{_HAN}가-힣])\s*(?:记者|記者|기자|특파원|编辑)$|\s(?:记者|記者|기자)$|^@", "", name)
    if dense(name):
        name = re.sub(r"\s+(?:关注|關注|粉丝|订阅|文章|发布|回复|分享到|分享|等)$", "", name)
    name = _without_trade(FOLLOW.sub("", name.strip(_AROUND)))
    if " " in name and "가" <= name[-1] <= "힣":
        name = _without_korean_trade(name)
    if len(name) > 4 and name.isupper() and " " in name:
        name = capitals.titled(name)
    return name


def _without_trade(name: str) -> str:
    """Return a name without the house and the trade before it ("ECHO-Online-Expertin Anna Muster")."""
    head, _, last = name.rpartition(" ")
    if " " in head and last in _WROTE:
        return head  # "Karin Berg Text"
    name = " ".join(without_desk(name.split(" ")))
    first, _, rest = name.partition(" ")
    is_trade = "-" in first and first.rpartition("-")[2].casefold() in words.words("people", "trades")
    return rest if is_trade and " " in rest else name


def without_desk(tokens: list[str]) -> list[str]:
    """Return a name without the desk that is left where a word for a trade was cut: "Jane Doe Political"."""
    size = len(tokens)
    while size > 2 and tokens[size - 1].casefold() in words.words("people", "desks"):
        size -= 1
    return tokens[:size]


def _without_korean_trade(name: str) -> str:
    """Return a Korean name without the trade behind it and what that is about: 홍길동 항구 칼럼니스트."""
    table = words.table("people")
    first, _, trade = name.partition(" ")
    named = 2 <= len(first) <= 4 and first[0] in table["korean_surnames"] and first not in table["korean_roles"]
    return first if named and len(trade) <= 20 and trade.endswith(tuple(table["korean_trades"])) else name
