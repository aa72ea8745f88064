"""Invented captures in many languages and forms: what is kept, word for word, and what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from pipelines import capture
from pipelines.config import Config
from pipelines.model import Draft
from pipelines.pruning.prune import prune

FETCHED = datetime(2024, 10, 1, 12, 0, tzinfo=UTC)


def read(text: str) -> Draft:
    return prune(capture.extract(text, url="file:x.txt", fetched_at=FETCHED, config=Config()), Config())


def kept(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


@dataclass(frozen=True, kw_only=True)
class Page:
    name: str
    head: str
    body: list[str]
    tail: str
    title: str | None = None
    day: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    between: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        middle = []
        for index, paragraph in enumerate(self.body):
            middle += [paragraph, self.between[index]] if index in self.between else [paragraph]
        return "\n\n".join(part for part in (self.head, *middle, self.tail) if part)


ENGLISH = [
    "A storm that crossed the northern coast on Tuesday night left more than forty thousand homes without power, the "
    "grid operator said, and crews were still working on the last lines when the sun came up.",
    "The worst damage was reported from two fishing villages near the cape, where waves broke through a wall that was "
    "finished only two years ago. Nobody was hurt.",
    "What happens next",
    '"We will look at the wall stone by stone before anybody says a word about money," the mayor of the larger village '
    "told reporters. She added that a first report was due in three weeks.",
    "Schools along the coast stay closed until Friday, and the railway expects to run a reduced timetable for the rest of "
    "the week. Travellers can change their tickets without a fee.",
]
CHINESE = [
    "本市首条无人驾驶公交线路十五日正式投入运营，首日客流超过六千人次，比预期高出近三成。",
    "这条线路全长十二公里，设有九个站点，连接高铁站与大学城。车辆由本地一家企业研制，最高时速四十公里，车上仍配有一名安全员。",
    "票价与时间",
    "市交通局局长在启动仪式上表示，试运营期间票价为两元，六十岁以上老人免费。他说，如果运行平稳，明年还将再开两条线路。",
    "不少市民专程赶来体验。家住附近的王女士说，车子起步很稳，转弯也不急，就是到站播报的声音有点小。",
]
TRADITIONAL = [
    "颱風外圍環流影響，東部山區昨天累積雨量超過三百毫米，多處道路坍方，公路局緊急封閉兩個路段搶修。",
    "氣象單位指出，這波降雨將持續到週四，民眾應避免前往山區及溪邊活動。地方政府已經撤離兩百多名居民，安置在三所國小。",
    "當地農會估計，文旦柚的損失可能超過兩成，不過要等到雨停之後才能進園查看，實際數字將在下週公布。",
]
JAPANESE = [
    "市は八日、老朽化した中央図書館を建て替える方針を発表した。新しい建物は駅の南側に移り、延べ床面積は今の二倍になる見通しだ。",
    "計画によると、一階に子ども向けの読書室とカフェを置き、二階以上を一般の閲覧室とする。開館は四年後の春を目指すという。",
    "市長は記者会見で「本を借りるだけでなく、人が集まる場所にしたい」と話した。費用は約四十億円で、市民説明会は来月開かれる。",
]
GERMAN = [
    "Der Stadtrat hat am Donnerstagabend beschlossen, die alte Brücke am Hafen nicht abzureißen, sondern zu sanieren. Die "
    "Arbeiten sollen im kommenden Frühjahr beginnen und rund zwei Jahre dauern.",
    "Nach Angaben der Verwaltung kostet das Vorhaben neun Millionen Euro, von denen das Land zwei Drittel übernimmt. Die "
    "Opposition hatte einen Neubau gefordert.",
    "Während der Bauzeit wird der Verkehr über die Nordbrücke geleitet. Radfahrer und Fußgänger können eine Fähre nutzen, "
    "die alle zwanzig Minuten verkehrt und kostenlos ist.",
]
SPANISH = [
    "El ayuntamiento anunció este miércoles que el mercado central cerrará durante seis meses para renovar el tejado, que "
    "data de 1931 y presenta filtraciones desde hace varios inviernos.",
    "Los comerciantes se trasladarán a una carpa instalada en la plaza mayor. La concejala de comercio aseguró que nadie "
    "perderá su puesto y que el alquiler no subirá tras las obras.",
    "La oposición criticó que el plan no incluye un aparcamiento y pidió que se debata otra vez en el pleno de octubre.",
]
RUSSIAN = [
    "В городе открыли новый мост через реку, строительство которого продолжалось почти пять лет. Движение по нему началось в "
    "шесть часов утра, сообщили в мэрии.",
    "По словам главного инженера, мост выдержит поток до сорока тысяч машин в сутки. Старую переправу закроют на ремонт в "
    "октябре, и до весны весь транспорт пойдёт по новой дороге.",
    "Жители соседних домов попросили установить шумовые экраны. В администрации ответили, что деньги на них уже выделены.",
]
FRENCH = [
    "La mairie a confirmé mardi que les tramways circuleront de nouveau toute la nuit le week-end, une mesure abandonnée il y "
    "a huit ans faute de conducteurs.",
    "Selon l'opérateur, douze rames seront mobilisées entre minuit et cinq heures, avec un passage toutes les vingt minutes. "
    "Le coût est estimé à deux millions d'euros par an.",
    "Les riverains de la ligne B craignent le bruit. Une réunion publique est prévue le mois prochain à l'hôtel de ville.",
]
KOREAN = [
    "시는 12일 낡은 시립 수영장을 헐고 그 자리에 체육관과 도서관을 함께 짓겠다고 밝혔다. 공사는 내년 3월에 시작해 2년 동안 이어진다.",
    "시 관계자는 총사업비가 320억 원이며 그 가운데 절반을 국비로 충당한다고 설명했다. 주민 설명회는 다음 달 초에 두 차례 열린다.",
    "인근 상인들은 공사 기간에 손님이 줄어들 것을 걱정하고 있다. 시는 임시 주차장을 마련해 불편을 줄이겠다고 약속했다.",
]

PAGES = [
    Page(
        name="en portal",
        head="Daily Harbour\nHome\nNews\nSport\nOpinion\nHome > News > Coast\n\nStorm cuts power to forty thousand homes on the coast"
        "\n\nBy Jane Miller\nPublished: 12 September 2024 08:15\n\nFacebook\nTwitter\nWhatsApp\nCopy link",
        body=ENGLISH,
        tail="Read more:\nFerry company orders two new ships\nWhat the new sea wall was meant to do\n\nMost read\n1\nMan finds ring in "
        "fish\n2\nTown hall sells its clock\n3\nTen walks along the cape\n\nComments (14)\nLog in to comment\n\n"
        "© 2024 Daily Harbour Ltd. All rights reserved.",
        title="Storm cuts power to forty thousand homes on the coast",
        day="2024-09-12",
        section="Coast",
        authors=("Jane Miller",),
        between={1: "Advertisement"},
    ),
    Page(
        name="en selection with inline links",
        head="Storm cuts power to forty thousand homes",
        body=ENGLISH,
        tail="Sign up for our free newsletter and get the morning's news in your inbox.\n\nRelated stories\n\n"
        "Ferry company orders two new ships\n\nSeptember 3, 2024\n\nTown hall sells its clock\n\nAugust 29, 2024",
        title="Storm cuts power to forty thousand homes",
        between={0: "Read also: What the new sea wall was meant to do", 3: "Story continues below advertisement"},
    ),
    Page(
        name="zh portal",
        head="当前位置：首页 > 新闻 > 本地\n\n首条无人驾驶公交线路开通 首日客流超六千\n\n2024-09-15 09:20 来源：江城晚报 作者：李明\n\n"
        "字号：大 中 小\n分享到：",
        body=CHINESE,
        tail="（责任编辑：赵六）\n\n相关阅读\n高铁站南广场月底启用\n大学城新增三处停车场\n地铁四号线最新进展来了\n\n"
        "免责声明：本文仅代表作者个人观点，与本网无关。\n\n扫一扫关注江城晚报微信公众号\n\n网友评论\n登录后发表评论",
        title="首条无人驾驶公交线路开通 首日客流超六千",
        day="2024-09-15",
        authors=("李明",),
        between={1: "首条无人驾驶公交线路开通 首日客流超六千"},
    ),
    Page(
        name="zh dated list",
        head="首条无人驾驶公交线路开通\n2024年9月15日",
        body=CHINESE,
        tail="热门推荐\n高铁站南广场月底启用，公交线路将有这些变化\n江城晚报\n2024-09-14 10:11:12\n大学城新增三处停车场，收费标准公布\n城市"
        "观察\n2024-09-13 18:01:44\n地铁四号线最新进展来了，市民最关心的问题有答案\n轨道新闻\n2024-09-12 07:30:05",
        title="首条无人驾驶公交线路开通",
        day="2024-09-15",
    ),
    Page(
        name="zh tail without a heading",
        head="首条无人驾驶公交线路开通",
        body=CHINESE,
        tail="编辑：王五 审核：赵六\n上一篇：高铁站南广场月底启用\n下一篇：大学城新增三处停车场\n京ICP备12345678号-1",
        title="首条无人驾驶公交线路开通",
    ),
    Page(
        name="zh hant",
        head="首頁 ›› 生活 ›› 氣象\n東部豪雨釀坍方 公路局封閉兩路段\n2024/09/18 14:05\n〔記者陳大同／花蓮報導〕",
        body=TRADITIONAL,
        tail="延伸閱讀\n週末天氣搶先看\n文旦柚怎麼挑？農會教三招\n\n不用抽 不用搶 現在用APP看新聞 保證天天中獎\n點我下載APP\n按讚加入粉絲團",
        title="東部豪雨釀坍方 公路局封閉兩路段",
        day="2024-09-18",
        authors=("陳大同",),
    ),
    Page(
        name="ja",
        head="ホーム > ニュース > 地域\n中央図書館、駅南へ移転　四年後の開館めざす\n2024年9月8日 18時30分\nシェア\nツイート\n印刷",
        body=JAPANESE,
        tail="関連記事\n駅前広場の再整備、来春着工へ\n子ども読書の日に朗読会\n\nアクセスランキング\n1\n温泉街に新しい足湯\n2\n秋祭りの日程決まる"
        "\n\n無断転載を禁じます。",
        title="中央図書館、駅南へ移転 四年後の開館めざす",
        day="2024-09-08",
    ),
    Page(
        name="de",
        head="Startseite\nLokales\nSport\n\nAlte Hafenbrücke wird saniert\n\nVon Petra Schulz\n\n19.09.2024, 21:14 Uhr\n\nTeilen\nDrucken",
        body=GERMAN,
        tail="Lesen Sie auch\n\nFähre fährt wieder nach Plan\n\nNeues Dach für die Markthalle\n\nKommentare\n\nKommentar schreiben\n\n"
        "Impressum\nDatenschutz\nAGB",
        title="Alte Hafenbrücke wird saniert",
        day="2024-09-19",
        authors=("Petra Schulz",),
        between={0: "- Anzeige -"},
    ),
    Page(
        name="es",
        head="Inicio » Ciudad » Comercio\n\nEl mercado central cerrará seis meses por obras\n\n18 de septiembre de 2024\n\nCompartir en "
        "Facebook\nCompartir en Twitter",
        body=SPANISH,
        tail="Te puede interesar\n\nLa plaza mayor estrena iluminación\n\nAbren las piscinas cubiertas\n\nDeja un comentario\n\nTu dirección "
        "de correo electrónico no será publicada.",
        title="El mercado central cerrará seis meses por obras",
        day="2024-09-18",
        section="Comercio",
    ),
    Page(
        name="ru",
        head="Главная → Город\n\nНовый мост через реку открыт для движения\n\n17 сентября 2024, 09:40\n\nПоделиться\nВКонтакте\nTelegram",
        body=RUSSIAN,
        tail="Читайте также\n\nНабережную закроют на неделю\n\nВ парке высадили сто лип\n\nКомментарии\n\nОставить комментарий\n\nПодписывайтесь "
        "на наш канал в Telegram",
        title="Новый мост через реку открыт для движения",
        day="2024-09-17",
    ),
    Page(
        name="fr",
        head="Accueil > Transports\n\nLes tramways rouleront toute la nuit le week-end\n\nPublié le 24 septembre 2024 à 18h05\n\nPartager",
        body=FRENCH,
        tail="À lire aussi\n\nLa ligne C prolongée jusqu'à l'hôpital\n\nVélos en libre-service : les tarifs changent\n\nLes plus lus\n\n"
        "Le pont fermé tout l'été\n\nTous droits réservés",
        title="Les tramways rouleront toute la nuit le week-end",
        day="2024-09-24",
    ),
    Page(
        name="ko",
        head="홈 > 뉴스 > 지역\n시립 수영장 자리에 체육관·도서관 들어선다\n입력 2024.09.12. 오후 3:20\n공유하기\n글자크기",
        body=KOREAN,
        tail="관련기사\n구도심 주차장 두 곳 새로 연다\n도서관 야간 개방 시범 운영\n\n저작권자 ⓒ 강변일보 무단 전재 및 재배포 금지\n댓글 0\n로그인 후 댓글을 "
        "작성할 수 있습니다",
        title="시립 수영장 자리에 체육관·도서관 들어선다",
        day="2024-09-12",
    ),
    Page(
        name="lead first, no title",
        head="",
        body=ENGLISH,
        tail="Share this article\n\nMore stories\n\nFerry company orders two new ships\n\nTown hall sells its clock",
    ),
]


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Page:
    return request.param  # type: ignore[no-any-return]


def test_the_article_and_nothing_else(page: Page) -> None:
    assert kept(page.text) == page.body


def test_what_the_page_says_of_itself(page: Page) -> None:
    meta = read(page.text).meta
    assert meta.title == page.title
    assert (meta.published.at.date().isoformat() if meta.published else None) == page.day
    if page.section:
        assert meta.section == page.section
    assert meta.authors == page.authors


def test_everything_cut_has_a_reason(page: Page) -> None:
    draft = read(page.text)
    assert all(item.reason and item.text for item in draft.removed)
    out = "".join("".join(item.text.split()) for item in draft.removed)
    for line in page.tail.split("\n"):
        assert "".join(line.split()).lstrip("-") in out or not line.strip(" -")


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published: Sept. 12, 2024, 6:47 p.m.", "2024-09-12", None),
        ("Published 12 September 2024\nUpdated 14 September 2024", "2024-09-12", "2024-09-14"),
        ("Updated 14 September 2024\nPublished 12 September 2024", "2024-09-12", "2024-09-14"),
        ("更新时间：2024-09-14", "2024-09-14", "2024-09-14"),
        ("2024-09-12 06:40 来源：江城晚报 第1页/共1页 << 上一页", "2024-09-12", None),
        ("Published 12 September 2031", None, None),
        ("Updated hourly", None, None),
    ],
)
def test_dates_of_the_head(line: str, published: str | None, modified: str | None) -> None:
    meta = read("\n\n".join(["Storm cuts power to forty thousand homes on the coast", line, *ENGLISH])).meta
    assert (meta.published.at.date().isoformat() if meta.published else None) == published
    assert (meta.modified.at.date().isoformat() if meta.modified else None) == modified


def test_dates_of_related_headlines_are_not_the_articles() -> None:
    tail = "Related stories\n\nFerry company orders two new ships\n\nSeptember 3, 2024"
    assert read("\n\n".join(["Storm cuts power to forty thousand homes", *ENGLISH, tail])).meta.published is None


@pytest.mark.parametrize(
    ("prefix", "day"),
    [
        ("date 2024-09-12 ", "2024-09-12"),
        ("2024-09-12 ", "2024-09-12"),
        ("Published: 12 September 2024 | ", "2024-09-12"),
        ("发布时间：2024年9月12日 ", "2024-09-12"),
    ],
)
def test_datelines_before_the_first_sentence(prefix: str, day: str) -> None:
    draft = read("\n\n".join([prefix + ENGLISH[0], *ENGLISH[1:]]))
    assert [block.text for block in draft.blocks] == ENGLISH
    assert draft.meta.published is not None
    assert draft.meta.published.at.date().isoformat() == day
    assert draft.meta.title is None


@pytest.mark.parametrize(
    "opening",
    [
        "On 12 September 2024 the river rose by two metres in an hour, and the bridge at the mill was closed for the night.",
        "2024-09-12 was the day on which the river rose by two metres, and nobody in the valley will forget it, he said.",
        "2024年9月12日，河水在一小时内上涨了两米，磨坊旁的桥当晚关闭，附近居民被要求转移到学校体育馆过夜，直到水位回落为止。",
    ],
)
def test_dates_in_the_authors_own_words_stay(opening: str) -> None:
    draft = read("\n\n".join([opening, *ENGLISH]))
    assert draft.blocks[0].text == opening
    assert draft.meta.published is None


def test_a_capture_without_end_is_read_to_a_limit() -> None:
    parts = [f"Part {number}. {ENGLISH[0]}" for number in range(40)]
    draft = read("\n\n".join([*parts, *(f"{number}" for number in range(60_000))]))
    assert [block.text for block in draft.blocks] == parts
    assert draft.removed[0].reason == "too_long"
    assert draft.removed[0].text.endswith("59999")
