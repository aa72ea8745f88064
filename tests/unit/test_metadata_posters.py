"""Who posted a page where anybody writes, and Chinese and Japanese credits among the labels of one line."""

from __future__ import annotations

import json

import pytest

from pipelines.metadata.authors import from_byline
from tests.metadata_pages import PROSE_ZH, article, page

ZH = "小镇的桥又关闭了"


def authors(*lines: str, title: str = ZH, head: str = "") -> tuple[str, ...]:
    """Return the authors of a page with these lines under its title."""
    return page(article(title, *lines, prose=PROSE_ZH), head=head, lang="zh-CN").authors


@pytest.mark.parametrize(
    "line",
    [
        '<a class="follow-nickName" href="https://blog.example.com/weixin_430">青禾禾</a> 已于 2024-01-20 09:12 修改',
        '<a href="/u/abcdef"><img src="a.jpg"></a><div><a href="/u/abcdef">青禾禾</a> <button>关注</button></div>',
        '<span>原创</span><span>2024-01-19 20:40</span> <span><a href="/c/user/token/abc/">青禾禾</a></span>',
        '<div class="authi"><a href="space-uid-8899.html">青禾禾</a></div>',
        '<a class="up-name">青禾禾</a> 粉丝：2.3万',
        '<span class="author2"><em>青禾禾</em></span> <span>2024-01-19 22:05</span> <span>发布于 浙江</span>',
        '<div class="AuthorInfo"><a href="/people/qinghe">青禾禾</a> <div>十年 Java 后端</div></div>',
        '<i>原创</i> <a class="name" href="https://blog.example.com/u_15127630">青禾禾</a> <time>2024-01-19 09:33:41</time>',
        '<a href="https://www.example.com/people/dukou/">青禾禾</a> <span>2024-01-19 21:03:44 上海</span>',
    ],
)
def test_the_user_by_the_title_posted_the_page(line: str) -> None:
    assert authors(line) == ("青禾禾",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('记者 王晓明 <a href="/u/abcdef">青禾禾</a>', ("王晓明",)),  # a byline's word goes before
        ('<a href="/u/abcdef">江州晚报</a>', ()),
        ('<a href="/u/abcdef">登录</a>', ()),
        ("<time>2024-01-19</time> <ul><li>江苏</li></ul>", ()),
        ("<a>游戏</a> <span>2024-01-19 12:00</span>", ()),
    ],
)
def test_no_paper_no_place_and_no_topic_is_the_one_who_posted(line: str, expected: tuple[str, ...]) -> None:
    assert authors(line) == expected


PROSE_KO = (
    "작은 마을의 의회는 화요일 저녁에 세 시간 동안 다리와 학교와 항구로 가는 길에 대해 이야기했지만 아무것도 결정하지 못했다고 "
    "밝혔다. 주민들은 길이 빨리 고쳐져서 아이들이 학교에 다니기 편해지기를 바란다고 말했다."
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<span class="username"><a href="/@kimdev/posts">김개발자</a></span> · 2024년 1월 19일', ("김개발자",)),
        ('<span class="writer"><a class="link">부산갈매기</a></span> <span>2024. 1. 19. 21:33</span>', ("부산갈매기",)),
        ('<span class="author">by 김개발</span> <span class="date">2024. 1. 19.</span>', ("김개발",)),
        ('<span class="writer">온라인뉴스팀</span> <span>2024. 1. 19. 21:33</span>', ()),
        ('<span class="writer">부산인뉴스</span> <span>2024. 1. 19. 21:33</span>', ()),
    ],
)
def test_a_korean_pen_name_stands_in_an_element_called_so(line: str, expected: tuple[str, ...]) -> None:
    assert page(article("다리 또 통제", line, prose=PROSE_KO), lang="ko").authors == expected


def test_users_far_below_the_title_only_comment() -> None:
    comment = '<div><a class="username" href="/u/1">老江州</a> 写得真好</div>'
    assert page(article(ZH, prose=PROSE_ZH) + comment, lang="zh-CN").authors == ()


def test_outside_the_dense_scripts_a_users_link_is_no_byline() -> None:
    assert page(article("Bridge closed again", '<a href="/users/harbour">Harbour</a>')).authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文字：赵海涛图片：钱多多发布时间：2024-01-19浏览次数：10", "赵海涛"),
        ("时间:2024-01-19 14:20 来源:未知 作者:admin点击: 次", ""),
        ("发布日期：2024-01-19作者：教务处 李红梅摄影：王磊点击：[428]", "李红梅"),
        ("作者：阿禾，九零后，现居杭州。", "阿禾"),
        ("作者：清源 责编：清源 评论：48", "清源"),
        ("作者：山田 太郎", "山田 太郎"),
        ("本文来自微信公众号：港口报（ID：gangkou），作者：十巷，头图来自：视觉中国", "十巷"),
        ("本文来自微信公众号“港口报”（ID：gangkou），作者：叶子凌，编辑：李墨天，经授权发布。", "叶子凌"),
        ("本文作者：包永刚 2024-01-19 10:20", "包永刚"),
        ("文/张三 图/李四", "张三"),
        ("施工人员在北岸主塔顶部作业。本报记者 王建国摄", ""),
    ],
)
def test_a_label_glued_to_a_name_or_behind_a_comma_ends_it(line: str, names: str) -> None:
    assert from_byline(line) == tuple(filter(None, names.split(";")))


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("<p>（宇都宮支局長　渡部加奈子）</p>", ("渡部加奈子",)),
        ("<p>（石原剛文）</p>", ("石原剛文",)),
        ("<p>（長野県民）</p>", ()),
    ],
)
def test_a_japanese_article_is_signed_in_brackets(signed: str, expected: tuple[str, ...]) -> None:
    prose = (
        "小さな町の議会は火曜日の夜に三時間にわたり、橋と学校と港へ通じる道について話し合ったが、そのどれについても決定には"
        "至らなかった。住民は子どもたちが通いやすくなるように、道が早く直ることを望んでいると話している。"
    )
    assert page(article("橋がまた閉鎖", prose=prose) + signed, lang="ja").authors == expected


def test_a_person_of_the_data_is_the_author_where_the_title_ends_with_the_name_too() -> None:
    data = json.dumps({"@type": "BlogPosting", "headline": ZH, "author": {"@type": "Person", "name": "山谷来信"}})
    head = f'<title>{ZH}｜山谷来信</title><script type="application/ld+json">{data}</script>'
    assert authors("2024-01-19 21:10", head=head) == ("山谷来信",)


def test_a_japanese_byline_in_brackets_names_its_house_too() -> None:
    line = '<span id="byline">[<a>佐藤由紀子</a>，HarborMedia]</span>'
    assert page(article("橋がまた閉鎖", "2024年01月19日 08時15分 公開", line), lang="ja").authors == ("佐藤由紀子",)
    house = '<span class="author">長谷川 隆 : 港新聞 記者</span>'
    assert page(article("橋がまた閉鎖", "2024/01/19 5:30", house), lang="ja").authors == ("長谷川 隆",)


def test_the_date_of_a_comment_behind_a_short_post_is_not_the_posts() -> None:
    head = '<div class="menu">楼主：青禾禾 时间：2024-01-19 21:15:00 点击：3021 回复：12</div>'
    comment = "<div><div>作者：路过的风 时间：2024-01-19 21:40:12</div><div>好文，顶一下。</div></div>"
    found = page(f"<h1>{ZH}</h1>{head}<div>{PROSE_ZH}</div>{comment}", lang="zh-CN").published
    assert found is not None and found.raw == "2024-01-19 21:15:00"


def test_the_name_of_the_blog_in_an_h1_is_no_title_in_other_words() -> None:
    body = f'<h1><a href="/u/1191258123">山里人家的博客</a></h1><h2 class="titName">外婆的柿子树</h2><p>{PROSE_ZH}</p>'
    assert page(body, head="<title>外婆的柿子树_山里人家_港口博客</title>", lang="zh-CN").title == "外婆的柿子树"


def test_a_blog_among_others_is_no_title_and_its_date_may_hold_the_weekday() -> None:
    body = f"""<h1><a href="https://kaki.example.com/blog">阿禾的小日子</a></h1><ul><li>Jan 19 Fri 2024 21:30</li>
    <li><h2><a>外婆的柿子樹</a></h2></li></ul><p>{PROSE_ZH}</p>"""
    head = "<title>外婆的柿子樹 @ 阿禾的小日子 :: 港口邦 ::</title>"
    meta = page(body, head=head, url="https://kaki.example.com/blog/post/359123456", lang="zh-TW")
    assert meta.title == "外婆的柿子樹"
    assert meta.published is not None and meta.published.at.isoformat() == "2024-01-19T21:30:00+00:00"


def test_the_footer_of_an_entry_names_its_author_by_the_microformat() -> None:
    name = '<span class="author vcard"><span class="fn">weekend_neko</span></span> <time>2024-01-19 09:00</time>'
    long = "".join(f"<p>{PROSE_ZH}</p>" for _ in range(12))
    foot = f'<footer class="entry-footer"><div class="entry-footer-section">{name}</div></footer>'
    inside = f"<article><h1>{ZH}</h1>{long}{foot}</article>"
    assert page(inside, lang="ja").authors == ("weekend_neko",)
    assert page(f"<article><h1>{ZH}</h1>{long}</article>{foot}", lang="ja").authors == ()


@pytest.mark.parametrize("line", ["由青禾禾张贴 @ 2005-06-14 03:25:55", "青禾禾 發表在 痞客邦 留言(3) 人氣(2,331)"])
def test_who_posted_it_stands_before_what_was_done(line: str) -> None:
    assert from_byline(line) == ("青禾禾",)


def test_a_menus_word_for_authors_names_nobody() -> None:
    menu = '<ul><li><a href="/a">诗文</a></li><li><a href="/b">作者</a></li><li><a href="/c">陈古籍</a></li></ul>'
    assert page(menu + article(ZH, prose=PROSE_ZH), lang="zh-CN").authors == ()


@pytest.mark.parametrize(
    ("title", "owner"),
    [
        (f"{ZH}_青禾禾的博客-某某网", ("青禾禾",)),
        (f"{ZH}_陈青禾_某某博客", ("陈青禾",)),
        (f"{ZH}_社会_某某博客", ()),
        (f"{ZH}-某某博客", ()),
    ],
)
def test_whose_blog_it_is_by_the_title(title: str, owner: tuple[str, ...]) -> None:
    assert authors(head=f"<title>{title}</title>") == owner
    stated = f'<title>{title}</title><meta name="author" content="王小明">'
    assert authors(head=stated) == ("王小明",)
