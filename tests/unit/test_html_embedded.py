"""Articles that a page holds in its scripts' JSON alone, in the forms that frameworks write."""

import json
from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract

LINES = [
    "The harbour town opened its new ferry terminal on Monday, after four years of work and two changes of plan.",
    "The council said that the first boats had carried two thousand passengers by noon, more than on any day before.",
    "Fishermen still doubt the promise: the quay, they say, was moved twice, and nobody has asked them about the tide.",
    "A second terminal on the northern shore is to follow in spring, if the money that was promised does arrive.",
]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
TITLE = "Ferry terminal opens after four years"
AT = datetime(2026, 11, 2, tzinfo=UTC)


def page(script: str, *, title: str = TITLE, body: str = '<div id="__next"></div>') -> str:
    return f"<html><head><title>{title}</title></head><body>{body}{script}</body></html>"


def texts(markup: str) -> list[str]:
    draft = extract(markup, url="https://a.example/2026/ferry", fetched_at=AT, config=Config())
    return [block.text for block in draft.blocks]


ARTICLE = {"title": TITLE, "body": MARKUP, "publishedAt": "2026-11-01T09:30:00Z", "author": {"name": "Ida Holm"}}
OTHER = {"title": "Something else entirely happened", "body": "<p>Not this one, please, and never. " * 40, "id": 3}
SCRIPTS = {
    "next": f'<script id="__NEXT_DATA__" type="application/json">'
    f"{json.dumps({'props': {'pageProps': {'article': ARTICLE, 'more': [OTHER]}}})}</script>",
    "state": f"<script>window.__INITIAL_STATE__ = {json.dumps({'story': ARTICLE, 'x': None})};(function(){{}})();</script>",
    "undefined": f"<script>window.__STATE__={{\"user\":undefined,\"story\":{json.dumps(ARTICLE)}}};</script>",
    "parsed": f"<script>window.__PRELOADED__ = JSON.parse({json.dumps(json.dumps({'a': ARTICLE}))});</script>",
    "apollo": f"<script>window.__APOLLO_STATE__={json.dumps({'Article:1': {**ARTICLE, 'body': None, 'contentHtml': MARKUP}})}</script>",
    "paragraphs": "<script>var data = "
    + json.dumps({"article": {"headline": TITLE, "blocks": [{"type": "paragraph", "text": line} for line in LINES]}})
    + ";</script>",
    "nested": "<script>window.SIMPLE = "
    + json.dumps(
        {
            "headline": TITLE,
            "content": [
                {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": line}}]}} for line in LINES
            ],
        }
    )
    + ";</script>",
    "plain": f'<script type="application/json">{json.dumps({"headline": TITLE, "articleBody": chr(10).join(LINES)})}</script>',
    "nuxt_data": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps([{"data": 1}, {"body": 2}, MARKUP])}</script>',
}  # fmt: skip


@pytest.mark.parametrize("form", SCRIPTS)
def test_the_article_in_a_script_is_found(form: str) -> None:
    assert texts(page(SCRIPTS[form])) == LINES


def test_what_the_tree_does_not_say_comes_from_the_same_object() -> None:
    draft = extract(page(SCRIPTS["next"]), url="https://a.example/2026/ferry", fetched_at=AT, config=Config())
    assert draft.meta.authors == ("Ida Holm",)
    assert draft.meta.published is not None
    assert draft.meta.published.at == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def test_a_page_with_text_of_its_own_is_left_alone() -> None:
    own = [
        f"Line {n} of the page itself speaks of other matters, at a length that any reader can see." for n in range(6)
    ]
    markup = page(SCRIPTS["next"], body="<article>" + "".join(f"<p>{line}</p>" for line in own) + "</article>")
    assert texts(markup) == own


def test_another_article_in_the_state_is_not_taken() -> None:
    script = f'<script type="application/json">{json.dumps({"more": [OTHER]})}</script>'
    assert texts(page(script, title="Page not found")) == []


def test_json_inside_a_string_is_no_text() -> None:
    flight = (
        '1a:{"metadata":[["$","title","0",{"children":"'
        + TITLE
        + '"}],'
        + ",".join(f'["$","p","{n}",{{"children":"{line}"}}]' for n, line in enumerate(LINES * 3))
    )
    assert texts(page(f"<script>self.__next_f.push({json.dumps([1, flight])})</script>")) == []


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.X = {" + '"a":{' * 60_000 + "</script>",
        "<script>window.X = " + "[" * 200_000 + "</script>",
        "<script>" + "a = {" * 100_000 + "</script>",
        f'<script type="application/json">{json.dumps({"title": TITLE, "body": MARKUP})[:-9]}</script>',
    ],
    ids=["deep", "brackets", "starts", "torn"],
)
def test_a_script_that_is_no_json_gives_nothing(script: str) -> None:
    assert texts(page(script)) == []


SHORT = [
    "近日,海洋研究所科研团队在国际期刊发表论文,报道了在南海海山发现的两个深海珊瑚新种。",
    "这两个新种均采自水深1200米至1800米的海山区,群体呈扇形,最高可达一点二米。",
    "论文作者表示,深海珊瑚生长极为缓慢,有的群体年龄超过千年,是海洋环境的“档案馆”。",
    "专家呼吁应尽快划定深海生态保护区,减少底拖网作业对珊瑚林的破坏。",
    "据介绍,科考队在为期四十天的航次中完成了二十六次下潜,采集样品三百余件,拍摄影像资料超过一百小时。",
    "下一步,团队将与多家机构合作,对这片海山开展长期观测,并把数据向公众开放。",
]
STATE = {
    "title": "南海发现新种深海珊瑚",
    "pub_time": "2024-11-18 07:30:00",
    "content": "".join(f"<p>{line}</p>" for line in SHORT),
}


def state(*articles: object) -> str:
    held = {"props": articles, "theme": {"color": "blue", "font": "serif", "languages": ["zh-CN", "zh-TW", "en"]}}
    return f'<script type="application/json">{json.dumps(held, ensure_ascii=False)}</script>'


def test_chinese_paragraphs_of_one_sentence_are_an_article() -> None:
    assert texts(page(state(STATE), title="南海发现新种深海珊瑚_某某网")) == SHORT


def test_under_the_title_of_a_section_the_only_article_is_taken_with_its_title_and_time() -> None:
    markup = page(state(STATE, {"title": "台风今晚登陆", "url": "/1"}), title="新闻详情")
    draft = extract(markup, url="https://www.example.cn/detail/1", fetched_at=AT, config=Config())
    assert [block.text for block in draft.blocks] == SHORT
    assert draft.meta.title == STATE["title"]
    assert draft.meta.published is not None
    assert draft.meta.published.at == datetime(2024, 11, 17, 23, 30, tzinfo=UTC)


def test_of_several_articles_under_such_a_title_none_is_taken() -> None:
    assert texts(page(state(STATE, STATE | {"title": "台风今晚登陆广东"}), title="新闻详情")) == []
