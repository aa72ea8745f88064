"""Who posted a page where anybody writes, and Chinese and Japanese credits among the labels of one line."""

from __future__ import annotations

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


def test_a_japanese_byline_in_brackets_names_its_house_too() -> None:
    line = '<span id="byline">[<a>佐藤由紀子</a>，HarborMedia]</span>'
    assert page(article("橋がまた閉鎖", "2024年01月19日 08時15分 公開", line), lang="ja").authors == ("佐藤由紀子",)
