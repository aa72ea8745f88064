"""Visible bylines: "By Jane Doe", "Von …", "홍길동 기자"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.metadata import asides, capitals, datelines, moments, people, tidying, words
from pipelines.metadata.dense_bylines import MAX_BYLINE, from_dense
from pipelines.metadata.text import dense, key

_HAN = r"\u3400-\u9fff"
_KOREAN = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}(?:\s?[·ㆍ,]\s?[가-힣]{2,4}){0,4})\s?(?:인턴|수습|선임|객원|전문|의학전문)?\s?(?:기자|특파원|논설위원)(?![가-힣])"
)
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_PICTURE = re.compile(r"(?<!글·)(?<!글ㆍ)(?<!글 )(?:사진|영상|촬영|그래픽)\s?[=:/]\s?[가-힣]{2,4}(?:\s?기자)?")
_KOREAN_LABEL = re.compile(
    r"^\W*(?:글|기자|기자명|작성자|지은이|저자|취재|글쓴이|필자|[Bb]y\s)\s?[:：=|·]?\s?([가-힣]{3})(?![가-힣])"
)
_THAI = re.compile(
    r"^\W*(?:โดย|ผู้เขียน|เขียนโดย|เรื่อง(?=\s?[:：])|ผู้สื่อข่าว)\s?[:：]?\s?"
    r"([\u0e01-\u0e4e.]{2,20} [\u0e01-\u0e4e.]{2,24})\s*(?=$|[|•·,(])"
)
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")
_OURS = re.compile(r"^(?:unser\w*|our|notre|nostr\w|nuestr\w|nosso|nossa|onze)\s\w+\s(?=\S+\s\S)", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s[|•·–—](?:\s|(?=in\s))|\s(?=By\s)|\s\d|\s{2,}|\s-\s|[:•|]|\s(?:in|on|for|at|em|am|dne|op|avec|with|mit|Illustration|Fotos?|Photo\w*|Published|(?:Last\s)?Updated"
    r"|Posted)\s|\s(?=Leave\s(?:a|your)\s|No\sComments|Add\s(?:a\s)?Comment|<?[\w.+-]+@[\w-]+\.)"
)
"""What stands behind the names of a byline, or parts them from it."""
_FROM = re.compile(r"\sin\s[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)*(?=\s(?:and|with)\s|[,;)]|$)")
"""Where each of an agency's reporters was: "Reporting by Jane Doe in Port and John Roe in Harbour Town"."""
_ENGLISH_BY = re.compile(r"\bby\W*$", re.IGNORECASE)
_POSTPOSED = re.compile(r"^\W*(.{4,60}?) tarafından\b")
_PARTS = re.compile(
    r"\s(?=rozmawia(?:ją|ł|ła|li)?\s)|\s[|•·/]\s|\s[-–—]\s(?=(?:Par|Von|By|Por|Di|Door)\s)|\sago\s(?=by\s)"
    r"|,\s(?=Posted by\s)|(?<=[^\W\d_]):\s(?=(?:Par|Von|By|Por)\s[A-ZÀ-Þ])"
    r"|(?<=\d)\s(?=(?:Par|Von|By|Por)\s[A-ZÀ-Þ])"
)
_CLOSING = re.compile(r"[.!?]\s((?:Von|By|Par|Por)\s[^.!?]{4,60})$")
_ROLE_MARK = re.compile(r"\s?[,|•·–—]\s|\s/\s|(?<=[^\W\d_]),(?=[^\W\d_])")
PROSE = 70
"""Characters from which a line that ends like a sentence is one; 533 public pages have no byline of this kind."""
CAPITALS = 0.85
"""Share of capitals among the letters of a name in capitals: names as they are usually written have a quarter."""
WEEKDAY = 5
"""Letters of the shortest weekday behind a name: Mar, Sun and Do are names."""
_LAST = frozenset({"last", "zuletzt", "senast", "sist", "sidst", "laatst", "ostatnio", "naposledy", "son", "first"})
"""Before "updated": "Jane Doe Last updated"."""
_UNIT = re.compile(r"^\s?(?:ч|г|h|hod|r|uhr|uur|óra|год)\b\.?(?=\s)", re.IGNORECASE)
"""What may stand behind hours and minutes: "14:05 ч. Автор: …"."""
_ORDINAL = re.compile(r"^I{2,3}$|^IV$|\.")
"""Capitals that belong to a name: the third of it, initials."""
_EDITING = re.compile(r"edit|redak|redac|rédac|admin", re.IGNORECASE)


@cache
def _by() -> re.Pattern[str]:
    """Return the pattern of a word that a name follows at the start of a line, or after a date or a dash."""
    every = "|".join(map(re.escape, sorted(words.words("people", "by"), key=len, reverse=True))).replace(
        ":", r"\s?[:：]"
    )
    return re.compile(
        rf"^\W*(?:(?:posted|filed)\s(?:in|under)\s[^|•]{{2,30}}?\s(?=by\s))?(?:(?:posted|published|written|updated|am|on|le|el|em)\b\W*)*(?:{every})(?:/\w+)?(?:\s*[:：]\s*|\s+)(?:(?:by|von|por|par)\s+)?(?=\S)",
        re.IGNORECASE,
    )


@cache
def _other() -> re.Pattern[str]:
    """Return the pattern of a credit that is not the author's, with what follows it."""
    every = sorted(words.words("people", "other"), key=len, reverse=True)
    loose = "|".join(r"\s{0,2}".join(map(re.escape, word)) for word in every if dense(word))
    bound = "|".join(rf"\b{re.escape(word)}\b" for word in every if not dense(word))
    return re.compile(rf"(?:{loose})\s{{0,3}}[：:/／ \u3000]|(?:{bound})", re.IGNORECASE)


def begins(line: str) -> bool:
    """Tell whether a line begins with a word that a name follows, or what stands before that ("Posted in News by")."""
    return _by().match(line[:MAX_BYLINE]) is not None


def is_label(line: str) -> bool:
    """Tell whether a line is nothing but a word that a name follows ("Written by", "Autor:", "作者")."""
    word = line.strip(" :：").casefold()
    return word in words.words("people", "by") or f"{word}:" in words.words("people", "by") or word == "作者"


def without_others(text: str) -> str:
    """Return text up to the first credit of somebody else than the author (editor, photographer, source)."""
    return _other().split(text)[0]


def is_role(text: str) -> bool:
    """Tell whether a text ends in the word of a credit that nothing parts from the rest: "Assistant Sports Editor"."""
    head = without_others(text)
    return (
        head != text
        and head.rstrip()[-1:].isalpha()
        and _other().fullmatch(tidying.FOLLOW.sub("", text[len(head) :].strip())) is not None
    )


_EDITORS = re.compile(
    rf"(?:编辑|編輯|责编|校对|主编|审核|编审|审读)\s?[：:]\s{{0,4}}([{_HAN} ·、\u3000]{{2,16}})"
    r"|\b(?:[Ee]dit(?:or|ör|ed by)|[Рр]едактор|[Rr]edaktor)\s?:?\s{0,3}((?:[A-ZÀ-ÞА-ЯİŞÇĞÖÜ][\w.'’-]+\s?){1,4})"
)


def editors(line: str) -> tuple[str, ...]:
    """Return the names that a line credits as editors (责任编辑：张三, Editor: Jane Doe), who are no authors."""
    found = _EDITORS.findall(line[:MAX_BYLINE])
    return tuple(name for han, spaced in found for name in people.split(han or spaced))


def from_byline(line: str) -> tuple[str, ...]:
    """Return the names that a visible byline credits as authors; empty where it credits none."""
    return _from_byline(line[:MAX_BYLINE])


@lru_cache(maxsize=1024)
def _from_byline(line: str) -> tuple[str, ...]:
    """Return the names of a byline; several rules ask about the same lines by the title."""
    if _HANGUL.search(line):
        return from_korean(line)
    if thai := _THAI.match(line):
        return (thai[1],)
    if names := from_dense(line):
        return names
    if dense(line):
        return ()
    # "Do 25.04.24 | 14:07 Uhr | Von Jane Doe", "… lebendig. Von Jane Doe": a credit may close its line.
    parts = [line, *_PARTS.split(line)[1:], *_CLOSING.findall(line)]
    return next((names for part in parts if (names := from_spaced(part))), ())


def from_korean(line: str) -> tuple[str, ...]:
    """Return the reporters of "홍길동·김철수 기자" and "글 홍길동"; no desk (정치부 기자) and no photographer."""
    table = words.table("people")
    line = _KOREAN_PICTURE.sub(" ", line)
    found = [name for group in _KOREAN.findall(line) for name in re.split(r"\s?[·ㆍ,]\s?", group)]
    found = found or _KOREAN_LABEL.findall(line)
    return tuple(
        dict.fromkeys(
            name
            for name in found
            if name[0] in table["korean_surnames"]
            and name not in table["korean_roles"]
            and not name.endswith(("부", "팀", "국", "신문", "일보", "뉴스", "방송", "통신"))
        )
    )[: people.MAX_NAMES]


def from_spaced(line: str) -> tuple[str, ...]:
    """Return the names of "By Jane Doe and John Smith | 19 Jan 2024" and "Posted 19 Jan 2024 by Jane Doe"."""
    found = moments.find(line, day_first=True)[:1]
    dated = bool(found)
    for moment in found:
        before, after = line[: moment.start], without_unit(line[moment.end :])
        line = after if _by().match(after) and not from_spaced(before) else before
    if postposed := _POSTPOSED.match(line):
        line = f"Yazan {postposed[1]}"
    match = _by().match(line)
    # "De Groene Amsterdammer": a Romanian "by" is small, a Dutch or French article at the head of a line is not.
    if not match or match.group().strip() == "De":
        return ()
    if ":" not in match.group() and len(line) > PROSE and line.rstrip()[-1] in '.!?…”"':
        return ()  # "Author Jane Doe, from Harbour Town, said that …"
    text = line[match.end() :]
    if "reporting" in match.group().lower():
        text = _FROM.sub("", text)
    text = asides.without(text)
    rest = _without_day(_BEHIND.split(_OURS.sub("", text))[0], text)
    rest = undated(_other().split(rest)[0])
    out: list[str] = []
    # "Jane Doe1,2, John Roe", "Jane Doe, Ph.D. and John Roe"
    pieces = [piece for piece in people.split(rest) if not (piece.isdigit() or key(piece) in people.DEGREES)]
    shouted = bool(pieces) and _is_capitals(pieces[0])
    for piece in pieces:
        name = tidying.tidy(piece)
        tokens = _without_house(_without_role(name.split()))
        if out and people.is_house(" ".join(tokens)):
            break
        # "Jane Doe CNN", "MD": capitals behind a name are its house or its degree; behind one word they are a surname.
        while len(tokens) > 2 and len(tokens[-1]) > 1 and tokens[-1].isupper() and not _ORDINAL.search(tokens[-1]):
            tokens.pop()
        name = " ".join(tokens)
        if out and (name.isupper() or (piece.isupper() and " " in piece and not shouted)):
            break  # a house in capitals behind names
        most = 4 if ":" in match.group() else 3 if len(line) <= 50 else 0
        plain = words.words("people", "no_inside").isdisjoint(tokens)
        if plain and _CASELESS.match(name) and 2 <= len(tokens) <= most and people.is_person(name):
            out.append(name)
            continue
        by = _ENGLISH_BY.search(match.group()) is not None
        handle = (
            len(tokens) == 1
            and not out
            and people.is_person(name)
            and (name == tidying.tidy(undated(line[match.end() :])) or (dated and by and name == tidying.tidy(rest)))
        )
        # "By Email", "Author Archives", "Автор года": a single word is a name behind a colon, or as no word is written.
        handle = handle and (":" in match.group() or (dated and not name.isupper()) or (by and _is_handle(name)))
        if not people.is_spaced_name(name) and not handle:
            break
        out.append(name)
    return tuple(dict.fromkeys(out))[: people.MAX_NAMES]


def _without_day(names: str, text: str) -> str:
    """Return names without the month behind them where a day follows in ``text``: "Jane Doe March 18 at 3:57 PM"."""
    before, _, month = names.rstrip().rpartition(" ")
    follows = text[len(names) :].lstrip()[:1].isdigit()
    return before if follows and " " in before and month.strip(".,").casefold() in words.months() else names


def _is_capitals(name: str) -> bool:
    """Tell whether a name is set in capitals, but for a letter or two inside it: "JANE MACDONALD-DeWITT"."""
    letters = [char for char in name if char.isalpha()]
    return sum(map(str.isupper, letters)) >= CAPITALS * len(letters)


def without_unit(after: str) -> str:
    """Return what stands behind hours and minutes without their unit."""
    return _UNIT.sub("", after)


def undated(before: str) -> str:
    """Return what stands before a date without its preposition and weekday: "Claire Dumas le", "Juan Pérez el Jue,".

    Nor is what is said of the date the name's: "Minna Korpi Julkaistu".
    """
    tokens = before.rstrip(" -–—|•·:").split()
    if tokens[-2:] == ["w", "dniu"]:
        return " ".join(tokens[:-2])
    if len(tokens) > 2 and datelines.said(tokens[-1]) in ("published", "modified"):
        return " ".join(tokens[: -2 if len(tokens) > 3 and tokens[-2].casefold() in _LAST else -1])
    for size in (1, 2):
        if len(tokens) <= size or tokens[-size].casefold() not in words.words("people", "before_date"):
            continue
        if not tokens[-size].islower():
            continue  # an initial, a name
        last = tokens[-1]
        weekday = last.strip(",.").casefold() in words.words("dates", "weekdays") or (len(last) == 4 and last[3] == ",")
        if size == 1 or (weekday and tokens[-3] not in ("de", "van")):
            return " ".join(tokens[:-size]).rstrip(",")
    day = tokens[-1].strip(",.").casefold() if len(tokens) > 2 else ""
    if len(day) >= WEEKDAY and day in words.words("dates", "weekdays"):
        return " ".join(tokens[:-1]).rstrip(",")  # "Jane Doe Tuesday, …"; of two words the second is a surname
    return before


def _without_role(tokens: list[str]) -> list[str]:
    """Return a name without the trade that only style parts from it: "CLAIRE DUMAS Envoyée spéciale à Toulouse".

    "Jane Doe Senior Reporter" as well; of a beat that is no desk's ("Harbour Correspondent") it is not clear how long
    the name is, and behind an agency there is none ("AP Sports Writer").
    """
    known = words.words("people", "trades") | words.words("people", "posts")
    cut = next((place for place in range(2, len(tokens)) if tokens[place].casefold() in known), None)
    if cut and cut > 2 and tokens[cut - 1].casefold() == "staff":
        cut -= 1
    name = tidying.without_desk(tokens[:cut])
    unsure = len(name) > 2 and len(name) == cut and tokens[cut].casefold() in words.words("people", "posts")
    house = name[:1] and name[0].casefold() in words.words("people", "nobody")
    if cut and (unsure or house or people.is_house(" ".join(name))):
        return tokens
    return capitals.titled(" ".join(name)).split() if cut and all(map(str.isupper, name)) else name


def _is_handle(name: str) -> bool:
    """Tell whether a single word is written like a user's name: small throughout, with digits or inner capitals."""
    return name.islower() or any(map(str.isdigit, name)) or not (name.istitle() or name.isupper())


def _without_house(tokens: list[str]) -> list[str]:
    """Return a name without the paper or agency behind it: "JANE DOE Associated Press", "Jane Doe BBC News"."""
    if name := people.without_house(tokens):
        return name.split()
    if len(tokens) >= 4 and tokens[-2].isupper() and people.is_group(tokens[-1]):
        return tokens[:-2]
    known = words.words("sites", "site_words")
    if len(tokens) == 4 and tokens[3].casefold() in known and tokens[2].casefold() not in known:
        return tokens[:2]  # "Jane Doe Harbour News", but no "Port City Daily News"
    return tokens


def with_role(line: str, no: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the name of a line that is one and its role or house: "Jane Doe, Staff Writer", "Jana Doe / ČTK".

    ``no`` are names of the site: "Jane Doe,Harbour News".
    """
    name, *rest = _ROLE_MARK.split(line.strip(), maxsplit=1)
    name, role = tidying.tidy(name), "".join(rest)
    named = role and len(line) <= 60 and len(name.split()) <= 3 and people.is_spaced_name(name)
    known = words.words("people", "roles_inside") | words.words("people", "trades")
    fits = not known.isdisjoint(role.casefold().split()) and not _EDITING.search(role)
    # "Ayşe Yılmaz / İZMİR, (DHA)": a place may stand before the agency.
    place, _, house = role.rpartition(", ")
    agency = house.strip("()").casefold() in words.words("people", "nobody") and (not place or place.isupper())
    agency = agency or key(role) in set(map(key, no))
    lent = role.casefold().startswith(tuple(words.table("people")["special"])) and len(role.split()) <= 6
    return (name,) if named and (lent or (len(role.split()) <= 3 and (fits or agency))) else ()
