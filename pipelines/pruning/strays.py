"""Lines that their form alone shows to be none of the article's, whole sentences among them.

Scripts shown as text, pointers to other articles, lines of the page between two paragraphs (where the text goes on,
follow us, a box that asks before it loads what others made), captions that end in whose the picture is. The words are
data (``data/strays.toml``); no phrase is enough where a sentence of an article may hold it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from pipelines import forms, lexicon
from pipelines.metadata import people
from pipelines.model import Block, Kind
from pipelines.pruning import calls, colophons

_CALLED_AT_ONCE = re.compile(r"[;!(+\s]*function\s*\w*\s*\([^)]{0,80}\)\s*\{")
_OF_A_PAGE = re.compile(r"\b(?:document\.|window\.|JSON\.parse\(|addEventListener\(|dataLayer)")
_ARROW = re.compile(r"\s*(?:[>＞]{1,3}|[+»►▶→➔➜⇒▸☞])\s*\S")
LINKED = 0.5
"""Share of link text from which a line behind an arrow is a pointer: of the blocks of 526 public pages whose body is
known 12 are such lines inside the running text, and none of them is the article's."""
_CREDITED = re.compile(
    r"[(\[【（［](?:[^()（）\[\]【】［］]{0,12}(?:资料|資料|翻攝|翻摄|取自|提供|사진|제공)[^()（）\[\]【】［］]{0,24}"
    r"|[^()（）\[\]【】［］]{0,10}[圖图攝摄照][^()（）\[\]【】［］]{0,16})[)\]】）］]\s*$"
)
_DENSE_CREDIT = re.compile(
    r"(?:[\s。，、（(](?:[^\s。，、（(]{0,10}(?:记者|記者|通讯员|通訊員))?\s?[\u4e00-\u9fff]{1,3}\s?[\u4e00-\u9fff]?\s[摄攝]"
    r"|(?:记者|記者|通讯员|通訊員)\s?[\u4e00-\u9fff·]{2,5}(?:[、\s][\u4e00-\u9fff]{2,4}){0,3}(?:[摄攝]|\s[图圖])"
    r"|(?:图片|圖片|照片)[^。]{0,14}均[为為由][^。]{2,24}(?:[图圖摄攝]|提供)"
    r"|[\s。！？…](?:[视視][频頻]|网络|網絡|网页|微博|直播|节目|影片|报道|電視|电视)[截擷]?[图圖]"
    r"|[\s。，（(][^\s。，；！？（(]{2,12}\s?[供][图圖]|^[^\s。，；！？（(]{2,8}[供][图圖]"
    r"|(?:사진|자료)\s?(?:제공)?\s?[=＝]\s?[^.。]{2,24}"
    r"|[\[【<](?:[^\[\]【】<>.]{0,20}(?:자료\s?사진|제공|캡처|갈무리)|(?:[A-Z]{2,4}|로이터|신화)?[=＝]?(?:연합뉴스|뉴시스|뉴스1))[\]】>]"
    r"|[（(\[]写真(?:提供)?\s?[:：=＝][^（()）]{2,24})[)）\]]?$"
)
"""Whose the picture is, where Chinese, Japanese and Korean pages write it: "新华社记者 江汉 摄", "受访者供图",
"/사진=한빛반도체", "[연합뉴스 자료사진]", "（写真：共同通信）"."""
_PLAYER = re.compile(
    r"0?0:00(?::00)?\s?/\s?\d{1,2}:\d\d(?::\d\d)?"
    r"|(?:(?:current|remaining)\stime|stream\stype|loaded)\s?:?\s?-?(?:\d[\d:.]*%?|live)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?:下载附件|下載附件|保存到相册|保存到相冊|点击文件名下载附件|點擊文件名下載附件|登录/注册后可看大图"
    r"|[\w.-]{1,80}\.\w{2,4}(?=\s?\()|\([\d.,]+\s?[KMG]?B(?:,\s?(?:下载次数|下載次數|阅读权限|售价)[:：]\s?\w+)*\)"
    r"|\d{4}-\d{1,2}-\d{1,2}\s\d\d:\d\d(?::\d\d)?\s(?:上传|上傳)|\s)+"
)
"""What forums write by a picture or a file of a post: "下载附件 (233 KB) 2024-10-12 22:25 上传"."""
_ADDRESS = r"[\w.+-]{2,40}@[\w-]+(?:\.[\w-]+)+"
_SIGNATURE = re.compile(
    rf"\W*(?:[가-힣]{{2,6}}\s?[=＝]\s?)?[가-힣]{{2,4}}\s?(?:[가-힣]{{2,4}})?(?:기자|특파원|논설위원|에디터)(?:\W{{1,3}}{_ADDRESS})?\W*|\W*{_ADDRESS}\W*"
)
"""A Korean journalist's name, with his place and address or without, or the address alone: an article's last line."""
_EDITING = (
    "责任编辑|責任編輯|核稿編輯|(?:本期|实习|值班|执行|新媒体|网络|微信|图片|视频|流程)编辑|责编|编辑|編輯|校对|校對|审核"
    "|終審|终审|复审|初审|监制|统筹|美编|排版"
)
_EDITORS = re.compile(
    rf"\W*(?:{_EDITING})[\s\u3000|｜丨/]+([\u4e00-\u9fff]{{2,4}}(?:[\s、，\u3000|｜丨/]+[\u4e00-\u9fff]{{2,4}}){{0,7}})\W*"
)
_EDITING_WORD = re.compile(rf"(?:^|[\s、，\u3000|｜丨/]+)(?:{_EDITING})[\s\u3000|｜丨/]")
"""Who edited a text, set off by a space or a stroke: 编辑 甘浩, 编辑 郭庄 责编 邓旆光, 编辑 甘浩 ｜ 排版 郭庄."""
_SIGN_OFF = re.compile(rf"[◎☞][가-힣\s]{{2,30}}{_ADDRESS}\s*")
"""A Korean agency's words for itself under its text, and a journalist's address."""
_HANGUL = re.compile("[가-힣]")
MAX_BUTTON = 24
"""Characters of the longest text of a button."""
_SAID, _PICTURES = frozenset('…“”"„«»「」『』‘’?!？！\ufe0f'), "\U0001f000"
"""Marks of speech, and the first of the little pictures: in a line by themselves they are the author's."""
RULE = 200
"""Characters of a line that is looked at as a rule between parts."""
_NAME = r"(?:[^\s!?:;()]|(?<!\.)[ \t]|(?<=\b[^\W\d_]\.)[ \t]){2,60}"
PLEAS = {
    "plea": "subscription",
    "letter": "subscription",
    "follow": "subscription",
    "plea_turkish": "subscription",
    "here": "subscription",
    "more": "subscription",
    "gift": "subscription",
    "app": "advert",
}
"""Tables of calls and channels, and the reason that each drops a line for."""
_MARKED = re.compile(r"\s*[▲△]\s?[^\u3040-\u30ff가-힣▲△]*[\u4e00-\u9fff][^\u3040-\u30ff가-힣▲△]*$")
"""Without kana and Hangul: in Japanese and Korean these begin the items of a list. A second one ends a head."""
BOX_LINES, BOX_HEAD, BOX_WIDTH = 5, 90, 170
"""Lines above the small print among which the head of a box is looked for, columns of that head and of the others."""
CREDIT_WIDTH, PLEA_WIDTH, CONSENT_WIDTH, EDITORS_WIDTH = 160, 150, 400, 48
"""Columns of the widest line that each of these rules looks at."""


def is_script(text: str) -> bool:
    """Tell whether a text is a script of the page that a broken template shows; code of an article is another kind."""
    return _CALLED_AT_ONCE.match(text) is not None and _OF_A_PAGE.search(text) is not None


def machine(block: Block, following: Block | None) -> str | None:
    """Return the reason to drop a listing that is no more than the button that copies it, or a script shown as text.

    So is the name of the language above the ``following`` listing. A line without a letter or digit ("* * *", "———") is
    a rule between parts that the paragraphs part already: it says nothing, and a translator makes words of it.
    """
    if block.kind is not Kind.CODE:
        if block.kind is not Kind.TABLE_ROW and _is_rule(block.text):
            return "separator"
        return "script" if is_script(block.text) else None
    if len(block.text) > MAX_BUTTON:
        return None
    line, above = lexicon.fold(block.text), following is not None and following.kind is Kind.CODE
    words = _words()
    return "navigation" if line in words["listing.button"] or (above and line in words["listing.language"]) else None


def _is_rule(text: str) -> bool:
    """Tell whether a line has only marks that part: no letter, no silence or outcry that somebody writes (“……”, 🥹)."""
    return len(text) <= RULE and not any(mark.isalnum() or mark in _SAID or mark >= _PICTURES for mark in text)


def is_pointer(block: Block) -> bool:
    """Tell whether a paragraph sends the reader elsewhere: a link behind an arrow (">> The trial, day by day <<").

    The words for it do as well ("Leggi anche Quanto costeranno i biglietti").
    """
    if block.kind is not Kind.PARAGRAPH or block.link_density < LINKED:
        return False
    return _ARROW.match(block.text) is not None or lexicon.points(block.text)


def is_credited(text: str) -> bool:
    """Tell whether a text ends in where its picture is from, in Chinese, Japanese or Korean ("……。（資料照）").

    Such a sentence right above the text is the caption of the picture there.
    """
    return not text.isascii() and _CREDITED.search(text) is not None


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption by its end alone ("Le tram. © Radio France - Jean Martin", "(Foto: dpa)")."""
    columns = forms.width(text)
    if columns > CREDIT_WIDTH or forms.is_sentence(text):
        return False
    if not text.isascii() and _DENSE_CREDIT.search(text):
        return True
    hit = _credit().search(text)
    return hit is not None and any(map(_is_owner, filter(None, hit.groups())))


def _is_owner(name: str) -> bool:
    """Say whether what follows the word for a picture is a name: no small letter begins it but a known house's."""
    return not name[:1].islower() or _starts(lexicon.fold(name), _words()["credit.house"])


def service(text: str) -> str | None:
    """Return the reason to drop a line that speaks of the page and not of its subject, None for any other line."""
    columns, words = forms.width(text), _words()
    if columns <= EDITORS_WIDTH and not text.isascii() and (credit := _EDITORS.fullmatch(text)):
        return "editor_credit" if people.are_han_names(people.split(_EDITING_WORD.sub(" ", credit[1]))) else None
    if found := colophons.reason(text) or calls.reason(text):
        return found
    if columns > CONSENT_WIDTH or forms.begins_quotation(text):
        return None
    if _starts(_opening(text), words["service.long"]):
        return "advert"
    if columns > PLEA_WIDTH:
        return None
    if _PLAYER.fullmatch(text) or (not text.isascii() and _ATTACHED.fullmatch(text)):
        return "navigation"
    if _SIGN_OFF.fullmatch(text):
        return "advert"
    line = _unmarked(lexicon.fold(text))
    if _starts(line, words["service.firm"]) or _starts(line, words["service.start"], 0.5):
        return "advert"
    if not any(map(line.__contains__, words["ascii channels" if line.isascii() else "channels"])):  # most lines
        return None
    return next((reason for table, reason in PLEAS.items() if _pleads(line, table)), None)


def _pleads(line: str, table: str) -> bool:
    """Say whether a clause of a folded line begins with a call of a table, with one of its channels in or after it."""
    channels, call = _words()[f"{table}.channel"], _calls(table).search(line)
    if call is None:
        return False
    said = line if table == "here" else line[call.start() :]
    return any(map(said.__contains__, channels))


def is_signature(text: str, above: str) -> bool:
    """Tell whether a line is a Korean journalist's name or address; ``above`` is the last paragraph of the text."""
    return forms.width(text) <= 60 and _SIGNATURE.fullmatch(text) is not None and _HANGUL.search(above) is not None


def asks_consent(text: str) -> bool:
    """Tell whether a text asks before the page loads what others made ("To view this content, accept cookies")."""
    if forms.width(text) > CONSENT_WIDTH:
        return False
    line, words = text.lower(), _words()
    return any(map(line.__contains__, words["consent.what"])) and any(map(line.__contains__, words["consent.ask"]))


def heads_consent(text: str) -> bool:
    """Tell whether a line is the label of such a box ("Allow Twitter content?")."""
    line = lexicon.fold(text)
    return forms.width(text) <= 60 and any(head in line for head in _words()["consent.head"])


def box(texts: Sequence[str], end: int) -> range:
    """Return the lines of a box for a newsletter of which ``texts[end]`` is the small print; none without its head."""
    if forms.width(texts[end]) > CONSENT_WIDTH or not _starts(_opening(texts[end]), _words()["box.end"]):
        return range(0)
    named = range(0)
    for at in range(end - 1, max(-1, end - BOX_LINES), -1):
        columns = forms.width(texts[at])
        if columns <= BOX_HEAD:
            opening, words = _opening(texts[at]), _words()
            if _starts(opening, words["box.head"]):
                return range(at, end + 1)
            if any(map(opening.__contains__, words["letter.channel"])):  # a head that only names it
                named = range(at, end + 1)
        if columns > BOX_WIDTH:
            break
    return named


def is_marked(text: str) -> bool:
    """Tell whether a Chinese line begins with the mark of a caption ("▲青铜器展厅内，孩子们正在听讲解。")."""
    return _MARKED.match(text) is not None and forms.width(text) <= CREDIT_WIDTH


def _unmarked(line: str) -> str:
    """Return a folded line without the marks before it, quotation marks aside."""
    at = next((at for at, char in enumerate(line) if char.isalnum() or char in "\"'◎☞▶↓※"), len(line))
    return line[at:]


def _starts(line: str, phrases: tuple[str, ...], share: float = 0.0) -> bool:
    """Say whether a folded line begins with one of these phrases, a word ends there, and it is a share of the line."""
    if not line.startswith(phrases):  # most lines, in a tenth of the time
        return False
    least = share * len(line)
    return any(
        line.startswith(phrase) and len(phrase) >= least and lexicon.ends_word(line, len(phrase)) for phrase in phrases
    )


@lru_cache(maxsize=64)
def _opening(text: str) -> str:
    """Return the first words of a text as the phrases are written; to fold the whole of a paragraph is dear."""
    return _unmarked(lexicon.fold(text[:80]))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return the phrases of the data, folded, by table and list, and the channels of all tables, in ASCII or not."""
    data = tomllib.loads(resources.files("pipelines").joinpath("data/strays.toml").read_text("utf-8"))
    words = {
        f"{table}.{name}": tuple(lexicon.fold(phrase) for phrase in phrases)
        for table, lists in data.items()
        for name, phrases in lists.items()
    }
    channels = tuple(dict.fromkeys(channel for table in PLEAS for channel in words[f"{table}.channel"]))
    return words | {"channels": channels, "ascii channels": tuple(filter(str.isascii, channels))}


@cache
def _calls(table: str) -> re.Pattern[str]:
    """Return the pattern of a call of a table at the beginning of a clause."""
    calls = "|".join(map(re.escape, sorted(_words()[f"{table}.call"], key=len, reverse=True)))
    return re.compile(
        r"(?:^|(?:^|[.!?]\s)(?:for|to|if you|pour|para|per|um|чтобы|щоб)\b[^.!?]{3,70},\s|[.!?:]\s|\s[–—|-]\s)"
        rf"(?:{calls})(?!\w)"
    )


@cache
def _credit() -> re.Pattern[str]:
    """Return the pattern of a credit that ends a line: a word for a picture and a name, or © and a name."""
    words = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(_words()["credit.word"], key=len)[::-1])
    return re.compile(
        rf"(?:[.!?…»”\"]\s|\s[—–|/]\s?|[(\[]\s?)(?:{words})(?:\s?[:：]\s?|\s(?-i:(?![a-zß-öø-ÿа-я])))({_NAME})\s?[)\]]?$"
        rf"|(?:^|[.!?…)]\s|\w\s)©\s?(?=[^\W\d])({_NAME})[)\]]?$",
        re.IGNORECASE,
    )
