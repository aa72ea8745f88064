"""What the characters of a block say of its job: numbers a block, independent of any one language."""

from __future__ import annotations

import re
import unicodedata

from pipelines import lexicon
from pipelines.html.blocks import Leaf
from pipelines.model import Kind

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SENTENCE = re.compile(r"[.!?…](?=[\s\"'”’»)\]]|$)|[。！？؟।۔]")
_COMMA = re.compile(r"[,，、،;；]")
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[^\W\d_a-zß-öø-ÿа-яёα-ω]")
_CLOCK = re.compile(
    r"\b\d{1,2}[:h.]\d{2}\b|\b(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b"
    r"|\b\d{1,2}\.? [^\W\d]{3,12}\.?,? (?:19|20)\d{2}\b|\b[^\W\d]{3,12}\.? \d{1,2}, (?:19|20)\d{2}\b"
)
_FUNCTION = re.compile(
    r"\b(?:the|and|of|to|in|is|that|for|was|on|with|it|he|said|der|die|das|und|ist|nicht|von|mit|den|ein|zu|le|la|les|"
    r"et|des|est|que|dans|pour|du|el|los|y|en|por|con|una|il|di|che|per|non|da|o|os|do|em|um|na|i|w|się|nie|z|jest|и|в|"
    r"не|на|что|с|по|å|och|att|som|är|på|det|af|og|til|een|het|van|ve|bir|bu|da|de|yang|dan|di|ini|untuk|και|το|του|"
    r"της|να|a|je|se|v|že|ja|on|ei|az|és|hogy|va|به|در|از|من|في|على|أن|है|के|में|की)\b|[的了是在和这也不有为就と はがをにのでたすまし은는을를이가의에다]",
    re.I,
)
_MARK_START = re.compile(r"[•·●○◆◇■□▪►▶»›>→←↑↓★☆\-–—*+#|/\\※✓✔©【〔\[(（]")
_BREAK_MARKS = re.compile(r"[|»›>→·•/]")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w|\.(?:com|net|org|cn|de)\b", re.I)
_QUOTE = re.compile(r"[\"“”„»«「」『』]")
_END_STOP = re.compile(r"[.!?。！？؟।۔][\"'”’»)）」』\]]*$|[\"”」』]$")
_END_SOFT = re.compile(r"(?:…|\.\.\.|»|>|›|→)\s*$")
_BRACKETS = re.compile(r"^[(（\[【〔].*[)）\]】〕]$", re.S)
_REASONS = (
    "related_links",
    "share_bar",
    "comment_form",
    "legal_notice",
    "copyright",
    "advert",
    "subscription",
    "editor_credit",
    "byline",
    "source_line",
    "category",
    "date_line",
    "navigation",
    "caption",
)
_FIRM = {"section": 4.0, "whole": 3.0, "label": 3.0, "start": 2.0, "part": 1.0}
_KINDS = tuple(Kind)
_SCANNED = 1_500
"""Characters of a block that are looked at: beyond it, the shares no longer change."""

NAMES = (
    "chars", "weight", "words", "word_len", "sentences", "sentence_rate", "comma_rate", "digit_share", "upper_share",
    "cap_share", "cjk_share", "letter_share", "clock", "function_rate", "mark_start", "break_marks", "address",
    "quotes", "end_stop", "end_soft", "end_colon", "end_question", "brackets", "lower_start", "digit_start",
    "copyright", "link_density", "links", "bold", "images", "breaks", "level", "max_word",
    *(f"k_{kind}" for kind in _KINDS), *(f"x_{reason}" for reason in _REASONS), "x_any",
)  # fmt: skip


def stats(leaf: Leaf) -> list[float]:
    """Return the numbers of one block, in the order of ``NAMES``."""
    whole = leaf.text
    text = whole[:_SCANNED]
    n = len(text)
    scale = len(whole) / n
    ascii_only = text.isascii()
    wide = 0 if ascii_only else len(_CJK.findall(text))
    words = text.split()
    capitals = sum(1 for word in words if word[0].isupper())
    sentences = len(_SENTENCE.findall(text))
    letters = sum(map(str.isalpha, text))
    first = text[0]
    row = [
        float(len(whole)),
        (n + 1.5 * wide) * scale,
        len(words) * scale,
        n / max(1, len(words)),
        sentences * scale,
        sentences * 100.0 / (n + 1.5 * wide),
        len(_COMMA.findall(text)) * 100.0 / (n + 1.5 * wide),
        len(_DIGIT.findall(text)) / n,
        sum(map(str.isupper, text)) / max(1, letters),
        capitals / max(1, len(words)),
        wide / n,
        letters / n,
        float(_CLOCK.search(text) is not None) if n < 400 else 0.0,
        len(_FUNCTION.findall(text)) * 10.0 / max(1.0, len(words) + 0.5 * wide),
        float(_MARK_START.match(first) is not None),
        float(len(_BREAK_MARKS.findall(text))),
        float(_ADDRESS.search(text) is not None),
        float(len(_QUOTE.findall(text))),
        float(_END_STOP.search(whole[-12:]) is not None),
        float(_END_SOFT.search(whole[-12:]) is not None),
        float(whole[-1] in ":："),
        float(whole[-1] in "?？"),
        float(_BRACKETS.match(text) is not None),
        float(first.islower()),
        float(first.isdigit()),
        float("©" in text or "(c)" in text.lower()),
        min(1.0, leaf.link_chars / len(whole)),
        float(leaf.links),
        min(1.0, leaf.bold_chars / len(whole)),
        float(leaf.images_before),
        float(leaf.breaks),
        float(leaf.level),
        float(max(map(len, words), default=0)) if not wide else 0.0,
    ]
    row.extend(float(leaf.kind is kind) for kind in _KINDS)
    found = lexicon.match(whole) if len(whole) < 320 else None
    marks = [0.0] * (len(_REASONS) + 1)
    if found is not None:
        firm = _FIRM[found.form]
        marks[-1] = firm
        if found.reason in _REASONS:
            marks[_REASONS.index(found.reason)] = firm
    row.extend(marks)
    return row


def fold(text: str) -> str:
    """Return letters and digits only, lower case: two lines that look the same are the same."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))
