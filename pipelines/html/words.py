"""Word groups: what class names, ids, roles and tags say of an element's job on the page, as bits of one integer."""

from __future__ import annotations

import re

import lxml.html

_WORDS: dict[str, str] = {
    "share": "share sharing social socials sociallinks addthis sharethis jiathis bshare bdsharebuttonbox bdshare twitter "
    "facebook whatsapp pinterest weibo wechat weixin telegram linkedin sns tweet like likes follow fenxiang shareto "
    "teilen compartir partager sharebar sharebox sharetools a2a sharedaddy jp-relatedposts",
    "related": "related relate relates relatedposts recommend recommended recommendation recommendations recirc "
    "recirculation similar more moreon morefrom readmore readnext next-up upnext outbrain taboola zergnet plista "
    "trending popular mostread most-read mostpopular hot hotnews latest xiangguan tuijian interest interested "
    "suggestions suggested teaser teasers linkbox crosslink crosslinks inlinerelated storypackage xgxw rel xg recom "
    "also seealso further",
    "comment": "comment comments commentlist respond reply replies disqus discussion feedback pinglun pl comm remark "
    "kommentar kommentare commentaires comentarios livefyre talkback guestbook forum viafoura coral",
    "nav": "nav navi navigation navbar menu menus submenu topnav subnav breadcrumb breadcrumbs crumb crumbs crumbtrail "
    "pager pagination pages page-numbers pagenav paging tabs tab toc sitemap skip skiplink skip-link daohang weizhi "
    "location position mianbao toolbar dropdown megamenu hamburger drawer prev next prevnext previous",
    "footer": "footer foot bottom copyright colophon copy subfooter legal disclaimer imprint impressum foottext "
    "banquan footerbar siteinfo",
    "header": "header masthead head top topbar banner hero logo site-header branding brand toolbar topline",
    "side": "sidebar side aside rail right-rail rightrail secondary sidecol rightcol leftcol right left column3 widget "
    "widgets rcol lcol sidebarright complementary tertiary module-sidebar",
    "ad": "ad ads adv advert adverts advertisement advertising adsense adsbygoogle adbox adslot ad-slot dfp gpt sponsor "
    "sponsored sponsors promo promos promotion promoted promobox partner commercial banner-ad anzeige werbung reklama "
    "publicidad publicite guanggao adcontent billboard leaderboard mpu affiliate native paid ggao",
    "caption": "caption captions figcaption wp-caption-text imgcaption image-caption photocaption credit credits "
    "photo-credit legend cutline bildunterschrift copyright-image imagecaption caption-text media-caption",
    "author": "author authors byline by-line writer contributor contributors bio vcard autor auteur autore zuozhe "
    "author-bio about-author abouttheauthor authorbox author-box editor editors reporter journalist profile avatar",
    "date": "date dateline time timestamp datetime published pubdate pub updated publish meta metadata postmeta "
    "post-meta entry-meta info article-info infos postinfo source laiyuan datum fecha shijian byinfo",
    "tag": "tag tags taglist keywords keyword topics topic categories category cat cats tagcloud hashtags schlagworte "
    "labels label etiquetas biaoqian kicker eyebrow rubrik",
    "subscribe": "newsletter newsletters subscribe subscription subscriptions signup sign-up register registration login "
    "paywall premium piano regwall email-signup mailchimp optin opt-in donate donation support membership abo cta "
    "call-to-action join lead-gen",
    "consent": "cookie cookies consent gdpr ccpa onetrust privacy cmp notice popup modal overlay lightbox dialog alert",
    "content": "content article articles articlebody article-body story storybody story-body entry entry-content "
    "post-content postcontent post-body postbody post text maintext bodytext body main article-content articlecontent "
    "richtext rich-text wysiwyg zhengwen neirong xxnr nr artical news-content newscontent detail details txt artibody "
    "texte texto testo inhalt artikel articulo contenido corpo rte prose paragraph paragraphs js_content",
    "title": "title headline heading hed headtitle biaoti bt titel titre titulo subtitle subhead subheadline posttitle "
    "entry-title page-title articletitle",
    "summary": "summary lead lede intro introduction deck dek standfirst abstract excerpt teasertext chapo vorspann "
    "zhaiyao daodu description desc sinopsis sommario key-points highlights keypoints",
    "media": "video videos player gallery slideshow slider carousel image images img photo photos picture pic figure "
    "media thumbnail thumb thumbs embed embedded audio podcast swiper slick",
    "list": "list lists listing items grid cards card feed stream river index archive archives blogroll linklist links "
    "newslist ul-list tiles tile collection collections",
    "print": "print printer email mail tools tool utility utilities actions action buttons button btn btns fontsize "
    "download bookmark save rating rate stars vote votes poll quiz survey views counter",
    "hidden": "hidden hide visually-hidden visuallyhidden sr-only screen-reader-text screenreader offscreen invisible "
    "noprint no-print assistive u-hidden none",
    "quote": "quote pullquote blockquote pull-quote zitat infobox factbox box sidebar-box faktbox callout aside-box "
    "note footnote footnotes references reference reflist citation bibliography",
    "product": "product price prices shop cart buy shopping product-card deal deals merchant amazon",
    "user": "user username member members account signin logout welcome usermenu lang language languages locale search "
    "searchbox searchform",
}
"""Words of class names and ids by job. Languages: what publishers write in markup (English above all, pinyin, German,
Romance). Set by reading frequent class words of the 533 public pages and of common content systems."""

GROUPS: dict[str, int] = {
    name: 1 << place
    for place, name in enumerate(
        [
            *_WORDS,
            *[
                "strong",
                "t_nav",
                "t_footer",
                "t_header",
                "t_aside",
                "t_form",
                "t_figure",
                "t_article",
                "t_main",
                "t_button",
                "s_hidden",
                "s_body",
                "t_table",
                "t_list",
                "t_figcaption",
                "t_blockquote",
                "t_section",
            ],
        ]
    )
}
"""Bit of each group. ``t_…`` are tags and roles, ``s_hidden`` style or attribute, ``s_body`` itemprop articleBody."""
COUNT = len(GROUPS)

_LOOKUP: dict[str, int] = {}
for _name, _list in _WORDS.items():
    for _word in _list.split():
        _LOOKUP[_word] = _LOOKUP.get(_word, 0) | GROUPS[_name]

_TAGS = {
    "nav": "t_nav", "footer": "t_footer", "header": "t_header", "aside": "t_aside", "form": "t_form",
    "figure": "t_figure", "article": "t_article", "main": "t_main", "button": "t_button", "fieldset": "t_form",
    "table": "t_table", "ul": "t_list", "ol": "t_list", "dl": "t_list", "figcaption": "t_figcaption",
    "blockquote": "t_blockquote", "section": "t_section", "menu": "t_nav", "label": "t_form",
}  # fmt: skip
_TAG_FLAGS = {tag: GROUPS[group] for tag, group in _TAGS.items()}
_ROLES = {
    "navigation": "t_nav", "contentinfo": "t_footer", "banner": "t_header", "complementary": "t_aside",
    "search": "t_form", "article": "t_article", "main": "t_main", "button": "t_button", "form": "t_form",
    "dialog": "consent", "alertdialog": "consent", "menu": "t_nav", "menubar": "t_nav", "tablist": "t_nav",
}  # fmt: skip

_SPLIT = re.compile(r"[^A-Za-z]+")
_CAMEL = re.compile(r"[a-z](?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def flags_of(element: lxml.html.HtmlElement, tag: str) -> int:
    """Return the word groups that an element's tag, class, id, role, style and itemprop speak of."""
    flags = _TAG_FLAGS.get(tag, 0)
    for name, value in element.items():
        if name == "class" or name == "id":
            known = _KNOWN.get(value)
            flags |= _named(value) if known is None else known
        elif name == "role":
            flags |= _ROLE_FLAGS.get(value, 0)
        elif name == "hidden" or (name == "style" and "none" in value and _HIDDEN_STYLE.search(value[:500])):
            flags |= _HIDDEN
        elif name == "itemprop" and "articlebody" in value[:60].lower():
            flags |= _BODY
    return flags


_ROLE_FLAGS = {role: GROUPS[group] for role, group in _ROLES.items()}
_HIDDEN = GROUPS["s_hidden"]
_BODY = GROUPS["s_body"]
_KNOWN: dict[str, int] = {}
_MAX_KNOWN = 50_000


# Names that content systems give to the body itself: a word for the article joined to a word for its text.
_BODY_NAME = re.compile(
    r"(?:^|[\s_-])(?:article|entry|post|story|news|blog|single|artikel|articolo|articulo|art|node|item|main|page)"
    r"[\s_-]{0,2}(?:main[_-]?)?(?:body|content|text|txt|copy|inner|detail|details|con|cont|paragraphs?|inhalt|texte)\b"
    r"|(?:body|content|text|rich|field|wysiwyg)[_-]{0,2}(?:body|text|article|content|copy|editor)\b|\be-content\b"
    r"|trs_editor|js_content|artibody|endtext|zoom\b|wysiwyg|neirong|zhengwen|rte\b|\bprose\b",
    re.I,
)


def _named(value: str) -> int:
    """Return the groups of the words in a class or id: whole names, then parts at hyphens and camel humps."""
    flags = 0
    whole, value = value, value[:300]
    if _BODY_NAME.search(value):
        flags |= GROUPS["strong"]
    for name in value.split():
        lower = name.lower()
        flags |= _LOOKUP.get(lower, 0)
        for part in _SPLIT.split(_CAMEL.sub(lambda match: match.group() + " ", name)):
            if part:
                flags |= _LOOKUP.get(part.lower(), 0)
    if len(_KNOWN) >= _MAX_KNOWN:
        _KNOWN.clear()
    _KNOWN[whole] = flags
    return flags
