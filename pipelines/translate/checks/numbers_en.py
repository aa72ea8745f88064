"""Numbers in English text, by value: digits with scales, number words, fractions, per cent, clock times, months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest

from pipelines.translate.checks import words
from pipelines.translate.checks.quantities import LIMIT, Quantity, fraction


def _numbered(text: str, start: int) -> dict[str, int]:
    """Return the words of a text with their numbers from ``start`` on; ``|`` joins words of the same number."""
    return {word: number for number, some in enumerate(text.split(), start) for word in some.split("|")}


_ONES = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    0,
)
_TENS = {w: n * 10 for w, n in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()}
_ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100, "thousandth": 1000}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "quintillion": 10**18, "dozen": 12, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
SHORT_SCALES = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "m": 10**6, "bn": 10**9, "bln": 10**9, "b": 10**9, "tn": 10**12,
    "trn": 10**12,
}  # fmt: skip
_MONTHS = _numbered(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct "
    "november|nov december|dec",
    1,
)
_WEEKDAYS = _numbered("monday tuesday wednesday thursday friday saturday sunday", 1)
_HOLDING = words.values("english", "values")
_ROMAN = {
    word.upper(): number
    for word, number in _numbered(
        "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi", 2
    ).items()
}

_SCALE = "hundred|thousand|million|billion|trillion|quadrillion|quintillion|dozen|lakh|crore"
_SHORT = "mln|mn|bln|bn|trn|tn|k|m|b"
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?½?|\.\d+|½"
_WORD = "|".join([*_ONES, *_TENS])
_DIGITS = re.compile(
    r"(?P<sci>(?P<base>\d{1,30}(?:\.\d{1,30})?)\s?(?:[xX×]\s?10\s?\^?\s?|[eE])(?P<power>[+−-]?\d{1,2}(?!\d)))"
    rf"|(?P<num>{_PLAIN})"
    rf"(?:(?P<scale>\+?(?:[\s-]?(?:{_SCALE})(?:s|th)?\b){{1,4}})|(?P<short>\s?(?:{_SHORT})\b(?![-.]?[a-z]))"
    r"|(?P<ord>st|nd|rd|th)\b|(?P<many>['’]?s)\b)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?:(?P<lead>an?|several|few)\s+(?=(?:{_SCALE})\b))?"
    rf"(?P<body>(?:{_WORD}|{_SCALE})"
    rf"(?:(?:\s+and|[\s-])\s*(?:{_WORD}|{_SCALE}|an?\s+half)|\s+and\s+a\s+half)*)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")
_PERCENT = re.compile(r"\s*-?(?:%|％|per\s?cent|percentage|pct|pc\b)", re.IGNORECASE)
_BASIS_POINTS = re.compile(r"[\s-]*basis[\s-]points?\b", re.IGNORECASE)
_PERCENTAGE_POINTS = re.compile(r"[\s-]*percentage[\s-]points?\b", re.IGNORECASE)
_FRACTION_WORD = re.compile(
    rf"\b(?P<top>an?|{_WORD})[\s-]"
    r"(?P<bottom>half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)s?\b",
    re.IGNORECASE,
)
_HALF_A = re.compile(rf"\bhalf\s+an?\s+(?P<scale>{_SCALE})\b", re.IGNORECASE)
_LONG = re.compile(
    rf"\b(?:(?P<count>half|an?|{_PLAIN}|{_WORD})[\s-](?:an?\s)?(?P<half>and\s+a\s+half\s+)?)?"
    r"(?P<unit>decade|centur|dozen|score|fortnight)(?:s|y|ies)?\b",
    re.IGNORECASE,
)
_LONG_UNITS = {"decade": 10, "centur": 100, "dozen": 12, "score": 20, "fortnight": 14}
_OUT_OF = re.compile(
    rf"\b(?P<top>{_PLAIN}|{_WORD})\s+(?:in|out of)\s+(?:every\s+)?(?P<bottom>{_PLAIN}|{_WORD})\b", re.IGNORECASE
)
_RANGE = re.compile(r"-?\s*(?:-|–|—|~|to|and|or)\s*[$€£¥]?\s*", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"(?:[A-Za-z]\d*|[A-Z][A-Za-z]*\d*[-‐/._]|\d[A-Za-z]+)$")
_CODE_AFTER = re.compile(r"(?![ap]\.?m\b)[A-Za-z]")
_DATE_BEFORE = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s*$", re.IGNORECASE)
_HOUR_AFTER = re.compile(r"\s*(?:[ap]\.?m\b|o'clock)", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})\b|\.(?P<dotted>[0-5]\d)(?=\s*[ap]\.?m\b))", re.IGNORECASE)


def _spoken(text: str) -> Fraction:
    """Return the value of number words ("two hundred and five thousand", "one and a half million")."""
    total = section = Fraction(0)
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _ONES:
            # "nineteen ninety-nine" and "twenty twenty-four" are years, read two digits at a time.
            section = section * 100 + _ONES[word] if 10 <= section < 100 and section % 10 else section + _ONES[word]
        elif word in _TENS:
            section = section * 100 + _TENS[word] if 10 <= section < 100 else section + _TENS[word]
        elif word == "half":
            section += Fraction(1, 2)
        elif word in ("dozen", "hundred"):
            section = (section or Fraction(1)) * _SCALES[word]
        elif word in _SCALES:
            total = total + section * _SCALES[word] if section else (total or Fraction(1)) * _SCALES[word]
            section = Fraction(0)
    return total + section


def _scaled(value: Fraction, scale: str) -> Fraction:
    for word in re.findall(r"[a-z]+", scale.lower()):
        value *= _SCALES.get(word) or _SCALES.get(word.rstrip("s").removesuffix("th")) or SHORT_SCALES[word]
    return value


def _digit_values(match: re.Match[str]) -> tuple[Fraction, ...]:
    if match["sci"]:
        return (Fraction(match["base"]) * Fraction(10) ** int(match["power"].replace("−", "-")),)
    value = fraction(match["num"])
    if scale := match["scale"] or match["short"]:
        scaled = _scaled(value, scale.strip())
        # "100m" may be metres and "5b" a label.
        return (scaled, value) if match["short"] else (scaled,)
    if match["many"] and value < 100:
        return (value, 1900 + value, 1800 + value)
    if match["many"]:
        return (value, value / 100 + 1, value % 100)
    return (value,)


def find(target: str) -> Iterator[Quantity]:
    """Yield the numbers of an English sentence, with positions in it."""
    return (quantity for quantity in _every(target) if quantity.value <= LIMIT)


def _every(target: str) -> Iterator[Quantity]:
    digits = list(_digits(target))
    yield from digits
    taken = {at for quantity in digits for at in range(quantity.start, quantity.end)}
    for match in _WORDS.finditer(target):
        if match.start() not in taken:  # else it is the scale of a number in digits
            yield _word_number(match, percent=bool(_PERCENT.match(target[match.end() :])))
    for match in _HALF_A.finditer(target):
        yield _soft(match, Fraction(_SCALES[match["scale"].lower()], 2))
    for match in _LONG.finditer(target):
        count = _part(match["count"]) if match["count"] else Fraction(1)
        count = Fraction(1, 2) if count == 2 and match["count"].lower() == "half" else count
        count += Fraction(1, 2) if match["half"] else Fraction(0)
        unit = match["unit"].lower()
        yield _soft(match, count * _LONG_UNITS[unit], count * (10 if unit == "dozen" else 1))
    for pattern in (_FRACTION_WORD, _OUT_OF):
        for match in pattern.finditer(target):
            top, bottom = _part(match["top"]), _part(match["bottom"])
            if bottom:
                yield _soft(match, top / bottom, top / bottom * 100, top, bottom)
    yield from _holding(target)


def _soft(match: re.Match[str], *values: Fraction) -> Quantity:
    return Quantity(start=match.start(), end=match.end(), values=values, hard=False)


def _word_number(match: re.Match[str], *, percent: bool) -> Quantity:
    """Return a number in words; it binds when it has a scale and begins with a count ("four hundred million")."""
    body = match["body"]
    value = _spoken(body)
    counted = re.match(rf"(?:{_WORD})\b", body, re.IGNORECASE) and re.search(rf"\b(?:{_SCALE})\b", body, re.IGNORECASE)
    values = (value, value / 100) if percent else (value, *_pieces(body))
    hard = bool(counted and not match["lead"] and value > 100)
    return Quantity(start=match.start(), end=match.end(), values=values, hard=hard, percent=percent)


def _pieces(body: str) -> tuple[Fraction, ...]:
    """Return the values of the single words of a longer number, which a loose match may have run together."""
    words = re.findall(r"[a-z]+", body.lower())
    known = _ONES | _TENS | _SCALES
    return tuple(Fraction(known[word]) for word in words if word in known) if len(words) > 1 else ()


def _part(text: str) -> Fraction:
    word = text.lower()
    if word in ("a", "an"):
        return Fraction(1)
    if word in _ONES or word in _TENS or word in _ORDINALS:
        return Fraction((_ONES | _TENS | _ORDINALS)[word])
    return {"half": Fraction(2), "quarter": Fraction(4)}.get(word) or fraction(text)


def _digits(target: str) -> Iterator[Quantity]:
    """Yield what is written with digits; a range's first number may take the second one's scale."""
    matches = list(_DIGITS.finditer(target))
    clocks = {match.start(): match for match in _CLOCK.finditer(target)}
    for match, following in zip_longest(matches, matches[1:]):
        values = _digit_values(match)
        rest, before = target[match.end() :], target[: match.start()]
        percent = bool(_PERCENT.match(rest))
        if percent:
            values = (*values, values[0] / 100)
        if _BASIS_POINTS.match(rest):  # 0.25个百分点 is 25 of them
            values = (*values, values[0] / 100)
        elif _PERCENTAGE_POINTS.match(rest):
            values = (*values, values[0] * 100)
        scale = (following["scale"] or following["short"]) if following else None
        if (
            scale
            and not (match["scale"] or match["short"])
            and _RANGE.fullmatch(target[match.end() : following.start()])
        ):
            values = (_scaled(values[0], scale.strip()), *values)
        if clock := clocks.get(match.start()):
            hour = Fraction(clock["hour"])
            values = (hour, hour + 12, *values)
            if clock["dotted"]:  # 7.55am
                values = (hour, hour + 12)
                minute = (Fraction(clock["dotted"]),)
                yield Quantity(start=clock.start("dotted"), end=clock.end("dotted"), values=minute)
        elif _HOUR_AFTER.match(rest):
            values = (*values, values[0] + 12)
        hard = values[0] not in (0, 1) and not _in_code(match, before, rest) and not _is_added_year(values[0], before)
        yield Quantity(start=match.start(), end=match.end(), values=values, hard=hard, percent=percent)


def _in_code(match: re.Match[str], before: str, rest: str) -> bool:
    """Tell whether digits belong to a code (H100, GPT-5, 5G)."""
    return bool(_CODE_BEFORE.search(before)) or bool(match.end() == match.end("num") and _CODE_AFTER.match(rest))


def _is_added_year(value: Fraction, before: str) -> bool:
    """Tell whether a number is a year after a month: translators complete the date of a dateline."""
    return 1900 <= value <= 2100 and bool(_DATE_BEFORE.search(before))


def _holding(target: str) -> Iterator[Quantity]:
    """Yield words that stand for a number: months, ordinals, "half", "twice", Roman numerals."""
    for match in _SINGLE.finditer(target):
        for part in {match[0], *match[0].split("-")}:
            word = part.lower()
            values = list(_HOLDING.get(word, ()))
            for table in (_MONTHS, _WEEKDAYS, _ORDINALS):
                if word in table:
                    values.append(Fraction(table[word]))
            if word in _ORDINALS and _ORDINALS[word] > 2:
                values.append(Fraction(1, _ORDINALS[word]))
            if part in _ROMAN:
                values.append(Fraction(_ROMAN[part]))
            if values:
                yield Quantity(start=match.start(), end=match.end(), values=tuple(values), hard=False)
        tens, _, last = match[0].lower().partition("-")
        if tens in _TENS and last in _ORDINALS and _ORDINALS[last] < 10:
            value = Fraction(_TENS[tens] + _ORDINALS[last])
            yield Quantity(start=match.start(), end=match.end(), values=(value,), hard=False)
