"""The small lines that Chinese editors set around a text fall by their whole form; sentences with their words stay."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract
from pipelines.pruning.prune import prune
from pipelines.pruning.strays import is_caption

TEXT = [
    f"<p>第{day}天，镇上的{day + 3}位居民来到会议厅，谁也不愿意它在冬天关门，大家在会上说了很久，一直到天黑才回家。</p>"
    for day in range(8)
]


def pruned(line: str, at: int) -> dict[str, str]:
    """Return what was removed, reason by text, of a page with a line at a place of its text."""
    inside = "".join([*TEXT[:at], f"<p>{line}</p>", *TEXT[at:]])
    page = f"<html><head><title>会议厅不关门</title></head><body><article><h1>会议厅不关门</h1>{inside}</article></body></html>"
    fetched = datetime(2026, 1, 1, tzinfo=UTC)
    draft = prune(extract(page, url="https://a.org/1", fetched_at=fetched, config=Config()), Config())
    assert sum("位居民来到" in block.text for block in draft.blocks) == 8
    assert line in "\n".join([block.text for block in draft.blocks] + [each.text for each in draft.removed])
    return {each.text: each.reason for each in draft.removed}


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("晨光日报记者 王小明", 8),
        ("晨光新闻首席记者 王小明 李华 实习生 张晓", 0),
        ("《晨光》作者 王小明", 1),
        ("（综合整理自晨光网、晚报等）", 8),
        ("（综合晨光社、晚报新闻报道）", 8),
        ("（编译自英国《晨光报》）", 8),
        ("图片均来自网络", 8),
        ("文中信息和图片来源于互联网。", 8),
        ("宣传科供稿 摄影/王小明 编辑/李华", 8),
        ("（原题为《会议厅要不要关门？镇上怎么说？》）", 8),
        ("本文原标题：《会议厅真的不关门了！居民：太好了......》", 0),
        ("（原标题：会议厅不关门了！“老房子”里的居民怎么说？他们等了多少年？）", 0),
        ("3、回复【会议厅】查看开放时间", 8),
        ("点击菜单栏【便民服务】解锁更多服务！", 8),
        ("看都看完了，点个【在看】再走吧", 8),
        ("更多相关资讯请关注：会议厅专区", 8),
        ("相关新闻，敬请继续关注晨光网。", 8),
        ("“年度会议厅评选”火热进行中！【点击投票】选出你心目中的会议厅", 0),
        ("新鲜事第一时间知道，快来晨光社区看看大家怎么说！下载客户端还有专享福利哦！", 0),
    ],
)
def test_a_line_around_the_text_falls(line: str, at: int) -> None:
    assert line in "\n".join(pruned(line, at))


@pytest.mark.parametrize(
    "line",
    [
        "晨光日报记者 王小明当天也在会议厅里，他说自己从来没有见过这么多的人。",
        "这座会议厅的图片来自网络上的一位老人，他把照片存了四十年才拿出来给大家看。",
        "原标题是老人自己起的，编辑后来把它改成了现在大家都知道的样子。",
        "老人回复【好】之后，镇上的居民才知道会议厅真的不会在这个冬天关门。",
        "下载客户端的人一天比一天多，镇上的工作人员欢迎大家到会议厅里来提意见。",
        "会议厅的照片很清楚，墙上的字也看得见，居民都说和记忆里一样（点击查看大图）",
    ],
)
def test_a_sentence_with_their_words_stays(line: str) -> None:
    assert line not in "\n".join(pruned(line, 4))


@pytest.mark.parametrize(
    "line",
    [
        "居民在会议厅门口排队。视频截图",
        "居民在会议厅门口排队。本文图片除特别标注外，均为晨光新闻记者王小明 图",
        "10月4日，居民来到会议厅。 通讯员刘娟 摄",
        "▲晨光日报全媒体图片记者王小明、李华摄",
    ],
)
def test_a_credit_at_its_end_tells_a_caption(line: str) -> None:
    assert is_caption(line)
