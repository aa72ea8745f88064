"""The translator as a whole, on a real engine: statuses, texts, batches, memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.config import Config
from pipelines.errors import UsageError
from pipelines.model import Article, Block, Kind, Language, Metadata, Status
from pipelines.translate import Translator
from pipelines.translate.install import install_file
from tests.argos_tiny import build

WORDS = {
    "扎克伯格": " Zuckerberg",
    "公司": " company",
    "购买": " buys",
    "芯片": " chips",
    "今天": " today",
    "下雨": " rain",
    "很大": " heavy",
}
EN_DE = {"Zuckerberg": "Zuckerberg", "company": "Firma", "buys": "kauft", "chips": "Chips", "today": "heute"}


def article(
    *paragraphs: str | Block, title: str | None = None, language: str = "zh", script: str | None = "hans"
) -> Article:
    blocks = tuple(p if isinstance(p, Block) else Block(kind=Kind.PARAGRAPH, text=p) for p in paragraphs)
    return Article(
        record_id="r",
        url="https://example.org/1",
        canonical_url=None,
        site=None,
        meta=Metadata(title=title),
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
        language=Language(code=language, score=1.0, script=script),
        blocks=blocks,
        removed=(),
        links=(),
        images=(),
        content_sha256="",
        raw_sha256="",
        http_status=200,
        encoding="utf-8",
        source="test",
        warc_file=None,
        warc_offset=None,
        extractor_version="0",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("argos")
    install_file(build(base / "zh_en.argosmodel", WORDS, characters="乙的天电话雨"), base / "packages")
    return base / "packages"


def opened(folder: Path, config: Config | None = None, memory: Path | None = None) -> Translator:
    return Translator.open(config or Config(), packages_dirs=[folder], memory_path=memory)


def test_english_is_its_own_translation(folder: Path) -> None:
    page = article("One.", "Two.", title="T", language="en", script=None)
    (done,) = opened(folder).translate([page])
    assert (done.status, done.title, done.text) == (Status.SOURCE_IS_TARGET, "T", page.text)
    assert done.sentences == ()


def test_without_a_package_the_article_still_has_a_status(folder: Path, tmp_path: Path) -> None:
    assert opened(tmp_path).translate([article("今天下雨。")])[0].status is Status.NO_PACKAGE
    assert opened(folder).translate([article("Bonjour.", language="fr")])[0].status is Status.NO_PACKAGE
    assert opened(folder).translate([article("?", language="und")])[0].status is Status.NO_PACKAGE


def test_paragraphs_and_order_survive(folder: Path) -> None:
    first = article("扎克伯格购买芯片。今天下雨。", "今天 下雨很大！", title="公司购买芯片")
    second = article("公司购买芯片。")
    english = article("Yes.", language="en")
    done = opened(folder).translate([first, english, second])
    assert done[0].title == "company buys chips"
    assert done[0].text == "Zuckerberg buys chips. today rain.\n\ntoday rain heavy!"
    assert [s.source for s in done[0].sentences] == [
        "公司购买芯片",
        "扎克伯格购买芯片。",
        "今天下雨。",
        "今天 下雨很大！",
    ]
    assert done[1].text == "Yes."
    assert done[2].text == "company buys chips."
    assert done[0].status is done[2].status is Status.TRANSLATED
    assert done[0].translator is not None and done[0].translator.startswith("translate-zh_en 1.0 sha256:")


def test_code_blocks_and_lines_without_chinese_stay(folder: Path) -> None:
    code = Block(kind=Kind.CODE, text="if 下雨:\n\n    go()")
    (done,) = opened(folder).translate([article("今天下雨。", code, "GPT-5 (2024)", "今天下雨。")])
    assert done.text == "today rain.\n\nif 下雨:\n\n    go()\n\nGPT-5 (2024)\n\ntoday rain."


def test_one_by_one_and_in_a_batch_are_the_same(folder: Path) -> None:
    pages = [article(f"公司{'今天' * n}购买芯片。", "扎克伯格购买芯片。") for n in range(1, 25)]
    together = opened(folder).translate(pages)
    translator = opened(folder)
    assert together == [translator.translate([page])[0] for page in pages]


def test_a_second_run_takes_everything_from_the_memory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [article("扎克伯格购买芯片。今天下雨。", title="公司购买芯片")]
    first = opened(folder, memory=tmp_path / "memory.sqlite")
    made = first.translate(pages)
    first.close()
    second = opened(folder, memory=tmp_path / "memory.sqlite")
    calls: list[Sequence[str]] = []
    engine = second.route(pages[0])[0].engine
    original = engine.translate
    monkeypatch.setattr(engine, "translate", lambda s, **k: calls.append(s) or original(s, **k))
    assert second.translate(pages) == made
    assert calls == []


def test_equal_sentences_go_to_the_engine_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translator = opened(folder)
    page = article(*["今天下雨。"] * 5, "公司购买芯片。今天下雨。")
    engine = translator.route(page)[0].engine
    original, calls = engine.translate, []
    monkeypatch.setattr(engine, "translate", lambda s, **k: calls.append(list(s)) or original(s, **k))
    translator.translate([page, page])
    assert calls == [["今天下雨。", "公司购买芯片。"]]


def test_traditional_goes_through_opencc_to_a_simplified_package(folder: Path) -> None:
    (done,) = opened(folder).translate([article("扎克伯格購買芯片。", script="hant")])
    assert done.text == "Zuckerberg buys chips."
    assert done.sentences[0].source == "扎克伯格購買芯片。"


def test_a_traditional_sentence_on_a_simplified_page_is_converted_too(folder: Path) -> None:
    (done,) = opened(folder).translate([article("今天下雨。扎克伯格購買芯片。")])
    assert done.text == "today rain. Zuckerberg buys chips."


def test_a_damaged_package_fails_its_articles_and_no_others(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "packages"
    install_file(build(tmp_path / "a.argosmodel", WORDS), base)
    (next(base.iterdir()) / "model" / "model.bin").write_bytes(b"no model")
    done = opened(base).translate([article("今天下雨。"), article("Yes.", language="en")])
    assert [t.status for t in done] == [Status.FAILED, Status.SOURCE_IS_TARGET]


def test_other_targets_go_through_english(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "packages"
    install_file(build(tmp_path / "a.argosmodel", WORDS), base)
    install_file(build(tmp_path / "b.argosmodel", EN_DE, pair=("en", "de")), base)
    german = dataclasses.replace(Config(), target_language="de")
    done = opened(base, german).translate([article("公司购买芯片。"), article("company buys chips.", language="en")])
    assert [t.text for t in done] == ["Firma kauft Chips."] * 2
    assert done[0].translator is not None and done[0].translator.count("sha256:") == 2


def test_a_model_that_never_stops_is_flagged(tmp_path: Path) -> None:
    install_file(build(tmp_path / "l.argosmodel", WORDS, loop=True), tmp_path / "packages")
    (done,) = opened(tmp_path / "packages").translate([article("今天下雨，公司购买芯片。")])
    assert done.status is Status.TRANSLATED_WITH_FLAGS
    assert {"loop", "cut"} <= set(done.sentences[0].flags)


def test_a_number_wrong_by_a_power_of_ten_is_put_right_and_marked(tmp_path: Path) -> None:
    table = WORDS | {"亿": " billion", "元": " yuan", "营收": " revenue"}
    install_file(build(tmp_path / "n.argosmodel", table), tmp_path / "packages")
    (done,) = opened(tmp_path / "packages").translate([article("公司营收 34.5亿元。")])
    assert done.text == "company revenue 3.45 billion yuan."
    assert done.sentences[0].flags == ("repaired",)
    assert done.status is Status.TRANSLATED_WITH_FLAGS


def test_what_cannot_be_translated_keeps_its_place(tmp_path: Path) -> None:
    table = dict.fromkeys(("今", "天", "下", "雨", "。"), " ") | {"公司": " company"}
    install_file(build(tmp_path / "e.argosmodel", table), tmp_path / "packages")
    (done,) = opened(tmp_path / "packages").translate([article("今天下雨。", "公司")])
    assert done.text == "今天下雨。\n\ncompany"
    assert done.sentences[0].flags == ("empty",)


def test_a_full_stop_alone_is_no_translation(tmp_path: Path) -> None:
    table = dict.fromkeys(("今", "天", "下", "雨"), " ") | {"公司": " company"}
    install_file(build(tmp_path / "e.argosmodel", table), tmp_path / "packages")
    (done,) = opened(tmp_path / "packages").translate([article("今天下雨。", "公司", title="今天下雨。")])
    assert (done.title, done.text) == ("今天下雨。", "今天下雨。\n\ncompany")
    assert [sentence.flags for sentence in done.sentences] == [("empty",), ("empty",), ()]
    assert done.status is Status.TRANSLATED_WITH_FLAGS


def test_a_part_of_a_sentence_for_which_nothing_came_out_keeps_its_place_and_is_told(tmp_path: Path) -> None:
    install_file(build(tmp_path / "p.argosmodel", WORDS | dict.fromkeys("甲乙丙丁", " ")), tmp_path / "packages")
    around, lost = "公司购买芯片今天下雨" * 20, "甲乙丙丁" * 30
    (done,) = opened(tmp_path / "packages").translate([article(f"{around}；{lost}；{around}。")])
    (sentence,) = done.sentences
    assert "empty" in sentence.flags and done.status is Status.TRANSLATED_WITH_FLAGS
    assert lost in sentence.target and sentence.target.startswith("company buys chips today rain company")


def test_a_clause_that_left_nothing_but_its_comma_is_told(tmp_path: Path) -> None:
    install_file(build(tmp_path / "h.argosmodel", WORDS | {"甲": " ", "乙": " "}), tmp_path / "packages")
    for lost in ("甲乙，扎克伯格今天购买公司", "甲乙" * 8):
        (done,) = opened(tmp_path / "packages").translate([article(f"公司今天购买芯片，{lost}。")])
        assert done.sentences[0].flags == ("short",) and done.status is Status.TRANSLATED_WITH_FLAGS


def test_cantonese_and_japanese_are_flagged(folder: Path) -> None:
    (done,) = opened(folder).translate([article("佢哋喺公司购买芯片。", "これは日本語です。今天下雨。")])
    flags = [sentence.flags for sentence in done.sentences]
    assert "cantonese" in flags[0]
    assert flags[1] == ("foreign",) and done.sentences[1].target == "これは日本語です。"
    assert flags[2] == ()


@pytest.mark.parametrize("script", ["hant", "hans", None])
def test_a_page_that_says_it_is_cantonese_goes_to_a_mandarin_package(folder: Path, script: str | None) -> None:
    (done,) = opened(folder).translate([article("佢哋喺公司购买芯片。", language="yue", script=script)])
    assert done.status is Status.TRANSLATED_WITH_FLAGS
    assert "cantonese" in done.sentences[0].flags and "company" in (done.text or "")


def test_a_sentence_past_the_limit_is_cut_and_put_together(folder: Path) -> None:
    sentence = "，".join(["公司购买芯片今天下雨"] * 40) + "。"
    (done,) = opened(folder).translate([article(sentence)])
    assert len(done.sentences) == 1
    words = (done.text or "").replace(",", " ").replace(".", " ").split()
    assert words == ["company", "buys", "chips", "today", "rain"] * 40
    assert "cut" not in done.sentences[0].flags


def test_one_poisoned_article_does_not_take_the_others_along(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translator = opened(folder)
    pages = [article("今天下雨。"), article("毒 公司。"), article("公司购买芯片。")]
    engine = translator.route(pages[0])[0].engine
    original = engine.translate

    def poisoned(sentences: Sequence[str], **more: int) -> object:
        if any("毒" in sentence for sentence in sentences):
            raise RuntimeError("out of memory")
        return original(sentences, **more)

    monkeypatch.setattr(engine, "translate", poisoned)
    assert [t.status for t in translator.translate(pages)] == [Status.TRANSLATED, Status.FAILED, Status.TRANSLATED]


def test_a_device_that_is_not_there_is_one_line(folder: Path) -> None:
    from pipelines.translate.engine import cuda_devices

    if cuda_devices():
        assert Translator.open(Config(), packages_dirs=[folder], device="cuda")
    else:
        with pytest.raises(UsageError, match="no CUDA device"):
            Translator.open(Config(), packages_dirs=[folder], device="cuda")


def test_a_device_that_does_not_exist_is_one_line(folder: Path) -> None:
    with pytest.raises(UsageError, match="may be auto, cpu or cuda"):
        Translator.open(Config(), packages_dirs=[folder], device="gpu")


@pytest.mark.parametrize("target", ["EN", "", "zh-CN", "english", "en "])
def test_a_target_language_that_is_no_code_is_one_line(folder: Path, target: str) -> None:
    with pytest.raises(UsageError, match=r"^TARGET_LANGUAGE is .* small letters, such as en$"):
        opened(folder, Config(target_language=target))
