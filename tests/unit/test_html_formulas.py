"""Formulas of MathML, and those that a script is to set, stand in the run of the text once."""

from __future__ import annotations

import time

import pytest

from pipelines.html.formulas import write_formulas
from pipelines.html.parse import parse
from pipelines.html.walk import Walker


def texts(body: str) -> list[str]:
    html = f"<html><body>{body}</body></html>"
    root = parse(html)
    assert root is not None
    write_formulas(root, html)
    return [leaf.text for leaf in Walker().walk(root).leaves]


NOTED = (
    '<math><semantics><mi>a</mi><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></semantics></math>'
)
WIKIPEDIA = """<span class="mwe-math-element"><span style="display: none;"><math alttext="{\\displaystyle E=mc^{2}}">
    <mi>E</mi></math></span><img src="f.svg" class="mwe-math-fallback-image-inline" alt="{\\displaystyle E}"></span>"""
KATEX = f"""<span class="katex"><span class="katex-mathml">{NOTED}</span><span class="katex-html" aria-hidden="true">
    <span class="base"><span>b</span><span>a</span></span></span></span>"""
MATHJAX_2 = """<span class="MathJax" id="M1"><nobr><span class="math">x2</span></nobr><span
    class="MJX_Assistive_MathML"><math><msup><mi>x</mi><mn>2</mn></msup></math></span></span><script
    type="math/tex">x^2</script>"""
MATHJAX_3 = """<mjx-container class="MathJax"><mjx-math><mjx-c class="mjx-c1D465"></mjx-c></mjx-math>
    <mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container>"""
LETTERS = """<math><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>
    <mi>c</mi></mfrac><mo>−</mo><msubsup><mi>y</mi><mn>1</mn><mn>3</mn></msubsup></mrow></math>"""


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ('<math alttext="f:X\\to Y" display="inline"><mi>f</mi></math>', "f:X\\to Y"),
        (NOTED, "\\frac{a}{b}"),
        (LETTERS, "x^2=(a+b)/c−y_1^3"),
        (WIKIPEDIA, "E=mc^{2}"),
        (KATEX, "\\frac{a}{b}"),
        (MATHJAX_2, "x^2"),
        (MATHJAX_3, "x"),
        ('<script type="math/tex; mode=inline">e^{i\\pi}</script>', "e^{i\\pi}"),
    ],
    ids=["LaTeXML", "TeX", "letters", "Wikipedia", "KaTeX", "MathJax 2", "MathJax 3", "script"],
)
def test_a_formula_is_written_once(formula: str, written: str) -> None:
    assert texts(f"<p>Let the load be {formula}, as above.</p>") == [f"Let the load be {written}, as above."]


def test_an_empty_formula_leaves_nothing() -> None:
    assert texts("<p>Nothing<math></math> here.</p><math><annotation>x</annotation></math>") == ["Nothing here."]


def test_formulas_in_one_another_take_no_time() -> None:
    start = time.perf_counter()
    texts("<math>" * 1_500 + "<mi>x</mi><msup>" * 20_000)
    texts("<p>" + "<span class=katex-html></span><b><math><mi>x</mi></math></b>" * 2_000)
    assert time.perf_counter() - start < 10
