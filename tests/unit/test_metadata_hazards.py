"""Pages that tempt: dates, names and headings of other things beside the article's own."""

from __future__ import annotations

from datetime import UTC, datetime

import lxml.html
import pytest

from pipelines.config import Config
from pipelines.metadata import dates, from_tree, sites
from tests.metadata_pages import PROSE, PROSE_ZH

FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
T = "Bridge closed again after storm"
Z = "小镇的桥又关闭了"
# Of each page: what is tempting, address, title, day (empty: none), authors parted by semicolons, and the mark-up with
# {prose} where the paragraphs stand.
PAGES = [
    (
        "byline link + role",
        "https://www.he.co.uk/a",
        T,
        "2024-01-19",
        "Jane Doe",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1><div class=byline>By <a href=/author/jane>Jane Doe</a>"
        ", Transport Correspondent</div><div>Published 19 January 2024</div>{prose}",
    ),
    (
        "two bylines",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "Jane Doe;John Smith",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1><div>By Jane Doe and John Smith</div><div>"
        "Jan. 19, 2024 Updated: Jan. 20, 2024 9:00 a.m.</div>{prose}",
    ),
    (
        "date in breadcrumb",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><div><a href=/>Home</a>"
        " / <a href=/n>News</a> / 19 Jan 2024</div><h1>Bridge closed again after storm</h1>{prose}",
    ),
    (
        "related before",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><div class=trending>"
        "<ul><li><a href=/x>School opens</a><span>20 May 2024</span><li><a href=/y>Mayor leaves</a><span>"
        "21 May 2024</span></ul></div><h1>Bridge closed again after storm</h1><p>19 Jan 2024</p>{prose}",
    ),
    (
        "comments after",
        "https://www.he.com/a",
        T,
        "",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1>{prose}<h3>2 Comments</h3><div><b>Anna Bell</b><br>"
        "January 20, 2024 at 9:00 am</div><p>Well said and true.</p>",
    ),
    (
        "copyright",
        "https://www.he.com/a",
        T,
        "",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1>{prose}<p>Copyright © 19 January 2024 Harbour Echo</p>",
    ),
    (
        "event",
        "https://www.he.com/a",
        T,
        "",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1>{prose}<p>Deadline: 19 January 2024</p>",
    ),
    (
        "kicker in h1",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1><span class=k>"
        "Exclusive</span> Bridge closed again after storm</h1><p>19 Jan 2024</p>{prose}",
    ),
    (
        "logo h1",
        "https://www.harbourecho.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><header><h1>"
        "Harbour Echo</h1></header><article><h2>Bridge closed again after storm</h2><p>19 Jan 2024</p>"
        "{prose}</article>",
    ),
    (
        "subtitle h2",
        "https://www.harbourecho.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><article><h1>"
        "Bridge closed again after storm</h1><h2>"
        "The council says that repairs will take until the month of May</h2><p>19 Jan 2024</p>"
        "{prose}</article>",
    ),
    (
        "site first",
        "https://www.harbourecho.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Harbour Echo | Bridge closed again after storm</title><article><div class=t>"
        "Bridge closed again after storm</div><p>19 Jan 2024</p>{prose}</article>",
    ),
    (
        "blogger",
        "https://notes.blogspot.com/2024/01/bridge.html",
        T,
        "2024-01-19",
        "Jane Doe",
        '<html lang=en><title>Notes from the sea: Bridge closed again after storm</title><h1><a href="/">'
        "Notes from the sea</a></h1><h2 class=date-header><span>Friday, January 19, 2024</span></h2>"
        '<h3 class="post-title entry-title">Bridge closed again after storm</h3>'
        '{prose}<div class=post-footer>Posted by <span class="fn">Jane Doe</span>'
        ' at <abbr class=published title="2024-01-19T10:08:00-08:00">10:08 AM</abbr></div>',
    ),
    (
        "substack",
        "https://x.substack.com/p/a",
        T,
        "2024-01-19",
        "Jane Doe",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title>"
        '<meta property="og:title" content="Bridge closed again after storm"><h1 class="post-title">'
        "Bridge closed again after storm</h1><h3 class=subtitle>What the town can do</h3><div class=meta>"
        '<a href="/@jane">Jane Doe</a><div>Jan 19, 2024</div></div>{prose}',
    ),
    (
        "live prefix",
        "https://www.he.com/a",
        "LIVE: Bridge closed again after storm",
        "2024-01-19",
        "",
        "<html lang=en><title>LIVE: Bridge closed again after storm | Harbour Echo</title><h1>"
        "LIVE: Bridge closed again after storm</h1><p>Updated January 20, 2024 09:00</p><p>"
        "First published January 19, 2024</p>{prose}",
    ),
    (
        "softhyphen",
        "https://www.hafen.de/a",
        "Brückensperrung bleibt",
        "2024-01-19",
        "Max Müller",
        "<html lang=de><title>Brücken&shy;sperrung bleibt | Hafen</title><h1>"
        "Brücken&shy;sperrung bleibt</h1><p>Stand: 19.01.2024, 10:08 Uhr</p><p>Von Max Müller</p>{prose}",
    ),
    (
        "de authors",
        "https://www.hafen.de/a",
        "Brücke bleibt gesperrt",
        "2024-01-19",
        "Max Müller;Eva Maier",
        "<html lang=de><title>Brücke bleibt gesperrt - Hafen</title><h1>Brücke bleibt gesperrt</h1><p>"
        "von <a rel=author href=/a>Max Müller</a> und <a rel=author href=/b>Eva Maier</a>, Hamburg</p><p>"
        "19. Januar 2024</p>{prose}",
    ),
    (
        "zh portal",
        "http://www.gk.cn/a",
        Z,
        "2024-01-19",
        "张三",
        "<html><title>小镇的桥又关闭了_港口新闻网</title><h1>小镇的桥又关闭了</h1><div>"
        "2024年01月19日 10:08 来源：港口日报 作者：张三 责任编辑：李四</div>{prose}",
    ),
    (
        "zh wechat",
        "https://mp.weixin.qq.com/s/x",
        Z,
        "2024-01-19",
        "张三",
        '<html><title>小镇的桥又关闭了</title><meta property="og:title" content="小镇的桥又关闭了">'
        "<h2 class=rich_media_title>小镇的桥又关闭了</h2><span>原创</span> <span>张三</span> <a>港口观察</a>"
        " <em id=publish_time>2024-01-19 10:08</em>{prose}",
    ),
    (
        "zh wire",
        "http://www.gk.cn/a",
        Z,
        "2024-01-19",
        "张三;李四",
        "<html><title>小镇的桥又关闭了 - 港口网</title><h1>小镇的桥又关闭了</h1><p>2024-01-19 10:08:11 | 来源：新华社</p><p>"
        "新华社北京1月19日电（记者张三、李四）镇议会周二晚间开会三个小时，讨论桥梁和学校，但没有作出决定，下周将继续讨论，并邀请居民发表意见。</p>{prose}<p>责编：王五</p>",
    ),
    (
        "tw",
        "https://news.gk.com.tw/a",
        "小鎮的橋又關閉了",
        "2024-01-19",
        "張三",
        "<html lang=zh-Hant><title>小鎮的橋又關閉了 - 生活 - 港口時報</title><h1>小鎮的橋又關閉了</h1><time>"
        "2024/01/19 10:08</time><p>〔記者張三／台北報導〕鎮議會週二晚間開會三個小時，討論橋樑和學校，但沒有作出決定，下週將繼續討論。</p>{prose}",
    ),
    (
        "ja",
        "https://www.minato.jp/a",
        "町の橋がまた閉鎖された",
        "2024-01-19",
        "山田太郎",
        "<html lang=ja><title>町の橋がまた閉鎖された：港新聞デジタル</title><h1>町の橋がまた閉鎖された</h1><p>山田太郎</p><p>"
        "2024年1月19日 10時08分</p>{prose}",
    ),
    (
        "drupal",
        "https://www.he.org.uk/node/1",
        T,
        "2024-04-03",
        "Jane Doe",
        "<html lang=en-GB><title>Bridge closed again after storm - Harbour Echo</title>"
        "<h1 class=page-title>Bridge closed again after storm</h1><span class=submitted>"
        "Submitted by Jane Doe on 3 April 2024 - 10:08am</span>{prose}",
    ),
    (
        "wp twenty",
        "https://he.org/bridge",
        T,
        "2024-01-19",
        "Jane Doe",
        "<html lang=en-US><title>Bridge closed again after storm - Harbour Echo</title><article>"
        "<header class=entry-header><h1 class=entry-title>Bridge closed again after storm</h1>"
        "<div class=entry-meta><span class=posted-on>Posted on <a href=/x>"
        '<time class="entry-date published" datetime="2024-01-19T10:08:00+00:00">January 19, 2024</time>'
        '<time class=updated datetime="2024-03-03T10:00:00+00:00">March 3, 2024</time></a></span>'
        '<span class=byline> by <span class="author vcard"><a class="url fn n" href=/author/jane>'
        "Jane Doe</a></span></span></div></header><div class=entry-content>{prose}</div></article>",
    ),
    (
        "by + bio",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "Jane Doe",
        "<html lang=en><title>Bridge closed again after storm - Harbour Echo</title><h1>"
        "Bridge closed again after storm</h1><p>19 January 2024</p>{prose}<div><p>Jane Doe</p><p>"
        "Jane Doe is a reporter who writes about harbours and the sea for this paper since 2010.</p></div>",
    ),
    (
        "quoted",
        "https://www.he.com/a",
        "“We won’t close it”: mayor & council",
        "2024-01-19",
        "",
        "<html lang=en><title>“We won’t close it”: mayor &amp; council | Harbour Echo</title>"
        '<meta property="og:title" content="&ldquo;We won&#8217;t close it&rdquo;: mayor &amp; council">'
        "<h1>“We won’t close it”: mayor &amp; council</h1><p>19 Jan 2024</p>{prose}",
    ),
    (
        "no space name",
        "https://www.he.com/a",
        T,
        "2024-01-19",
        "",
        "<html lang=en><title>Bridge closed again after storm|HarbourEcho</title><div class=headline>"
        "Bridge closed again after storm</div><p>Last updated: 20 Jan 2024; published: 19 Jan 2024</p>"
        "{prose}",
    ),
]


@pytest.mark.parametrize(("what", "url", "title", "day", "names", "markup"), PAGES, ids=[each[0] for each in PAGES])
def test_page(what: str, url: str, title: str, day: str, names: str, markup: str) -> None:
    sentence = PROSE_ZH if title[0] > "z" and title[0] < "\u9fff" else PROSE
    prose = "".join(f"<p>{sentence} {number}.</p>" for number in range(12))
    tree = lxml.html.document_fromstring(markup.replace("{prose}", prose))
    meta = from_tree(tree, url=url, fetched_at=FETCHED, config=Config())
    shown = dates.local_day(meta.published, sites.zone(url, Config())) if meta.published else ""
    assert (meta.title, shown, ";".join(meta.authors)) == (title, day, names), what
