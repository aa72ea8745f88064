"""Numbers in Chinese text, by value: digits with 万 and 亿, Chinese digits, 成, 折, 倍, 半, dates, times, ranges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction

from pipelines.translate.checks import words
from pipelines.translate.checks.quantities import LIMIT, MAX_CHARACTERS, Quantity, fraction

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_UNITS = _SMALL | _LARGE
# Financial and Traditional forms read as the everyday ones, one character for one.
_FORMS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸點餘個幾數", "一二三四五六七八九十百千万亿两二三六点余个几数"
)

# 千瓦 and 兆焦 are units of measure: their 千 and 兆 belong to the unit, not to the number.
_MEASURE = r"(?!瓦|米|克|焦|卡|伏|帕|赫|字节|比特|位|欧)"
_U = rf"(?:[十百万亿]|[千兆]{_MEASURE})"
# 10 is written 十 or 10, never as digits before a 十 of their own: 2014-2024十年期, Orange 3十字路口.
_U_AFTER_DIGITS = rf"(?!十(?![百千万亿])){_U}"
_AR = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ZH = rf"(?:[零〇○一二两三四五六七八九]|{_U})"
# 十几, 几十万, 数百, 上千: an order of size, not a number.
_VAGUE = re.compile(
    rf"[几数上近成好]{_ZH}*[十百千万亿]{_ZH}*|[一二三四五六七八九]?十几{_ZH}*|千千万万|成千上万|"
    r"(?<![\d余多几])万千(?!瓦|米|克)|千万(?=不|别|要|记|小心)"
)
# 三四十, 五六百, 七八个: two neighbouring digits are "three or four".
_NEIGHBOURS = re.compile(
    r"(?<![十百千万亿零〇一二两三四五六七八九\d])(一二|一两|两三|二三|三四|四五|五六|六七|七八|八九)"
    r"(?![零〇一二两三四五六七八九])([十百千万亿]*)"
)
# Words with a number's characters in them that are none.
_IDIOMS = re.compile(words.any_of("chinese", "idioms"))
_NUMBER = re.compile(
    r"(?P<sci>\d{1,30}(?:\.\d{1,30})?e[+-]?\d{1,2}(?!\d))"
    rf"|百分之(?P<pct>{_AR}|{_ZH}+(?:点{_ZH}+)?)"
    rf"|(?P<den>{_AR}|{_ZH}+)分之(?P<num>{_AR}|{_ZH}+)"
    rf"|(?P<ar>(?:{_AR})(?:\s*[多余来几]?(?:个(?=亿))?\s*{_U_AFTER_DIGITS}+(?:零?(?:{_AR}|[零一二两三四五六七八九]){_U}+)*)?)"
    rf"|(?P<zh>{_ZH}+(?:点(?![零〇○一二两三四五六七八九]{{1,2}}[十分刻])[零〇○一二两三四五六七八九]+[百千万亿]*|(?:[多余]|个(?=亿))[万亿]+)?)",
    re.IGNORECASE,
)
# What stands behind them tells groups of one number from the numbers of a table: three noughts, or the word they count.
_GROUPS = re.compile(
    r"(?<!\d)(?<!\d[.,\s])[1-9]\d{0,2}(?:(?:,? \d{3}){0,3},? 000|(?:,? \d{3}){1,3}(?= ?[\u4e00-\u9fff]))(?! ?\d|[.,]\d)"
)
# ○‧○二五 in laws is 0.025.
_POINT = re.compile("(?<=[零〇○])[‧·・](?=[零〇○一二三四五六七八九])")
_CHAIN = re.compile(rf"({_AR}|[零一二两三四五六七八九])\s*[多余来几]?个?\s*([十百千万亿兆]*)")
_AFTER = re.compile(r"\s*(?:多|余|来|几)?\s*(?:个)?\s*")
# Words that answer for a number in the translation.
_HOLDING = {re.compile(pattern): held for pattern, held in words.values("chinese", "holding").items()}
_MONEY = re.compile(words.any_of("chinese", "money"))
_PLANS = re.compile(r"十([一二三四五六七八九])五")
# Taiwan counts its years from 1912.
_REPUBLIC = re.compile(rf"民[国國]\s*(?P<year>\d{{1,3}}|{_ZH}{{1,6}})\s*年")
_RANGE = re.compile(r"\s*(?:[-~～—–－至到])\s*")
# 1米8, 1米83, 3元6角 and 三块五: what follows are decimals, where nothing that it could count follows.
_TENTHS_AFTER = re.compile(
    r"(?P<whole>(?<![\d.])\d{1,4}|[一二两三四五六七八九])(?:米|块|元)(?P<tenth>[1-9一二三四五六七八九](?:(?<=米.)[0-9零一二三四五六七八九])?)"
    r"(?=$|[，。！？、；：）)\s的左多高毛角钱一以到至~,.;!?-])"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9]*[-‐./_]?$")
_LATIN_AFTER = re.compile(r"[-‐]?[A-Za-z]")


# 二十多万, 三个亿
_NO_FIGURES = str.maketrans("", "", "多余个")


def _chinese(text: str) -> Fraction | None:
    """Return the value of Chinese digits (二十三, 一亿五千万, 二〇二四), or None where they are no number."""
    if len(text) > MAX_CHARACTERS:
        return LIMIT + 1
    text = text.translate(_NO_FIGURES)
    if "点" in text:
        whole, _, rest = text.partition("点")
        digits = rest.rstrip("百千万亿")
        head = _chinese(whole)
        if head is None or not digits:
            return None
        value = head + Fraction(int("".join(str(_DIGIT[c]) for c in digits)), 10 ** len(digits))
        for unit in rest[len(digits) :]:
            value *= _UNITS[unit]
        return value
    if not any(c in _UNITS for c in text):
        return Fraction(int("".join(str(_DIGIT[c]) for c in text)))
    total = section = digit = Fraction(0)
    last_unit = 0
    for c in text:
        if c in _DIGIT:
            digit = Fraction(_DIGIT[c])
            last_unit = last_unit if c not in "零〇" else 0
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit, last_unit = Fraction(0), _SMALL[c]
        else:
            section += digit
            total = (total + section or Fraction(1)) * _LARGE[c] if c != "万" else total + (section or 1) * 10_000
            section = digit = Fraction(0)
            last_unit = _LARGE[c]
    if digit and last_unit >= 100 and text[-1] in _DIGIT and text[-2:-1] != "零":
        digit *= last_unit // 10  # 三百五 is 350, 一万二 is 12,000
    return total + section + digit


def _arabic(text: str) -> tuple[Fraction, ...]:
    """Return the values of digits with units (3.5亿, 2亿5000万, 48千万亿)."""
    total = Fraction(0)
    for number, units in _CHAIN.findall(text):
        value = Fraction(_DIGIT[number]) if number in _DIGIT else fraction(number)
        for unit in units:
            value *= _UNITS[unit]
        total += value
    return (total,)


_Values = tuple[Fraction, ...]
# 六成 is 60 %; 成 begins many other words.
_TENTHS = re.compile(r"成(?![为立员功果就本都长分熟])")
_HALF = Fraction(1, 2)


def _hours(n: Fraction) -> _Values:
    other = n - 12 if n > 12 else n + 12
    return (n, other, n * 100, other * 100)  # 晚上8时 is also 2000 hours


def _discount(n: Fraction) -> _Values:
    share = n * 10 if n < 10 else n
    return (share, 100 - share, share / 100)


# What a number may be in English digits, and what only in English words, by what stands after it. The first that fits
# counts; the number itself is always among the readings in words.
_UNIT_RULES: tuple[tuple[re.Pattern[str], Callable[[Fraction], _Values], Callable[[Fraction], _Values]], ...] = tuple(
    (re.compile(pattern), digits, in_words)
    for pattern, digits, in_words in (
        (r"%", lambda n: (n, n / 100), lambda n: ()),
        (_TENTHS.pattern, lambda n: (n * 10, n / 10), lambda n: ()),
        (r"折", _discount, lambda n: ()),
        (r"倍", lambda n: (n, n * 100), lambda n: (n + 1, n - 1)),  # 增长2倍: threefold, or up 200 %
        (r"[点时]半", _hours, lambda n: ()),
        (r"半", lambda n: (n + _HALF, (n + _HALF) * 12), lambda n: ((n + _HALF) * 60,)),  # 两年半, 一个半小时
        (r"点|时|:", _hours, lambda n: ()),
        (r"世纪", lambda n: (n, (n - 1) * 100), lambda n: ()),
        (r"年代", lambda n: (n, 1900 + n, 1800 + n, 2000 + n), lambda n: ()),
        (r"年|后", lambda n: (n, 1900 + n, 2000 + n) if 10 <= n < 100 else (n, n * 12), lambda n: ()),
        (r"岁|天|日", lambda n: (n,), lambda n: (n / 7,)),
        (r"月", lambda n: (n,), lambda n: (n / 12,)),
        (r"周|星期|礼拜", lambda n: (n, n * 7), lambda n: ()),
        (r"小时", lambda n: (n, n * 60), lambda n: (n / 24,)),
        # 0.5元 is 50 fen or cents.
        (r"[分元]|[美欧]元", lambda n: (n, n * 100) if n < 1 else (n,), lambda n: (n / 100,)),
        (r"[角毛]", lambda n: (n, n / 10), lambda n: ()),
        (r"像素", lambda n: (n, n / 10**6), lambda n: ()),
        (r"斤", lambda n: (n, n / 2, n * 500), lambda n: ()),
        (r"亩", lambda n: (n, n / 15, n * 2000 / 3), lambda n: ()),
        (r"里", lambda n: (n, n / 2), lambda n: ()),
        (r"公里", lambda n: (n, n * 1000), lambda n: ()),
        (r"公斤|米|平方|英|海里", lambda n: (n, n / 1000), lambda n: ()),
    )
)


def _is_mega(number: str, after: str) -> bool:
    """Tell whether 兆 may be 10^6, or a megabyte or megabit that keeps its figure: it is 10^12 for money alone."""
    return "兆" in number and not _MONEY.match(after)


def _readings(values: _Values, number: str, after: str) -> tuple[_Values, _Values]:
    """Return a number's readings in digits and those in words, given what stands after it."""
    if _is_mega(number, after):
        return (values[0] / 10**12, values[0] / 10**6, values[0]), ()
    for pattern, digits, in_words in _UNIT_RULES:
        if pattern.match(after):
            return (*digits(values[0]), *values[1:]), (*values, *in_words(values[0]))
    return values, ()


def _is_binding(text: str, value: Fraction, kind: str) -> bool:
    """Tell whether a translation must have this number.

    ``text`` has one character more than the number. Digits bind but for 0 and 1 (0.3 does). Chinese digits bind where
    they can be nothing else: 百分之五十, 二十三, 三千万, 一点五. A single one (一些, 两个, 三天) is too often an
    article, "both" or part of a word.
    """
    if kind in ("pct", "sci"):
        return True
    if kind == "ar":
        return value > 1 or 0 < value < 1 or (value == 1 and text[-1] in "日号月点级")
    if kind == "num":
        return False  # "a third", "33 %", "one in three", "thirds": too many ways to say it
    number, after = text[:-1], text[-1:]
    if "点" in number:
        return True
    if len(number) >= 4 and not any(c in _UNITS for c in number):
        return True  # 二〇二四
    if number == "十":
        return after in "多余"
    return len(number) >= 2 and number[0] != "一" and any(c in _DIGIT for c in number) and value >= 10


def normalise(text: str) -> str:
    """Return the text with full-width digits and signs, and Traditional or financial digits, in everyday form.

    Groups of digits kept apart by spaces (34 000, 18, 000) are one number then.
    """
    plain = unicodedata.normalize("NFKC", text.replace("½", ".5")).translate(_FORMS)
    plain = _POINT.sub("点", plain)
    return _GROUPS.sub(lambda match: re.sub("[, ]", "", match[0]), plain)


def find(source: str) -> Iterator[Quantity]:
    """Yield the numbers of a Chinese sentence; positions are those in ``normalise(source)``."""
    text = normalise(source)
    soft = [match.span() for pattern in (_IDIOMS, _VAGUE) for match in pattern.finditer(text)]
    yield from _set_forms(text, soft)
    matches = list(_NUMBER.finditer(text))
    for at, match in enumerate(matches):
        kind = match.lastgroup or ""
        values = _values(match, kind)
        if not values or max(values) > LIMIT:
            continue
        rest = text[match.end() :]
        after, before = _AFTER.sub("", rest, count=1), text[: match.start()]
        readings, loose = _readings(values, match[0], after)
        if inherited := _from_range(text, matches, at):
            readings, loose = inherited, (*readings, *loose)
        in_code = (
            bool(_LATIN_BEFORE.search(before))
            or (kind == "ar" and bool(_LATIN_AFTER.match(rest)))
            or _is_mega(match[0], after)
        )
        covered = any(start < match.end() and match.start() < end for start, end in soft)
        hard = _is_binding(match[0] + rest[:1], values[0], kind) and not in_code and not covered
        hard = hard or (kind == "zh" and bool(_TENTHS.match(rest)) and values[0] < 10 and not covered)
        if kind == "ar" and after.startswith("世纪") and re.match(r"世纪\s*[\d一二三四五六七八九]+十?\s*年代", after):
            hard = False  # 20世纪30年代 is "the 1930s"
        percent = kind == "pct" or after.startswith(("%", "成"))
        if kind == "pct":
            readings = (*readings, values[0] / 100)
        span = {"start": match.start(), "end": match.end()}
        yield Quantity(**span, values=readings, loose=loose, hard=hard, percent=percent)


def _set_forms(text: str, soft: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield what has a form of its own (三四十, 半, 十三五, 民国113年, 1米83), and add where digits are part of it."""
    for match in _NEIGHBOURS.finditer(text):
        soft.append(match.span())
        for digit in match[1]:
            values = _arabic(f"{_DIGIT[digit]}{match[2][:3]}")
            yield Quantity(start=match.start(), end=match.end(), values=values, hard=False)
    for pattern, held in _HOLDING.items():
        for match in pattern.finditer(text):
            yield Quantity(start=match.start(), end=match.end(), values=held, hard=False)
    for match in _PLANS.finditer(text):  # 十三五 is the 13th Five-Year Plan
        values = (Fraction(10 + _DIGIT[match[1]]), Fraction(5))
        soft.append(match.span())
        yield Quantity(start=match.start(), end=match.end(), values=values, hard=False)
    for match in _REPUBLIC.finditer(text):
        if (year := _either(match["year"])) is not None and year < 200:
            soft.append(match.span())
            yield Quantity(start=match.start("year"), end=match.end("year"), values=(year + 1911, year))
    for match in _TENTHS_AFTER.finditer(text):
        tenths = "".join(str(_DIGIT.get(c, c)) for c in match["tenth"])
        value = _one(match["whole"]) + Fraction(int(tenths), 10 ** len(tenths))
        soft.append(match.span())
        hard = match["whole"].isdigit()
        yield Quantity(start=match.start(), end=match.end(), values=(value, value * 100), hard=hard)


def around(source: str, quantity: Quantity) -> tuple[str, str]:
    """Return a number that ``find`` found as it is written, and what stands behind it or its range from the unit on."""
    text = normalise(source)
    end = quantity.end
    if (to := _RANGE.match(text, end)) and (second := _NUMBER.match(text, to.end())):
        end = second.end()
    return text[quantity.start : quantity.end], _AFTER.sub("", text[end:], count=1)


def _values(match: re.Match[str], kind: str) -> tuple[Fraction, ...]:
    """Return the plain values of one match; empty where it is no number."""
    if len(match[0]) > MAX_CHARACTERS:
        return ()
    if kind == "sci":
        return (Fraction(match["sci"]),)
    if kind == "ar":
        return _arabic(match["ar"])
    if kind == "num":
        below, above = _either(match["den"]), _either(match["num"])
        return (above / below, above / below * 100, above, below) if below and above is not None else ()
    text = match["pct"] if kind == "pct" else match["zh"]
    value = _either(text)
    return () if value is None else (value,)


def _either(text: str) -> Fraction | None:
    return fraction(text) if text[0].isascii() and text[0].isdigit() else _chinese(text)


def _one(text: str) -> Fraction:
    return Fraction(_DIGIT[text] if text in _DIGIT else int(text))


def _from_range(text: str, matches: list[re.Match[str]], at: int) -> tuple[Fraction, ...]:
    """Return what the first number of a range is with the second one's units: 3至5万 is 30,000 to 50,000."""
    if at + 1 >= len(matches):
        return ()
    first, second = matches[at], matches[at + 1]
    if first.lastgroup not in ("ar", "zh") or not _RANGE.fullmatch(text[first.end() : second.start()]):
        return ()
    units = re.search(r"(?<=.)[十百千万亿]{1,6}$", second[0])  # 三至十万: 十 is a figure there
    value = _either(first[0]) if not re.search(r"[十百千万亿]$", first[0]) else None
    if not units or value is None:
        return ()
    for unit in units[0]:
        value *= _UNITS[unit]
    upper = _either(second[0]) if second.lastgroup == "zh" else _arabic(second[0])[0]
    # 700,000到2百万: the first one is written out.
    return (value,) if upper is None or value <= upper else ()
