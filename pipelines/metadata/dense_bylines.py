"""Visible bylines in writing without spaces: "作者：张三", "本报记者 张三 通讯员 李四", "文/张三"."""

from __future__ import annotations

import re
from functools import cache

from pipelines.metadata import people, words
from pipelines.metadata.text import dense

MAX_BYLINE = 300
_HAN = r"\u3400-\u9fff"
_POSTED_BY = re.compile(rf"由\s*([{_HAN}\w]{{1,12}}?)\s*(?:张贴|張貼|发表|發表|发布|發佈|提交)?\s*[于於在@]\s*\d{{4}}")
_SIGNED = re.compile(
    rf"^\W*([{_HAN}]{{2,4}})(?:\s?[/／]\s?(?:文|图文|撰文|文图)|\s+(?:文|图文|撰文|文图|文[/／·、&]图)\s?$)"
)
_MARKED = re.compile(rf"^[□◎●◆■○◇▲△★☆]\s?([{_HAN}]{{2,3}}(?:\s+[{_HAN}]{{2,3}}){{0,3}})\s?$")
"""Names behind the mark with which papers begin a signature: □张三."""
_WRITER_JA = re.compile(rf"^([{_HAN}\u3040-\u30ff]{{2,5}})[ \u3000]?(?:記者|編集委員|論説委員|解説委員|特派員)$")
_WIRE = re.compile(rf"^([{_HAN}]{{3}})[{_HAN}]{{2,6}}\d{{1,2}}日[电電]")
_POSTER = re.compile(
    rf"^\W*([{_HAN}\w.&-]{{2,16}})\s*(?:(?:发表于|發表於|发布于|發佈於)\s*\d{{4}}|發表在\s\S{{2,8}}\s留言\W?\d)"
)
_TAIL_BY = re.compile(r"^[^。！？!?]*\bby[:\s]\s?([\w.-]{2,20})\b")
"""Behind a sentence it is a reader who signs a remark."""
_AFFILIATED = re.compile(r"作者(?:\s?[：:]\s?|[为系是])[^：:]{4,60}$")
_COUNTRY = re.compile(rf"^[\[【（(〔]?[{_HAN}]{{1,2}}[\]】）)〕]\s?(?=[{_HAN}]{{1,8}}[·•])")
"""Where a foreigner is from, before the name: [美]简·多伊."""
_INTRODUCED = re.compile(rf"^\W?作者(?:简介|介绍)\s?[：:]\s?([{_HAN}]{{2,3}})[，,（(、]")
_REPORTS = re.compile(rf"^\W*([{_HAN}]{{2,4}})[／/][{_HAN}]{{2,6}}(?:報導|报道|報道)")
_SENT_FROM = re.compile(rf"^([{_HAN}]{{2,4}})(?:发自|報導|报道|报导)")
_GLUED = re.compile(rf"[\s|｜丨·•]作者([{_HAN}]{{2,4}})\s*(?:$|[|｜丨·•])")
"""At the end of a line of facts: …| 0 条评论| 作者张三."""
_WRITER = re.compile(rf"作者([{_HAN}]{{2,3}}?)(?:系|为|是|，)")
_LEAD = re.compile(rf"(?:电|電|讯|訊)\s*[（(]([{_HAN}、，,· \u3000]{{2,40}})[）)]")
_END = re.compile(
    rf"(?:^|[。！？”\".!?])\s*[（(]\s*([{_HAN}、，,· \u3000]{{2,24}}?)(?:\s[{_HAN}]{{2,6}}(?:报道|報導))?\s*[）)]$"
)
_SIGNATURE = re.compile(r"[。」]【([\u3400-\u9fff]{3,6}(?:[、，][\u3400-\u9fff]{3,6}){0,3})】$")
"""Who wrote a paragraph of a Japanese paper, at its end: 決めた。【佐藤由紀子】."""
_POST = re.compile(r"[（(][^（()）\s]{2,16}(?:長|員|記者|部|局|班)[\s\u3000]([\u3040-\u30ff\u3400-\u9fff]{3,6})[）)]$")
"""A Japanese post and who holds it, where an article ends: （宇都宮支局長 渡部加奈子）."""
_BRACKET = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]{2,60})[)）\]】〕]")
_TOKENS = re.compile(r"[\s、，,;；/／&＆|｜\u3000]+")
_STOP = re.compile(r"[\d）)】\]\[（(【。；;：:\-—<>《“\"]|https?:")
_RANK = re.compile(r"(?:记者|記者|通讯员|特约|实习生|评论员|評論員|研究员|教授|和|与|與)$")
_TOOK = re.compile(rf"[{_HAN}]{{2,4}}[摄攝]")
"""Who took the picture: 王建国摄."""
_BAR = re.compile(r"[|｜丨]")
_TRIM = re.compile(r"(?:报道|報道|报导|報導|采写|摄影|摄|文|图|著|撰文|发自.*|实习生|通讯员|记者)+$")


@cache
def _by_dense() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a Chinese or Japanese credit with a mark after it, and of 记者 right before a name."""
    every = "|".join(
        r"\s{0,2}".join(map(re.escape, word))
        for word in sorted(words.words("people", "by_dense"), key=len, reverse=True)
    )
    edge = r"(?:^|(?<=[报報網网社台刊，,；;])(?=作者[：:])|(?<=[\s|｜丨（(【\[［〔■□●◎◆◇▲★》”\"。：:/／\d\]】）)·•・]))"
    house = rf"(?:[{_HAN}]{{2,10}}(?=记者|記者|通讯员|特约|评论员|全媒体))?"
    marked = re.compile(rf"{edge}{house}(?:{every})(?:\s{{0,3}}[：:﹕˙/／丨|｜︱＝=・]\s{{0,3}}|\s+|(?=[（(]))")
    return marked, re.compile(rf"{edge}{house}(?:(?:实习|见习|特约|首席)?记者|記者|通讯员|實習記者)(?=[{_HAN}])")


def from_dense(line: str) -> tuple[str, ...]:
    """Return the names of a Chinese or Japanese byline."""
    if line.isascii():
        return ()
    out: list[str] = []
    marked, glued = _by_dense()
    for match in list(marked.finditer(line))[:6]:
        sure = bool(re.search(r"[：:﹕˙/／丨|｜︱＝=・]", match.group()))
        if not _is_other(line, match):
            bracketed = line[match.end() :].rstrip(" ）)")
            whole = match.start() <= 12 and len(bracketed) <= 12
            out.extend(_names(line[match.end() :], strict=not (sure or whole), pen="记者" not in match.group()))
    if not out:
        for match in list(glued.finditer(line))[:3]:
            if not _is_other(line, match):
                out.extend(_names(line[match.end() :], strict=True, pen=False))
    out = out or _signed(line) or _affiliated(line)
    if not out:
        posted = _POSTED_BY.search(line) or _POSTER.search(line) or (_TAIL_BY.search(line) if dense(line) else None)
        out.extend([posted[1]] if posted else [])
    return tuple(dict.fromkeys(name for name in out if people.is_person(name)))[: people.MAX_NAMES]


def _signed(line: str) -> list[str]:
    """Return the names of a line in which a mark or a word behind them tells that they signed."""
    if mark := _MARKED.match(line):
        return [name for name in mark[1].split() if people.is_han_name(name)]
    forms = (_SIGNED.match, _REPORTS.match, _WRITER_JA.match, _INTRODUCED.match, _WRITER.search, _GLUED.search)
    found = next((match for form in forms if (match := form(line)) and people.is_han_name(match[1])), None)
    return [found[1]] if found else []


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
    before, behind = line[max(0, match.start() - 3) : match.start()], line[match.end() :]
    if all(map(_BAR.search, (match.group(), before, behind))):
        return True  # "诗文 | 作者 | 古籍": a menu
    return bool(re.search(r"摄影|攝影|編集(?!委員)|编辑|責編|责编|图片|译文|原文|来源", around))


def _names(rest: str, *, strict: bool, pen: bool) -> list[str]:
    """Return the names that follow a credit word; ``strict``: with a known surname; ``pen``: pen names too."""
    rest = _COUNTRY.sub("", _labels().split(rest[:60].lstrip("（( "))[0])
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
        if re.fullmatch(r"摄|攝|供图|图|制图", following) and not re.search(rf"{following}\s?[/／:：｜|丨]", rest):
            break
        if _TOOK.fullmatch(token):
            break
        bare = _TRIM.sub("", token) if len(token) > 2 else token
        between = rest[rest.find(bare) + len(bare) :].partition(following)[0] if following else ""
        # A space parts a Japanese name, "&" joins a pen name: 放飞&心情.
        if not strict and not out and between.strip() in ("", "&") and _is_japanese(bare, following):
            out.append(f"{bare}{between.strip() or ' '}{following}")
            break
        if people.is_han_name(bare, strict=strict or bool(out)) or (out and _ends_list(rest, bare)):
            out.append(bare)
        elif not strict and pen and not out and len(token) <= (10 if dense(token) else 30) and people.is_person(token):
            out.append(token)
        else:
            break
    return out


def _ends_list(rest: str, last: str) -> bool:
    """Tell whether the last name of a list is a pen name of four characters: 张三、李四&李小飞刀."""
    return len(last) == 4 and bool(re.search(rf"[、&＆]{re.escape(last)}$", rest)) and people.is_han_name(last[:3])


@cache
def _labels() -> re.Pattern[str]:
    """Return the pattern of a label that another piece of the line begins with: only style parts it from the name.

    "文字：赵海涛图片：钱多多", "作者:admin点击:88次".
    """
    every = words.words("people", "other") | words.words("dates", "published")
    loose = "|".join(map(re.escape, sorted(filter(dense, every), key=len, reverse=True)))
    return re.compile(rf"(?<=\S)\s*(?:{loose})\s{{0,3}}[：:]")


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


def from_prose(line: str, *, signed: bool = True) -> tuple[str, ...]:
    """Return the names in brackets that close a paragraph or follow its dateline: …电（张三、李四）, …（记者张三）.

    ``signed``: the paragraph may end in a signature.
    """
    for part in _BRACKET.findall(line[:80] + " " + line[-80:]):
        if names := from_dense(part):
            return names
    if (
        signed
        and (mark := _SIGNATURE.search(line[-40:]))
        and people.are_han_names(names := tuple(people.split(mark[1])))
    ):
        return names
    if signed and (post := _POST.search(line[-40:])) and people.is_person(post[1]):
        return (post[1],)
    for pattern in (_LEAD, _END) if signed else (_LEAD,):
        if match := pattern.search(line[:120] if pattern is _LEAD else line[-40:]):
            names = tuple(people.split(match[1]))
            if people.are_han_names(names):
                return names
    return ()
