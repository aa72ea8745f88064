"""The changes of the robustness benchmark leave what a reader sees, and change what a program reads."""

import re

import lxml.html
import pytest

from benchmarks.robustness import lines, markup
from benchmarks.robustness.__main__ import markdown, row

LINES = [f"Passage {at}: the till says one thing at night, and somebody has to find out why." for at in range(8)]
BODY = "\n".join(LINES)
PAGE = (
    "<html><head><meta name='author' content='Ann Lee'><script>var a = 1</script></head><body class='page'>"
    "<nav id='top'><a href='/'>Home</a></nav><article class='story'><h1>The till</h1>"
    + "".join(f"<p class='t'>{line}</p>" for line in LINES)
    + "</article><footer>The Daily</footer></body></html>"
)


def seen(tree: lxml.html.HtmlElement) -> str:
    return " ".join(" ".join(text for text in tree.find("body").itertext()).split())


@pytest.mark.parametrize("name", [name for name in markup.CHANGES if name != "as it is"])
def test_a_change_of_the_source_leaves_the_text(name: str) -> None:
    tree, plain = lxml.html.document_fromstring(PAGE), lxml.html.document_fromstring(PAGE)
    assert markup.CHANGES[name](tree, BODY)
    assert re.sub(r"展开全文 |Read more ", "", seen(tree)) == seen(plain)
    assert lxml.html.tostring(tree) != lxml.html.tostring(plain)


def test_a_page_without_the_articles_paragraphs_is_left_out() -> None:
    tree = lxml.html.document_fromstring("<html><body><p>Something else</p></body></html>")
    assert not markup.CHANGES["article in kommentar"](tree, BODY)
    assert not markup.CHANGES["second half in more"](tree, BODY)


@pytest.mark.parametrize("name", [name for name in lines.CHANGES if name != "as it is"])
def test_a_change_of_the_lines_leaves_the_words(name: str) -> None:
    text = "\n\n".join([*LINES, "大桥通车" * 30, "Short line\nAnother"])
    changed = lines.CHANGES[name](text)
    if name != "pages parted by form feeds":  # a short text is one page
        assert changed != text
    bare = changed.replace("Saved on 2025-03-04 10:11\nSource: https://example.org/a\n----\n", "")
    assert re.sub(r"[\s>*]", "", bare) == re.sub(r"\s", "", text)


def test_the_table_counts_the_pages_that_lose_more_than_a_tenth() -> None:
    found = row("x", {"a": 0.5, "b": 0.95}, {"a": 0.9, "b": 0.96, "c": 1.0})
    assert found["pages"] == 2 and found["lost"] == 1 and round(found["less"], 3) == -0.205
    table = markdown([found | {"rejected": 1, "trafilatura": found}], [found | {"t_norm": 0.8, "date": 0.7}])
    assert "| x | 2 | 0.725 | -0.205 | 1 | 1 | 0.725 | -0.205 | 1 |" in table
    assert "| x | 2 | 0.725 | -0.205 | 1 | 0.800 | 0.700 |" in table
