"""The glossary: its file, terms a page explains, and enforcing them on a real engine without breaking sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.config import Config
from pipelines.errors import UsageError
from pipelines.model import Status
from pipelines.translate import Translator, glossary
from pipelines.translate.explained import explained
from pipelines.translate.glossary import Term
from pipelines.translate.install import install_file
from tests.argos_tiny import build
from tests.unit.test_translate_translator import article

WORDS = {"扎": " buckle", "克伯格": " uncle", "购买": " buys", "芯片": " chips", "马斯": " horse", "公司": " company"}


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "glossary.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_with_all_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeffSource, target,case,scope\n扎克伯格,Zuckerberg|Mark Zuckerberg,,\n\n人工智能,AI,exact,title\n",
    )
    assert glossary.load(path) == (
        Term(source="扎克伯格", targets=("Zuckerberg", "Mark Zuckerberg")),
        Term(source="人工智能", targets=("AI",), exact=True, scope="title"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("扎克伯格,Zuckerberg\n", "first line must name"),
        ("source,target\n扎克伯格,\n", "line 2: a term needs both"),
        ("source,target,case\n甲,a,maybe\n", "line 2: case is 'maybe'"),
    ],
)
def test_a_wrong_file_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        glossary.load(written(tmp_path, text))
    with pytest.raises(UsageError, match="cannot be read"):
        glossary.load(tmp_path / "none.csv")


def test_scopes_and_terms_inside_terms() -> None:
    terms = (
        Term(source="扎克伯格", targets=("Zuckerberg",)),
        Term(source="扎克", targets=("Zac",)),
        Term(source="芯片", targets=("chip",), scope="title"),
        Term(source="公司", targets=("firm",), scope="example.org"),
    )
    sentence = "扎克伯格的公司购买芯片"

    def sources(*, title: bool, site: str | None) -> list[str]:
        return [term.source for term in glossary.fitting(terms, sentence, title=title, site=site)]

    assert sources(title=True, site=None) == ["扎克伯格", "芯片"]
    assert sources(title=False, site="example.org") == ["扎克伯格", "公司"]


def test_a_domain_holds_for_its_pages_and_the_narrower_scope_counts() -> None:
    terms = tuple(
        Term(source="公司", targets=(target,), scope=scope)
        for target, scope in (
            ("company", ""),
            ("concern", "title"),
            ("firm", "Example.com"),
            ("shop", "tech.example.com"),
            ("house", "科技日报"),
        )
    )

    def chosen(host: str, site: str | None = None, *, title: bool = False) -> list[str]:
        return [term.targets[0] for term in glossary.fitting(terms, "公司", title=title, site=site, host=host)]

    assert chosen("example.org") == chosen("notexample.com") == chosen("") == ["company"]
    assert chosen("example.org", title=True) == ["concern"]
    assert chosen("www.example.com") == chosen("example.com", "科技日报") == ["firm"]
    assert chosen("tech.example.com", title=True) == chosen("a.tech.example.com", "科技日报") == ["shop"]
    assert chosen("example.org", "科技日报") == ["house"]


def test_a_term_is_met_as_a_word_only() -> None:
    term = Term(source="人工智能", targets=("AI",))
    assert term.is_met("An ai company") and not term.is_met("He said")
    assert not Term(source="x", targets=("AI",), exact=True).is_met("An ai company")


def test_names_a_page_explains() -> None:
    texts = [
        "据报道，扎克伯格 (Mark Zuckerberg) 今天宣布此事。",
        "国际货币基金组织（International Monetary Fund，简称IMF）说，扎克伯格错了。",
        "国际货币基金组织不同意。北京公司（Beijing Co）没有再出现。",
    ]
    found = {term.source: term.targets for term in explained(texts)}
    assert found == {
        "扎克伯格": ("Mark Zuckerberg", "Zuckerberg", "MZ"),
        "国际货币基金组织": ("International Monetary Fund", "Fund", "IMF"),
    }


@pytest.mark.parametrize(
    "texts",
    [
        ["美国总统（Joe Biden）今天宣布此事。", "前总统特朗普表示没有下雨。"],
        ["公司首席执行官（Mark Zuckerberg）说。", "另一位首席执行官不同意。"],
        ["本报记者（Jane Doe）报道。", "多名记者在场。"],
        ["美國總統（Joe Biden）今天宣布此事。", "前總統川普表示沒有下雨。"],
        ["美国人工智能公司（Anthropic）今天宣布。", "其他人工智能公司也宣布。"],
        ["人工智能公司（Scale AI Inc）今天宣布。", "其他人工智能公司也宣布。"],
        ["谷歌公司（Google）今天宣布。", "该公司表示没有下雨，谷歌公司也是。"],
        ["聊天机器人（Claude）很受欢迎。", "聊天机器人的市场很大。"],
        ["英伟达（NVDA）今天上涨。", "英伟达宣布购买芯片。"],
        ["阿里巴巴（BABA.N）今天上涨。", "阿里巴巴宣布购买芯片。"],
        ["新型电池（Solid Cell）今天问世。", "其他电池也有进步，电池。"],
    ],
)
def test_an_office_a_kind_of_thing_and_a_ticker_are_no_names(texts: list[str]) -> None:
    assert explained(texts) == ()


@pytest.mark.parametrize(
    ("texts", "source"),
    [
        (["据北京大学（Peking University）介绍。", "他在北京大学工作。"], "北京大学"),
        (["美国总统特朗普（Donald Trump）说。", "一名特朗普支持者在场，其他特朗普产品。"], "特朗普"),
        (["英伟达（NVIDIA）今天宣布。", "英伟达宣布购买芯片。"], "英伟达"),
        (["法国马赛（Marseille）今天下雨。", "马赛的雨很大。"], "马赛"),
        (["韩国三星电子（Samsung Electronics）说。", "三星电子购买芯片。"], "三星电子"),
        (["埃博拉病毒（Ebola virus）在传播。", "埃博拉病毒很危险。"], "埃博拉病毒"),
    ],
)
def test_a_name_stays_one_beside_its_kind_and_its_followers(texts: list[str], source: str) -> None:
    assert [term.source for term in explained(texts)] == [source]


def test_marks_must_all_survive() -> None:
    terms = [Term(source="扎克伯格", targets=("Zuckerberg",))]
    source, marks = glossary.with_marks("扎克伯格见了扎克伯格", terms)
    assert source == "XQ1 见了 XQ1"
    assert glossary.without_marks("XQ1 met XQ1", marks, source) == "Zuckerberg met Zuckerberg"
    assert glossary.without_marks("XQ1 met him", marks, source) is None
    assert glossary.without_marks("XQ1 met XQ11", marks, source) is None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("argos")
    # The engine knows parts of the names only, and would write nonsense.
    install_file(build(base / "a.argosmodel", WORDS), base / "packages")
    return base / "packages"


def test_a_users_term_is_enforced(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n扎克伯格,Zuckerberg\n")
    page = article("扎克伯格购买芯片。")
    (plain,) = Translator.open(Config(), packages_dirs=[folder]).translate([page])
    (done,) = Translator.open(Config(), packages_dirs=[folder], glossary_path=path).translate([page])
    assert plain.text == "buckle uncle buys chips."
    assert done.text == "Zuckerberg buys chips."
    assert (done.status, done.sentences[0].flags) == (Status.TRANSLATED, ())


def test_a_page_explains_its_own_names(folder: Path) -> None:
    page = article("扎克伯格 (Mark Zuckerberg) 购买芯片。", "扎克伯格公司。")
    (done,) = Translator.open(Config(), packages_dirs=[folder]).translate([page])
    assert done.text is not None and done.text.endswith("\n\nMark Zuckerberg company.")
    other = article("扎克伯格公司。")
    (alone,) = Translator.open(Config(), packages_dirs=[folder]).translate([other])
    assert alone.text == "buckle uncle company."


def test_the_memory_keeps_translations_with_and_without_a_term_apart(folder: Path, tmp_path: Path) -> None:
    memory = tmp_path / "m.sqlite"
    page = article("扎克伯格购买芯片。")
    path = written(tmp_path, "source,target\n扎克伯格,Zuckerberg\n")
    for glossary_path, expected in ((None, "buckle uncle buys chips."), (path, "Zuckerberg buys chips.")) * 2:
        translator = Translator.open(Config(), packages_dirs=[folder], memory_path=memory, glossary_path=glossary_path)
        assert translator.translate([page])[0].text == expected
        translator.close()


def test_a_term_that_cannot_be_had_is_flagged_and_breaks_nothing(tmp_path: Path) -> None:
    # This engine loses Latin letters: neither the term itself nor a mark comes through.
    table = WORDS | dict.fromkeys("ZQXuckerbg1", " ")
    install_file(build(tmp_path / "a.argosmodel", table), tmp_path / "packages")
    path = written(tmp_path, "source,target\n扎克伯格,Zuckerberg\n")
    translator = Translator.open(Config(), packages_dirs=[tmp_path / "packages"], glossary_path=path)
    (done,) = translator.translate([article("扎克伯格购买芯片。")])
    assert done.text == "buckle uncle buys chips."
    assert done.sentences[0].flags == ("glossary",)
    assert done.status is Status.TRANSLATED_WITH_FLAGS


def test_a_term_in_traditional_characters_counts_too(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n馬斯克,Musk\n")
    translator = Translator.open(Config(), packages_dirs=[folder], glossary_path=path)
    (done,) = translator.translate([article("馬斯克購買芯片。", script="hant")])
    assert done.text == "Musk buys chips."


def test_a_scope_with_the_host_counts_on_a_page_that_names_its_site(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "source,target,case,scope\n公司,corporation,,\n公司,firm,,tech.example.com\n")
    page = replace(article("公司购买芯片。"), url="https://tech.example.com/a", site="科技日报")
    other = replace(page, url="https://news.example.com/a")
    translator = Translator.open(Config(), packages_dirs=[folder], glossary_path=path)
    done = translator.translate([page, other])
    assert [one.text for one in done] == ["firm buys chips.", "corporation buys chips."]
    assert all(one.status is Status.TRANSLATED for one in done)


def test_a_rare_character_hides_no_term(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n程序,software\n影片,film\n")
    translator = Translator.open(Config(), packages_dirs=[folder], glossary_path=path)
    (done,) = translator.translate([article("喆昇公司购买程序，影片。", "公司購買程序開發。")])
    assert "software" in done.sentences[0].target and "film" in done.sentences[0].target
    assert "glossary" not in done.sentences[0].flags + done.sentences[1].flags
    assert "software" in done.sentences[1].target, "the term goes through what the sentence goes through"
