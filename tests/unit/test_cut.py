"""A body that falls short of what its server promised is taken where it is whole, and never where it is cut."""

import gzip

import pytest
from scrapy.http import Response

from crawler import cut

PAGE = b"<html><body>" + b"<p>words of a page</p>" * 500 + b"</body></html>\n<!-- served in 0.02 s -->"


def response(body, *, short=True, encoding=None):
    headers = {"Content-Encoding": encoding} if encoding else {}
    return Response("https://e.org/", headers=headers, body=body, flags=["dataloss"] if short else [])


@pytest.mark.parametrize("end", [b"</html>", b"</RSS>", b"</feed >", b"</rdf:RDF>", b"</urlset>", b"</sitemapindex>"])
def test_what_closes_what_it_opened_is_whole(end):
    assert not cut.is_cut(response(b"x" * 9000 + end + b"\n"), 10**6)
    assert not cut.is_cut(response(gzip.compress(b"x" * 9000 + end), encoding="gzip"), 10**6)


@pytest.mark.parametrize("body", [PAGE[:3000], PAGE[:-60], b"", PAGE + b"x" * 9000])
def test_what_does_not_is_cut(body):
    assert cut.is_cut(response(body), 10**6) and not cut.is_cut(response(body, short=False), 10**6)


def test_a_packed_body_that_ends_early_or_is_too_large_is_cut():
    packed = gzip.compress(PAGE)
    assert cut.is_cut(response(packed[:-60], encoding="gzip"), 10**6)
    assert not cut.is_cut(response(packed[:-8], encoding="gzip"), 10**6)  # it lacks its checksum alone
    assert cut.is_cut(response(packed, encoding="gzip"), 1000)
    emptied = cut.emptied(response(packed[:-60], encoding="gzip"))
    assert emptied.body == b"" and cut.CUT in emptied.flags
