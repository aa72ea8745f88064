"""Ids are stable against what does not matter and sensitive to what does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines import identity
from pipelines.model import Block, Kind

BODY = "The council approved the budget on Tuesday after a long debate about road repairs and the new school. " * 12


def blocks(*texts: str) -> list[Block]:
    return [Block(kind=Kind.PARAGRAPH, text=text) for text in texts]


def test_white_space_and_composition_do_not_matter() -> None:
    one = identity.content_sha256("Café", blocks("a b", "c"))
    assert one == identity.content_sha256("Cafe\u0301", blocks("a  b", " c"))
    assert one != identity.content_sha256("Café", blocks("a b", "d"))
    assert one != identity.content_sha256(None, blocks("a b", "c"))


def test_paragraphs_cannot_trade_places_with_the_title() -> None:
    assert identity.content_sha256("a", blocks("b")) != identity.content_sha256("ab", blocks())


def test_record_id_depends_on_address_and_content() -> None:
    known = identity.record_id("https://example.org/a", "c1")
    assert known == identity.record_id("https://example.org/a", "c1")
    assert known not in {identity.record_id("https://example.org/b", "c1"), identity.record_id(None, "c1")}
    assert len(known) == 24


def test_half_a_character_hashes_like_the_mark_it_is_stored_as() -> None:
    assert identity.content_sha256("\ud83d", blocks("a")) == identity.content_sha256("\ufffd", blocks("a"))
    assert identity.record_id("https://example.org/\ud83d", "c1") == identity.record_id(
        "https://example.org/\ufffd", "c1"
    )


def similarity(left: str, right: str) -> float:
    one, two = identity.signature(left), identity.signature(right)
    return sum(a == b for a, b in zip(one, two, strict=True)) / len(one)


def test_signature_estimates_overlap() -> None:
    words = [f"word{number}" for number in range(400)]
    whole, cut = " ".join(words), " ".join(words[:340])
    assert similarity(whole, whole) == 1.0
    assert 0.7 < similarity(whole, cut) < 1.0
    assert similarity(whole, " ".join(f"other{number}" for number in range(400))) < 0.1


def test_signature_reads_chinese_by_character() -> None:
    text = "根据外部数据统计,2023年这家公司的出货量累计达到了15万,与它平齐的公司只有一家。" * 3
    assert similarity(text, text.replace("只有一家", "只有两家")) > 0.6


@given(st.text(max_size=200))
def test_signature_of_anything_has_its_form(text: str) -> None:
    made = identity.signature(text)
    assert len(made) == identity.PERMUTATIONS
    assert all(0 <= value < 2**32 for value in made)
