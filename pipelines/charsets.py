"""What is known of the legacy charsets: their many names, the codec that really reads them, and how likely a text is.

The names follow the WHATWG Encoding Standard (``gb2312`` is read as gb18030, ``iso-8859-1`` as windows-1252), because
that is how every browser reads the pages and therefore how their authors saw them.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Charset(NamedTuple):
    """``name`` is what the record says, ``codec`` the Python codec, ``likely`` gives 0–1 for a decoded sample."""

    name: str
    codec: str
    likely: Callable[[str], float]


# The most frequent characters of running text, in order; in news text the Chinese ones cover about 60 %, and about 6 %
# of the same bytes read with a wrong codec. More characters would not separate better, fewer fail on short texts.
_HANS = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法"
    "学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业"
    "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立"
    "及比员解水名真论处走义各入几口认条平系气题活更别打女变四总何电数安少报才结反受目量再感建务做接必场件计管期市直德资命山金指统区保至"
)
_HANT = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法"
    "學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業"
    "外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立"
    "及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報才結反受目量再感建務做接必場件計管期市直德資命山金指統區保至"
)
_JA_KANJI = frozenset(
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車"
    "何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教"
    "文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字"
)
_HANGUL = frozenset(
    "이다는의에을가고하지를은서로한도사기인아리자대어정시그나해과보수들일만라부스으했있니전주제것원게구면상장오여조공동세연내국안비우선"
    "성신모문중화계실진회경무교생할된되르위소음와년월등간까습합저더거없같"
)
_CJK_MARKS = frozenset("，。、：；！？（）《》「」『』【】〈〉“”‘’…—·　・～％")
_KANA = frozenset(chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD)))


HIGH_RUN = re.compile(rb"[\x80-\xff]+")
UTF_8_RUN = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")


def wide(text: str) -> int:
    """Return the number of non-ASCII characters."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _share_of(common: frozenset[str]) -> Callable[[str], float]:
    """Return a scorer: the share of a sample's non-ASCII characters that are in ``common``."""
    table = np.zeros(0x10000, dtype=np.bool_)
    table[[ord(char) for char in common]] = True

    def likely(sample: str) -> float:
        total = wide(sample)
        # A character is looked up by its number: a Counter of all of them takes ten times as long.
        points = np.frombuffer(sample.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        return int(np.count_nonzero(table[points])) / total if total else 0.0

    return likely


# Letters of the languages a codec serves: Czech in windows-1252 gives letters too (ì ø è ù), but no language's own.
_ALPHABETS_1252 = (
    "àâçéèêëîïôûùüœæ", "äöüß", "áéíñóúü", "ãáâàçéêíóôõúü", "àèéìíòóù", "åäöé", "æøåéòô", "áðéíóúýþæö",
    "ëïéèöüó", "äöõüšž", "àçèéíïòóúü",
)  # fmt: skip
_ALPHABETS_1250 = ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_ALPHABETS_1254 = ("çğıöşüâîûİ",)
_ALPHABETS_1257 = ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž")
_ALPHABETS_1258 = ("àáâãèéêìíòóôùúýăđơưçëîïöüœ",)

# A letter beside a Latin one, with one accented neighbour at most, or marks and signs that stand without letters of
# the upper half: Asian and Cyrillic bytes come in long runs.
_LETTER = re.compile(r"(?:(?<=[A-Za-z])|(?<![^\x00-\x7f]))[^\W\x00-\x7f\d_]{1,2}(?![^\W\x00-\x7f])")
_MARK = re.compile(r"(?<![^\x00-\x7f])[\xa0€‚„…‘’“”•–—™¡£§©«»\xad®°±²³´·º¿½¼¾ª×]{1,3}(?![^\x00-\x7f])")
# Signs inside a word (``Wa³êsa``, ``ÂµÏ``) are what Central European or Asian bytes look like in windows-1252.
_SIGN_IN_WORD = re.compile(r"(?<=[A-Za-zÀ-ÿ])[¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶¸¹º¼½¾¿](?=[a-zß-ÿ])")

# Letters and quotation marks of windows-1250 are control characters in iso-8859-2, which no page has.
_C1 = re.compile(r"[\x80-\x9f]")


def _latin(*alphabets: str) -> Callable[[str], float]:
    """Return a scorer: the share of well-placed letters of the one language that fits best, and of marks."""
    letters = [frozenset(alphabet + alphabet.upper()) for alphabet in alphabets]

    def likely(sample: str) -> float:
        total = wide(sample)
        if not total:
            return 0.0
        placed = Counter("".join(_LETTER.findall(sample)))
        in_one = max(sum(count for char, count in placed.items() if char in alphabet) for alphabet in letters)
        marks = sum(map(len, _MARK.findall(sample)))
        spoiled = 2 * len(_SIGN_IN_WORD.findall(sample)) + len(_C1.findall(sample))
        return max(0.0, (in_one + marks - spoiled) / total)

    return likely


# The share of a script's most common letters is 71 to 76 % in each (64 % in Belarusian), measured on the message
# catalogues of GNU programs; under a wrong codec it is about half of that.
_USUAL = 0.7


def _usualness(letters: str, common: frozenset[str]) -> float:
    """Return 1 where the common letters are as many as in running text, 0 where they are half of that or fewer."""
    share = sum(map(common.__contains__, letters)) / len(letters)
    return min(1.0, max(0.0, 2 * share / _USUAL - 1))


_CYRILLIC_COMMON = frozenset("оеаинтсрвлыкі")
# Beside a word stand no lines of tables either, which is what Chinese looks like in koi8-r and ibm866.
_CYRILLIC_WORD = re.compile(r"(?<![Ѐ-ӿ─-▟])(?:[А-ЯЀ-Џ]?[а-яѐ-џґ]{2,}|[А-ЯЀ-ЏҐ]{3,})(?![Ѐ-ӿ─-▟])")
_CAPITALS = 0.95
"""Weight of text all in capitals: headlines are, but so are Greek and Hebrew read as koi8-r."""


def _cyrillic(sample: str) -> float:
    """Share of letters in words of one sensible case, times how common they are (koi8-r read as 1251 swaps cases)."""
    total = wide(sample)
    words = "".join(_CYRILLIC_WORD.findall(sample))
    if not total or not words:
        return 0.0
    shouted = sum(map(str.isupper, words)) > 0.6 * len(words)
    return len(words) / total * _usualness(words.lower(), _CYRILLIC_COMMON) * (_CAPITALS if shouted else 1.0)


def _script(word: str, common: str) -> Callable[[str], float]:
    """Return a scorer for a script of its own: the share of letters in its words, times how common they are."""
    words = re.compile(f"(?<![^\\x00-\\x7f])(?:{word})(?![^\\x00-\\x7f])")
    frequent = frozenset(common)

    def likely(sample: str) -> float:
        total = wide(sample)
        found = "".join(words.findall(sample)).lower()
        return len(found) / total * _usualness(found, frequent) if found else 0.0

    return likely


# A capital begins a Greek word or all are; ς and the final letters of Hebrew end a word. Without that, Arabic is good
# Greek, and so are Russian capitals in koi8-r, since both follow the Latin alphabet.
_greek = _script("[Ά-ΏΑ-Ϋΐά-ρσ-ώ][ΐά-ρσ-ώ]*[ΐά-ώ]|[Ά-ΏΑ-Ϋ]{2,}", "αοετνισρμηπυκς")
_hebrew = _script("[\u0591-\u05d9\u05db\u05dc\u05de\u05e0-\u05e2\u05e4\u05e6-\u05f4]+[\u05d0-\u05f4]", "יותהלמרשנבא")
_arabic = _script("[\u060c-\u06d5]{2,}", "المينترودبهسة")
_thai = _script("[ก-๛]{2,}", "่าอรมก้นเงดัลีตบแไยส")
_western = _latin(*_ALPHABETS_1252, *_ALPHABETS_1250, *_ALPHABETS_1254, *_ALPHABETS_1257)
_japanese = _share_of(_KANA | _JA_KANJI | _CJK_MARKS)

UTF_8 = Charset("utf-8", "utf-8", lambda _: 1.0)
GB18030 = Charset("gb18030", "gb18030", _share_of(_HANS | _CJK_MARKS))
BIG5 = Charset("big5", "big5hkscs", _share_of(_HANT | _CJK_MARKS))
SHIFT_JIS = Charset("shift_jis", "cp932", _japanese)
EUC_JP = Charset("euc-jp", "euc_jp", _japanese)
EUC_KR = Charset("euc-kr", "cp949", _share_of(_HANGUL))
WINDOWS_1252 = Charset("windows-1252", "cp1252", _latin(*_ALPHABETS_1252))
WINDOWS_1250 = Charset("windows-1250", "cp1250", _latin(*_ALPHABETS_1250))
WINDOWS_1251 = Charset("windows-1251", "cp1251", _cyrillic)
WINDOWS_1253 = Charset("windows-1253", "cp1253", _greek)
WINDOWS_1254 = Charset("windows-1254", "cp1254", _latin(*_ALPHABETS_1254))
WINDOWS_1255 = Charset("windows-1255", "cp1255", _hebrew)
WINDOWS_1256 = Charset("windows-1256", "cp1256", _arabic)
WINDOWS_1257 = Charset("windows-1257", "cp1257", _latin(*_ALPHABETS_1257))
WINDOWS_874 = Charset("windows-874", "cp874", _thai)
ISO_8859_2 = Charset("iso-8859-2", "iso8859_2", _latin(*_ALPHABETS_1250, "äöüß"))
ISO_8859_5 = Charset("iso-8859-5", "iso8859_5", _cyrillic)
ISO_8859_6 = Charset("iso-8859-6", "iso8859_6", _arabic)
ISO_8859_7 = Charset("iso-8859-7", "iso8859_7", _greek)
KOI8_R = Charset("koi8-r", "koi8_r", _cyrillic)
KOI8_U = Charset("koi8-u", "koi8_u", _cyrillic)
IBM866 = Charset("ibm866", "cp866", _cyrillic)

LATIN: tuple[Charset, ...] = (WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257, ISO_8859_2)
_CYRILLIC = (WINDOWS_1251, KOI8_R, KOI8_U, IBM866, ISO_8859_5)
_SCRIPTS = (WINDOWS_1253, ISO_8859_7, WINDOWS_1255, WINDOWS_1256, ISO_8859_6, WINDOWS_874)
ASIAN: tuple[Charset, ...] = (GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR)
SINGLE_BYTE: tuple[Charset, ...] = (*LATIN, *_CYRILLIC, *_SCRIPTS)
"""Tried after the Asian ones when nothing, or something false, is declared; on equal scores the earlier is taken."""

_OTHERS = (
    Charset("utf-16le", "utf-16-le", lambda _: 0.3),
    Charset("utf-16be", "utf-16-be", lambda _: 0.3),
    Charset("iso-2022-jp", "iso2022_jp_ext", _japanese),
    Charset("hz-gb-2312", "hz", GB18030.likely),
    Charset("windows-1258", "cp1258", _latin(*_ALPHABETS_1258)),
    Charset("iso-8859-3", "iso8859_3", _western),
    Charset("iso-8859-4", "iso8859_4", _western),
    Charset("iso-8859-8", "iso8859_8", _hebrew),
    Charset("iso-8859-10", "iso8859_10", _western),
    Charset("iso-8859-13", "iso8859_13", _western),
    Charset("iso-8859-14", "iso8859_14", _western),
    Charset("iso-8859-15", "iso8859_15", _western),
    Charset("iso-8859-16", "iso8859_16", _western),
    Charset("macintosh", "mac_roman", _western),
    Charset("x-mac-cyrillic", "mac_cyrillic", _cyrillic),
)

_BY_NAME = {charset.name: charset for charset in (UTF_8, *ASIAN, *SINGLE_BYTE, *_OTHERS)}
_ALIASES = {
    "utf-8": "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4 unicode",
    "gb18030": "gb2312 gbk cp936 gb231280 csgb2312 csiso58gb231280 chinese isoir58 xgbk windows936 ms936 euccn gb",
    "big5": "big5hkscs cnbig5 csbig5 xxbig5 cp950 big5eten big5tw",
    "shift_jis": "sjis xsjis mskanji csshiftjis ms932 windows31j cp932 windows932",
    "euc-jp": "xeuc xeucjp cseucpkdfmtjapanese eucjpms ujis",
    "euc-kr": "ksc5601 ksc56011987 ksc56011989 ksc5601 korean cseuckr windows949 cp949 uhc isoir149 ksx1001",
    "iso-2022-jp": "csiso2022jp",
    "windows-1252": "iso88591 latin1 l1 ascii usascii cp1252 ansi iso885911987 cp819 xcp1252 isolatin1",
    "windows-1254": "iso88599 latin5 l5 cp1254 iso885991989 turkish",
    "windows-874": "tis620 iso885911 dos874 cp874",
    "iso-8859-2": "latin2 l2",
    "iso-8859-5": "cyrillic",
    "iso-8859-6": "arabic ecma114 asmo708",
    "iso-8859-7": "greek greek8 ecma118",
    "iso-8859-8": "hebrew visual iso88598i logical iso88598e",
    "iso-8859-15": "latin9 l9",
    "koi8-r": "koi koi8 cskoi8r",
    "koi8-u": "koi8ru",
    "macintosh": "mac macroman xmacroman csmacintosh",
    "x-mac-cyrillic": "xmacukrainian maccyrillic",
    "ibm866": "cp866 866",
    "utf-16le": "utf16 ucs2 iso10646ucs2 csunicode unicodefeff",
    "utf-16be": "unicodefffe",
    **{
        f"windows-{number}": f"cp{number} xcp{number} win{number}"
        for number in (1250, 1251, 1253, 1255, 1256, 1257, 1258)
    },
}


def _key(label: str) -> str:
    return "".join(char for char in label.lower() if char.isascii() and char.isalnum())


_BY_KEY = {_key(name): charset for name, charset in _BY_NAME.items()}
for _name, _labels in _ALIASES.items():
    _BY_KEY.update((label, _BY_NAME[_name]) for label in _labels.split())

_BY_LANGUAGE: dict[str, tuple[Charset, ...]] = {
    **dict.fromkeys(("cs", "pl", "sk", "hu", "sl", "hr", "ro", "sq"), (WINDOWS_1250, ISO_8859_2)),
    **dict.fromkeys(("lt", "lv", "et"), (WINDOWS_1257,)),
    **dict.fromkeys(("ru", "bg", "uk", "be", "mk", "sr"), (WINDOWS_1251, KOI8_R, KOI8_U)),
    "zh": (GB18030,),
    "ja": (SHIFT_JIS, EUC_JP),
    "ko": (EUC_KR,),
    "tr": (WINDOWS_1254,),
    "el": (WINDOWS_1253, ISO_8859_7),
    "he": (WINDOWS_1255,),
    "ar": (WINDOWS_1256,),
    "fa": (WINDOWS_1256,),
    "th": (WINDOWS_874,),
    "vi": (_BY_NAME["windows-1258"],),
}


def by_label(label: str) -> Charset | None:
    """Return the charset that a declared name means, spelled in any way; None for names nobody knows."""
    return _BY_KEY.get(_key(label))


def by_language(tag: str) -> tuple[Charset, ...]:
    """Return the legacy charsets that pages in the language of ``tag`` (``zh-TW``) were usually written in."""
    tag = tag.lower()
    if tag.startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant")):
        return (BIG5,)
    return _BY_LANGUAGE.get(tag[:2], ())


BIG5_MARKS = str.maketrans("•､∼♁☉‾¥¢£", "‧﹑～⊕⊙¯￥￠￡")
"""Where Python's big5hkscs differs from what browsers and Big5 itself mean (``馬克‧吐溫`` has U+2027)."""

# Characters that real pages use and the strict codec lacks: NEC row 13 in EUC-JP, ETEN extensions in Big5, euro in GBK.
_SECOND_CODEC = {"big5hkscs": "cp950", "euc_jp": "euc_jisx0213", "cp932": "shift_jisx0213"}
# The two halves of a character beyond U+FFFF each in UTF-8, as Java and old databases write emoji.
_CESU_8 = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def _rescue(error: UnicodeError) -> tuple[str, int]:
    """Read what the codec could not: by its sister codec, a stray byte between ASCII as windows-1252; else U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, body = error.start, error.object
    second = _SECOND_CODEC.get(error.encoding)
    if second:
        try:
            return body[start : start + 2].decode(second), min(start + 2, len(body))
        except UnicodeDecodeError:
            return "\ufffd", error.end
    if error.encoding == "utf-8" and (pair := _CESU_8.match(body, start)):
        units = pair[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le"), pair.end()
    byte = body[start : start + 1]
    if error.encoding == "gb18030" and byte == b"\x80":
        return "€", start + 1
    alone = body[max(0, start - 1) : start].isascii() and body[start + 1 : start + 2].isascii()
    if error.encoding == "utf-8" and alone and error.end == start + 1:
        return byte.decode("cp1252", "replace"), start + 1
    return "\ufffd", error.end


RESCUE = "polyglean.rescue"
codecs.register_error(RESCUE, _rescue)


def has_controls(body: bytes) -> bool:
    """Tell whether bytes hold a control character that is no white space; three comparisons of the whole at once."""
    codes = np.frombuffer(body, dtype=np.uint8)
    return bool((codes < 9).any() or (codes - np.uint8(14) < 18).any() or (codes == 0x7F).any())
