"""Fixtures of the tests that crawl sites of their own."""

import pytest

from .plain import Plain


@pytest.fixture
def plain(tmp_path, request):
    one = Plain(tmp_path, *getattr(request, "param", ("a.test", "www.a.test", "b.test")))
    yield one
    one.web.close()
