"""Which blocks are the body: one test a form of page, on pages made up for it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.html import extract
from pipelines.model import Draft, Kind

AT = datetime(2025, 1, 1, tzinfo=UTC)
STORY = [
    "The harbour town opened its new ferry terminal on Monday after four years of work, the council said.",
    "Some two hundred people came to see the first boat leave, among them builders who had begun the job in 2020.",
    "“We had to drive every pile twice,” said the engineer in charge, who asked for patience with the car park.",
    "Tickets cost four euros until the end of the month; from then on the price depends on the season.",
    "The old landing stage will be taken down in spring, when the birds that nest under it have left.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
NAV = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12)) + "</ul></nav>"
FOOTER = "<footer><p><a href='/about'>About us</a> <a href='/terms'>Terms</a></p><p>© 2024 Example Media</p></footer>"


def page(main: str, *, after: str = "", head: str = "<title>New ferry terminal opens - Example</title>") -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{NAV}<main><article><h1>New ferry terminal opens</h1>"
        f"{main}</article>{after}</main>{FOOTER}</body></html>"
    )


def drafted(text: str) -> Draft:
    return extract(text, url="https://news.example.com/town/ferry", fetched_at=AT, config=Config())


def kept(text: str) -> str:
    return "\n".join(block.text for block in drafted(text).blocks)


def test_an_article_loses_menu_and_footer_and_nothing_else():
    body = kept(page(PARAGRAPHS))
    assert all(line in body for line in STORY)
    assert "Section 3" not in body and "Terms" not in body and "©" not in body


def test_cards_of_related_stories_with_summaries_are_not_the_body():
    cards = "".join(
        f"<div class='card'><h3><a href='/s{n}'>Other story number {n} of the day</a></h3>"
        f"<p>A summary of the other story, long enough to look like a paragraph of text, no. {n}.</p></div>"
        for n in range(8)
    )
    body = kept(page(PARAGRAPHS, after=f"<section class='related-stories'><h2>More news</h2>{cards}</section>"))
    assert STORY[-1] in body and "Other story" not in body and "A summary" not in body


def test_comments_longer_than_the_article_are_not_the_body():
    comments = "".join(
        f"<li class='comment'><cite>Reader {n}</cite><p>I have lived here for {n + 20} years and I do not believe that "
        "the new terminal will change a thing, because nobody asked the people who use the boat each day.</p></li>"
        for n in range(25)
    )
    body = kept(page(PARAGRAPHS, after=f"<ol class='commentlist' id='comments'>{comments}</ol>"))
    assert STORY[0] in body and "nobody asked" not in body


def test_chinese_text_of_an_old_layout_table_is_found():
    text = (
        "本报讯 新的渡轮码头经过四年施工，于星期一正式启用，市议会在声明中表示，首日共有两百多名市民前来参观。",
        "工程负责人说，施工期间每一根桩都打了两次，停车场要到明年春天才能完工，请市民耐心等待。",
        "码头启用后，旧栈桥将在春季拆除，届时在桥下筑巢的候鸟已经离开，票价到月底为止仍然维持四元。",
    )
    menu = "".join(f"<tr><td><a href='/{n}'>栏目{n}</a></td></tr>" for n in range(10))
    body = kept(
        "<html><head><title>新渡轮码头启用_例子网</title></head><body><table><tr><td><table>"
        f"{menu}</table></td><td><font size=3>{'<br><br>　　'.join(text)}</font></td></tr></table></body></html>"
    )
    assert all(line in body for line in text) and "栏目3" not in body


def test_a_body_given_twice_is_kept_once():
    body = kept(page(PARAGRAPHS, after=f"<div class='print-version'>{PARAGRAPHS}</div>"))
    assert body.count(STORY[1]) == 1


def test_a_page_built_by_a_script_gives_its_json_body():
    text = " ".join(STORY)
    head = f'<title>x</title><script type="application/ld+json">{{"@type":"Article","articleBody":"{text}"}}</script>'
    body = kept(f"<html><head>{head}</head><body><div id='root'></div></body></html>")
    assert body == text


def test_lists_and_sub_headings_inside_the_text_stay():
    inner = f"<p>{STORY[0]}</p><p>{STORY[1]}</p><h2>What it costs</h2><p>{STORY[3]}</p><p>{STORY[4]}</p>"
    blocks = drafted(page(inner)).blocks
    assert ("What it costs", Kind.HEADING, 2) in [(block.text, block.kind, block.level) for block in blocks]


def test_links_and_images_of_the_body_are_absolute_and_others_left_out():
    inner = PARAGRAPHS.replace("new ferry terminal", "<a href='../map?x=1'>new ferry terminal</a>").replace(
        "</p>", "</p><figure><img data-src='/i/boat.jpg' src='data:image/gif;base64,AA' alt='A boat'></figure>", 1
    )
    draft = drafted(page(inner))
    assert [(link.url, link.text) for link in draft.links] == [
        ("https://news.example.com/map?x=1", "new ferry terminal")
    ]
    assert [(image.url, image.text) for image in draft.images] == [("https://news.example.com/i/boat.jpg", "A boat")]


def test_an_image_stays_where_its_caption_is_cut():
    boat = "<figure><img src='/i/boat.jpg' alt='A boat'><figcaption>A boat. Photo: J. Doe</figcaption></figure>"
    pier = boat.replace("boat", "pier")
    card = "<div class='related'><a href='/b'><img src='/i/school.jpg'><h3>School opens its doors</h3></a></div>"
    draft = drafted(page(boat + PARAGRAPHS.replace("</p>", f"</p>{pier}", 1), after=card))
    assert "Photo: J. Doe" not in " ".join(block.text for block in draft.blocks)
    assert [image.url.rpartition("/")[2] for image in draft.images] == ["boat.jpg", "pier.jpg"]


def test_an_image_stays_where_a_line_that_nothing_names_its_caption_is_cut():
    boat = "<p align=center><img src='/i/boat.jpg'></p><p align=center>The harbour on Tuesday</p>"
    card = "<p><a href='/b'><img src='/i/school.jpg'></a></p><p><a href='/b'>School opens its doors</a></p>"
    inner = PARAGRAPHS.replace("</p>", f"</p>{boat}", 1)
    draft = drafted(page(inner, after=card))
    assert "The harbour on Tuesday" not in " ".join(block.text for block in draft.blocks)
    assert [image.url.rpartition("/")[2] for image in draft.images] == ["boat.jpg"]


def test_the_picture_above_the_text_that_the_pages_data_shows_is_the_articles():
    head = "<meta property='og:image' content='https://cdn.example.com/a/boat-1200x630.jpg?w=1200'>"
    above = (
        "<div class=top><img src='/i/logo.png'></div><div><img src='/i/boat-640x360.jpg' alt='A boat'></div>"
        "<div>By Jane Doe</div><div><a href='/s'>Save</a></div>"
    )
    html = page(f"{above}{PARAGRAPHS}").replace("<head>", f"<head>{head}", 1)
    assert "og:image" in html
    assert [image.url.rpartition("/")[2] for image in drafted(html).images] == ["boat-640x360.jpg"]
    assert not drafted(page(f"{above}{PARAGRAPHS}")).images


def test_what_is_cut_is_kept_with_a_reason():
    draft = drafted(page(PARAGRAPHS, after="<div class='share-bar'><a href='#'>Tweet</a> <a href='#'>Mail</a></div>"))
    reasons = {line: piece.reason for piece in draft.removed for line in piece.text.splitlines()}
    assert reasons["Tweet Mail"] == "share_bar" and reasons["Section 3"] == "navigation"
    assert reasons["© 2024 Example Media"] == "copyright"


def test_every_block_is_either_kept_or_removed():
    draft = drafted(page(PARAGRAPHS, after="<p>Read more</p>"))
    everything = "\n".join([block.text for block in draft.blocks] + [piece.text for piece in draft.removed])
    assert all(line in everything for line in [*STORY, "Read more", "About us Terms"])


_TAGS = st.sampled_from(
    ["p", "div", "td", "li", "h2", "a href=/x", "b", "br", "table", "tr", "ul", "pre", "/div", "/p", "q"]
)
_TEXTS = st.text(alphabet=st.sampled_from("ab .,!?…\u3000中文字。<>&;\"'=\n\u200bЖ7|"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_TAGS, _TEXTS), max_size=30))
def test_never_raises_and_never_invents_text(pieces: list[tuple[str, str]]):
    text = "".join(f"<{tag}>{line}" for tag, line in pieces)
    draft = drafted(text)
    shown = "".join(character for _, line in pieces for character in line)
    marks = "“”" if any(tag == "q" for tag, _ in pieces) else ""  # which a browser shows around a quotation
    for block in draft.blocks:
        assert set(block.text) <= set(shown) | set(" \n|pdivtlh2arefxbuq/=<>" + marks) and block.text.strip()


@pytest.mark.parametrize("text", ["<p>" + "x" * 100_000, "plain words without any tag, as a page may be"])
def test_text_without_structure_is_still_text(text: str):
    assert isinstance(drafted(text), Draft)


def test_an_image_stays_where_the_element_of_both_is_named_after_it():
    boat = "<div class='inline-photo'><img src='/i/boat.jpg'><span class='caption'>The new boat. (Example Agency)</span></div>"
    bio = "<div class='author-bio has-photo'><img src='/i/jane.jpg'>Jane Doe writes about boats.</div>"
    draft = drafted(page(boat + "<p class='byline'>By Jane Doe</p>" + PARAGRAPHS + bio))
    assert "Example Agency" not in " ".join(block.text for block in draft.blocks)
    assert [image.url.rpartition("/")[2] for image in draft.images] == ["boat.jpg"]


def test_pictures_of_mobile_pages_are_pictures():
    boat = "<amp-img src='/i/boat.jpg' width='450' height='300' alt='A boat'></amp-img>"
    plain = drafted(page(PARAGRAPHS))
    draft = drafted(page(PARAGRAPHS.replace("</p>", f"</p>{boat}", 1)))
    assert [(image.url.rpartition("/")[2], image.text) for image in draft.images] == [("boat.jpg", "A boat")]
    assert [block.text for block in draft.blocks] == [block.text for block in plain.blocks]


def test_a_link_around_a_picture_and_a_place_on_the_page_itself_are_no_links_of_the_text():
    boat = "<p><a href='/i/boat-large.jpg'><img src='/i/boat.jpg'></a></p>"
    inner = PARAGRAPHS.replace("</p>", f"</p>{boat}", 1)
    inner = inner.replace("builders", "<a href='/town/ferry#builders'>builders</a>").replace(
        "pile", "<a href='#n1'>pile</a>"
    )
    inner = inner.replace("season", "<a href='/fares of 2024'>season</a>").replace(
        "birds", "<a href='/birds'><b>birds</b></a>"
    )
    draft = extract(page(inner), url="https://news.example.com/town/ferry", fetched_at=AT, config=Config())
    assert [link.url.removeprefix("https://news.example.com") for link in draft.links] == [
        "/fares%20of%202024",
        "/birds",
    ]
    assert [image.url.rpartition("/")[2] for image in draft.images] == ["boat.jpg"]


@pytest.mark.parametrize("name", ["photo-cap", "image-credit-wrap", "source", "Credit", "caption"])
def test_an_image_stays_where_its_credit_is_cut(name: str):
    credit = f"<p class='{name}'><a href='/agency'>Example Agency</a></p>"
    boat = f"<div class='image on-image'><img src='/i/boat.jpg'>{credit}</div>"
    meta = "<p class='byline'>By Jane Doe</p><p class='share'><a href='/s'>Share</a></p>"
    card = "<div class='teaser'><a href='/b'><img src='/i/school.jpg'></a><p class='source'><a href='/b'>School</a></p></div>"
    draft = drafted(
        page(boat + meta + PARAGRAPHS.replace("</p>", f"</p>{boat.replace('boat', 'pier')}", 1), after=card)
    )
    assert "Example Agency" not in " ".join(block.text for block in draft.blocks)
    assert [image.url.rpartition("/")[2] for image in draft.images] == ["boat.jpg", "pier.jpg"]
