"""Questions and answers that a script folds are text: buttons, links to nowhere, panels named as tabs or hidden."""

from __future__ import annotations

import time

import pytest

from pipelines.html.accordions import unfold_accordions
from pipelines.html.blocks import Page
from pipelines.html.parse import parse
from pipelines.html.votes.words import GROUPS
from pipelines.html.walk import Walker
from pipelines.model import Kind

FAQ = [
    ("Who owns the warehouses?", "The land belongs to a company, the buildings to the town."),
    ("When will the work begin?", "Not before the spring."),
    ("Is there parking?", "Yes, behind the silos."),
]
ELEMENTOR = """<div class="elementor-accordion-item"><div id="elementor-tab-title-1" class="elementor-tab-title"
    role="button"><span class="elementor-accordion-icon-left"><i class="fas fa-plus"></i></span>
    <a class="elementor-accordion-title" tabindex="0">{}</a></div>
    <div class="elementor-tab-content" role="region"><p>{}</p></div></div>"""
BOOTSTRAP = """<div class="accordion-item"><h3 class="accordion-header"><button class="accordion-button">{}</button></h3>
    <div class="accordion-collapse collapse"><div class="accordion-body"><p>{}</p></div></div></div>"""
CARD = """<div class="card"><div class="card-header"><button class="btn btn-link" data-toggle="collapse">{}</button></div>
    <div class="collapse"><div class="card-body">{}</div></div></div>"""
PANEL = """<div class="panel panel-default"><div class="panel-heading"><h4 class="panel-title">
    <a data-toggle="collapse" href="#c1">{}</a></h4></div><div class="panel-collapse collapse">{}</div></div>"""
BARE = """<button class="accordion">{}</button><div class="panel" style="display:none"><p>{}</p></div>"""
RADIX = """<div data-state="closed"><h3 class="flex"><button type="button" aria-controls="r1" aria-expanded="false">{}
    <svg></svg></button></h3><div id="r1" role="region" hidden="" class="overflow-hidden">{}</div></div>"""


def walk(body: str) -> Page:
    html = f"<html><body><p>The board met on Monday.</p>{body}<p>It meets again in April.</p></body></html>"
    root = parse(html)
    assert root is not None
    unfold_accordions(root, html)
    return Walker().walk(root)


@pytest.mark.parametrize("form", [ELEMENTOR, BOOTSTRAP, CARD, PANEL, BARE, RADIX])
def test_questions_and_answers_are_neither_links_nor_buttons_nor_hidden(form: str) -> None:
    page = walk(f'<div class="widget">{"".join(form.format(*each) for each in FAQ)}</div>')
    leaves = page.leaves[1:-1]
    assert [leaf.text for leaf in leaves] == [text for each in FAQ for text in each]
    assert not any(leaf.link_chars for leaf in leaves)
    bad = sum(GROUPS[name] for name in ("nav", "header", "list", "side", "print", "hidden", "s_hidden", "t_button"))
    for leaf in leaves:
        assert not (leaf.inner | page.containers[leaf.container].own) & bad
        assert not any(page.containers[at].own & bad for at in page.around(leaf.container))


def test_a_question_in_a_heading_stays_one_and_the_others_are_summaries() -> None:
    for form, kind, tag in ((BOOTSTRAP, Kind.HEADING, "h3"), (CARD, Kind.PARAGRAPH, "summary")):
        page = walk("".join(form.format(*each) for each in FAQ))
        asked, told = page.leaves[1], page.leaves[2]
        assert asked.kind is kind and page.containers[asked.container].tag == tag
        assert "details" in {page.containers[at].tag for at in page.around(told.container)}


MENU = '<h4 class="toggle" role="button">{}</h4><ul><li><a href="/a">About the port.</a><li><a href="/b">Jobs.</a></ul>'
CAPTION = """<div><button aria-label="1 of 4" aria-expanded="false"></button><span role="button" class="toggle">{0}</span>
    </div><p>{1}</p><p>The town has asked for this since the storm. {0}</p>"""


@pytest.mark.parametrize(
    "body",
    [
        "".join(MENU.format(question) for question, _ in FAQ),
        "".join(CAPTION.format(*each) for each in FAQ),
        f'<div id="cookie-consent">{"".join(BOOTSTRAP.format(*each) for each in FAQ)}</div>',
        f"<footer>{''.join(BOOTSTRAP.format(*each) for each in FAQ)}</footer>",
        BOOTSTRAP.format(*FAQ[0]),
        "".join(CARD.format(size, "12 kg") for size in ("Small", "Medium", "Large")),
    ],
    ids=["links", "amid paragraphs", "consent", "footer", "only one", "no sentences"],
)
def test_what_else_is_folded_stays_as_it_is(body: str) -> None:
    page = walk(body)
    assert not {"summary", "details"} & {container.tag for container in page.containers}


def test_a_page_of_nothing_but_buttons_takes_no_time() -> None:
    deep = "<div>" * 200 + "<button aria-expanded=true>a</button>" + "</div>" * 200
    start = time.perf_counter()
    walk(deep * 150 + "<button class=accordion></button>" * 2_000 + "<button class=accordion>b</button><i></i>" * 2_000)
    assert time.perf_counter() - start < 5
