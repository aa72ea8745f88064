"""What stands in and under Chinese and Korean texts by their kind: interviews, documents, threads of forums, novels."""

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning import strays
from pipelines.pruning.prune import prune

PROSE = (
    "市水务局昨日表示,新建的泵站已经完成调试,预计下月投入使用,届时城东片区的排涝能力将提高一倍以上。",
    "工程自去年三月开工,总投资一亿二千万元,沿线铺设管道十七公里,并改造了两座旧闸。",
    "附近居民说,往年一到雨季巷子里就积水,今年几场大雨下来,路面都是干的。",
)


def run(*lines: str, authors: tuple[str, ...] = ()) -> dict[str, str]:
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in lines)
    meta = Metadata(title="泵站投入使用", authors=authors)
    done = prune(Draft(url="https://news.example.cn/1.html", meta=meta, blocks=blocks), Config())
    return {piece.text: piece.reason for piece in done.removed}


def test_what_a_reporter_asks_is_no_byline() -> None:
    asked = ("记者:您为什么选择去村里做建筑?", "采访:那里的冬天一定很冷吧!", "记者:听说第一座房子是村里的图书室。")
    assert run(PROSE[0], asked[0], PROSE[1], asked[1], PROSE[2], asked[2], PROSE[0].replace("市", "区")) == {}


@pytest.mark.parametrize("line", ["记者:张建国", "记者:张建国、李红梅", "作者:张建国"])
def test_who_wrote_it_is_a_byline_still(line: str) -> None:
    assert run(*PROSE, line) == {line: "byline"}


@pytest.mark.parametrize(
    "line",
    [
        "审 读：崔向升",
        "责　编：王五",
        "主 编：王五",
        "编辑 周褶褶 ｜ 排版 魏蔚",
        "编辑｜周褶褶 排版｜魏蔚",
        "编辑 甘浩",
    ],
)
def test_editors_are_credited_with_blanks_in_the_label_and_strokes_between(line: str) -> None:
    assert run(*PROSE, line) == {line: "editor_credit"}


def test_a_name_with_a_blank_in_it_speaks_still() -> None:
    said = ("王 五：泵站的事,我们等了十年。", "李 四：我家门口再也不积水了。")
    assert run(PROSE[0], *said, *PROSE[1:]) == {}


@pytest.mark.parametrize(
    ("issuer", "date"),
    [
        ("某某县人力资源和社会保障局", "2024年11月15日"),
        ("上海市某某区人民法院", "二〇二四年十一月十五日"),
        ("某某股份有限公司董事会", "2024 年 11 月 20 日"),
        ("教务处", "2024年11月19日"),
    ],
)
def test_who_issued_a_document_and_when_ends_it(issuer: str, date: str) -> None:
    assert run(*PROSE, issuer, date) == {}


@pytest.mark.parametrize("above", [PROSE[2].replace("路面", "街面"), "泵站外景"])
def test_a_date_under_anything_else_is_the_pages(above: str) -> None:
    assert run(*PROSE, above, "2024年11月15日") == {"2024年11月15日": "date_line"}


def test_an_authors_name_set_wide_is_a_byline() -> None:
    assert run("金　苍", *PROSE, authors=("金苍",)) == {"金　苍": "byline"}


@pytest.mark.parametrize(
    "line",
    [
        "下载附件 (233 KB) 2024-10-12 22:25 上传",
        "IMG_2031.jpg (45.2 KB, 下载次数: 12)",
        "保存到相册",
        "登录/注册后可看大图",
        "马上注册,结交更多好友,享用更多功能,让你轻松玩转社区。",
        "天才一秒记住本站地址:www.example.com。手机版阅读网址:m.example.com",
        "喜欢长安旧梦请大家收藏:(www.example.com)长安旧梦某书阁更新速度全网最快。",
        "本章未完,请点击下一页继续阅读!",
        "商务合作请加微信:shenghuobang2024",
        "投稿请发至邮箱 abc@example.com",
        "编辑 郭庄 责编 邓旆光",
        "圖˙王翠麗",
        "応援すると応援コメントも書けます",
        "Are you sure you want to delete this article?",
        "(下载红星新闻,报料有奖!)",
        "返回首页,查看更多",
        "港口声明:此消息系转载自本网合作媒体,登载此文出于传递更多信息之目的,并不意味着赞同其观点或证实其描述。",
        "Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of Example.",
        "企業での記事共有や会議資料への転載・複製、注文印刷などをご希望の方は、リンク先をご覧ください。",
    ],
)
def test_what_a_site_prints_into_its_pages_goes(line: str) -> None:
    assert list(run(PROSE[0], PROSE[1], line, PROSE[2])) == [line]


@pytest.mark.parametrize(
    "line", ["서울 지하철 [연합뉴스 자료사진]", "개막식 <조직위 제공>", "회담장 [로이터=연합뉴스]"]
)
def test_whose_the_picture_is_in_korean_brackets(line: str) -> None:
    assert strays.is_caption(line)
    assert not strays.is_caption(f"{line.split(' ', maxsplit=1)[0]}은 내일부터 정상 운행한다고 밝혔다.")


def test_the_name_of_the_language_above_a_listing_is_none() -> None:
    lines = (block.text for block in LISTED)
    kept = prune(Draft(url="u", meta=Metadata(), blocks=LISTED), Config()).blocks
    assert [block.text for block in kept] == [line for line in lines if line not in ("js", "复制代码")]


LISTED = (
    Block(kind=Kind.PARAGRAPH, text=PROSE[0]),
    Block(kind=Kind.CODE, text="js"),
    Block(kind=Kind.CODE, text="复制代码"),
    Block(kind=Kind.CODE, text="const p = 1"),
    Block(kind=Kind.PARAGRAPH, text=PROSE[1]),
    Block(kind=Kind.CODE, text="python"),
    Block(kind=Kind.PARAGRAPH, text=PROSE[2]),
)


@pytest.mark.parametrize(
    ("text", "stays"), [("复制代码", False), ("Copy", False), ("copy", False), ("print(copy)", True)]
)
def test_the_button_that_copies_a_listing_is_none(text: str, stays: bool) -> None:
    blocks = (Block(kind=Kind.PARAGRAPH, text=PROSE[0]), Block(kind=Kind.CODE, text=text))
    done = prune(Draft(url="u", meta=Metadata(), blocks=(*blocks, Block(kind=Kind.PARAGRAPH, text=PROSE[1]))), Config())
    assert (text in [block.text for block in done.blocks]) == stays


@pytest.mark.parametrize(
    "line",
    [
        "喜欢这条河的人很多,老人们每天清早都到岸边散步,孩子们放学后也来这里放风筝。",
        "投稿人要在稿件里写明自己的姓名和地址,这是报社立下的规矩,四十年没有改过。",
        "商务合作是这次会谈的重点,双方签署了六份文件。",
        "下载附件后请逐项填写,于本月底前交到街道办事处。",
        "需要登录的系统有三个,市民可以用同一个密码。",
    ],
)
def test_sentences_that_only_begin_so_stay(line: str) -> None:
    assert run(PROSE[0], PROSE[1], line, PROSE[2]) == {}


@pytest.mark.parametrize("line", ["▼ “상장은 2년 뒤… 오래가는 기업으로” ▼", "▲泵站建成以后的这一年▲"])
def test_a_sub_heading_between_two_marks_is_no_caption(line: str) -> None:
    assert run(*PROSE[:2], line, PROSE[2]) == {}
