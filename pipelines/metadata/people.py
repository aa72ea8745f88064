"""Names of persons: telling them from sites, agencies, labels and phrases, and parting several in one credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from pipelines.metadata import capitals, tidying, words
from pipelines.metadata.text import dense, key

MAX_NAMES, MAX_STATED = 12, 200
"""Names of a visible credit, and of a page's data: papers are written by dozens."""
MAX_CREDIT = 5000
_SPLIT = re.compile(
    r"\s*(?:[;；,，、|/／&＆]|\b(?:and|AND|And|und|UND|y|et|e|en|и|і|ve|dan|och|og|oraz|και|và|i|és|ja|și|şi|a|та|й)\b|(?<=[^\W\d])[和与與](?=[^\W\d]))\s*"
)
_STROKES = re.compile(r"\s*[,，/／|]\s*")
_EDGES = ":：.·•-–—|*\u3000"
_HAN = r"\u3400-\u9fff〇"
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,5}}|[{_HAN}]{{1,8}}(?:[·•・][{_HAN}]{{1,8}}){{1,3}}")
_NOT_NAME = re.compile(r"\d{3}|https?:|www\.|@\w+\.\w|[<>{}=#!?？！。…“”\":：]|\.\.\.|[$©®™]")
_NUMBERED = re.compile(r"[^\W\d_]\d|\s\d")
"""Of several words none is or ends in a number: "Attribution 4.0", a name with the number of a note."""
_NICKNAME = re.compile(r"""(?<=\w\s)["“‘'][^"“”‘’']{2,24}["”’']\s(?=[^\W\d_a-z])""")
"""What friends call somebody, between given and family name: Jane "Jay" Doe."""
_WITHIN = re.compile(r"\s*[(（][^()（）]*[)）]")
_DEGREES = frozenset(
    {"MA", "MS", "MD", "MPH", "MBA", "PhD", "Ph.D.", "DO", "RN", "RD", "JD", "BSc", "MSc", "DVM", "PsyD"}
)
DEGREES = frozenset(
    {
        "ma",
        "ms",
        "md",
        "mph",
        "mba",
        "phd",
        "do",
        "rn",
        "rd",
        "jd",
        "bsc",
        "msc",
        "bsn",
        "dvm",
        "psyd",
        "edd",
        "esq",
        "jr",
    }
)
"""What stands behind a name and a comma, by its letters."""
_AGENCY_CHARS = 5
"""Letters of an agency's name that is told from a surname: shorter ones ("Red", "Sid", "Tt") are names as well."""
_HANDLE = re.compile(r"[a-z0-9.-]+(?:_[a-z0-9.-]+)+", re.IGNORECASE)
_SPACED = re.compile(r"[^\W\d_][\w.'’ʼ`\-()]*(?:\s+(?:[^\W\d_]|\()[\w.'’ʼ`\-()]*){0,5}")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "della",
        "da",
        "dos",
        "di",
        "la",
        "le",
        "du",
        "al",
        "el",
        "bin",
        "ibn",
        "ter",
        "zu",
        "zur",
        "vom",
        "y",
        "e",
        "af",
        "av",
        "ten",
        "dela",
        "das",
        "do",
        "san",
        "mc",
        "o",
    ]
)


@cache
def _surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single and the double Chinese surnames."""
    people = words.table("people")
    return frozenset(people["surnames"]), tuple(people["double_surnames"])


@cache
def _japanese() -> tuple[str, ...]:
    """Return the Japanese family names of two characters."""
    return tuple(words.table("people")["japanese_surnames"])


def is_han_name(text: str, *, strict: bool = True) -> bool:
    """Tell whether a text has the shape of a Chinese name; ``strict``: it also begins with a known surname."""
    if not _HAN_NAME.fullmatch(text) or not is_person(text):
        return False
    if re.search(r"[·•・]", text):
        return True
    if not strict:
        return len(text) <= 4
    single, double = _surnames()
    if len(text) >= 4 and text.startswith(_japanese()):
        return not set(text[2:]) & set("県县市町村区駅港車工社")
    return (text[0] in single and len(text) <= 3) or (len(text) <= 4 and text.startswith(double))


def is_group(name: str) -> bool:
    """Tell whether a name is an institution's by its last or first word, or by what a dense name ends with or holds."""
    if dense(name):
        table = words.table("people")
        # 人事科 is a desk, 王登科 a person.
        desk = name.endswith("科") and len(name) >= 3 and name[0] not in table["surnames"]
        long = len(name) > 4 and any(inner in name for inner in table["groups_inside"])
        return desk or long or any(name.endswith(end) for end in table["groups_dense"])
    if "가" <= name[-1:] <= "힣" and name.endswith(tuple(words.table("people")["korean_groups"])):
        return True
    tokens = [token.strip(".,()") for token in name.casefold().split()]
    known = words.words("people", "groups")
    if not words.words("people", "roles_inside").isdisjoint(tokens):
        return True
    return bool(tokens) and (
        tokens[-1].rpartition("-")[2] in known
        or tokens[0] in words.words("people", "group_heads")
        or bool(tidying.DOMAIN.search(name))
    )


@cache
def _never() -> frozenset[str]:
    """Return the keys of words that stand where a name would: labels, roles, agencies, places, form words."""
    lists = (
        ("people", "nobody"),
        ("people", "places"),
        ("people", "labels"),
        ("people", "han_words"),
        ("people", "by"),
        ("people", "by_dense"),
        ("people", "other"),
    )
    labels = (("dates", "published"), ("dates", "modified"), ("dates", "weekdays"), ("sites", "home"))
    return frozenset(key(word) for name, part in (*lists, *labels) for word in words.words(name, part))


def is_person(name: str, no: Iterable[str] = ()) -> bool:
    """Tell whether a text can be a person's (or pen) name; ``no`` are names of the site."""
    name = _without_nickname(name)
    own = key(name)
    if len(own) < 2 or own.isdigit() or len(name) > 60 or _NOT_NAME.search(name) or own in _never() or is_group(name):
        return False
    if ("_" in name and not _is_handle(name)) or (" " in name and _NUMBERED.search(name)):
        return False
    if dense(name):
        if len(own) > 16 or any(inner in name for inner in words.table("people")["never_inside"]):
            return False
    else:
        tokens = name.casefold().strip(" .:@").split()
        if len(tokens) > 6 or not tokens or tokens[0] in words.words("people", "no_head"):
            return False
        if tokens[0] in words.words("dates", "published") or tokens[0] in words.words("dates", "modified"):
            return False
        if tokens[-1] in ("of", "for", "and") or words.words("people", "nobody").issuperset(tokens):
            return False
        if any(" ".join(tokens[:size]) in words.words("people", "nobody") for size in (2, 3) if len(tokens) > size):
            return False
    # "Jane Doe's Blog" is Jane Doe's; a single "Harbour" is short for "Harbour Echo".
    short = " " not in name and len(own) > 4
    sites = [site for each in no if (site := key(each))]
    return all(own != site and not (short and site.startswith(own) and len(own) * 2 > len(site)) for site in sites)


def _is_handle(name: str) -> bool:
    """Tell whether a name with underscores is a user's ("sea_dog_77"), not a role's or a field's ("site_admin")."""
    handle = _HANDLE.fullmatch(name)
    return handle is not None and _never().isdisjoint(name.casefold().split("_"))


def _without_nickname(name: str) -> str:
    """Return a name without what stands in quotation marks between its parts."""
    return _NICKNAME.sub("", name) if '"' in name or "“" in name or "‘" in name else name


def is_spaced_name(name: str) -> bool:
    """Tell whether a text has the shape of a name in a script with capitals: two to five words, each with a capital."""
    name = _without_nickname(name)
    tokens = name.split()
    if not 2 <= len(tokens) <= 5 or not _SPACED.fullmatch(name) or len(name) > 40 or any(map(str.isdigit, name)):
        return False
    # Wu Di and Zhang Le are names: what stands last in capitals is no particle.
    last = tokens[-1] if tokens[-1][:1].isupper() else ""
    named = [token for token in tokens if token is last or token.strip("()").lower() not in _PARTICLES]
    lower = [token.lower() for token in named]
    if not (
        words.words("people", "no_inside").isdisjoint(lower) and words.words("people", "sections").isdisjoint(lower)
    ):
        return False
    return (
        len(named) >= 2
        and all(token.strip("(\"'")[:1].isupper() for token in named)
        and not name.isupper()
        and is_person(name)
    )


def are_particles(tokens: Iterable[str]) -> bool:
    """Tell whether small words of a name are such as names hold: "van der", "de la", "d'"."""
    return all(token in _PARTICLES or "'" in token or "’" in token for token in tokens)


def are_han_names(parts: Sequence[str]) -> bool:
    """Tell whether all parts are Chinese names; among several, one may have a surname that is not on the list."""
    known = sum(map(is_han_name, parts))
    return known == len(parts) or (
        len(parts) > known > 0 and all(len(part) <= 3 and is_han_name(part, strict=False) for part in parts)
    )


def split(text: str) -> list[str]:
    """Return the single names of a credit: "A, B and C", "张三 李四", "张三、李四"; "张 三" is one name."""
    out: list[str] = []
    text = text[:MAX_CREDIT]
    if "(" in text or "（" in text:  # "Jane Doe (with John Roe and Ann Poe)"
        text = _WITHIN.sub(lambda found: " " if _SPLIT.search(found[0]) else found[0], text)
    for piece in chain.from_iterable(map(capitals.parted, _SPLIT.split(text))):
        piece = piece.strip().strip(_EDGES)
        parts = piece.split()
        if not parts:
            continue
        if len(parts) > 1 and dense(piece):
            if are_han_names(parts):
                out.extend(parts)
                continue
            if all(len(part) == 1 for part in parts):
                piece = "".join(parts)
            elif len(set(parts)) == 1:  # once for each width of a screen
                piece = parts[0]
        out.append(piece)
    return out


def in_order(value: str) -> str:
    """Return the names of a library's field with the given name first: "Doe, Jane" is one person, "van der Berg, Anna".

    A field of two full names ("Jane Doe, John Smith") stays as it is.
    """
    out = []
    for each in value.split(";"):
        last, comma, given = (part.strip() for part in each.partition(","))
        capitals = [word for word in last.split() if word.lower() not in _PARTICLES]
        one = comma and given and "," not in given and len(capitals) == 1 and not dense(each)
        known = key(last) in _never() or key(given) in _never() or is_group(last) or is_group(given)
        out.append(f"{given} {last}" if one and not known else each.strip())
    return "; ".join(out)


def without_places(text: str) -> str:
    """Return a credit without the single words behind a full name or an agency: "Jane Doe, London", "EFE / Madrid"."""
    first, *rest = _STROKES.split(text)
    if not rest:
        return text
    head = tidying.tidy(next(iter(split(first)), ""))
    if not (is_spaced_name(head) or key(head) in _never() or is_group(head)) or dense(head):
        return text
    return ", ".join([first, *(piece for piece in rest if " " in piece.strip() or dense(piece))])


def names_of(text: str, no: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the persons of a text that holds nothing but a credit, without repeats.

    Behind the first, capitals begin a house ("Jane Doe, CNN Greece").
    """
    pieces = [without_house(piece.split()) or piece for piece in split(without_places(text))] or [""]
    shouted = pieces[0].isupper()
    first, *rest = (tidying.tidy(piece) for piece in pieces if shouted or not _is_capitals(piece) or piece is pieces[0])
    out = [_without_agency(first), *(_without_agency(name) for name in rest if not is_house(name))]
    return tuple(dict.fromkeys(name for name in out if is_person(name, no)))[:MAX_STATED]


@cache
def _agencies() -> frozenset[str]:
    """Return the words that are nobody's name and end no institution's: "Harbour Echo Staff" is one whole."""
    return words.words("people", "nobody") - words.words("people", "groups")


def _without_agency(name: str) -> str:
    """Return a name without the agency that a system's field holds behind it: "Jane Doe Reuters"; no "J. Bloomberg"."""
    *own, last = name.split() or [""]
    house = len(own) >= 2 and len(last) >= _AGENCY_CHARS and last.casefold() in _agencies()
    return " ".join(own) if house and len(own[-1].strip(".")) > 1 else name


def without_house(tokens: Sequence[str]) -> str:
    """Return a name in capitals without the house behind it in small letters, "" where there is none.

    "JANE DOE Associated Press", "JANE DOE AP Sports Writer".
    """
    size = next((place for place, token in enumerate(tokens) if not token.isupper()), len(tokens))
    house = " ".join(tokens[size:])
    if not (2 <= size < len(tokens) and (is_group(house) or is_house(house))):
        return ""
    while size > 2 and tokens[size - 1].casefold() in words.words("people", "nobody"):
        size -= 1
    return capitals.titled(" ".join(tokens[:size]))


def _is_capitals(piece: str) -> bool:
    """Tell whether a piece is in capitals, which a name behind one in small letters is not: "Jane Doe, USA TODAY"."""
    return piece.isupper() and " " in piece and "." not in piece and not dense(piece)


def is_house(name: str) -> bool:
    """Tell whether a name begins with the capitals of a house and goes on in small letters: "CNN Greece".

    Or with a degree ("Jane Doe, MA Harbour Health News"), or ends as papers do ("Jane Doe, Harbour Echo").
    """
    head, _, rest = name.partition(" ")
    if head in _DEGREES or (rest and name.rpartition(" ")[2].casefold() in words.words("people", "papers")):
        return True
    return len(head) > 2 and head.isupper() and head.isalnum() and bool(rest) and not rest.isupper()
