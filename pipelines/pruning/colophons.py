"""The small lines that Chinese editors set around a text, each told by its whole form.

Whose report it is ("新京报记者 陆一夫"), what it was put together from ("（综合整理自新华社等）"), what it was called
before ("（原题为《……》）"), who wrote, took and edited it ("宣传科供稿 摄影/张艳 编辑/苏芳"), what the reader is to do
next ("点个【在看】", "回复【社保】查询记录", "更多资讯请关注：……"). No sentence of an article has these forms: but
for the calls to press a button, the patterns are asked of the whole line.
"""

from __future__ import annotations

import re

from pipelines.forms import width
from pipelines.metadata import people

WIDTH, CALL_WIDTH = 100, 220
"""Columns of the widest line of these forms; a call to readers that holds a link may be a paragraph."""

_OPEN, _SHUT = r"（(【［\[", r"）)】］\]"
_FORMER = re.compile(
    rf"[{_OPEN}](?:本文|文章|此文)?(?:原标题|原標題|原题|原題)(?:[为為是]|\s?[:：]).{{1,120}}[{_SHUT}]"
    r"|(?:本文|文章|此文)(?:原标题|原標題|原题|原題)\s?[:：].{1,120}"
    r"|(?:原标题|原標題|原题|原題)\s?(?:[:：]|[为為])\s?《[^《》]{1,100}》"
)
_REPORTER = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{2,12}|《[\u4e00-\u9fff]{2,12}》)?\s?(?:首席|特约|特約|见习|見習|实习|實習|资深|全媒体|全媒體)*"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員)|《[\u4e00-\u9fff]{2,12}》\s?(?:特约)?作者)[\s\u3000]+"
    r"([\u4e00-\u9fff·]{2,5}(?:[\s\u3000、，,]+(?:(?:实习生|實習生|通讯员|通訊員|记者|記者|编辑|編輯|校对|責編|责编|摄影|审核)[\s\u3000]?)?[\u4e00-\u9fff·]{2,5}){0,5})"
)
_ROLE = re.compile("实习生|實習生|通讯员|通訊員|记者|記者|编辑|編輯|校对|責編|责编|摄影|审核")
_WHAT = "图片|圖片|照片|配图|信息|内容|素材|资料|資料|图文|視頻|视频|文字|数据"
_SOURCE = re.compile(
    rf"[{_OPEN}](?:本文|以上|内容|文章)?(?:(?:综合|綜合)?(?:整理|编译|編譯|摘编|摘編|节选|節選|改编|转载|轉載|转|轉|摘|选|選)自"
    rf"|(?:综合|綜合|据|據)(?=[^，。！？]{{2,60}}(?:报道|報道|報導|消息|新闻|新聞|社|报|報|网|網|媒体|媒體|等)[{_SHUT}]))[^，。！？]{{2,60}}[{_SHUT}]"
    rf"|(?:本文|文中|文章|以上|部分|本篇)?(?:{_WHAT})(?:(?:[、和与及])(?:{_WHAT}))?(?:均|都|全部|皆)?"
    r"(?:来源于|來源於|来源|來源|来自于?|來自於?|源自|摘自|取自|转自|选自|整理自)\s?[:：]?\s?(?:于|於)?(?:互联网|互聯網|网络|網絡|網路)"
    r"。?"
)
_CREDITS = re.compile(
    r"(?:摄影|攝影|编辑|編輯|文字|撰稿|撰文|通讯员|審核|审核|校对|责编|图片|供稿|制图|统筹)\s?[/／丨|｜]"
)
_GIVEN = re.compile(r"(?:供稿|供图|供圖)(?=[\s\u3000/／丨|｜:：])")
_REPLY = re.compile(
    r"\W*(?:\d{1,2}[、.．)）])?\W{0,3}(?:(?:在)?[^\s，。]{0,10}(?:公众号|公眾號|公号|后台|後台|对话框|聊天框|消息框)[^\s，。]{0,10})?"
    r"(?:[，,\s]{0,2})(?:直接)?(?:回复|回覆|发送|输入)\s?(?:关键词|关键字|数字|暗号)?\s?[【“「『\[〖《]\s?[^】”」』\]〗》\s]{1,16}\s?[】”」』\]〗》].{0,40}"
    r"|\W*点击(?:下方|底部)?(?:菜单栏|菜單欄)\s?[【“「『\[〖].{2,60}"
)
_LOOKING = re.compile(
    r"[^。！？]{0,30}(?:点|點|戳|按)(?:个|個|一下|亮)?\s?[【“「『\[〖]?(?:在看|好看|赞和在看|赞)[】”」』\]〗]?(?:[^。]{0,24})"
)
_ASKED = re.compile(r"[【“「『\[〖](?:在看|好看)[】”」』\]〗]|点个?在看|點個?在看")
_MORE = re.compile(
    r"(?:更多|相关|相關)(?:相关|精彩|热门|最新|游戏|新闻|內容|内容|资讯|資訊|攻略|信息|消息|報導|报道|文章|精选|[、和与]){1,4}[，,]?\s?"
    r"(?:请|請|敬请|敬請|欢迎|歡迎|尽在|盡在)(?:继续|繼續|持续|持續|关注|關注|点击|點擊|锁定|前往|访问|收看|收听|浏览|留意|期待)*\s?[:：]?\s?"
    r"[^。，！？]{0,40}[。！~～]?"
)
_BUTTON = re.compile(
    r"[【\[〖(（](?:请|>>)?(?:点击|點擊|立即|马上|戳此|戳这里)(?:此处|此處|这里|這裡|进入|進入)?"
    r"(?:投票|报名|報名|下载|下載|参与|參與|领取|領取|预约|預約|购买|購買|抢购|搶購|试用|試用|开户|開戶|咨询|諮詢|观看|觀看|查看|进入|进群|加入)[^】\]〗)）]{0,12}[】\]〗)）]"
)
_CALLED = re.compile(
    r"(?:快来|赶快|赶紧|欢迎|立即|马上|戳)[^。！!]{0,60}.{0,80}下载[^。！!]{0,16}(?:客户端|APP|App|app)[^。！!]{0,24}[！!哦~～]"
)
_PRESSED = ("点击", "點擊", "立即", "下载")
BUTTON_SHARE = 0.4
"""Share of a line from which a button is the line; a paragraph may end in one ("（点击查看大图）"), without a call."""


def reason(text: str) -> str | None:
    """Return the reason to drop a line of one of these forms, None for any other line."""
    if len(text) > CALL_WIDTH or text.isascii():
        return None
    if any(map(text.__contains__, _PRESSED)) and _calls(text):  # few lines
        return "advert"
    if len(text) > WIDTH:
        return None
    if "原" in text and _FORMER.fullmatch(text):
        return "source_line"
    return None if width(text) > WIDTH else _short(text)


def _short(text: str) -> str | None:
    """Return the reason to drop a line of the narrow forms."""
    if (found := _REPORTER.fullmatch(text)) and people.are_han_names(people.split(_ROLE.sub(" ", found[1]))):
        return "byline"
    if _SOURCE.fullmatch(text):
        return "source_line"
    if not text.endswith(("。", "！", "？", "：")) and len(_CREDITS.findall(text)) + bool(_GIVEN.search(text)) >= 2:
        return "editor_credit"
    if _REPLY.fullmatch(text):
        return "advert"
    if ("在看" in text or "好看" in text) and _LOOKING.fullmatch(text) and _ASKED.search(text):
        return "share_bar"
    return "related_links" if _MORE.fullmatch(text) else None


def _calls(text: str) -> bool:
    """Say whether a line calls its readers to a button or to an app."""
    button = _BUTTON.search(text)
    if button and (len(button[0]) >= BUTTON_SHARE * len(text) or ("！" in text and not text.endswith("。"))):
        return True
    return _CALLED.search(text) is not None
