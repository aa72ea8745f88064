"""The crawl's memory: found at once, seen only when settled, asked again by how often things change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler import sources
from crawler.discovery import Candidate
from crawler.health import Figures
from crawler.state import MAX_TRIES, Fetched, Resource, State, Validators

NOW = 1_800_000_000.0
HOUR, DAY = 3600.0, 86_400.0
TEXT = '[[source]]\nname = "e"\nsite = "https://e.org/"\nfeeds = ["https://e.org/f"]\n'
(SOURCE,) = sources.parse(TEXT)
FEED = Resource(url="https://e.org/f", role="feed")


@pytest.fixture
def state(tmp_path):
    one = State(tmp_path / "state.sqlite")
    yield one
    one.close()


def candidate(number, age=None):
    at = datetime.fromtimestamp(NOW - age, UTC) if age is not None else None
    return Candidate(url=f"https://e.org/a/{number}", at=at)


def fetched(key, at=NOW, etag='"1"', sha="x"):
    return SOURCE, Fetched(key=key, fetched=at, validators=Validators(etag=etag, body_sha256=sha))


def test_what_is_found_is_due_until_it_is_settled(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=HOUR)], NOW)
    assert (new.url, new.seen, new.at) == ("https://e.org/a/1", False, NOW - HOUR)
    assert state.discover(SOURCE, [candidate(1, age=HOUR)], NOW) == []
    assert [due.key for due in state.due(SOURCE, NOW, 10)] == [new.key]  # a crashed run's page comes again
    state.settle([fetched(new.key)])
    assert state.due(SOURCE, NOW, 10) == [] and state.counts("e") == {"seen": 1}


def test_twins_and_trackers_are_one_page(state):
    pages = [
        Candidate(url=url) for url in ("https://e.org/a/1/amp", "http://www.e.org/a/1", "https://e.org/a/1?print=1")
    ]
    assert len(state.discover(SOURCE, pages, NOW)) == 1


def test_old_announcements_are_left_alone(state):
    assert state.discover(SOURCE, [candidate(1, age=31 * DAY)], NOW) == []
    assert len(state.discover(SOURCE, [candidate(2)], NOW)) == 1


def test_an_address_without_a_date_of_its_own_is_as_old_as_its_folders_say(state):
    now = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
    old, new = "https://e.org/2026/09/30/bridge", "https://e.org/2026/10/bridge"
    assert [due.url for due in state.discover(SOURCE, [Candidate(url=old), Candidate(url=new)], now)] == [new]
    told = Candidate(url=old, at=datetime(2026, 11, 21, tzinfo=UTC))
    assert [due.url for due in state.discover(SOURCE, [told], now)] == [old]  # the feed that names it knows better
    alike = Candidate(url=f"{old}-2", at=datetime(2026, 11, 21, tzinfo=UTC), dated_with_all=True)
    assert state.discover(SOURCE, [alike], now) == []
    every = replace(SOURCE, max_age_days=0.0)
    assert len(state.discover(every, [Candidate(url="https://e.org/1999/01/31/x")], now)) == 1


def test_a_later_announcement_makes_a_seen_page_due_with_its_validators(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=HOUR)], NOW)
    state.settle([fetched(new.key)])
    assert state.discover(SOURCE, [candidate(1, age=HOUR)], NOW + 60) == []
    (again,) = state.discover(SOURCE, [candidate(1, age=-300)], NOW + 600)
    assert again.seen and again.validators == Validators(etag='"1"', body_sha256="x")


def test_asked_again_after_half_the_time_it_stayed_the_same_within_bounds(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=0)], NOW)
    state.settle([fetched(new.key)])
    assert not state.due(SOURCE, NOW + 0.5 * HOUR, 9) and state.due(SOURCE, NOW + HOUR, 9)
    state.unchanged(SOURCE, new.key, NOW + 10 * HOUR)
    assert not state.due(SOURCE, NOW + 14 * HOUR, 9) and state.due(SOURCE, NOW + 15 * HOUR, 9)
    state.settle([fetched(new.key, at=NOW + 20 * HOUR)])  # it changed: soon again
    assert state.due(SOURCE, NOW + 21 * HOUR, 9)
    state.unchanged(SOURCE, new.key, NOW + 15 * DAY)  # older than revisit_days
    assert not state.due(SOURCE, NOW + 400 * DAY, 9)


def test_a_source_that_never_changes_is_asked_more_seldom(state):
    for number in range(60):
        (new,) = state.discover(SOURCE, [candidate(number, age=0)], NOW)
        state.settle([fetched(new.key)])
        state.unchanged(SOURCE, new.key, NOW + HOUR)
    state._factors.clear()  # as at the start of a run
    state.unchanged(SOURCE, new.key, NOW + 10 * HOUR)
    assert new.key not in [due.key for due in state.due(SOURCE, NOW + 18 * HOUR, 99)]
    assert new.key in [due.key for due in state.due(SOURCE, NOW + 19.1 * HOUR, 99)]


def test_a_page_whose_record_is_the_same_has_not_changed_though_its_bytes_have(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=0)], NOW)
    state.settle([fetched(new.key)])
    source, page = fetched(new.key, at=NOW + 10 * HOUR, etag='"2"', sha="y")
    state.settle([(source, replace(page, same=True))])
    assert not state.due(SOURCE, NOW + 14 * HOUR, 9)
    (again,) = state.due(SOURCE, NOW + 15 * HOUR, 9)
    assert again.validators == Validators(etag='"2"', body_sha256="y")
    state.settle([fetched(new.key, at=NOW + 20 * HOUR)])
    assert state.due(SOURCE, NOW + 21 * HOUR, 9)


def test_a_page_that_was_gone_for_a_run_and_is_the_same_again_is_seen(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=HOUR)], NOW)
    state.settle([fetched(new.key)])
    state.failed(new.key, NOW + 60, gone=True)
    (again,) = state.discover(SOURCE, [candidate(1, age=-60)], NOW + 120)
    assert state.counts("e") == {"new": 1} and again.validators.etag == '"1"'
    state.unchanged(SOURCE, new.key, NOW + 120)
    assert state.counts("e") == {"seen": 1} and state.due(SOURCE, NOW + 180, 9) == []


def test_the_newest_come_first_and_what_has_no_date_ranks_like_some_days_old(state):
    ages = {1: 50 * DAY / 2, 2: HOUR, 3: None, 4: 2 * DAY, 5: None, 6: 7 * DAY}
    state.discover(SOURCE, [candidate(number, age=age) for number, age in ages.items()], NOW)
    assert [due.url[-1] for due in state.due(SOURCE, NOW, 9)] == ["2", "4", "3", "5", "6", "1"]
    assert [due.url[-1] for due in state.due(SOURCE, NOW, 2)] == ["2", "4"]


def test_a_later_announcement_is_due_until_it_is_settled(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=HOUR)], NOW)
    state.settle([fetched(new.key)])
    state.discover(SOURCE, [candidate(1, age=-300)], NOW + 600)  # and the run ends before its turn
    (again,) = state.due(SOURCE, NOW + 600, 9)
    assert again.seen
    state.settle([fetched(new.key, at=NOW + 700)])
    assert state.due(SOURCE, NOW + 700, 9) == []


def test_what_the_source_does_not_want_any_more_takes_no_place(state):
    state.discover(SOURCE, [candidate(number, age=number) for number in range(5)], NOW)
    (narrow,) = sources.parse(TEXT + 'deny = ["/a/[0-2]$"]')
    assert [due.url[-1] for due in state.due(narrow, NOW, 1)] == ["3"]
    assert len(state.due(SOURCE, NOW, 9)) == 5


def test_a_source_that_was_renamed_keeps_what_it_knew_and_others_keep_theirs(state):
    (new,) = state.discover(SOURCE, [candidate(1)], NOW, resource=FEED, validators=Validators(etag='"f"'))
    state.settle([fetched(new.key)])
    state.discover(SOURCE, [candidate(2)], NOW)
    (renamed,) = sources.parse(TEXT.replace('"e"', '"new"'))
    (stranger,) = sources.parse(TEXT.replace('"e"', '"x"').replace("e.org", "x.org"))
    state.adopt([SOURCE, renamed])
    state.adopt([stranger])
    assert state.counts("e") == {"seen": 1, "new": 1}
    state.adopt([renamed])
    assert state.counts("new") == {"seen": 1, "new": 1} and state.resources(renamed, NOW) == []


def test_lists_are_forgotten_when_the_source_takes_something_else_and_only_then(state):
    state.begin(SOURCE)
    state.discover(SOURCE, [], NOW, resource=FEED, validators=Validators(etag='"f"'))
    state.begin(SOURCE)
    assert state.resource(SOURCE, "https://e.org/f")[0] == Validators(etag='"f"')
    (wider,) = sources.parse(TEXT + 'allow = ["/"]')
    state.begin(wider)
    assert state.resources(SOURCE, NOW) == [] and state.resource(SOURCE, "https://e.org/f") == (Validators(), 0.0)


def test_what_is_given_up_is_not_held(state):
    (new,) = state.discover(SOURCE, [candidate(1)], NOW)
    assert state.holds(new.key) and not state.holds("e.org/other")
    state.failed(new.key, NOW, gone=True)
    assert not state.holds(new.key)


def test_failures_wait_ever_longer_and_end(state):
    (new,) = state.discover(SOURCE, [candidate(1)], NOW)
    for _ in range(MAX_TRIES - 1):
        state.failed(new.key, NOW)
    assert not state.due(SOURCE, NOW + HOUR, 9) and state.due(SOURCE, NOW + 2 * DAY, 9)
    state.failed(new.key, NOW)
    assert not state.due(SOURCE, NOW + 400 * DAY, 9) and state.counts("e") == {"gone": 1}


def test_a_gone_page_stays_gone_until_announced_anew(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=DAY)], NOW)
    state.failed(new.key, NOW, gone=True)
    assert not state.due(SOURCE, NOW + DAY, 9)
    assert len(state.discover(SOURCE, [candidate(1, age=-60)], NOW + 60)) == 1


def test_a_feeds_validators_come_with_its_articles_or_not_at_all(state, monkeypatch):
    one = Validators(etag='"f"')
    with pytest.raises(RuntimeError):
        state.discover(SOURCE, _breaks(), NOW, resource=FEED, validators=one)
    assert state.resource(SOURCE, "https://e.org/f") == (Validators(), 0.0) and state.counts("e") == {}
    state.discover(SOURCE, [candidate(1)], NOW, resource=FEED, validators=one)
    assert state.resource(SOURCE, "https://e.org/f") == (one, 0.0)


def _breaks():
    yield candidate(1)
    raise RuntimeError


def test_a_feed_that_says_nothing_is_new_again_and_again_is_asked_for_the_whole_of_it(state):
    known = Validators(etag='"f"', modified="x", body_sha256="b")
    state.discover(SOURCE, [], NOW, resource=FEED, validators=known)
    asked = []
    for _ in range(17):
        asked.append(state.resource(SOURCE, "https://e.org/f")[0])
        state.resource_unchanged(SOURCE, "https://e.org/f", NOW)
    whole = Validators(body_sha256="b")  # the hash still tells whether anything has changed
    assert [number for number, one in enumerate(asked) if one == whole] == [7, 15]
    assert asked.count(known) == 15


def test_a_quiet_feed_is_asked_more_seldom_after_three_times(state):
    state.discover(SOURCE, [], NOW, resource=FEED, validators=Validators(etag='"f"'))
    pauses = []
    for _ in range(5):
        state.resource_unchanged(SOURCE, "https://e.org/f", NOW)
        pauses.append((state.resource(SOURCE, "https://e.org/f")[1] - NOW) / HOUR)
    assert pauses == pytest.approx([0, 0, 0.9, 1.8, 3.6])
    state.discover(SOURCE, [], NOW, resource=FEED, validators=Validators(etag='"g"'))
    assert state.resource(SOURCE, "https://e.org/f")[1] == 0.0


def test_the_tables_live_beside_the_catalogues(tmp_path):
    from pipelines.store.catalogue import Catalogue

    catalogue = Catalogue(tmp_path / "state.sqlite")
    state = State(tmp_path / "state.sqlite")
    state.discover(SOURCE, [candidate(1)], NOW)
    assert not catalogue.known("x")
    state.close()
    catalogue.close()


def test_a_trap_cannot_fill_the_disk(state, monkeypatch):
    monkeypatch.setattr("crawler.state.MAX_NEW", 5)
    assert len(state.discover(SOURCE, [candidate(number) for number in range(9)], NOW)) == 5


def test_the_maps_and_sections_that_a_page_names_are_kept_for_the_day_it_answers_304(state):
    child = Resource(url="https://e.org/s2.xml", role="sitemap", depth=1)
    state.discover(SOURCE, [], NOW, resource=FEED, validators=Validators(etag="1"), children=[child])
    assert sorted(state.resources(SOURCE, NOW), key=lambda one: one.url) == [FEED, child]
    state.forget_resource(SOURCE, child.url)
    assert state.resources(SOURCE, NOW) == [FEED]


def test_of_what_has_no_date_the_newest_by_its_address_comes_first(state):
    source = replace(SOURCE, max_age_days=0.0)
    paths = ["2019/05/a-story", "x", "2026/12/a-story", "20270114/y"]
    state.discover(source, [Candidate(url=f"https://e.org/{path}") for path in paths], NOW)
    assert [due.url[14:] for due in state.due(source, NOW, 9)] == [
        "x",
        "20270114/y",
        "2026/12/a-story",
        "2019/05/a-story",
    ]


def test_a_list_that_dates_all_it_names_alike_makes_nothing_due(state):
    (new,) = state.discover(SOURCE, [candidate(1, age=HOUR)], NOW)
    state.settle([fetched(new.key)])
    later = replace(candidate(1, age=-HOUR), dated_with_all=True)
    assert state.discover(SOURCE, [later], NOW + HOUR) == []
    assert state.discover(SOURCE, [replace(later, dated_with_all=False)], NOW + HOUR) != []


def test_the_runs_that_brought_something_are_found(state):
    for number, articles in enumerate([3, 0, 1, 0]):
        state.add_run(f"r{number}", "e", NOW + number, Figures(articles=articles).dumps())
    assert state.fruitful("e") == [NOW + 2, NOW]


def test_a_site_that_is_down_for_days_loses_no_article_and_one_that_stays_down_is_left(state):
    (new,) = state.discover(SOURCE, [candidate(1)], NOW)
    for hour in range(3 * 24):
        state.failed(new.key, NOW + hour * HOUR, excused=True)
        assert state.due(SOURCE, NOW + (hour + 1) * HOUR, 9)
    for number in range(MAX_TRIES):
        state.failed(new.key, NOW + (8 + number) * DAY, excused=True)
    assert state.counts("e") == {"gone": 1}


def test_a_section_that_names_nothing_is_asked_more_seldom_though_its_bytes_change(state):
    barren, good = (Resource(url=f"https://e.org/{name}", role="section", depth=1) for name in ("month", "world"))
    for number in range(6):
        now = NOW + number * HOUR
        state.discover(SOURCE, [], now, resource=barren, validators=Validators(body_sha256=str(number)))
        state.discover(SOURCE, [candidate(1)], now, resource=good, validators=Validators(body_sha256=str(number)))
    assert (
        state.resource(SOURCE, good.url)[1] == 0.0
        and state.resource(SOURCE, barren.url)[1] == NOW + 5 * HOUR + 0.9 * 8 * HOUR
    )
    state.discover(SOURCE, [candidate(1)], NOW + DAY, resource=barren)
    assert state.resource(SOURCE, barren.url)[1] == 0.0


def test_links_that_carry_the_time_do_not_fill_the_memory(state, monkeypatch):
    monkeypatch.setattr("crawler.remembered.MAX_SECTIONS", 5)
    home = Resource(url="https://e.org/", role="section")
    useful = Resource(url="https://e.org/world/", role="section", depth=1)
    state.discover(SOURCE, [], NOW, resource=home, children=[useful])
    for number in range(20):
        now = NOW + number * HOUR
        month = Resource(url=f"https://e.org/month?at={number}", role="section", depth=1)
        state.discover(SOURCE, [candidate(1)], now, resource=useful)
        state.discover(SOURCE, [], now, resource=home, children=[useful, month])
        state.discover(SOURCE, [], now, resource=month)
    known = {one.url for one in state.resources(SOURCE, now + 30 * DAY)}
    assert {home.url, useful.url, month.url} <= known and len(known) <= 6
