"""Scripts settle what they can; langdetect, seeded, settles the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language import chinese_script, detect

HANS = "据了解,这家公司将在年底前购买大量芯片,用来训练下一代模型,业内人士对此表示怀疑。"
HANT = "據了解,這家公司將在年底前購買大量晶片,用來訓練下一代模型,業內人士對此表示懷疑。"


@pytest.mark.parametrize(
    ("text", "code", "script"),
    [
        (HANS, "zh", "hans"),
        (HANT, "zh", "hant"),
        ("Meta的AGI计划需要35万块H100 GPU,Llama 3正在训练。", "zh", "hans"),
        ("東京の企業が新しい半導体工場を建設すると発表した。来年から量産を始める。", "ja", None),
        ("정부는 내년부터 새로운 반도체 지원 정책을 시행한다고 밝혔다.", "ko", None),
        ("朝鮮日報: 정부는 내년 半導體 지원 정책을 시행한다고 밝혔다. 大統領은 회의를 열었다.", "ko", None),
        ("The company said on Monday that it would buy more chips by the end of the year.", "en", None),
        ("The poet 李白 wrote it, and the reader of today still finds it fresh and moving.", "en", None),
        ("Die Regierung hat am Montag angekündigt, dass sie die Steuern senken werde.", "de", None),
        ("Правительство объявило в понедельник о новых мерах поддержки экономики страны.", "ru", None),
        ("Η κυβέρνηση ανακοίνωσε νέα μέτρα για την οικονομία της χώρας.", "el", None),
        ("รัฐบาลประกาศมาตรการใหม่เพื่อกระตุ้นเศรษฐกิจ", "th", None),
        ("हिन्दी समाचार पत्र ने आज सरकार की नई नीति के बारे में लिखा है।", "hi", None),
        ("أعلنت الحكومة اليوم عن خطة جديدة لدعم الاقتصاد الوطني في البلاد.", "ar", None),
    ],
)
def test_names_the_language(text: str, code: str, script: str | None) -> None:
    found = detect(text)
    assert (found.code, found.script) == (code, script)


@pytest.mark.parametrize("text", ["", "  \n", "2024-01-19 10:08", "%$#!", "\U0001f600"])
def test_no_letters_is_undetermined(text: str) -> None:
    assert detect(text).code == "und"


def test_hint_decides_only_where_the_text_is_no_evidence() -> None:
    assert detect("OK", hint="fr-CA").code == "fr"
    assert detect(HANS, hint="en").code == "zh"
    assert detect("OK", hint="<b>").code == "und"


def test_same_answer_every_time_and_from_every_thread() -> None:
    from concurrent.futures import ThreadPoolExecutor

    text = "Il governo ha annunciato nuove misure, o governo anunciou novas medidas."
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: detect(text), range(40)))
    assert len(found) == 1


def test_script_needs_telling_characters() -> None:
    assert chinese_script("中文") is None
    assert chinese_script("后里面") is None
    assert chinese_script(HANT) == "hant"


@given(st.text(max_size=400))
def test_never_raises_and_keeps_its_form(text: str) -> None:
    found = detect(text)
    assert found.code == "und" or (found.code.isascii() and found.code.islower() and len(found.code) in (2, 3))
    assert 0.0 <= found.score <= 1.0
    assert (found.script is None) or found.code == "zh"
