"""Addresses are cleaned, identified, folded and judged by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import links


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://Www.Example.org:80/a/../b//c?utm_source=x&id=5#top", "http://www.example.org/b/c?id=5"),
        ("https://e.org/x?fbclid=1&b=2&a=1", "https://e.org/x?b=2&a=1"),
        ("https://e.org/news.php?cid=77", "https://e.org/news.php?cid=77"),
        ("https://e.org/a/123456.html?source=feed&cid=7", "https://e.org/a/123456.html"),
        ("https://e.org/q?key=%B1%B1%BE%A9", "https://e.org/q?key=%B1%B1%BE%A9"),
        ("https://e.org/新闻/1.html", "https://e.org/%E6%96%B0%E9%97%BB/1.html"),
        ("https://e.org/x.jsp;jsessionid=AB12?a=1&PHPSESSID=9", "https://e.org/x.jsp?a=1"),
        ("https://e.org/(S(lit3py55t21z5v55vlm25s55))/news/5.aspx", "https://e.org/news/5.aspx"),
        ("https://e.org/app/(X(1)S(lit3py55t21z5v55))/5.aspx?id=1", "https://e.org/app/5.aspx?id=1"),
        ("https://e.org/wiki/Bridge_(S(t))/x(y)", "https://e.org/wiki/Bridge_(S(t))/x(y)"),
        ("https://e.org/article.php?sid=123&utm_id=1", "https://e.org/article.php?sid=123"),
        ("https://e.org/article.php?sid=20240119000123456", "https://e.org/article.php?sid=20240119000123456"),
        ("https://e.org/a?id=5&sid=9f86d081884c7d659a2feaa0c55ad015", "https://e.org/a?id=5"),
        ("https://e.org/show?ml_id=44", "https://e.org/show?ml_id=44"),
        ("https://e.org/newsshow.php?cid=4&id=88", "https://e.org/newsshow.php?cid=4&id=88"),
        ("https://e.org/newsshow.php?cid=a4f0b7c2&id=88", "https://e.org/newsshow.php?id=88"),
        ("https://e.org/2026/11/a-post/?replytocom=55&share=facebook&nb=1", "https://e.org/2026/11/a-post/"),
        ("https://e.org/2026/11/a-post/comment-page-2/#c9", "https://e.org/2026/11/a-post/"),
        ("https://e.org/s.php?nb=1", "https://e.org/s.php?nb=1"),
        ("https://e.org/view?ga_no=12&ga_source=x", "https://e.org/view?ga_no=12"),
        ("https://e.org/content.asp?itm_no=55", "https://e.org/content.asp?itm_no=55"),
        ("https://e.org/a.php?gs_id=4", "https://e.org/a.php?gs_id=4"),
        ("https://e.org/a/123456.html?ml_id=44&mc_cid=1&pk_campaign=2", "https://e.org/a/123456.html"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("../c.html", "https://e.org/c.html"),
        ("https:\\\\e.org\\a\nb", "https://e.org/ab"),
        ("https://e.org/x?amp;id=5&amp;p=2", "https://e.org/x?id=5&p=2"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("mailto:a@b.c", None),
        ("javascript:void(0)", None),
        ("file:///etc/passwd", None),
        ("https://user:pw@e.org/", None),
        ("http://[::1", None),
        ("https://./x", None),
        ("https://e.org/" + "a" * 3000, None),
    ],
)
def test_clean(url, clean):
    assert links.clean(url, "https://e.org/a/b.html") == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.org/a/story-one", "https://e.org/a/story-one/amp/"),
        ("https://e.org/a/story-one", "https://amp.e.org/a/story-one"),
        ("https://e.org/a/story-one", "https://e.org/amp/a/story-one"),
        ("https://e.org/a/story-one", "https://e.org/a/story-one?outputType=amp"),
        ("https://e.org/a/story-one", "https://e.org/a/story-one?amp=1"),
        ("https://e.org/a/story-one", "https://e.org/a/story-one/print"),
        ("https://e.org/a/1.html", "https://e.org/a/1.amp.html"),
        ("https://e.org/a/1.html?id=3", "https://e.org/a/1.html?print=1&id=3"),
        ("http://www.e.org/a/1.html", "https://e.org/a/1.html"),
        ("https://e.org/a/", "https://e.org/a/index.html"),
        ("https://e.org/a?x=1&y=2", "https://e.org/a?y=2&x=1"),
        ("https://e.org/2026/11/post.html", "https://e.org/2026/11/post.html?m=1"),
        ("https://e.kr/b.php?bo_table=n&wr_id=5", "https://e.kr/b.php?bo_table=n&wr_id=5&page=2&sfl=wr_subject&stx=x"),
        ("https://e.kr/view.do?nttId=5&pageIndex=1", "https://e.kr/view.do?nttId=5&pageIndex=7&searchCnd=0"),
    ],
)
def test_twins_have_one_identity(one, other):
    assert links.key(one) == links.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.org/a/1.html", "https://e.org/a/2.html"),
        ("https://e.org/a?id=1", "https://e.org/a?id=2"),
        ("https://e.org/article.php?sid=1", "https://e.org/article.php?sid=2"),
        ("https://e.org/show?ml_id=1", "https://e.org/show?ml_id=2"),
        ("https://e.org/a", "https://m.e.org/a"),
        ("https://e.org:8080/a", "https://e.org/a"),
        ("https://e.org/champion", "https://e.org/ch"),
        ("https://e.org/a?view=2", "https://e.org/a?view=3"),
        ("https://e.org/a?id=5&page=1", "https://e.org/a?id=5&page=2"),
        ("https://e.kr/b.php?bo_table=n&page=1", "https://e.kr/b.php?bo_table=n&page=2"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]/x"),
    ],
)
def test_different_pages_have_different_identities(one, other):
    assert links.key(one) != links.key(other)


ARTICLES = [
    ("https://www.example.com/2024/jan/19/zuckerberg-artificial-general-intelligence-system", "Meta's new aim"),
    ("https://www.example.com/news/world-europe-68012345", "Storm hits the northern coast, thousands without power"),
    ("https://tech.example.cn/24/0119/08/IOQ3AK7R00097U7T.html", "扎克伯格确认新目标:打造通用人工智能"),
    ("https://www.example.cn/n1/2024/0122/c1002-40163512.html", "国务院常务会议研究部署"),
    ("https://finance.example.cn/tech/2024-01-22/doc-inaekyqv1234567.shtml", "算力竞赛升级"),
    ("https://www.example.de/wirtschaft/unternehmen/meta-kauft-350-000-chips-a-1b2c3d4e", "Meta kauft Chips"),
    ("https://www.example.jp/articles/ASS1N4T2QS1NULFA00X.html", "生成AIの開発競争が激しくなっている"),
    ("https://example.org/?p=4711", "A short walk through the history of chips"),
    ("https://example.org/archives/5123.html", "今日の出来事について長い見出しを書く"),
    ("https://example.org/archives/5123", "今日の出来事について長い見出しを書く"),
    ("https://example.kr/news/articleView.html?idxno=12345", "정부 새로운 정책 발표해 시민들 환영"),
    ("https://example.kr/bbs/board.php?bo_table=news&wr_id=77", "정부 새로운 정책 발표해 시민들 환영"),
    ("https://example.cn/content.jsp?urltype=news.Url&wbtreeid=1001&wbnewsid=23", "学院召开会议部署工作"),
    ("https://example.org/posts/12", "Council approves the new bridge over the river"),
    ("https://example.org/news/detail/7", "Council approves the new bridge over the river"),
    ("https://example.org/news.php?id=991", "Council approves the new bridge over the river"),
    ("https://example.gov/bulletin/2026/no-12/art_3.html", "Decree on the repair of bridges"),
    ("https://example.org/index.php?option=com_content&view=article&id=15:x&catid=3", "Council approves the bridge"),
    ("https://example.org/stories/bridge-a", "Council approves the new bridge over the river at last"),
    ("https://www.example.fr/economie/article/2024/01/22/les-prix-baissent_6212345_3234.html", "Les prix"),
    ("https://edition.example.com/2026/07/23/travel/airport-delays/index.html?hpt=hp_bn6", "Flight chaos to come"),
    ("https://www.example.com/2026/07/23/asia/index.html", "Two fighter jets are shot down over the border"),
    ("https://example.net/2026/Mar/4/bridges/", "Something is afoot in the land of bridges"),
    ("https://v.example.cn/c/7rtMjecJn8N", "开车出溜沟里滚,忘拉手刹摔的狠"),
    ("https://www.example.com/news/commentary-on-the-new-bridge-over-the-river", "Commentary on a bridge"),
    ("https://www.example.com/business/oil-prices-what-to-watch/article22233509/", "Oil"),
    ("https://www.example.com/media/the-slow-end-of-print", "The slow end of print"),
    ("https://www.example.com/video/a-bridge-is-built-over-the-river", "Watch how a bridge is built over the river"),
]
OTHERS = [
    ("https://www.example.com/", "Home"),
    ("https://www.example.com/world/", "World"),
    ("https://www.example.com/tag/meta", "Meta"),
    ("https://www.example.com/author/jane-doe", "Jane Doe"),
    ("https://www.example.com/2024/01/", "January 2024"),
    ("https://www.example.com/news/page/3", "Next"),
    ("https://www.example.cn/list.jsp?urltype=tree.Url&wbtreeid=1001", "学院新闻与通知公告栏目"),
    ("https://www.example.com/news?cat_id=12&pageNo=3", "All of the news of our region"),
    ("https://www.example.com/archives/2024", "All that happened in the year 2024"),
    ("https://www.example.com/news/2024/", "All that happened in the year 2024"),
    ("https://www.example.com/archive/2024/01/22", "All that happened on this very day"),
    ("https://www.example.com/about-us", "About us"),
    ("https://paper.example.cn/html/2026-11/20/node_2.htm", "下一版"),
    ("https://www.example.org/index.php?id=15", "Contact and imprint"),
    ("https://www.example.org/region/list_2.html", "All the news of the region, page by page"),
    ("https://www.example.de/abo", "Jetzt abonnieren und vier Wochen gratis lesen"),
    ("https://www.example.com/privacy", "Privacy policy of our company and its partners"),
    ("https://www.example.com/login?next=/2024/01/22/some-long-article-name", "Log in to read the whole article"),
    ("https://www.example.com/2024/01/22/photo-of-the-day-from-space.jpg", "Photo of the day from space"),
    ("https://www.example.com/search?q=meta", "Search"),
    ("https://www.example.cn/tech/", "科技"),
    ("https://www.example.com/calendar/" + "next/" * 5 + "day", "A day of the calendar that never ends"),
    ("https://edition.example.com/europe/index.html", "Europe news and video"),
    ("https://www.example.com/article/comments/idUSBRE9560DL20130607", "Comments (12) on the bridge over the river"),
    ("https://blogs.example.com/article-comments/2026/07/16/fired-employee-to-file-a-suit/", "172"),
    ("https://www.example.fr/article/le-pont-20260405-2006639/commentaires", "Lire les 3 commentaires sur le pont"),
    ("https://comment5.news.example.cn/comment/skin/default.html?newsid=comos-icezzrr4158392", "大桥通车评论列表"),
    ("https://blog.example.org/2026_10_01_archive.html", "October"),
    ("https://www.example.com/news/collectionRss/Article-Template-News-24735.php", "Click to View RSS Feed"),
    ("https://www.example.com/science/2026/jul/17/bridge-cells-fixed/print", "Link to a printer-friendly version"),
    ("https://www.example.com/video/watch/?id=50148309n", "Not all bridges are created equal"),
    ("https://www.example.com/sports/slideshow/Home-Derby-66391.php", "The 2026 Home Run Derby"),
    ("https://en.example.org/wiki/Category:Articles_with_long_names_123", "Category:Articles with long names"),
    ("https://id.example.com/dashboard?returnUrl=http://www.example.com/world/2026/07/18/new-bridge-open", "Account"),
]


@pytest.mark.parametrize(("url", "text"), ARTICLES)
def test_articles_are_taken(url, text):
    assert links.article_score(url, text) >= 3


@pytest.mark.parametrize(("url", "text"), OTHERS)
def test_other_links_are_left(url, text):
    assert links.article_score(url, text) < 3


@pytest.mark.parametrize(
    ("url", "asked", "gate"),
    [
        ("https://e.org/consent?return=/2026/11/20/story", "https://e.org/2026/11/20/story", True),
        ("https://e.org/login?ReturnUrl=%2F2026%2F11%2F20%2Fstory", "https://e.org/2026/11/20/story", True),
        ("https://id.e.org/?next=https%3A%2F%2Fe.org%2Fn%2F7", "https://e.org/n/7", True),
        ("https://e.org/2026/11/20/the-story-itself?from=/r/7", "https://e.org/r/7", False),
        ("https://e.org/n/7?lang=de", "https://e.org/n/7", False),
        ("https://e.org/front?from=/", "https://e.org/", False),
    ],
)
def test_a_gate_carries_the_address_that_was_asked_for(url, asked, gate):
    assert links.is_gate(url, [asked]) is gate
    assert not links.is_gate(url, [])


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_makes_clean_raise_and_clean_is_stable(url, base):
    for given_url in (url, "https://e.org/" + url, "https://" + url):
        once = links.clean(given_url, base)
        if once is not None:
            assert links.clean(once) == once
            links.key(once)
            links.article_score(once, url)
