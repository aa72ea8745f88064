"""Whose an address is: its source's while that takes it, and nobody's loss when the file is cut another way."""

from datetime import UTC, datetime

import pytest

from crawler import sources
from crawler.discovery import Candidate
from crawler.state import Fetched, Resource, State, Validators

NOW = 1_800_000_000.0
DAY = 86_400.0
BLOCK = '[[source]]\nname = "{0}"\nsite = "https://e.org/"\nfeeds = ["https://e.org/{0}.xml"]\n{1}\n'
(WHOLE,) = sources.parse(BLOCK.format("one", ""))
REST, POLITICS = sources.parse(
    BLOCK.format("one", 'deny = ["/politics/"]') + BLOCK.format("politics", 'allow = ["/politics/"]')
)
(PLAIN,) = sources.parse(BLOCK.format("plain", ""))
FEED = Resource(url="https://e.org/politics.xml", role="feed")


@pytest.fixture
def state(tmp_path):
    one = State(tmp_path / "state.sqlite")
    yield one
    one.close()


def page(path, age=None):
    return Candidate(url=f"https://e.org/{path}", at=datetime.fromtimestamp(NOW - age, UTC) if age else None)


def waiting(state, source):
    return [one.url[14:] for one in state.due(source, NOW, 9)]


def test_a_source_that_is_split_hands_on_what_waits_though_no_list_names_it_any_more(state):
    state.adopt([WHOLE])
    state.discover(WHOLE, [page("politics/1", DAY), page("world/1", 2 * DAY)], NOW)
    state.adopt([PLAIN, REST, POLITICS])
    assert waiting(state, POLITICS) == ["politics/1"] and waiting(state, REST) == ["world/1"]
    assert waiting(state, PLAIN) == []


def test_what_is_denied_to_a_source_is_not_meant_for_another_that_has_no_patterns(state):
    state.adopt([WHOLE, PLAIN])
    state.discover(WHOLE, [page("politics/1", DAY)], NOW)
    state.adopt([REST, PLAIN])
    assert waiting(state, REST) == waiting(state, PLAIN) == []
    state.adopt([WHOLE, PLAIN])
    assert waiting(state, WHOLE) == ["politics/1"]


def test_what_a_list_names_goes_to_the_source_that_reads_it_when_its_own_does_not_take_it(state):
    state.adopt([REST, PLAIN])
    state.discover(WHOLE, [page("politics/1", DAY), page("politics/2", DAY), page("world/1", DAY)], NOW)
    tried = state.due(WHOLE, NOW, 9)[1].key
    state.failed(tried, NOW)
    found = state.discover(PLAIN, [page(name, DAY) for name in ("politics/1", "politics/2", "world/1")], NOW)
    assert [one.url[14:] for one in found] == ["politics/1"] == waiting(state, PLAIN)
    assert state.counts("plain") == {"new": 2} and waiting(state, REST) == ["world/1"]  # the other waits, as it did


def test_an_article_too_old_to_be_asked_again_moves_when_it_is_announced_anew(state):
    (new,) = state.discover(WHOLE, [page("politics/1", 20 * DAY)], NOW)
    state.settle([(WHOLE, Fetched(key=new.key, fetched=NOW, validators=Validators(etag='"1"')))])
    state.adopt([REST, POLITICS])
    assert state.counts("one") == {"seen": 1}
    (again,) = state.discover(POLITICS, [page("politics/1", -60)], NOW + DAY)
    assert again.seen and again.validators == Validators(etag='"1"') and state.counts("politics") == {"seen": 1}


def test_what_the_lists_of_a_source_name_of_anothers_is_counted(state):
    state.adopt([WHOLE, POLITICS])
    state.discover(WHOLE, [page("politics/1", DAY), page("politics/2", DAY)], NOW)
    named = [page(f"politics/{number}", DAY) for number in (1, 2, 3)]
    assert [one.url[-1] for one in state.discover(POLITICS, named, NOW, resource=FEED)] == ["3"]
    assert state.elsewhere["politics"] == 2
    assert waiting(state, WHOLE) == ["politics/1", "politics/2"]
