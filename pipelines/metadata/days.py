"""Forms of a full date in some sixty languages: numbers, month names, eras, Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pipelines.metadata import solar, words

_WORD = r"[^\s\d.,;:/|()\[\]<>\-–—•·]{2,16}"
# Thai and Lao abbreviate with full stops inside: ม.ค.
_NAME = rf"(?:[\u0e00-\u0eff]{{1,3}}\.[\u0e00-\u0eff]{{1,2}}|{_WORD})"
_YEAR = r"(?P<y>(?:1[89]|20|25)\d\d)"
# "January 14, 202620 min read": elements side by side without a space in the mark-up.
_END = r"(?!\d(?!\d?\s?[Mm]in))"
_YMD = re.compile(
    rf"(?<!\d){_YEAR}(?:\s?(?P<s>[-/.年년\u2010-\u2015])\s?|(?P<s2>-))(?P<m>\d{{1,2}})(?:\s?(?:(?P=s)|[-月월])\s?)(?P<d>\d{{1,2}})(?!\d)\s?[日일号號]?"
)
_DMY = re.compile(
    rf"(?<![\d.,/])(?P<d>\d{{1,2}})(?P<s>\s?[./\-\u2010-\u2015]\s?)(?P<m>\d{{1,2}})(?P=s){_YEAR}(?!\d|[.,/]\d)"
)
_DMY2 = re.compile(
    # "Version 8.1.19" is none; asked for the digit first, as most places have none.
    r"(?=\d)(?<![\d.,/:])(?<!\b[A-Za-z])(?<!ersion )(?<!elease )(?<!uild )"
    r"(?P<d>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<y>\d\d)(?![\d.,/:]\d|\d)"
)
# "26.01.19": beside Chinese, Japanese or Korean words the year goes first.
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]")
# "19-Jan-26", "19 Jan '26", "Jan 19, '26".
_SHORT_YEAR = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:-(?P<n>{_WORD})-|(?:st|nd|rd|th)?\s(?P<n2>{_WORD})\.?,?\s')(?P<y>\d\d)(?!\d)"
    ),
    re.compile(rf"(?P<n>{_WORD})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s'(?P<y>\d\d)(?!\d)"),
)
_DAY = r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.|-?[a-zа-я]{1,2}(?=\s))?"
_OF = r"(?:(?i:de|del|of|di|d'|ngày)\s)?"
_D_NAME_Y = re.compile(
    # "19 كانون الثاني / يناير 2024": two names of one month.
    rf"{_DAY}[\s,\-/]{{0,3}}{_OF}(?:[dD]')?(?:{_WORD}(?:\s{_WORD})?\s?[/(]\s?)?"
    rf"(?P<n>{_NAME}\.?[^\s\d\w.,;:/|()\-]?)\)?\.?,?[\s,\-/]{{0,3}}(?:(?i:de|del|of|di|พ\.ศ\.|ค\.ศ\.)\s?)?{_YEAR}{_END}"
)
_NAME_D_Y = re.compile(
    rf"(?P<n>{_WORD})\.?[\s,\-]{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s?,\s?|\s(?i:of\s|de\s)?|-|\s[A-Z][a-z]{{2}}\s){_YEAR}{_END}"
)
_Y_NAME_D = re.compile(
    rf"(?<!\d){_YEAR}(?:ko|\.)?(?:\s?m\.|,)?(?:[\s\-]{{1,2}}|(?<=\.))(?P<n>{_WORD})\.?[\s\-]{{1,2}}(?P<d>\d{{1,2}})(?!\d)"
)
# "2024. gada 19. janvārī", "2024 жылғы 19 қаңтар", "2024-yil 19-yanvar": a word says that the number was a year.
_Y_D_NAME = re.compile(
    rf"(?<!\d){_YEAR}(?:\.?\s?(?:gada|жылғы|жылдын|ж\.)|-?\s?(?:yil|йил|c?[iıuü]\sil))\s(?P<d>\d{{1,2}})[.\s\-]{{1,2}}(?P<n>{_WORD})"
)
_VIETNAMESE = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})\s*(?:,|năm)?\s*{_YEAR}(?!\d)", re.IGNORECASE
)
_MONGOLIAN = re.compile(
    rf"(?<!\d){_YEAR}\s?оны\s(?P<m>\d{{1,2}})\s?(?:-?р\s|дугаар\s|дүгээр\s)?сарын\s(?P<d>\d{{1,2}})"
)
# Thai pages write the Buddhist year with two digits as well: 19 ม.ค. 67.
_THAI = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?P<n>[\u0e01-\u0e4e]+(?:\.[\u0e01-\u0e4e]+)?)\.?\s?(?P<y>[67]\d)(?![\d:])"
)
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和|民國|民国|(?<![^\W\d_])[RH](?=\d{1,2}[.年]))\s?(?P<y>\d{1,3}|元)"
    r"(?:\s?年\s?(?P<m>\d{1,2})\s?月\s?|(?P<s>[./-])(?P<m2>\d{1,2})(?P=s))(?P<d>\d{1,2})(?!\d)\s?日?"
)
# Offices of Taiwan write the era's year without its name behind a label: 發布日期：115-11-21.
_LABELLED = re.compile(
    r"(?:日期|時間|張貼日|發布日|發佈日|公告日|公布日|更新日|修改日|上版日|發布|發佈|更新)\s?:\s?(?P<y>1[0-4]\d)(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"
)
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_HAN = re.compile(
    r"(?P<y>[二一][〇零○OＯ九一二三四五六七八]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})[日号]"
)
_HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_NAME = r"(?P<n>I{1,3}|I?[VX]|VI{1,3}|XI{1,2})"
_ROMAN = (
    re.compile(rf"(?<![\d.,/])(?P<d>\d{{1,2}})(?P<s>\.?\s|[./-]){_ROMAN_NAME}(?P=s){_YEAR}(?!\d|[.,/]\d)"),
    re.compile(rf"(?<!\d){_YEAR}\.\s?{_ROMAN_NAME}\.\s?(?P<d>\d{{1,2}})(?!\d)"),
)
"""A month's number in Roman capitals, as Polish, Bulgarian and Hungarian pages write it: 15 XI 2023, 2023. XI. 15."""
_INNER = re.compile(r"(?<=[a-zß-ÿ.])(?=[A-ZÀ-Þ])")
_MONTH_FIRST_CLOCK = re.compile(r",?\s\d{1,2}:\d\d:\d\d\s[AP]M\b")
"""The default form of American web servers ("7/5/2024 9:23:57 PM"), which pages in other languages show too."""


def find(text: str, day_first: bool | None) -> Iterator[tuple[int, int, date]]:
    """Yield (start, end, day) of every form of date in a folded text, overlapping ones too."""
    for pattern in (_YMD, _VIETNAMESE, _MONGOLIAN):
        for match in pattern.finditer(text):
            yield from made(match, int(match["y"]), int(match["m"]), int(match["d"]))
    yield from _numeric(text, day_first)
    for pattern in (_D_NAME_Y, _NAME_D_Y, _Y_NAME_D, _Y_D_NAME):
        position = 0
        while named := pattern.search(text, position):
            name = named["n"]
            month = words.month(name)
            if month:
                yield from made(named, int(named["y"]), month, int(named["d"]))
            elif pattern is _NAME_D_Y and (glued := _glued(name)):
                # "By Jane DoeJanuary 14, 2026"
                month = words.month(glued)
                for start, end, day in made(named, int(named["y"]), month or 0, int(named["d"])):
                    yield start + len(name) - len(glued), end, day
            # A word that is no month may hide the month after it ("5 Uhr 19 Januar 2024"): go on inside the match.
            position = named.end() if month else named.start() + 1
    yield from _short(text)
    yield from solar.find(text)
    yield from _roman(text)
    yield from _of_two_words(text)
    yield from _eastern(text)


def _numeric(text: str, day_first: bool | None) -> Iterator[tuple[int, int, date]]:
    """Yield the dates of three numbers whose year goes last, or first with two digits."""
    for pattern in (_DMY, _DMY2):
        for match in pattern.finditer(text):
            year, first, second = int(match["y"]), int(match["d"]), int(match["m"])
            if year < 100 and match["s"] == "." and first >= 19 and year <= 31 and _EASTERN.search(text):
                yield from made(match, 2000 + first, second, year)
                continue
            dotted = "." in match["s"] or "-" in match["s"]
            if day_first is None and "/" in match["s"] and _MONTH_FIRST_CLOCK.match(text, match.end()):
                order = _order(first, second, False)
            else:
                order = _order(first, second, True if dotted else day_first)
            if order:
                yield from made(match, year + 2000 if year < 100 else year, *order)


def _short(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the dates with a month's name and a year of two digits."""
    if "'" in text or "-" in text:
        for pattern in _SHORT_YEAR:
            for match in pattern.finditer(text):
                if month := words.month(match["n"] or match.groupdict().get("n2") or ""):
                    yield from made(match, 2000 + int(match["y"]), month, int(match["d"]))


def _roman(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the dates whose month is a Roman number."""
    if "I" in text or "V" in text or "X" in text:  # few lines with a date
        for pattern in _ROMAN:
            for match in pattern.finditer(text):
                yield from made(match, int(match["y"]), _ROMANS.index(match["n"]) + 1, int(match["d"]))


def _glued(name: str) -> str:
    """Return the capitalised end of a word if it is a month's name ("DoeJanuary"), else nothing."""
    end = _INNER.split(name)[-1]
    return end if end != name and words.month(end) else ""


@cache
def _two_words() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """Return what month names of two words begin with, and the patterns of dates with one ("19 كانون الثاني 2024")."""
    names = sorted(words.table("months")["two_words"], key=len, reverse=True)
    heads = re.compile("|".join(sorted({re.escape(name.split()[0]) for name in names})), re.IGNORECASE)
    name = rf"(?P<n>{'|'.join(map(re.escape, names))})"
    forms = (
        rf"(?<!\d)(?P<d>\d{{1,2}})\s{name}(?:\s?[/(]\s?{_WORD}\)?)?,?\s{_YEAR}(?!\d)",
        rf"{name}\s(?P<d>\d{{1,2}}),?\s{_YEAR}(?!\d)",
    )
    return heads, tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _of_two_words(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the dates whose month has a name of two words."""
    heads, patterns = _two_words()
    if text.isascii() or not heads.search(text):
        return
    for pattern in patterns:
        for match in pattern.finditer(text):
            month = words.table("months")["two_words"][match["n"].lower()]
            yield from made(match, int(match["y"]), month, int(match["d"]))


def _eastern(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the dates of an era (令和6年1月19日), those in Chinese numerals, and Thai ones with a short year."""
    if text.isascii():
        return
    for match in _ERA.finditer(text):
        number = 1 if match["y"] == "元" else int(match["y"])
        yield from made(match, _ERAS[match["era"]] + number, int(match["m"] or match["m2"]), int(match["d"]))
    for match in _LABELLED.finditer(text):
        for _, end, day in made(match, 1911 + int(match["y"]), int(match["m"]), int(match["d"])):
            yield match.start("y"), end, day
    for match in _HAN.finditer(text):
        year = int("".join(str(_HAN_DIGITS.get(char, 0)) for char in match["y"]))
        yield from made(match, year, _han(match["m"]), _han(match["d"]))
    for match in _THAI.finditer(text):
        if month := words.month(match["n"]):
            yield from made(match, 2500 + int(match["y"]), month, int(match["d"]))


def _han(text: str) -> int:
    """Return the value of a Chinese numeral up to 99."""
    tens, mark, ones = text.rpartition("十")
    unit = _HAN_DIGITS.get(ones, 0) if ones else 0
    return (_HAN_DIGITS.get(tens, 1) * 10 + unit) if mark else unit


def _order(first: int, second: int, day_first: bool | None) -> tuple[int, int] | None:
    """Return (month, day) of two numbers, None where either order is possible and nothing tells which."""
    if second > 12:
        return first, second
    if first > 12 or first == second or day_first:
        return second, first
    return None if day_first is None else (first, second)


def made(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, date]]:
    """Yield the date if there is such a day; Buddhist years (Thai pages) are taken down to the common era."""
    if year >= 2500:
        year -= 543
    if 1850 <= year <= 2200:
        try:
            found = date(year, month, day)
        except ValueError:
            return
        end = match.end()
        while end > match.start() and match.string[end - 1] == " ":
            end -= 1
        yield match.start(), end, found
