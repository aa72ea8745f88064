"""What recurs over the pages of a host is cut by the crawls that come after the one that saw it."""

from datetime import UTC, datetime, timedelta

import pytest

from .site import Web, rss
from .world import World

HOST = "daily.test"
JUNK = "Our newsroom by the old lighthouse is open on every day of the week, and visitors are welcome after nine."


class Recurring(World):
    """One host, all of whose articles end in the same sentence."""

    patience = 60

    def __init__(self, folder):
        self.web, self.folder, self.output = Web(), folder, folder / "output"
        self.articles, self.paths = {}, []
        folder.mkdir(exist_ok=True)
        u = self.web.url
        (folder / "sources.toml").write_text(
            f'[[source]]\nname = "daily"\nsite = "{u(HOST)}"\nfeeds = ["{u(HOST, "/feed.xml")}"]\ndelay = 0\n'
            "revisit_min_minutes = 0\nrevisit_max_hours = 0\nallow_addresses = ['127.0.0.1/32']\n"
        )

    def publish(self, numbers):
        for number in numbers:
            self.paths.append(f"/2026/11/20/the-story-number-{number}-of-the-month.html")
            self.add(HOST, self.paths[-1], "en", f"daily {number}", extra=f"<p>{JUNK}</p>")
        now = datetime.now(UTC)
        items = [(self.web.url(HOST, path), f"Item {n}", now - timedelta(hours=n)) for n, path in enumerate(self.paths)]
        self.web.put(HOST, "/feed.xml", rss(items), content_type="application/rss+xml")

    def texts(self):
        return {int(row["url"].split("-number-")[1].split("-")[0]): row for row in self.rows()}


@pytest.fixture
def world(tmp_path):
    one = Recurring(tmp_path / "world")
    yield one
    one.web.close()


def test_a_crawl_cuts_what_earlier_crawls_have_seen_on_other_pages(world):
    world.publish(range(6))
    assert world.crawl(TEMPLATES=True).returncode == 0
    first = world.texts()
    assert sorted(first) == list(range(6)) and all(JUNK in row["text"] for row in first.values())
    world.publish(range(6, 9))
    result = world.crawl(TEMPLATES=True)
    assert result.returncode == 0, result.stderr[-2000:]
    second = world.texts()
    assert sorted(second) == list(range(9))
    for number in (6, 7, 8):
        assert JUNK not in second[number]["text"]
        assert {"reason": "template", "text": JUNK} in second[number]["removed"]
    assert {number: second[number]["text"] for number in first} == {n: row["text"] for n, row in first.items()}
    world.publish([9])
    assert world.crawl().returncode == 0  # a run that is not asked to leaves every page to itself
    assert JUNK in world.texts()[9]["text"]
