"""The short ways to the form of a line give what the plain definitions give, on any characters."""

from __future__ import annotations

import re
import unicodedata

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines import forms
from pipelines.html.heads import Heads
from pipelines.html.votes import words

LINES = st.text(
    alphabet=st.sampled_from("abΣσς1½ _.,+’“…\xa0，。＞：汉字ﬁé\u0301\u0338İıㄱ한か\u3099ｶﾞ\U00020000Ⅷ\n"), max_size=12
)


def letters(text: str) -> str:
    """Return the letters and digits of a text, one by one."""
    return "".join(char for char in text if char.isalnum())


@given(LINES)
@example("Ａ，\u0301b")
@example("ΟΣ，ΑΒ")
def test_folded_lines_are_the_letters_of_the_normal_form(line: str) -> None:
    normal = unicodedata.normalize("NFKC", line)
    assert forms.folded(line) == letters(normal.lower())
    assert forms.key(line) == letters(normal.casefold())
    assert forms.alnum(line) == letters(line)


@given(LINES)
def test_bare_lines_lose_the_marks_at_both_ends_alone(line: str) -> None:
    assert forms.bare(line) == re.sub(r"^[^\w+]+|[^\w+]+$", "", line)


@given(LINES)
def test_widths_are_the_sum_of_the_characters(line: str) -> None:
    assert forms.width(line) == sum(2 if forms.is_wide(char) else 1 for char in line)


def test_a_name_of_the_body_may_run_over_two_names_of_a_class() -> None:
    strong = words.GROUPS["strong"]
    for value in ("article body", "clearfix post content", "article-body", "js_content", "wide main_text"):
        assert words.named(value) & strong, value
    for value in ("container", "content", "body article-list", "icon text", "post container"):
        assert not words.named(value) & strong, value


def test_heads_are_found_wherever_they_stand_in_the_order_of_the_page() -> None:
    root = lxml.html.document_fromstring(
        "<html><head><meta name=a><title>t</title></head><body><p><meta name=b><script>1</script></p><base href=/x>"
    )
    heads = Heads(root)
    for tag in ("base", "link", "meta", "script", "title"):
        assert list(heads.iter(tag)) == list(root.iter(tag)), tag


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "PDF\u200cها", "ಬ್ಯಾಂಕ್\u200cನಲ್ಲಿ", "ක්\u200dරමය", "👨\u200d👩\u200d👧"],
    ids=["Persian", "of two scripts", "Kannada", "Sinhala", "emoji"],
)
def test_joiners_and_non_joiners_that_spell_a_word_stay(text: str) -> None:
    assert forms.seen(text) == forms.visible(f" {text}\u200c ") == text
    assert forms.key(text) == forms.key(text.replace("\u200c", ""))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Auf\u200clage", "Auflage"),
        ("港\u200c口\u200b。", "港口。"),
        ("کتاب\u200c ها", "کتاب ها"),
        ("\u200c\u200cبندر، \u200cشهر\u200c", "بندر، شهر"),
        ("می\u200b\u200c\u200cخواهم", "می\u200cخواهم"),
        ("har\u00adbour\u200e\ufeff", "harbour"),
    ],
)
def test_characters_that_nobody_sees_go(text: str, plain: str) -> None:
    assert forms.seen(text) == plain
