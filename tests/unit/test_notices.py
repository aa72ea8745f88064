"""Sentences in which a page speaks of itself go wherever they stand; sentences of articles on the same things stay."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines import lexicon
from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning import notices
from pipelines.pruning.prune import prune
from tests.words import PROSE

DATA = Path(__file__).parents[2] / "pipelines" / "data"
PLACES = {"above": 0, "between": 2, "below": 4}


def run(line: str, place: str, *, capture: bool = False) -> dict[str, str]:
    """Return what goes, with its reason, of an article with one more line."""
    texts = [*PROSE[: PLACES[place]], line, *PROSE[PLACES[place] :]]
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in texts)
    done = prune(Draft(url="u", meta=Metadata(title=None), blocks=blocks, is_capture=capture), Config())
    return {item.text: item.reason for item in done.removed}


DISCLOSURES = [
    "This post contains affiliate links. If you buy something through one of these links, we may earn a small commission "
    "at no extra cost to you.",
    "This post contains references to products from one or more of our advertisers. We may receive compensation when you "
    "click on links to those products.",
    "SeniorRiver.example is supported by commissions from providers listed on our site. Read our Editorial Guidelines.",
    "As an Amazon Associate I earn from qualifying purchases.",
    "If you purchase an independently reviewed product or service through a link on our website, the River Post may "
    "receive an affiliate commission.",
    "Our editors independently select these products. Making a purchase through our links may earn us a commission.",
    "Advertiser Disclosure: Many of the offers appearing on this site are from advertisers from which this website "
    "receives compensation.",
    "When you shop through our links, we may receive a small cut of the sale.",
    "FTC: We use income earning auto affiliate links. More.",
    "Dieser Artikel enthält Affiliate-Links. Wenn Sie über diese Links einkaufen, erhalten wir eine Provision.",
    "Die mit einem * gekennzeichneten Links sind Affiliate-Links.",
    "Cet article contient des liens affiliés. Nous pouvons percevoir une commission.",
    "Este artículo contiene enlaces de afiliados. Podemos ganar una comisión por las compras.",
    "Esta página contém links de afiliados e podemos ganhar uma comissão.",
    "Questo articolo contiene link di affiliazione: se acquisti tramite questi link, potremmo ricevere una commissione.",
    "Dit artikel bevat affiliate links. Als je via deze links iets koopt, ontvangen wij een kleine commissie.",
    "Artykuł zawiera linki afiliacyjne.",
    "В статье есть партнёрские ссылки.",
    "Стаття містить партнерські посилання: якщо ви купите товар за ними, ми отримаємо комісію.",
    "Το άρθρο περιέχει συνδέσμους συνεργατών. Αν αγοράσετε μέσω αυτών, ενδέχεται να λάβουμε προμήθεια.",
    "Bu yazıda ortaklık bağlantıları bulunmaktadır; bu bağlantılardan alışveriş yaparsanız komisyon kazanabiliriz.",
    "Bài viết có chứa liên kết tiếp thị. Chúng tôi có thể nhận hoa hồng khi bạn mua hàng qua các liên kết này.",
    "Artikel ini mengandung tautan afiliasi. Kami dapat memperoleh komisi dari pembelian melalui tautan tersebut.",
    "تحتوي هذه المقالة على روابط تابعة، وقد نحصل على عمولة عند الشراء من خلالها.",
    "本文含有广告链接，我们可能会从中获得佣金。",
    "广告声明：文内含有的对外跳转链接（包括不限于超链接、二维码、口令等形式），用于传递更多信息，节省甄选时间，结果仅供参考。",
    "本文含有聯盟行銷連結，若您透過連結購買，我們將獲得分潤。",
    "本ページはプロモーションが含まれています。",
    "【PR】この記事には広告が含まれています",
    "이 글에는 제휴 링크가 포함되어 있으며, 구매 시 수수료를 받을 수 있습니다.",
]
LINES = [
    ("Paid content: this article was created in partnership with Northwind Energy.", "advert"),
    ("I was sent this product for free in exchange for an honest review.", "advert"),
    ("Реклама. ООО «Северное судоходство». ИНН 7701234567. erid: 2VtzqwX1abc", "advert"),
    ("Editorial Note: The content of this article is based on the author's opinions alone.", "legal_notice"),
    ("This story was originally published by River News and is reproduced here as part of a desk.", "source_line"),
    ("Reprinted with permission from the Harbour Review.", "source_line"),
    ("The post Ferry fares to rise in spring appeared first on Harbour Review.", "source_line"),
    ("Der Beitrag Fähren werden teurer erschien zuerst auf Hafenbote.", "source_line"),
    ("Dieser Artikel erschien zuerst im Hafenboten.", "source_line"),
    ("Cet article est republié à partir de The Conversation sous licence Creative Commons.", "source_line"),
    ("Este artículo fue publicado originalmente en The Conversation.", "source_line"),
    ("この記事は港新聞に掲載されたものを転載しています。", "source_line"),
    ("The author has no position in any of the stocks mentioned.", "legal_notice"),
    ("Dieser Artikel stellt keine Anlageberatung dar.", "legal_notice"),
    ("Материал не является инвестиционной рекомендацией.", "legal_notice"),
    ("本文仅代表作者个人观点，与本网无关，其原创性以及文中陈述文字和内容未经本站证实。", "legal_notice"),
    ("部分图片来源于网络，版权归原作者所有，如涉及侵权请与我们联系，我们将第一时间处理。", "legal_notice"),
    ("投资有风险，入市需谨慎。本文不构成投资建议。", "legal_notice"),
    ("※投資一定有風險，基金投資有賺有賠，申購前應詳閱公開說明書。", "legal_notice"),
    ("◎珍惜生命，自殺不能解決問題，請撥打1925安心專線。", "legal_notice"),
    ("本記事の無断転載を禁じます。", "legal_notice"),
    ("본 기사의 무단 전재 및 재배포를 금지합니다.", "legal_notice"),
    ("Dilarang menyalin sebagian atau keseluruhan artikel di atas tanpa izin tertulis dari redaksi.", "legal_notice"),
    ("扫描下方二维码，关注我们的微信公众号，获取更多精彩内容。", "subscription"),
    ("如果觉得文章对你有帮助，欢迎点赞、在看、转发三连。", "subscription"),
    ("追蹤我們的 LINE 官方帳號，最新消息不漏接！", "subscription"),
    ("카카오톡 채널을 추가하고 최신 소식을 받아보세요.", "subscription"),
    ("Your support makes our investigations possible. Give today.", "subscription"),
    ("If you value our work, please consider making a donation to support independent journalism.", "subscription"),
    ("Enjoyed this story? Support our award-winning journalism by becoming a member.", "subscription"),
    ("Unterstützen Sie unsere Arbeit mit einer Spende.", "subscription"),
    ("Поддержите независимую журналистику: оформите ежемесячное пожертвование.", "subscription"),
    ("For more stories like this, sign up for our newsletter.", "subscription"),
    ("Simak berita pilihan kami langsung di ponselmu lewat WhatsApp Channel kami.", "subscription"),
    ("Больше новостей в нашем Telegram-канале.", "subscription"),
    ("Jetzt den Newsletter abonnieren und jeden Freitag die besten Texte lesen.", "subscription"),
    ("Have a story tip? Email us at tips@river.example.", "subscription"),
    ("私信回复“轮渡”，免费领取全套资料。", "subscription"),
    ("对此，你怎么看？欢迎在评论区留言讨论。", "comment_form"),
    ("（本文為合作文章，由品牌贊助）", "advert"),
    ("To view this video please enable JavaScript, and consider upgrading to a web browser", "advert"),
    ("Dieser Inhalt kann aufgrund Ihrer Datenschutz-Einstellungen nicht angezeigt werden.", "consent"),
    ("Також читайте: Пором подорожчає навесні", "related_links"),
    ("Téléchargez notre application pour ne rien manquer de l'actualité du port.", "advert"),
    ("Скачайте наше приложение, чтобы первыми узнавать о главных новостях.", "advert"),
    ("Our Morning Update newsletter brings you the news you need. Sign up today.", "subscription"),
    ("关注“港口观察”微信公众号，第一时间获取最新资讯。", "subscription"),
    ("The opinions expressed in this article are those of the author.", "legal_notice"),
    ("Die hier angebotenen Artikel stellen keine Kauf- bzw. Verkaufsempfehlungen dar.", "legal_notice"),
    ("Если вам понравился текст, поддержите нас рублём.", "subscription"),
    ("쿠팡 파트너스 활동을 통해 일정액의 수수료를 제공받을 수 있습니다.", "legal_notice"),
    ("How was this article?", "advert"),
    ("We are sorry that this post was not useful for you!", "advert"),
    ("Average rating 4.6 / 5. Vote count: 128", "comment_form"),
    ("Remaining Time -1:32", "navigation"),
    ("By clicking submit, I authorize the River Post to use and share my information for marketing.", "consent"),
    ("En vous inscrivant, vous acceptez nos conditions générales.", "consent"),
    ("Als unabhängiges Magazin sind wir auf deine Unterstützung angewiesen. Schon 5 Euro helfen.", "subscription"),
    ("打开港口新闻APP，查看更多精彩图片", "advert"),
    ("War dieser Artikel hilfreich?", "advert"),
    ("Your browser does not support the video tag.", "advert"),
    ("Privacy Notice: Newsletters may contain info about charities and content funded by outside parties.", "consent"),
    ("We use cookies to improve your experience on our site and to show you personalised advertising.", "consent"),
    ("【延伸閱讀】渡輪票價明年春天調漲", "related_links"),
    ("[관련기사] 여객선 요금 내년 봄 인상", "related_links"),
    ("You have 1 article left to read this month before you need to register a free account.", "subscription"),
    ("This is your last article that you can read this month before you register.", "subscription"),
    ("Sie können diesen Monat noch 2 Artikel kostenlos lesen.", "subscription"),
    ("Vous pouvez encore lire 3 articles gratuits ce mois-ci.", "subscription"),
    ("У вас осталось 2 бесплатные статьи в этом месяце.", "subscription"),
    (
        "This content is imported from a video site. You may be able to find the same content in another format.",
        "consent",
    ),
    ("Questo contenuto è importato da un altro sito. Potresti trovarlo in un altro formato.", "consent"),
    ("このコンテンツは動画サイトから埋め込まれています。", "consent"),
    ("You can now listen to Harbour News articles!", "category"),
    ("Estimated reading time: 5 minutes", "category"),
    ("Lesezeit: 3 Minuten", "category"),
    ("Время чтения — 4 мин", "category"),
    ("Please keep comments civil, constructive and on topic.", "comment_form"),
    ("الآراء الواردة أدناه لا تعبر عن رأي الموقع، بل تعكس وجهات نظر أصحابها فقط.", "comment_form"),
    ("Figyelem! A cikkhez hozzáfűzött hozzászólások nem a szerkesztőség nézeteit tükrözik.", "comment_form"),
]
SENTENCES = [
    "The author holds shares in Apple and may earn commission from sales of the fund.",
    "The bank earns a commission when clients buy insurance products through its branches.",
    "Affiliate marketers earn a commission when readers click on their links and buy something.",
    "“We may earn a commission on every flat we sell, but we never push clients,” the agent said.",
    "The newspaper may earn a commission if readers buy through its links, according to the lawsuit.",
    "The election commission said that voters may receive compensation for the cost of the journey.",
    "No affiliate links. I have used every piece of gear in this post for years.",
    "I was sent this way by a policeman, for free, and arrived an hour late.",
    "The post office reopened in May and the queue appeared first on Main Street.",
    "This article of the treaty was first published in secret, and Parliament did not see it for a year.",
    "The story was originally published in 1897 as a serial and became a book a year later.",
    "Support for independent journalism has fallen in the whole region since 2015.",
    "Please consider donating blood, the hospital asked after the accident.",
    "Passengers should download the railway's app before they travel, the company advised.",
    "We use cookies to remember your basket, the shop explains, but the regulator found trackers of forty firms.",
    "Past performance was no guide for the fund, which lost a third of its value in a week.",
    "How useful was this law? Ten years later, judges and lawyers disagree.",
    "C. Wright, who had built the hall, died in 1990.",
    "Reading time is twenty minutes a day in every school of the county, and nobody may skip it.",
    "You've got to make every one of your last free throws, and then the crowd has stories left to tell.",
    "ترحب الوزارة بالتقرير، لكن الأرقام لا تعكس ما جرى في المدينة خلال العام.",
    "You have to read the article to the end before you can say what is left of the argument.",
    "Die Kommentare der Opposition fielen deutlich aus, und der Minister schwieg dazu.",
    "ترحب الحكومة بالاتفاق وتدعو إلى تنفيذه قبل نهاية العام.",
    "In-app purchases go through the App Store.",
    "A fast rise in price does not constitute a bubble.",
    "By clicking the lock into place you keep the gate shut, even in a storm.",
    "As an independent, he won the seat by ninety votes and kept it for twenty years.",
    "As an independent candidate he refused to take a donation from the port.",
    "We rely on donations and on the work of forty volunteers.",
    "Als unabhängige Kandidatin wurde sie Mitglied des Stadtrats.",
    "Die Bank erhält eine Provision, wenn der Kunde über den Link im Portal einen Vertrag abschließt.",
    "Dieser Text ist zuerst ein Gedicht und dann eine Anklage.",
    "Laden Sie den Akku vor der Fahrt, sonst hält er nicht bis zur Küste.",
    "La commission peut percevoir une amende de dix pour cent du chiffre d'affaires.",
    "Podemos pide una comisión que investigue la compra de las mascarillas.",
    "La commissione potrebbe ricevere nuovi documenti entro venerdì, ha detto il presidente.",
    "Эта статья бюджета была впервые опубликована в декабре и вызвала споры.",
    "Реклама инновационного банка вышла на всех каналах.",
    "Full disclosure: Sheridan was my neighbour for ten years.",
    "This content is imported from the colonies, the minister said of the old films.",
    "You can now listen to the sea from every room of the house.",
    "このコンテンツは子ども向けに作られた。",
    "Реклама табака запрещена в стране с 2013 года, но плакаты всё ещё висят.",
    "警方提醒，不要扫描陌生人发来的二维码，也不要添加陌生人为微信好友。",
    "Больше новостей в Telegram читают жители больших городов, показал опрос.",
    "这件事你怎么看？记者问了三位评论员。",
    "未经许可从事就业服务业务的，处三十万元以下罚款。",
    "已有十二人被送往医院。",
    "打开地图，岛的北端有一座红色的灯塔。",
    "识别获取但从未释放的锁，是这个工具的强项。",
    "扫描二维码进入预约系统，填写姓名和手机号后提交即可。",
    "打开微信，点击下方的菜单，选择日期后即可预约。",
    "加入欧盟之后，港口的货运量翻了一番。",
    "关注儿童视力健康，家长应当每天保证孩子两小时户外活动。",
    "市民可关注“港口发布”微信公众号，了解停航信息。",
    "他说，投资有风险，但不投资的风险更大。",
    "未经许可不得转载的规定，在网络时代几乎形同虚设。",
    "法院认为，该图片的版权归原作者所有，被告应当赔偿三千元。",
    "本文认为，该行为不构成犯罪，但应当承担民事责任。",
    "点击下方的按钮，选择日期，再输入身份证号码即可完成预约。",
    "飲酒過量有礙健康，醫師提醒民眾聚餐時要節制。",
    "この記事では、アフィリエイトの基本から始め方までを分かりやすく解説します。",
    "海賊版の無断転載を禁じる法律が来月施行される。",
    "쿠팡 파트너스 활동으로 수수료를 받은 블로거가 광고 표시를 하지 않아 과징금을 물었다.",
    "기사 무단 전재를 금지하는 법안이 국회를 통과했다.",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", DISCLOSURES)
def test_who_pays_for_the_page(line: str, place: str) -> None:
    assert run(line, place) == {line: "legal_notice"}


@pytest.mark.parametrize(("line", "reason"), LINES)
@pytest.mark.parametrize("capture", [False, True])
def test_lines_of_the_page_between_paragraphs(line: str, reason: str, capture: bool) -> None:
    assert run(line, "between", capture=capture) == {line: reason}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_of_articles_on_the_same_things_stay(sentence: str, place: str) -> None:
    assert run(sentence, place) == {}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("＞＞フェリー運賃、来春値上げへ", "above"),
        ("☞ 여객선 요금 내년 봄 인상", "between"),
        ("+ Balsa ficará mais cara na primavera", "between"),
        ("Lesen Sie hier, warum die Fähren im Frühjahr teurer werden.", "below"),
    ],
)
def test_links_that_lead_elsewhere_around_the_text_too(line: str, place: str) -> None:
    blocks = [Block(kind=Kind.PARAGRAPH, text=text) for text in PROSE]
    blocks.insert(PLACES[place], Block(kind=Kind.PARAGRAPH, text=line, link_density=0.9))
    done = prune(Draft(url="u", meta=Metadata(title=None), blocks=tuple(blocks)), Config())
    assert {item.text: item.reason for item in done.removed} == {line: "related_links"}


def test_a_box_for_a_newsletter_under_its_name_alone() -> None:
    box = [
        "La newsletter du port",
        "Le meilleur de la semaine",
        "Votre adresse e-mail",
        "En vous inscrivant, vous acceptez.",
    ]
    blocks = [Block(kind=Kind.PARAGRAPH, text=text) for text in (*PROSE[:2], *box, *PROSE[2:])]
    done = prune(Draft(url="u", meta=Metadata(title=None), blocks=tuple(blocks)), Config())
    assert [item.text for item in done.blocks] == PROSE


def test_an_article_about_paying_links_keeps_what_it_says_of_its_own() -> None:
    texts = [
        "An affiliate link carries a code that tells the shop who sent the reader.",
        "Most affiliate programs pay between two and ten percent of what the reader buys.",
        "A shop that leaves its affiliate network takes its links with it, and the old posts stop earning.",
        "On this blog we use affiliate links ourselves: we earn a commission when you buy through our links.",
    ]
    assert notices.find([*PROSE, *texts]) == {}
    assert notices.find([*PROSE, texts[-1]]) == {len(PROSE): "legal_notice"}


def test_a_paragraph_as_wide_as_an_article_s_is_no_notice() -> None:
    assert notices.find([DISCLOSURES[0] + " " + PROSE[0] + PROSE[1]]) == {}


@pytest.mark.parametrize(
    "line",
    [
        "These are the five tents that kept us dry on the island, from the lightest to the one that a storm could not move. "
        "(This post contains affiliate links.)",
        "This essay was first published in 1998. Since then the hall has burnt down twice, the school has moved to the hill, "
        "and the man who told me of the flood has died; what he said of it I leave as it was.",
    ],
)
def test_a_paragraph_with_a_notice_in_it_stays(line: str) -> None:
    assert notices.find([line]) == {}


def test_every_word_for_paying_links_has_a_sign() -> None:
    """A text without one of the signs is not looked at any further."""
    data = tomllib.loads((DATA / "notices.toml").read_text("utf-8"))
    signs = [lexicon.fold(sign) for sign in data["signs"]["words"]]
    phrases = [phrase for table in data["affiliate"].values() for phrase in (*table["strong"], *table["pay"])]
    assert not [phrase for phrase in phrases if not any(sign in lexicon.fold(phrase) for sign in signs)]


def test_words_of_a_line_are_written_as_they_are_folded() -> None:
    """A blank at an end of a phrase would be lost, and the phrase found inside other words."""
    kinds = tomllib.loads((DATA / "notices.toml").read_text("utf-8"))["line"]
    assert not [
        phrase for kind in kinds for phrase in (*kind["begin"], *kind.get("hold", ())) if phrase != phrase.strip()
    ]


def test_no_beginning_of_a_notice_is_one_that_locks_an_article() -> None:
    kinds = tomllib.loads((DATA / "notices.toml").read_text("utf-8"))["line"]
    locks = tomllib.loads((DATA / "verdict.toml").read_text("utf-8"))["paywall"]
    assert not [phrase for kind in kinds for phrase in kind["begin"] if any(lock in phrase for lock in locks)]
