"""Fixtures of the tests that crawl sites of their own."""

import pytest

from .plain import Plain
from .small import Small


@pytest.fixture
def plain(tmp_path, request):
    one = Plain(tmp_path, *getattr(request, "param", ("a.test", "www.a.test", "b.test")))
    yield one
    one.web.close()


@pytest.fixture
def small(tmp_path):
    made = []

    def make(count=0, **keys):
        made.append(Small(tmp_path, count, **keys))
        return made[-1]

    yield make
    for one in made:
        one.web.close()
