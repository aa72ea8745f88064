"""Where the pictures of an article really are, and what is no picture."""

from __future__ import annotations

from time import process_time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.html import images
from pipelines.html.images import source


def address(tag: str) -> str:
    """Return the source of the picture in a piece of mark-up."""
    return source(next(lxml.html.fragment_fromstring(tag, create_parent="div").iter("img")))


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/boat.jpg">',
        '<img src="/grey.gif" data-lazyload="/boat.jpg">',
        '<img src="none.gif" file="x" zoomfile="/boat.jpg">',
        '<img src="https://cdn.example.com/1x1.trans.gif" data-src="/boat.jpg">',
        '<img src="data:image/gif;base64,AA" data-srcset="/boat-400.jpg 400w, /boat.jpg 800w">',
        '<img srcset="/boat-400.jpg 1x, /boat.jpg 2x">',
        '<picture><source srcset="/boat-400.jpg 400w,\n /boat.jpg 800w"><img alt="A boat"></picture>',
        '<img src="/img/loading.gif" srcset="/boat.jpg">',
        '<img src="/boat-400.jpg 400w, /boat.jpg 800w">',
        '<img src="null" data-src="undefined" data-original="/boat.jpg">',
        '<img src="/boat.jpg" data-lazy="true" data-lazyload="1.5">',
        '<img src="/boat.jpg" data-src="/boat_{width}x.jpg">',
        '<img src="/boat.jpg" data-url="https://news.example.com/town/ferry/12345">',
        '<img src="/boat-blurred.jpg" data-lazyload="/boat.jpg">',
        '<img class="zoom" file="/boat.jpg" lazyloadthumb="1">',
        '<img src="data:image/gif;base64,AA" data-srcset="/boat.jpg 1024w, /boat-300.jpg 300w, /boat-150.jpg 150w">',
        '<img srcset="/boat-300.jpg 300w,/boat.jpg 1200w">',
        '<img srcset="/w_300,h_2/boat.jpg 1x, /boat.jpg 1.5x">',
        '<img srcset="/boat.jpg">',
    ],
)
def test_the_picture_is_where_the_loader_has_it(tag: str) -> None:
    assert address(tag) == "/boat.jpg"


@pytest.mark.parametrize("src", ["/pixel-6-review.jpg", "/ship-loading.jpg", "/grey-whale.png", "/a/none-of-us.png"])
def test_a_picture_that_only_sounds_like_a_placeholder(src: str) -> None:
    assert address(f'<img src="{src}">') == src


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/t?id=3" width="1" height="1">',
        '<img src="/assets/blank.gif">',
        '<img src="/assets/placeholder.60f9b1840c.svg">',
        '<img src="data:image/gif;base64,AA">',
    ],
)
def test_a_counters_dot_and_a_placeholder_are_no_pictures(tag: str) -> None:
    assert address(tag) == ""


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/pingjs/img/favicon.ico">',
        '<img src="/images/common/btn_close.gif">',
        '<img src="/theme/icons/user.svg">',
        '<img src="/thumb/f/fc/Padlock.svg/20px-Padlock.svg.png">',
        '<img src="/a/read-more-button.png">',
        '<img src="/buttons/get_flash_player.gif">',
        '<img src="/smile.gif" width="16" height="16">',
        '<img src="/bbcx/grey-placeholder.png">',
    ],
)
def test_signs_and_buttons_are_no_pictures(tag: str) -> None:
    assert address(tag) == ""


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/icon-of-the-seas.jpg">',
        '<img src="/star-wars.png">',
        '<img src="/thumb/boat.png/220px-boat.png">',
        '<img src="/button-quail.jpg">',
        '<img src="/boat.jpg" width="32" height="400">',
        '<img src="/boat.jpg" width="16" height="9">',
    ],
)
def test_pictures_whose_names_only_begin_so(tag: str) -> None:
    assert address(tag) == lxml.html.fromstring(tag).get("src")


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://stats.example.com/__utm.gif?utmwv=1&utme=8(x)">',
        '<img src="/tinymce/img/trans.gif?m=1207340914g">',
        '<img src="/images/headshots/75x75/jane_doe.jpg">',
        '<img src="https://secure.gravatar.com/avatar/0a1b?s=96">',
        '<img src="/2018/default_avatar.jpg">',
        '<img src="/images/logos/partner-ministry.png">',
        '<img src="/static/logo-footer@2x.png">',
        '<img src="/uploads/2024/05/insurer-300x250px.gif">',
        '<img src="/banners/ferry-728x90.jpg">',
        '<img src="null">',
        '<img src="/img/sharings/vk_gray.svg">',
        '<img src="/img/sns/kakao_24.jpg">',
        '<img src="/assets/share/arrow.svg">',
    ],
)
def test_counters_portraits_logos_and_adverts_are_no_pictures(tag: str) -> None:
    assert address(tag) == ""


@pytest.mark.parametrize(
    "src",
    [
        "/uploads/boat-300x250.jpg",
        "/uploads/avatar-2-poster.jpg",
        "/uploads/new-logo-of-the-ferry.jpg",
        "/photos/1728x901/boat.jpg",
        "/none-of-us.jpg",
    ],
)
def test_pictures_with_such_words_in_their_names(src: str) -> None:
    assert address(f'<img src="{src}">') == src


@given(
    st.one_of(
        st.from_regex(images._ICON, alphabet=st.characters(codec="ascii")),
        st.from_regex(images._NO_PICTURE, alphabet=st.characters(codec="ascii")),
    )
)
def test_no_address_that_the_patterns_find_is_passed_over(found: str) -> None:
    assert images._is_sign(found)


@pytest.mark.parametrize("addresses", ["", " , ,", ",a", "a,,", "a 1w 2w", "a 1w,b", "a" * 30_000])
def test_a_set_of_any_form_gives_no_more_than_one_address(addresses: str) -> None:
    assert " " not in images._widest(addresses)


def test_the_time_of_an_address_does_not_grow_with_the_square() -> None:
    template = "./" * 900 + "{"
    markup = f"<div>{f'<img src=/boat.jpg data-src={template} data-original={template}>' * 100}</div>"
    begin = process_time()
    assert {source(each) for each in lxml.html.fromstring(markup).iter("img")} == {"/boat.jpg"}
    assert process_time() - begin < 2
