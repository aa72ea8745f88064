"""Pages that are no article, by what they say and how little they say."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Link, Metadata, Removed, Stamp
from pipelines.verdicts.verdict import judge

SENTENCE = "The harbour town opened its new ferry terminal on Monday after four years of work, the council said. "


def draft(*lines: str, title: str = "A title", url: str = "https://a.com/town/ferry", density: float = 0.0) -> Draft:
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=line, link_density=density) for line in lines)
    return Draft(url=url, meta=Metadata(title=title), blocks=blocks)


def verdict(page: Draft) -> str | None:
    return judge(page, Config())


def test_an_article_is_accepted_also_when_short():
    assert verdict(draft(SENTENCE)) is None
    assert verdict(draft("市议会星期一表示，新的渡轮码头已经启用，首日共有两百多名市民到场。")) is None


def test_nothing_and_a_few_words_are_too_short():
    assert verdict(draft()) == "too_short"
    assert verdict(draft("Advertisement")) == "too_short"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Sorry, the page you are looking for does not exist. Try the search or our home page.", "not_found"),
        ("抱歉，您访问的页面不存在，可能已经被删除或者移动到其他地址，请返回首页。", "not_found"),
        ("Please enable JavaScript and cookies in your browser to continue to this site.", "robot_check"),
        ("Bitte melden Sie sich an, um diesen Inhalt zu sehen. Noch kein Konto? Jetzt anlegen.", "login_page"),
        ("We use cookies and similar methods to recognise visitors and remember their preferences.", "consent_wall"),
        ("Subscribe to continue reading this story. Cancel at any time. First month for one euro.", "paywall_stub"),
        (
            "この記事は有料会員限定です。残り1200文字を読むには会員登録が必要です。ログイン後にお読みいただけます。",
            "paywall_stub",
        ),
    ],
)
def test_a_short_page_is_what_it_says(line: str, code: str):
    found = verdict(draft(line))
    assert found == code or (code == "paywall_stub" and found == "login_page")


def test_an_article_about_cookies_and_paywalls_is_an_article():
    long = (
        SENTENCE * 9
        + "Many sites say that we use cookies, or: subscribe to continue reading. Page not found, say others."
    )
    assert verdict(draft(*[long] * 2)) is None


def test_a_teaser_that_breaks_off_over_a_cut_paywall_notice_is_a_stub():
    page = draft(SENTENCE, SENTENCE.strip()[:60] + " …")
    cut = (Removed(reason="subscribe_box", text="Subscribe to continue reading"),)
    stub = Draft(url=page.url, meta=page.meta, blocks=page.blocks, removed=cut)
    assert verdict(stub) == "paywall_stub"
    assert verdict(Draft(url=page.url, meta=page.meta, blocks=page.blocks[:1], removed=cut)) is None


def test_a_wall_that_is_hidden_below_a_whole_article_locks_nothing():
    line = "Please sign up or log in to continue reading"
    hidden = (Removed(reason="hidden", text=line),)
    whole = replace(draft(*[SENTENCE * 3] * 5), after=(line, "More"))
    assert verdict(whole) == "paywall_stub"
    assert verdict(replace(whole, removed=hidden)) is None
    assert verdict(replace(draft(SENTENCE * 3), after=(line,), removed=hidden)) == "paywall_stub"


def test_a_list_of_linked_headlines_is_an_index():
    assert (
        verdict(draft(*[f"Minister opens bridge number {n} in the north" for n in range(20)], density=1.0))
        == "index_page"
    )


def test_a_list_of_links_under_an_article_is_no_index():
    text = [Block(kind=Kind.PARAGRAPH, text=SENTENCE * 4) for _ in range(4)]
    links = [Block(kind=Kind.LIST_ITEM, text=f"Source number {n} of the report", link_density=1.0) for n in range(12)]
    assert verdict(Draft(url="https://a.com/x", meta=Metadata(), blocks=(*text, *links))) is None


def test_the_caption_of_a_clip_is_a_video_page_and_an_article_there_is_none():
    assert verdict(draft(SENTENCE, url="https://a.com/video/ferry-terminal")) == "video_page"
    assert verdict(draft(SENTENCE * 6, url="https://a.com/video/ferry-terminal")) is None


def test_captions_under_many_pictures_are_a_gallery():
    page = draft(SENTENCE, url="https://a.com/fotos/terminal")
    images = tuple(Link(url=f"https://a.com/{n}.jpg", text="") for n in range(5))
    assert verdict(Draft(url=page.url, meta=page.meta, blocks=page.blocks, images=images)) == "gallery"
    assert verdict(page) is None


def test_headlines_with_a_teaser_each_are_an_index_and_an_article_with_related_links_is_none():
    listed = replace(draft(*[SENTENCE] * 12), headlines=12, teasers=12)
    assert verdict(listed) == "index_page"
    assert verdict(replace(draft(*[SENTENCE] * 12), headlines=12, teasers=3)) is None
    assert verdict(replace(draft(*[SENTENCE] * 30), headlines=9, teasers=9)) is None


def test_a_box_that_sells_the_rest_right_behind_the_text_makes_a_stub():
    teaser = draft(*[SENTENCE] * 5)
    for line in (
        "Log in to read the rest",
        "Zugang freischalten und weiterlesen",
        "开通会员后阅读全文",
        "有料会員限定の記事です",
    ):
        assert verdict(replace(teaser, after=("Share", line))) == "paywall_stub"
    assert verdict(replace(teaser, after=("Share", "Sign up for our newsletter"))) is None
    assert verdict(replace(draft(*[SENTENCE] * 30), after=("Log in to read the rest",))) is None


@pytest.mark.parametrize(
    "offer",
    [
        "有料会員になると会員限定の有料記事もお読みいただけます。",
        "【有料記事】避難タワー、維持費の壁",
        "会员专享",
        "开通会员，畅读全站深度报道",
        "訂閱後即可收到每日電子報",
        "네이버에서 한빛경제를 구독하고 뉴스를 받아보세요",
        "Start your free trial of our weather app",
    ],
)
def test_what_a_site_sells_under_every_article_makes_no_stub(offer: str):
    whole = draft(*[SENTENCE] * 10)
    assert verdict(replace(whole, after=("Share", offer))) is None
    cut = draft(*[SENTENCE] * 4, SENTENCE.strip()[:60] + "…")
    assert verdict(replace(cut, after=("Share", offer))) == "paywall_stub"


def test_a_title_that_says_so_makes_an_error_page_whatever_else_was_kept():
    assert verdict(draft(*[SENTENCE] * 8, title="Page not found | The Daily")) == "not_found"
    assert verdict(draft(*[SENTENCE] * 30, title="Page not found, and how the web forgets")) is None


def test_fields_of_a_form_to_log_in_are_one_and_an_article_about_passwords_is_none():
    assert verdict(draft("E-mail address. Password. Remember me. No account yet? Register.")) == "login_page"
    assert (
        verdict(draft("会员入口 手机号 验证码 下次自动登录 还没有账号?免费注册 找回密码 意见反馈 帮助中心"))
        == "login_page"
    )
    assert verdict(draft(*[SENTENCE + "A stolen password, said the e-mail, was behind it."] * 9)) is None


def test_captions_alone_are_a_gallery_and_comments_alone_are_comments():
    def inside(path: str, *lines: str) -> Draft:
        page = draft(*lines)
        return replace(page, blocks=tuple(replace(block, path=path) for block in page.blocks))

    captions = [f"The harbour at dawn, picture {n}" for n in range(5)]
    assert verdict(inside("div.main/figure/figcaption", *captions)) == "gallery"
    assert verdict(inside("div.main/p", *captions)) is None
    said = [f"I have never seen that in all my {n} years here." for n in range(5)]
    assert verdict(inside("ul.comment-list/li.comment/p", *said)) == "comments"
    assert verdict(inside("div.commentary/p", *said)) is None


def test_a_box_in_other_words_that_asks_to_agree_is_a_consent_wall():
    assert (
        verdict(draft("Before you go on: our partners and we store personal data on your device. Agree?"))
        == "consent_wall"
    )
    assert (
        verdict(draft("开始浏览前，请了解本站会使用Cookie收集信息并在您同意后用于改进服务，您可以随时撤回同意。"))
        == "consent_wall"
    )


def test_a_scrap_of_text_below_a_list_of_headlines_is_an_index_and_a_bulletin_above_one_is_not():
    assert verdict(replace(draft(SENTENCE), headlines_above=14)) == "index_page"
    assert verdict(replace(draft(SENTENCE), headlines_above=3)) is None
    assert verdict(replace(draft(*[SENTENCE] * 3), headlines_above=40)) is None


def test_headlines_alone_are_an_index():
    lines = [f"The council meets on the {n}th day of the month 10:30" for n in range(4)]
    assert verdict(replace(draft(*lines), headlines=4)) == "index_page"
    assert verdict(draft(*lines, density=0.8)) == "index_page"
    assert verdict(replace(draft(*lines), headlines=1)) is None


def test_a_short_text_in_a_footer_or_a_box_is_no_article():
    def inside(path: str, *lines: str) -> Draft:
        page = draft(*lines, title="Our town by the sea")
        return replace(page, blocks=tuple(replace(block, path=path) for block in page.blocks))

    assert verdict(inside("div#page/div#bottom/p", SENTENCE)) == "too_short"
    assert verdict(inside("div.c-grade-c-banner__container/p", SENTENCE * 2)) == "too_short"
    assert verdict(inside("article/div.body/p", SENTENCE)) is None
    on_title = replace(inside("div#bottom/p", SENTENCE), meta=Metadata(title="New ferry terminal opened"))
    assert verdict(on_title) is None
    assert verdict(replace(on_title, blocks=on_title.blocks * 12)) is None


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (
            "Statue has been removed from the square",
            "The statue has been removed after a vote of the council, the mayor said.",
        ),
        (
            "Vermisster nicht gefunden",
            "Der Vermisste wurde auch am Montag nicht gefunden, teilte die Polizei in Kiel mit.",
        ),
        (
            "Regulator fines firm",
            "The firm shared personal data with partners without consent, the regulator said on Monday.",
        ),
        (
            "Passwords stolen",
            "Thieves took the e-mail and password of every second customer, the company admitted on Monday.",
        ),
        ("药品已下线", "市场监管局星期一表示，这种药品已经下线，库存已被全部召回，消费者可以到门店办理退款。"),
    ],
)
def test_news_of_what_is_gone_stolen_or_shared_is_news(title: str, line: str):
    assert verdict(draft(line, title=title)) is None


def test_a_page_that_says_it_is_gone_is_an_error():
    assert verdict(draft("Sorry, the article could not be found, or has been moved.")) == "not_found"
    assert verdict(draft("Dieser Beitrag ist leider nicht mehr verfügbar, hier sind andere Beiträge.")) == "not_found"
    assert (
        verdict(draft("非常抱歉，您要看的这篇文章已经找不到，该内容已下线，五秒后将会自动返回到首页。")) == "not_found"
    )


def test_a_table_of_figures_is_none_and_one_of_names_may_be_an_article():
    def table(*rows: str) -> Draft:
        blocks = tuple(Block(kind=Kind.TABLE_ROW, text=row) for row in rows)
        return replace(draft(), blocks=blocks)

    assert verdict(table(*[f"Share {n} | 12.{n}0 | +1.{n} % | 48,2{n}1" for n in range(9)])) == "table"
    assert verdict(table(*[f"Anna Schulze, candidate number {n} | north" for n in range(9)])) is None
    figures = table(*[f"Share {n} | 12.{n}0 | +1.{n} % | 48,2{n}1" for n in range(9)])
    assert verdict(replace(figures, blocks=(*draft(SENTENCE * 2).blocks, *figures.blocks))) is None


def test_what_a_page_with_little_text_says_it_is():
    sold = draft(*[SENTENCE] * 3)
    assert verdict(replace(sold, declared=frozenset({"product", "offer"}))) == "product_page"
    assert verdict(replace(sold, declared=frozenset({"jobposting"}))) == "job_advert"
    assert verdict(replace(sold, declared=frozenset({"product", "newsarticle"}))) is None  # the test of a product
    guide = replace(draft(*[SENTENCE] * 30), declared=frozenset({"product"}))
    told = replace(guide.meta, published=Stamp(at=datetime(2024, 5, 1, tzinfo=UTC), raw="x", precision="day"))
    assert verdict(replace(guide, meta=replace(told, authors=("Anna Lind",)))) is None


def test_lists_by_their_address_or_their_data_and_articles_under_such_an_address():
    listed = replace(draft(SENTENCE, title="Anna of the harbour"), linked_lines=20, linked_columns=900)
    for url in (
        "https://a.com/author/anna",
        "https://a.com/de/tag/x",
        "https://a.com/?s=ferry",
        "https://a.com/search",
    ):
        assert verdict(replace(listed, url=url)) == "index_page"
    assert verdict(replace(listed, declared=frozenset({"profilepage"}))) == "index_page"
    assert verdict(replace(listed, declared=frozenset({"newsarticle"}))) is None
    assert verdict(replace(listed, url="https://a.com/author/anna/page/2")) == "index_page"
    assert verdict(replace(listed, url="https://a.com/tag/2004/12/ferry")) is None
    assert verdict(draft(*[SENTENCE] * 9, url="https://a.com/tag/ferry")) is None


@pytest.mark.parametrize(
    "line",
    [
        "You are leaving our pages. The link leads to an external site for which we are not responsible.",
        "Sie werden weitergeleitet. Falls nach einigen Sekunden nichts passiert, klicken Sie bitte hier.",
        "即将离开本站,前往第三方网站,请注意您的账号和财产安全。继续访问或返回上一页",
        "Access denied. You do not have the permission to access this resource from your network.",
    ],
)
def test_a_few_words_without_menu_or_footer_are_a_notice_and_with_them_they_are_not_read_as_one(line: str):
    bare = draft(line, title="example.org")
    assert verdict(bare) in {"notice", "robot_check"}
    around = tuple(Removed(reason="navigation", text=f"Section number {n} of the daily") for n in range(30))
    if "denied" not in line:
        assert verdict(replace(bare, removed=around)) not in {"notice", "robot_check"}


def test_a_404_in_the_title_or_a_first_line_that_says_so_makes_an_error_page():
    assert verdict(draft(*[SENTENCE] * 8, title="404 – Sorry")) == "not_found"
    assert verdict(draft(*[SENTENCE] * 8, title="404 Media raises new money")) is None
    assert verdict(draft("The page you requested does not exist.", *[SENTENCE] * 8)) == "not_found"


def test_a_headline_alone_is_no_text():
    heading = Block(kind=Kind.HEADING, text="The harbour town opens its new ferry terminal after four years", level=1)
    alone = replace(draft(title=heading.text), blocks=(heading,))
    assert verdict(alone) == "too_short"
    assert verdict(replace(alone, blocks=(heading, *draft(SENTENCE).blocks))) is None


def test_a_flash_on_its_title_under_many_headlines_is_news():
    flash = replace(draft(SENTENCE, title="New ferry terminal opened in harbour town"), headlines_above=40)
    assert verdict(flash) is None


def test_captions_and_comments_beside_an_authors_box_are_what_they_are():
    captions = tuple(Block(kind=Kind.PARAGRAPH, text=f"Dawn, {n}", path="figure/figcaption") for n in range(5))
    author = Block(kind=Kind.PARAGRAPH, text="Yuki writes on birds and gardens", path="div.author-info/p")
    assert verdict(replace(draft(), blocks=(*captions, author))) == "gallery"
    said = tuple(replace(block, path="ul/li.comment/p") for block in captions)
    assert verdict(replace(draft(), blocks=(*said, author))) == "comments"


def test_a_line_of_the_frame_that_asks_to_log_in_does_not_make_a_short_text_a_login_page():
    asked = "You are not logged in, please log in to save this recipe."
    assert verdict(draft(SENTENCE * 3, asked)) is None
    assert verdict(draft(SENTENCE[:60], asked)) == "login_page"


def test_a_title_that_is_nothing_but_such_a_word_names_the_page_and_one_that_holds_it_is_a_headline():
    for title, code in (("Sign in", "login_page"), ("提示信息", "not_found"), ("Just a moment...", "robot_check")):
        assert verdict(draft(*[SENTENCE] * 9, title=title)) == code
        assert verdict(draft(*[SENTENCE] * 30, title=title)) is None
    for title in ("Error of judgement", "Wait just a moment", "Login data stolen"):
        assert verdict(draft(*[SENTENCE] * 9, title=title)) is None


def test_a_few_lines_under_an_address_of_comments_are_comments():
    assert verdict(draft(SENTENCE, url="https://a.com/town/ferry/comments/")) == "comments"
    assert verdict(draft(SENTENCE, url="https://a.com/comments/ferry")) is None
    assert verdict(draft(*[SENTENCE] * 9, url="https://a.com/town/ferry/comments")) is None


def _advert(title: str, kind: Kind) -> Draft:
    lines = (
        "Maintenance of the boilers in our four heating stations",
        "Stand-by duty every sixth week",
        "Thirty days of leave",
    )
    blocks = tuple(Block(kind=kind, text=line, path="ul/li" if kind is Kind.LIST_ITEM else "p") for line in lines)
    return replace(draft(SENTENCE, title=title), blocks=(*draft(SENTENCE).blocks, *blocks))


@pytest.mark.parametrize(
    "title", ["Elektroniker (m/w/d)", "Chef de chantier [H/F]", "Specjalista (K/M)", "Buyer (m/f/x)"]
)
def test_a_title_open_to_everybody_is_that_of_a_job(title: str) -> None:
    assert verdict(_advert(title, Kind.LIST_ITEM)) == "job_advert"


def test_an_article_on_such_titles_or_on_speeds_is_none() -> None:
    assert verdict(_advert("Was (m/w/d) bedeutet", Kind.PARAGRAPH)) is None
    assert verdict(_advert("Wind speeds (m/s) of the week", Kind.LIST_ITEM)) is None


@pytest.mark.parametrize("title", ["Kontakt", "Mentions légales", "Contatti", "Контакты"])
def test_a_short_page_called_contact_is_one(title: str) -> None:
    address = "Village museum, High Street 3, telephone 0732 555 123, open on Sundays from ten to four."
    assert verdict(draft(address, title=title)) == "contact_page"
    assert verdict(draft(address, title=f"{title} 2.0")) is None


def test_a_page_that_helps_with_signing_in_is_an_article() -> None:
    told = (
        "You can sign in with your email address and password, with a passkey, or through the company that you work for.",
        "If you have forgotten your password, follow the link that we send to your address. It works for one hour only.",
    )
    assert verdict(draft(*told, title="Sign in")) is None
    assert (
        verdict(draft("Email address", "Password", "Forgot your password?", SENTENCE, title="Sign in")) == "login_page"
    )
