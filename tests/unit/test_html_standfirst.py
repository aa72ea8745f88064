"""A standfirst that stands in the page's head, apart from the body, belongs to the article."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract

TITLE = "Spitalul primește un aparat nou"
LEAD = "Pacienții nu vor mai fi trimiși la Cluj pentru investigații. Aparatul va fi pus în funcțiune în luna martie."
PROSE = (
    "<p>În ziua a {}-a au fost investigați {} pacienți, iar managerul spitalului a declarat că drumul până la Cluj "
    "dura, în funcție de trafic, între o oră și două ore și jumătate.</p>"
)
HEADS = {
    "lead": f'<header class="post-head"><h1>{TITLE}</h1><div class="post-excerpt"><p>{{}}</p></div><div class="meta">'
    "De Ana Pop | luni, 22 ianuarie 2024</div></header><div class='share'><a href='/f'>Facebook</a></div>",
    "intro": f'<div class="article__header"><a href="/tara">Țară</a><h1>{TITLE}</h1><div class="article__intro">{{}}'
    "</div><div class='article__meta'><a href='/a'>Redacția</a> <time>15.5.2024 | 08:20</time></div></div>"
    "<div class='article__hero'><img src='/i.jpg'><p class='img-caption'>Spitalul / Foto: Arhiva</p></div>",
    "spot": f'<header class="haber-baslik"><h1>{TITLE}</h1><p class="spot">{{}}</p><div class="tarih">11.03.2024 10:15'
    "</div><div class='muhabir'>Ana Pop</div></header>",
    "heading": f'<main><div class="title"><h1>{TITLE}</h1></div><div class="subtitle"><h2 class="head__subtitle">{{}}'
    "</h2></div><div class='data'><p>Ana Pop, Alba</p><p><time>29/01/2024 18h04</time></p></div></main>",
    "inline": f"<header class='art'><h1>{TITLE}</h1><em class='head__subtitle'>{{}}</em><div class='by'>"
    "<a href='/a'>Ana Pop</a> <span>16 februarie, 13:40</span></div></header>",
    "humps": f"<header class='PageHead'><h1>{TITLE}</h1><p class='storyMainLead'>{{}}</p><p>3 min</p></header>",
}


def body(head: str, meta: str = "") -> list[str]:
    text = "".join(PROSE.format(day, day + 3) for day in range(2, 8))
    page = (
        f"<html lang='ro'><head><title>{TITLE} - Ziarul</title>{meta}</head><body><header><a href='/'>Ziarul</a>"
        f"<a href='/sport'>Sport</a></header>{head}<div class='post-body'>{text}</div>"
        "<div class='side'><a href='/1'>Accident pe DN1</a></div></body></html>"
    )
    draft = extract(page, url="https://a.ro/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    found = [block.text for block in draft.blocks]
    assert sum("investigați" in text for text in found) >= 6
    return found


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_standfirst_under_the_title_is_the_first_block(head: str) -> None:
    assert body(head.format(LEAD))[0] == LEAD


def test_a_short_one_without_a_full_stop_is_as_well() -> None:
    short = "Drumul până la Cluj dura două ore și jumătate"
    assert body(HEADS["heading"].format(short))[0] == short
    assert (
        body(HEADS["heading"].replace("head__subtitle", "with-excerpt").replace("subtitle", "x").format(short))[0]
        != short
    )


def test_other_text_under_the_title_stays_out() -> None:
    unnamed = f"<header><h1>{TITLE}</h1><div class='hero__text'>{LEAD}</div><p>22.01.2024</p></header>"
    picture = (
        f"<header><h1>{TITLE}</h1><div class='lead-photo'><img src='/i.jpg'><p>{LEAD}</p></div><p>2024</p></header>"
    )
    linked = f"<header><h1>{TITLE}</h1><p class='intro'><a href='/other'>{LEAD}</a></p><p>22.01.2024</p></header>"
    assert all(LEAD not in body(head) for head in (unnamed, picture, linked))
