"""What ``scrapy sources discover`` prints is a sources file, whatever the site and its addresses are named."""

import pytest

from crawler import sources
from crawler.probe import Finding, block, quoted


def discovered(site, *paths):
    """Return the source that the block of a site makes whose feeds are at these paths."""
    text = f'[[source]]\nname = "new"\nsite = {quoted(site)}\nstart = [{quoted(site)}]\nallow_addresses = ["::1/128"]\n'
    (source,) = sources.parse(text)
    found = [Finding(source="new", role="feed", url=site + path, good=True, says="2 articles") for path in paths]
    (made,) = sources.parse(block(source, found))
    return made


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("https://www.Harbour-Times.example/", "harbour-times.example"),
        ("https://新闻.example/", "xn--efvy88h.example"),
        ("https://www.zeitung-müller.example/", "xn--zeitung-mller-4ob.example"),
        ("http://[2001:db8::7]/", "2001-db8--7"),
        ("http://[::1]:8080/", "1"),
        ("https://_news.example/", "news.example"),
        ("https://" + "a" * 60 + ".example/", "a" * 60 + ".exa"),
    ],
)
def test_a_source_is_named_after_its_host_in_letters_that_a_name_may_have(site, name):
    assert discovered(site, "feed").name == name


@pytest.mark.parametrize("path", ['x"y', "x\\y", "新闻/feed", "a'b", "tab\tx"])
def test_marks_in_an_address_do_not_end_its_string(path):
    site = "https://e.example/"
    assert discovered(site, path).feeds == (site + path,)
    assert discovered(site + path + "/", "feed").site == site + path + "/"
