"""Who wrote the article: persons the page names, never an editor, a source, an agency, a form label or the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pipelines.metadata import moments, words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Line, Page, text_of

MAX_AUTHORS = 12
_SPLIT = re.compile(
    r"\s*(?:[;；,，、|/／&＆]|\band\b|\bund\b|\by\b|\bet\b|\be\b|\bи\b|\bve\b|\bdan\b|\boch\b|\bog\b|\ben\b(?=\s[A-Z]))\s*"
)
_HAN_NAME = re.compile(
    r"[\u3400-\u9fff〇]{2,4}(?:·[\u3400-\u9fff]{1,8})*$|[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8})+$"
)
_CREDIT_BRACKETS = re.compile(r"[（(\[【]([^（）()\[\]【】]{2,60})[)）\]】]")
_NOT_NAME = re.compile(r"\d{3}|https?:|www\.|@\w+\.\w|[<>{}=#!?？！。…]|\.\.\.")
_TITLE_CASE = re.compile(r"^[^\W\d_][\w.'’`\-]*(?:\s+[^\W\d_]?[\w.'’`\-]*){0,5}$")
_TAIL = re.compile(
    r"\s*(?:[-–—|•·]\s.*|\(.*\)|\bfor\s.+|\bin\s[A-Z].+|\b(?:is|ist|est|es)\s(?:a|an|the|ein|eine|un|une)\b.*|@\S+.*|Follow.*|Updated.*|Published.*)$"
)


@cache
def _by() -> re.Pattern[str]:
    """Return the pattern of a word that a name follows, at the start of a line or after a space."""
    plain = sorted(words.words("people", "by"), key=len, reverse=True)
    return re.compile(
        r"^\s*(?:[—–\-•|]\s*)?(?:" + "|".join(map(re.escape, plain)) + r")(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE
    )


@cache
def _by_dense() -> re.Pattern[str]:
    """Return the pattern of a Chinese or Japanese credit word with its mark: 作者：, 记者 , 文/, （记者."""
    dense_words = sorted(words.words("people", "by_dense"), key=len, reverse=True)
    every = "|".join(r"\s{0,2}".join(map(re.escape, word)) for word in dense_words)
    return re.compile(
        rf"(?:^|(?<=[\s|｜丨（(【\[■●◎◆◇▲★　》”\"。：:/／\d]))(?:[\u4e00-\u9fff]{{2,8}}(?=记者|記者|通讯员|特约))?(?:{every})(?:\s?[：:]\s?|\s?[/／丨|｜]\s?|[\s　]+|\s*[（(](?=\S))"
    )


@cache
def _other() -> re.Pattern[str]:
    """Return the pattern of a credit that is not the author's."""
    every = sorted(words.words("people", "other"), key=len, reverse=True)
    return re.compile(
        r"(?:^|(?<=[\s|（(【\[/、，,]))(?:"
        + "|".join(r"\s{0,2}".join(map(re.escape, word)) if dense(word) else re.escape(word) + r"\b" for word in every)
        + ")",
        re.IGNORECASE,
    )


def is_person(name: str, no: Iterable[str] = ()) -> bool:
    """Tell whether a text can be a person's (or pen) name; ``no`` are names of the site."""
    own = key(name)
    if (
        not own
        or len(name) > 60
        or _NOT_NAME.search(name)
        or name.casefold().strip(" .") in words.words("people", "nobody")
    ):
        return False
    if own.isdigit() or (len(own) < 2):
        return False
    if dense(name):
        if len(own) > 16 or any(name.endswith(end) for end in words.table("people")["groups_dense"]):
            return False
    else:
        tokens = name.casefold().split()
        if (
            len(tokens) > 6
            or tokens[-1].strip(".") in words.words("people", "groups")
            or tokens[0] in {"the", "die", "la", "le"}
        ):
            return False
        if re.search(r"\.(?:com|org|net|de|co|fr|ru|cn|jp)\b", name.casefold()):
            return False
    return all(
        own != (site := key(each)) and not (len(own) > 4 and (own in site) and len(own) * 2 > len(site))
        for each in no
        if key(each)
    )


def split(text: str) -> list[str]:
    """Return the single names of a credit: "A, B and C", "张三 李四", "张三、李四"."""
    out: list[str] = []
    for piece in _SPLIT.split(text[:400]):
        piece = piece.strip(" \t:：.·•-–—|*　")
        if not piece:
            continue
        parts = piece.split()
        # Spaces part Chinese names only where each part is a whole name: "张 三" is one, "张三 李四" are two.
        if len(parts) > 1 and all(_HAN_NAME.fullmatch(part) for part in parts):
            out.extend(parts)
        elif dense(piece) and len(parts) > 1 and all(len(part) == 1 for part in parts):
            out.append("".join(parts))
        else:
            out.append(piece)
    return out


def from_byline(line: str) -> tuple[str, ...]:
    """Return the names that a visible byline credits as authors; empty where it credits none.

    Handles "By A and B", "Von A", "作者：甲 乙", "记者 甲 通讯员 乙", "本报记者 甲", "文/甲", "（记者甲）".
    """
    line = line[:300]
    if not dense(line) and not _by_dense().search(line):
        return _from_spaced(line)
    return _from_dense(line)


def _from_spaced(line: str) -> tuple[str, ...]:
    """Return the names of "By Jane Doe and John Smith | 19 Jan 2024"."""
    match = _by().match(line)
    if not match:
        return ()
    rest = line[match.end() :]
    for moment in moments.find(rest)[:1]:
        rest = rest[: moment.start]
    rest = re.split(r"\s[|•·–—]\s|\s{2,}|\s-\s|:", rest)[0]
    return _names(rest)


def _names(text: str) -> tuple[str, ...]:
    """Return the names of a spaced credit: each in title case and short; empty when one is not."""
    out: list[str] = []
    for piece in split(text):
        name = _TAIL.sub("", piece).strip(" ,.:")
        if name.isupper() and len(name) > 4:
            name = name.title()
        tokens = name.split()
        if (
            not tokens
            or not _TITLE_CASE.match(name)
            or len(tokens) > 5
            or not tokens[0][0].isupper()
            or not tokens[-1][0].isupper()
            or not is_person(name)
        ):
            if out:
                break
            return ()
        out.append(name)
    return tuple(dict.fromkeys(out[:MAX_AUTHORS]))


def _from_dense(line: str) -> tuple[str, ...]:
    """Return the names of a Chinese or Japanese byline."""
    out: list[str] = []
    for match in list(_by_dense().finditer(line))[:6]:
        if _edited(line, match.start(), match.group()):
            continue
        rest = line[match.end() : match.end() + 60]
        stop = re.search(
            r"[\d）)】\]。；;：:\-—<>《“\"|｜]|https?:|来源|來源|编辑|責編|责编|摄影|通讯员|报道|日电|本报|记者|校对|发布|时间|翻译|点击|阅读|更新|发表|出处",
            rest,
        )
        names = split(rest[: stop.start()] if stop else rest)
        for name in names:
            name = re.sub(r"^(?:记者|記者|通讯员|作者)\s*|(?:文|摄|图|著|报道|/文|记者)$", "", name).strip()
            if not is_person(name):
                break
            if dense(name):
                loose = bool(re.search(r"[：:/／]", match.group()))
                if not _HAN_NAME.fullmatch(name) and not (loose and len(name) <= 12):
                    break
            elif len(name) > 30:
                break
            out.append(name)
    return tuple(dict.fromkeys(out[:MAX_AUTHORS]))


def _edited(line: str, start: int, word: str) -> bool:
    """Tell whether a credit word is part of an editor's or photographer's title (责任编辑/作者, 摄影记者)."""
    before = line[max(0, start - 4) : start] + word[:6]
    return bool(re.search(r"摄影|編|编辑|责编|图片", before))


def from_text(text: str, no: Sequence[str]) -> tuple[str, ...]:
    """Return the names of an attribute or element that holds nothing but authors."""
    text = clean(text)[:300]
    if not text or "://" in text:
        return ()
    credited = from_byline(text)
    if credited:
        return tuple(name for name in credited if is_person(name, no))
    if _other().match(text):
        return ()
    out = []
    for piece in split(text):
        name = re.sub(r"\s*[\(（].*$", "", piece).strip()
        name = re.sub(r"^(?:@|(?:by|von|par|por|автор)\s+)", "", name, flags=re.IGNORECASE)
        name = re.sub(r"\s+(?:记者|記者|기자)$|(?<=[\u3400-\u9fff])(?:记者|記者)$", "", name)
        if is_person(name, no):
            out.append(name)
    return tuple(dict.fromkeys(out[:MAX_AUTHORS]))


def find(page: Page, facts: Facts, no: Sequence[str], title_line: int | None, body_end: int | None) -> tuple[str, ...]:
    """Return the authors: what the page's data says, else elements named so, else visible bylines by the article."""
    for raw in (
        facts.authors,
        tuple(page.meta(*words.table("fields")["author"])),
    ):
        names = tuple(dict.fromkeys(name for text in raw for name in from_text(text, no)))
        if names:
            return names[:MAX_AUTHORS]
    return _marked(page, no) or _written(page.lines, no, title_line, body_end)


def _marked(page: Page, no: Sequence[str]) -> tuple[str, ...]:
    """Return the names in elements that are called author or byline."""
    for hint in page.hints[:600]:
        if "author" in hint.roles and "foreign" not in hint.roles:
            text = text_of(hint.element, 200)
            if 2 <= len(text) <= 150 and (names := from_byline(text) or (_plain(text, no) if len(text) <= 60 else ())):
                good = tuple(name for name in names if is_person(name, no))
                if good:
                    return good
    return ()


def _plain(text: str, no: Sequence[str]) -> tuple[str, ...]:
    """Return the names of an author element that says no "by"."""
    if _other().search(text) or moments.find(text):
        text = _other().split(text)[0]
        text = text[: moments.find(text)[0].start] if moments.find(text) else text
    names = from_text(text, no)
    return names if dense(text) else tuple(name for name in names if _TITLE_CASE.match(name) and name[0].isupper())


def _written(lines: Sequence[Line], no: Sequence[str], title_line: int | None, body_end: int | None) -> tuple[str, ...]:
    """Return the names of a visible byline: near the title, else in a short line or bracket at the article's end."""
    start = title_line or 0
    near = [line for line in lines[max(0, start - 4) : start + 14] if len(line.text) <= 200]
    end = body_end if body_end is not None else len(lines)
    last = [line for line in lines[max(start, end - 12) : end + 8] if len(line.text) <= 120]
    for line in [*near, *last]:
        names = tuple(name for name in from_byline(line.text) if is_person(name, no))
        if names:
            return names
    for line in lines[max(start, 0) : end + 3]:
        if dense(line.text):
            for part in _CREDIT_BRACKETS.findall(line.text[:80] + " " + line.text[-80:]):
                names = tuple(name for name in _from_dense(part) if is_person(name, no))
                if names:
                    return names
    return ()
