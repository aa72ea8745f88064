"""A link's words: its own, else those of the picture that it is or of the card that it stands in."""

import lxml.html
import pytest

from crawler import anchors

BASE = "https://e.org/"


def words(body):
    return {one.url[14:]: (one.text, one.in_heading) for one in anchors.read(lxml.html.fromstring(body), BASE, 1000)}


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ('<div><h3>The bridge opens</h3><p><a href="/a">Read more</a></p></div>', ("The bridge opens", True)),
        ('<div><h3><a href="/a">The bridge opens</a></h3><p><a href="/a">Read more</a></p></div>', None),
        ('<div><h3><a href="/b">Another</a></h3><a href="/a">Read more</a></div>', ("Read more", False)),
        ('<div><h3>One</h3><h3>Two</h3><a href="/a">Read more</a></div>', ("Read more", False)),
        ('<div><a href="/a"><img alt="The bridge opens"></a></div>', ("The bridge opens", False)),
        ('<div><h2>Headline</h2><a href="/a" aria-label="The bridge opens"></a></div>', ("The bridge opens", False)),
        ('<li><a href="/a"><img></a><h2>The bridge opens</h2></li>', ("The bridge opens", True)),
        ('<nav><h3>Topics</h3><a href="/a">Read more</a></nav>', ("Read more", False)),
        ('<a href="/a" title="The bridge opens again">The bridge …</a>', ("The bridge opens again", False)),
        ("<div><h3>Region</h3>" + "<a href='/x'>x</a>" * 9 + '<a href="/a">Read more</a></div>', ("Read more", False)),
    ],
)
def test_what_is_said_of_a_link(card, says):
    found = words(f'<body><main>{card}</main><div><p><a href="/other">Read more</a></p></div></body>')
    if says is None:  # the first of two links to one address: the longest words are taken by whoever reads the list
        links = anchors.read(lxml.html.fromstring(f'<body>{card}<p><a href="/o">Read more</a></p></body>'), BASE, 9)
        assert [(one.text, one.in_heading) for one in links[:2]] == [("The bridge opens", True)] * 2
    else:
        assert found["a"] == says


def test_words_that_no_other_link_has_are_its_own():
    assert words('<div><h3>The bridge opens</h3><a href="/a">Sport</a></div>')["a"] == ("Sport", False)
