"""Visible bylines: "By Jane Doe", "Von …", "作者：张三", "本报记者 张三 通讯员 李四", "文/张三", "홍길동 기자"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.metadata import moments, people, words
from pipelines.metadata.text import dense

MAX_BYLINE = 300
_HAN = r"\u3400-\u9fff"
_KOREAN = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}(?:\s?[·ㆍ,]\s?[가-힣]{2,4}){0,4})\s?(?:인턴|수습|선임|객원|전문|의학전문)?\s?(?:기자|특파원|논설위원)(?![가-힣])"
)
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_LABEL = re.compile(r"^\W*(?:글|기자|취재|글쓴이|필자)\s?[:：=|·]?\s?([가-힣]{3})(?![가-힣])")
_THAI = re.compile(
    r"^\W*(?:โดย|ผู้เขียน|เขียนโดย|เรื่อง(?=\s?[:：])|ผู้สื่อข่าว)\s?[:：]?\s?"
    r"([\u0e01-\u0e4e.]{2,20} [\u0e01-\u0e4e.]{2,24})\s*(?=$|[|•·,(])"
)
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")
_BEFORE_DATE = frozenset(
    [
        "le",
        "el",
        "il",
        "den",
        "la",
        "em",
        "on",
        "op",
        "am",
        "dne",
        "dnia",
        "d.",
        "pe",
        "w",
        "v",
        "na",
        "kl.",
        "kl",
        "à",
        "à(s)",
        "às",
        "at",
        "на",
        "в",
        "о",
        "στις",
    ]
)
"""Prepositions between a name and a date or time; no name ends with one of them."""
_OURS = re.compile(r"^(?:unser\w*|our|notre|nostr\w|nuestr\w|nosso|nossa|onze)\s\w+\s(?=\S+\s\S)", re.IGNORECASE)
_POSTED_BY = re.compile(rf"由\s*([{_HAN}\w]{{1,12}}?)\s*[于於在]\s*\d{{4}}")
_SIGNED = re.compile(rf"^\W*([{_HAN}]{{2,4}})\s?[/／]\s?(?:文|图文|撰文|文图)")
_WIRE = re.compile(rf"^([{_HAN}]{{3}})[{_HAN}]{{2,6}}\d{{1,2}}日[电電]")
_POSTER = re.compile(rf"^\W*([{_HAN}\w.&-]{{2,16}})\s*(?:发表于|發表於|发布于|發佈於)\s*\d{{4}}")
_TAIL_BY = re.compile(r"\bby[:\s]\s?([\w.-]{2,20})\b")
_AFFILIATED = re.compile(r"作者\s?[：:]\s?[^：:]{4,60}$")
_ENGLISH_BY = re.compile(r"\bby\W*$", re.IGNORECASE)
_REPORTS = re.compile(rf"^\W*([{_HAN}]{{2,4}})[／/][{_HAN}]{{2,6}}(?:報導|报道|報道)")
_SENT_FROM = re.compile(rf"^([{_HAN}]{{2,4}})(?:发自|報導|报道|报导)")
_POSTPOSED = re.compile(r"^\W*(.{4,60}?) tarafından\b")
_PARTS = re.compile(
    r"\s(?=rozmawia(?:ją|ł|ła|li)?\s)|\s[|•·/]\s|\s[-–—]\s(?=(?:Par|Von|By|Por|Di|Door)\s)|\sago\s(?=by\s)"
)
_CLOSING = re.compile(r"[.!?]\s((?:Von|By|Par|Por)\s[^.!?]{4,60})$")
_WRITER = re.compile(rf"作者([{_HAN}]{{2,3}}?)(?:系|为|是|，)")
_LEAD = re.compile(rf"(?:电|電|讯|訊)\s*[（(]([{_HAN}、，,· \u3000]{{2,40}})[）)]")
_ROLE_MARK = re.compile(r"\s?[,|•·–—]\s")
_EDITING = re.compile(r"edit|redak|redac|rédac|admin", re.IGNORECASE)
_END = re.compile(
    rf"(?:^|[。！？”\".!?])\s*[（(]\s*([{_HAN}、，,· \u3000]{{2,24}}?)(?:\s[{_HAN}]{{2,6}}(?:报道|報導))?\s*[）)]$"
)
_BRACKET = re.compile(r"[（(\[【]([^（）()\[\]【】]{2,60})[)）\]】]")
_TOKENS = re.compile(r"[\s、，,;；/／&＆|｜\u3000]+")
_STOP = re.compile(r"[\d）)】\]\[（(【。；;：:\-—<>《“\"]|https?:")
_RANK = re.compile(r"(?:记者|記者|通讯员|特约|实习生|评论员|評論員|研究员|教授|和|与|與)$")
_TRIM = re.compile(r"(?:报道|報道|报导|報導|采写|摄影|摄|文|图|著|撰文|发自.*|实习生|通讯员|记者)+$")


@cache
def _by() -> re.Pattern[str]:
    """Return the pattern of a word that a name follows at the start of a line, or after a date or a dash."""
    every = "|".join(map(re.escape, sorted(words.words("people", "by"), key=len, reverse=True))).replace(
        ":", r"\s?[:：]"
    )
    return re.compile(
        rf"^\W*(?:(?:posted|published|written|updated|am|on|le|el|em)\b\W*)*(?:{every})(?:/\w+)?(?:\s*[:：]\s*|\s+)(?:(?:by|von|por|par)\s+)?(?=\S)",
        re.IGNORECASE,
    )


@cache
def _by_dense() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a Chinese or Japanese credit with a mark after it, and of 记者 right before a name."""
    every = "|".join(
        r"\s{0,2}".join(map(re.escape, word))
        for word in sorted(words.words("people", "by_dense"), key=len, reverse=True)
    )
    edge = r"(?:^|(?<=[报報網网社台刊])(?=作者[：:])|(?<=[\s|｜丨（(【\[〔■□●◎◆◇▲★》”\"。：:/／\d\]】）)·•・]))"
    house = rf"(?:[{_HAN}]{{2,10}}(?=记者|記者|通讯员|特约|评论员|全媒体))?"
    marked = re.compile(rf"{edge}{house}(?:{every})(?:\s{{0,3}}[：:/／丨|｜＝=]\s{{0,3}}|\s+|(?=[（(]))")
    return marked, re.compile(rf"{edge}{house}(?:(?:实习|见习|特约|首席)?记者|記者|通讯员|實習記者)(?=[{_HAN}])")


@cache
def _other() -> re.Pattern[str]:
    """Return the pattern of a credit that is not the author's, with what follows it."""
    every = sorted(words.words("people", "other"), key=len, reverse=True)
    loose = "|".join(r"\s{0,2}".join(map(re.escape, word)) for word in every if dense(word))
    bound = "|".join(rf"\b{re.escape(word)}\b" for word in every if not dense(word))
    return re.compile(rf"(?:{loose})\s{{0,3}}[：:/／ \u3000]|(?:{bound})", re.IGNORECASE)


def is_label(line: str) -> bool:
    """Tell whether a line is nothing but a word that a name follows ("Written by", "Autor:", "作者")."""
    word = line.strip(" :：").casefold()
    return word in words.words("people", "by") or f"{word}:" in words.words("people", "by") or word == "作者"


def without_others(text: str) -> str:
    """Return text up to the first credit of somebody else than the author (editor, photographer, source)."""
    return _other().split(text)[0]


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
        before, after = line[: moment.start], line[moment.end :]
        line = after if _by().match(after) and not from_spaced(before) else before
    if postposed := _POSTPOSED.match(line):
        line = f"Yazan {postposed[1]}"
    match = _by().match(line)
    # "De Groene Amsterdammer": a Romanian "by" is small, a Dutch or French article at the head of a line is not.
    if not match or match.group().strip() == "De":
        return ()
    rest = re.split(
        r"\s[|•·–—]\s|\s\d|\s{2,}|\s-\s|[:•|]|\s(?:in|on|for|at|em|am|dne|op|avec|with|mit|Illustration|Fotos?|Photo\w*|Published|Updated"
        r"|Posted)\s",
        _OURS.sub("", line[match.end() :]),
    )[0]
    rest = undated(_other().split(rest)[0])
    out: list[str] = []
    for piece in people.split(rest):
        name = people.tidy(piece)
        tokens = name.split()
        tokens = _without_house(tokens)
        # "Jane Doe CNN", "MD": capitals behind a name are its house or its degree; behind one word they are a surname.
        while len(tokens) > 2 and len(tokens[-1]) > 1 and tokens[-1].isupper() and "." not in tokens[-1]:
            tokens.pop()
        name = " ".join(tokens)
        if name.isupper() and out:
            break
        most = 4 if ":" in match.group() else 3 if len(line) <= 50 else 0
        plain = words.words("people", "no_inside").isdisjoint(tokens)
        if plain and _CASELESS.match(name) and 2 <= len(tokens) <= most and people.is_person(name):
            out.append(name)
            continue
        handle = len(tokens) == 1 and not out and people.is_person(name) and name == people.tidy(line[match.end() :])
        # "By Email", "Author Archives", "Автор года": a single word is a name behind a colon, or as no word is written.
        by = _ENGLISH_BY.search(match.group()) is not None
        handle = handle and (":" in match.group() or dated or (by and _is_handle(name)))
        if not people.is_spaced_name(name) and not handle:
            break
        out.append(name)
    return tuple(dict.fromkeys(out))[: people.MAX_NAMES]


def undated(before: str) -> str:
    """Return what stands before a date without its preposition and weekday: "Claire Dumas le", "Juan Pérez el Jue,"."""
    tokens = before.rstrip(" -–—|•·").split()
    for size in (1, 2):
        if len(tokens) <= size or tokens[-size] not in _BEFORE_DATE:
            continue
        last = tokens[-1]
        weekday = last.strip(",.").casefold() in words.words("dates", "weekdays") or (len(last) == 4 and last[3] == ",")
        if size == 1 or (weekday and tokens[-3] not in ("de", "van")):
            return " ".join(tokens[:-size]).rstrip(",")
    return before


def _is_handle(name: str) -> bool:
    """Tell whether a single word is written like a user's name: small throughout, with digits or inner capitals."""
    return name.islower() or any(map(str.isdigit, name)) or not (name.istitle() or name.isupper())


def _without_house(tokens: list[str]) -> list[str]:
    """Return a name without the paper or agency behind it: "JANE DOE Associated Press", "Jane Doe BBC News"."""
    capitals = next((place for place, token in enumerate(tokens) if not token.isupper()), len(tokens))
    if 2 <= capitals < len(tokens) and people.is_group(" ".join(tokens[capitals:])):
        return [token.title() for token in tokens[:capitals]]
    if len(tokens) >= 4 and tokens[-2].isupper() and people.is_group(tokens[-1]):
        return tokens[:-2]
    return tokens


def from_dense(line: str) -> tuple[str, ...]:
    """Return the names of a Chinese or Japanese byline."""
    if line.isascii():
        return ()
    out: list[str] = []
    marked, glued = _by_dense()
    for match in list(marked.finditer(line))[:6]:
        sure = bool(re.search(r"[：:/／丨|｜＝=]", match.group()))
        if not _is_other(line, match):
            bracketed = line[match.end() :].rstrip(" ）)")
            whole = match.start() <= 12 and len(bracketed) <= 12
            out.extend(_names(line[match.end() :], strict=not (sure or whole), pen="记者" not in match.group()))
    if not out:
        for match in list(glued.finditer(line))[:3]:
            if not _is_other(line, match):
                out.extend(_names(line[match.end() :], strict=True, pen=False))
    if not out and (signed := _SIGNED.match(line) or _REPORTS.match(line)) and people.is_han_name(signed[1]):
        out.append(signed[1])
    if not out and (writer := _WRITER.search(line)) and people.is_han_name(writer[1]):
        out.append(writer[1])
    if not out:
        out.extend(_affiliated(line))
    if not out:
        posted = _POSTED_BY.search(line) or _POSTER.search(line) or (_TAIL_BY.search(line) if dense(line) else None)
        out.extend([posted[1]] if posted else [])
    return tuple(dict.fromkeys(name for name in out if people.is_person(name)))[: people.MAX_NAMES]


def _affiliated(line: str) -> list[str]:
    """Return the name at the end of "作者：某某研究院研究员张三", right after a role."""
    match = _AFFILIATED.search(line.split("）")[0].split(")")[0])
    if not match:
        return []
    roles = "|".join(words.table("people")["roles"])
    found = re.findall(rf"(?:{roles})\s?([{_HAN}]{{2,3}})(?=[、，,\s]|$)", match.group())
    return [name for name in found if people.is_han_name(name)]


def _is_other(line: str, match: re.Match[str]) -> bool:
    """Tell whether a credit word is part of an editor's or photographer's (摄影记者, 图/文, 责任编辑 作者)."""
    around = line[max(0, match.start() - 3) : match.end()]
    return bool(re.search(r"摄影|攝影|編集|编辑|責編|责编|图片|译文|原文|来源", around))


def _names(rest: str, *, strict: bool, pen: bool) -> list[str]:
    """Return the names that follow a credit word; ``strict``: with a known surname; ``pen``: pen names too."""
    rest = rest[:60].lstrip("（( ")
    # "（中央社記者王小明台北19日電）": nothing but the wire's date tells where the name ends.
    if (wire := _WIRE.match(rest)) and people.is_han_name(wire[1]):
        return [wire[1]]
    if (placed := _placed().match(rest)) and people.is_han_name(placed[1]):
        return [placed[1]]
    if (sent := _SENT_FROM.match(rest)) and people.is_han_name(sent[1], strict=len(sent[1]) < 4):
        return [sent[1]]
    stop = _STOP.search(rest)
    tokens = [token for token in _TOKENS.split(rest[: stop.start()] if stop else rest) if token]
    out: list[str] = []
    position = 0
    while position < len(tokens) and len(out) < people.MAX_NAMES:
        token = tokens[position]
        if _RANK.search(token) or (people.is_group(token) and not out):
            position += 1
            continue
        if len(token) == 1 and position + 1 < len(tokens) and len(tokens[position + 1]) == 1:
            position += 1
            token += tokens[position]
        position += 1
        token = re.sub(r"^(?:记者|記者|通讯员|实习生|实习记者|見習記者)", "", token)
        following = tokens[position] if position < len(tokens) else ""
        # "张三 图" took the pictures; in "文/张三 图/李四" the word belongs to the name behind it.
        if re.fullmatch(r"摄|攝|供图|图|制图", following) and not re.search(rf"{following}\s?[/／:：]", rest):
            break
        bare = _TRIM.sub("", token) if len(token) > 2 else token
        if not strict and not out and _is_japanese(bare, following):
            out.append(f"{bare} {following}")
            break
        if people.is_han_name(bare, strict=strict or bool(out)):
            out.append(bare)
        elif not strict and pen and not out and len(token) <= (10 if dense(token) else 30) and people.is_person(token):
            out.append(token)
        else:
            break
    return out


@cache
def _placed() -> re.Pattern[str]:
    """Return the pattern of a name and a place before "reports": 王小明台北報導."""
    places = "|".join(words.table("people")["places_dense"])
    return re.compile(rf"^([{_HAN}]{{2,3}}?)(?:{places}){{1,2}}(?:报道|報導|報道)")


def _is_japanese(first: str, second: str) -> bool:
    """Tell whether two tokens are a Japanese family and given name: two characters each, no Chinese surname."""
    return (
        1 <= len(second) <= 3
        and len(first) == 2
        and people.is_han_name(first, strict=False)
        and not (people.is_han_name(first) or people.is_han_name(second))
        and dense(second)
    )


def in_dateline(line: str) -> tuple[str, ...]:
    """Return the names that stand in brackets on a line with a date or a source: 2004年7月16日 [ 张三 ] 来源：…."""
    if not re.search(r"\d{4}|来源|來源", line):
        return ()
    names = [name for part in _BRACKET.findall(line[:MAX_BYLINE]) for name in people.split(part)]
    return tuple(name for name in names if people.is_han_name(name))


def with_role(line: str) -> tuple[str, ...]:
    """Return the name of a line that is one and its role: "Jane Doe, Staff Writer", "JANE DOE | Reporter"."""
    name, *rest = _ROLE_MARK.split(line.strip(), maxsplit=1)
    name, role = people.tidy(name), "".join(rest)
    named = role and len(line) <= 60 and len(name.split()) <= 3 and people.is_spaced_name(name)
    known = words.words("people", "roles_inside") | words.words("people", "trades")
    fits = len(role.split()) <= 3 and not known.isdisjoint(role.casefold().split()) and not _EDITING.search(role)
    return (name,) if named and fits else ()


def from_prose(line: str, *, signed: bool = True) -> tuple[str, ...]:
    """Return the names in brackets that close a paragraph or follow its dateline: …电（张三、李四）, …（记者张三）.

    ``signed``: the paragraph may end in a signature.
    """
    for part in _BRACKET.findall(line[:80] + " " + line[-80:]):
        if names := from_dense(part):
            return names
    for pattern in (_LEAD, _END) if signed else (_LEAD,):
        if match := pattern.search(line[:120] if pattern is _LEAD else line[-40:]):
            names = tuple(people.split(match[1]))
            if people.are_han_names(names):
                return names
    return ()
