"""Adverts that are whole sentences: no word of theirs tells them from an article, their form does."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile("[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
MIXED_WORDS, MIXED_SHARE = 4, 0.25
"""A text is disguised when so many of its words, and this share, are written in two alphabets at once. Of the blocks of
533 public pages one is, an advert; a text that hides from advert filters has little else."""
_LESS = (
    "off|discount|savings?|rabatt|nachlass|rabais|réduction|remise|descuento|desconto|sconto|korting|rabatu|zniżki|"
    "slev[ay]|скидк[аиу]|indirim|優惠|优惠|立减|折扣|オフ|割引|할인"
)
_AMOUNT = re.compile(
    rf"(?:[$€£¥₹]\s?\d+|\d+\s?(?:%|€|£|\$|euros?|dollars?|zł|руб|₽|元|円))(?:\s\w+){{0,2}}?\s*(?:{_LESS})"
    rf"|(?:{_LESS})(?:\s\w+){{0,2}}\s\d+\s?%|\d(?:\.\d)?折",
    re.IGNORECASE,
)
"""A price cut: "$10 off", "20 % Rabatt", "скидка 20 %", "8折"."""
_CODE = re.compile(
    r"(?i:code|coupon|gutschein\w{0,10}|voucher|código|cupón|cupom|codice|kod\w{0,3}|промокод\w{0,3}|купон\w{0,3}|"
    r"优惠码|優惠碼|折扣码|コード|코드)(?:\s(?i:promo|sconto|rabatowy))?\s*[:：]?\s*[\"'“”„«「]?"
    r"(?=[a-z]*[A-Z0-9][a-z]*[A-Z0-9])[A-Za-z0-9]{4,20}\b"
)
"""A code to be typed in, with the word for it before: it has two capitals or digits, as no word of a sentence has."""


def is_disguised(text: str) -> bool:
    """Tell whether a text is written with look-alike letters of two alphabets, as readers see it but no filter does."""
    if text.isascii() or not _MIXED.search(text):
        return False
    words = _WORD.findall(text)
    mixed = sum(_MIXED.search(word) is not None for word in words)
    return mixed >= max(MIXED_WORDS, MIXED_SHARE * len(words))


def offers_code(text: str) -> bool:
    """Tell whether a text holds out a price cut and the code for it ("$10 off your first order with code: HELLO10")."""
    return _CODE.search(text) is not None and _AMOUNT.search(text) is not None
