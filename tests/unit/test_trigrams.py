"""The fast way to langdetect's answer gives langdetect's answer, to the last digit."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.utils.ngram import NGram

from pipelines import language, trigrams

TEXTS = (
    "The company said on Monday that it would buy more chips by the end of the year, NASA and the FBI said.",
    "Die Regierung hat am Montag angekündigt, dass sie die Steuern senken werde. Über 20 % weniger!",
    "Il governo ha annunciato nuove misure, o governo anunciou novas medidas. https://example.org/a?b=1 me@example.org",
    "Правительство объявило в понедельник о новых мерах поддержки экономики страны (NATO, BMW).",
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم الاقتصاد الوطني في البلاد. نمی‌دانم",
    "Thủ tướng yêu cầu các bộ, ngành đẩy nhanh tiến độ; người dân Hà Nội o\u0302 a\u0301.",
    "Guvernul a anunțat măsuri noi și investiții. ĞÜŞİÖÇ ğüşiöç  double  blanks ",
    "हिन्दी समाचार पत्र ने आज सरकार की नई नीति के बारे में लिखा है। मराठी",
    "東京の企業がABC株式会社とXyz。 新しい ひらがな カタカナ 한국어 ㄅㄆ",
    " x", "X", "XY", "xY XY xyZ", "AB c", "'", "1 2 3", "\ud800 lone", "a\u0300 \u1ea1\u1ea0",
)  # fmt: skip


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


def reference(text: str, seed: int) -> list[tuple[str, float]]:
    """Return langdetect's own probabilities."""
    detector = _factory().create()
    detector.seed = seed
    detector.append(text)
    try:
        return [(each.lang, each.prob) for each in detector.get_probabilities()]
    except LangDetectException:
        return []


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("text", TEXTS)
def test_same_numbers_as_langdetect(text: str, seed: int) -> None:
    assert trigrams.probabilities(text, seed) == reference(text, seed)


@given(st.text(alphabet=st.sampled_from("aAbB zZéÉñŞșț ỳẠộابیЖж。，あカ漢中한ㄅ1.@/:’–\u0301"), max_size=60))
@example("AAb BBa")
def test_same_numbers_on_any_mixture(text: str) -> None:
    assert trigrams.probabilities(text, 0) == reference(text, 0)


def test_long_texts_are_cut_where_langdetect_cuts_them() -> None:
    text = "le gouvernement a dit " * 600 + "the government has said " * 600
    assert trigrams.probabilities(text, 0) == reference(text, 0)


@given(st.text(max_size=80))
@example("\U00020000 漢 ²")
def test_scripts_are_counted_as_the_pattern_names_them(text: str) -> None:
    counts: dict[str, int] = {}
    for match in language._SCRIPTS.finditer(text):
        name = match.lastgroup or "other"
        counts[name] = counts.get(name, 0) + 1
    assert language._count_scripts(text) == counts


def test_each_character_stands_for_the_one_that_langdetect_takes() -> None:
    normal, capital = trigrams._normal()
    expected = [NGram.normalize(chr(point)) for point in range(0x10000)]
    assert "".join(map(chr, normal.tolist())) == "".join(expected)
    assert capital.tolist() == [char.isupper() for char in expected]


def test_the_table_is_that_of_langdetect() -> None:
    profiles, grams = trigrams._profiles(), _factory().word_lang_prob_map
    keys = [sum(ord(char) << 16 * place for place, char in enumerate(reversed(gram))) for gram in grams]
    assert profiles.languages == tuple(_factory().langlist)
    assert profiles.find(np.array(keys)).tolist() == list(range(len(grams)))
    assert profiles.table.tolist() == list(grams.values())
