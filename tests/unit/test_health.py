"""Health: shares that mean something, history that is the source's own, formats that machines read."""

import json
import os
from collections import Counter

from crawler import live
from crawler.health import Figures, Limits, complaints, log_line, prometheus, silence, summary

LIMITS = Limits()
NOW, DAY = 1_800_000_000.0, 86_400.0


def runs(*articles):
    return [Figures(articles=number).dumps() for number in articles]


def test_a_source_that_goes_on_as_usual_is_fine():
    assert complaints(Figures(fetched=50, pages=20, articles=20), runs(*[18] * 20), LIMITS) == []
    assert complaints(Figures(), [], LIMITS) == []


def test_a_quiet_night_is_no_complaint_and_a_dry_week_is():
    usual = [20] * 10
    assert complaints(Figures(articles=0), runs(0, 0, 15, 20, *usual), LIMITS) == []
    (said,) = complaints(Figures(articles=0), runs(0, 1, 0, 0, *usual), LIMITS)
    assert "0.2 articles a run lately, usually" in said and "layout" in said
    assert complaints(Figures(articles=0), runs(0, 1, 0, 0, *usual), Limits(min_share=0)) == []


def test_a_small_source_is_not_judged_by_its_history():
    assert complaints(Figures(articles=0), runs(*[0, 1] * 8), LIMITS) == []


def test_errors_and_empty_pages_are_judged_by_their_share():
    blocked = Figures(fetched=5, errors=Counter({"http_403": 30, "TimeoutError": 2}))
    (said,) = complaints(blocked, [], LIMITS)
    assert said.startswith("32 of 37 fetches failed (http_403: 30)")
    assert complaints(Figures(fetched=30, errors=Counter(x=10)), [], LIMITS) == []
    (said,) = complaints(Figures(fetched=10, pages=10, empty=9), [], LIMITS)
    assert said.startswith("9 of 10 article pages gave no article")
    assert complaints(Figures(fetched=3, pages=3, empty=3), [], LIMITS) == []


def test_a_source_whose_lists_cannot_be_read_is_named_at_once_and_one_bad_hour_is_not():
    now = Figures(unread=Counter(http_404=1))
    (said,) = complaints(now, [], LIMITS)
    assert said == "none of its lists could be read (http_404: 1)"
    good, bad = Figures(lists=1, wanted=3).dumps(), now.dumps()
    assert complaints(now, [good], LIMITS) == [] and complaints(now, [bad, bad, good], LIMITS) == []
    assert complaints(now, [bad, bad, bad, good], LIMITS) == [said]
    assert "b: 1 of its lists could not be read (http_404: 1)" in summary({"b": now}, {})
    assert complaints(now, ['{"articles": 3}'], LIMITS) == []  # the run of an earlier version, which did not count them


def test_lists_that_never_named_an_article_are_a_complaint():
    now = Figures(lists=2, named=40)
    (said,) = complaints(now, [], LIMITS, knows=False)
    assert said.startswith("of 40 addresses that its lists name none is an article on its hosts")
    assert complaints(now, [], LIMITS) == [] and complaints(Figures(), [], LIMITS, knows=False) == []
    (said,) = complaints(Figures(lists=1, named=9, wanted=8), [], LIMITS, knows=False)
    assert said == "all 8 articles that its lists name are older than max_age_days"


def test_a_source_whose_articles_belong_to_others_is_told_so_also_when_its_lists_are_unchanged():
    now, same = Figures(lists=2, named=9, wanted=8, elsewhere=8), Figures(lists=2, unchanged=2)
    (said,) = complaints(now, [], LIMITS, knows=False)
    assert said.startswith("all 8 articles that its lists name belong to other sources")
    assert complaints(same, [same.dumps(), now.dumps()], LIMITS, knows=False) == [said]
    (said,) = complaints(Figures(lists=1, named=9, wanted=8, elsewhere=3), [], LIMITS, knows=False)
    assert said == (
        "of 8 articles that its lists name 3 belong to other sources, and the others are older than max_age_days"
    )
    (said,) = complaints(same, ['{"articles": 0}'], LIMITS, knows=False)
    assert said.startswith("its lists name no article on its hosts; see hosts")


def test_silence_is_told_from_the_pauses_a_source_usually_makes():
    weekly = [NOW - DAY * number * 7 for number in range(1, 9)]
    assert silence(NOW, weekly) == [] and silence(NOW + 13 * DAY, weekly) == []
    (said,) = silence(NOW + 15 * DAY, weekly)
    assert said.startswith("no new article for 22 days, its longest pause before was 7.0")
    hourly = [NOW - 3600 * number for number in range(100)]
    assert silence(NOW + 2 * DAY, hourly) == [] and silence(NOW + 3 * DAY, hourly)
    assert silence(NOW + 900 * DAY, weekly[:4]) == []


def test_what_was_refused_is_named():
    lines = summary({"b": Figures(refused=Counter({"robots.txt disallows it": 2, "taken": 7}))}, {})
    assert lines[1].split()[-1] == "2" and lines[2] == "b: not fetched: robots.txt disallows it: 2"


def test_a_parked_source_is_named():
    assert complaints(Figures(parked="asks to wait"), [], LIMITS) == ["parked: asks to wait"]


def test_figures_make_a_round_trip_and_the_log_line_is_json():
    one = Figures(fetched=3, errors=Counter(http_500=2))
    assert json.loads(one.dumps())["errors"] == {"http_500": 2}
    line = json.loads(json.dumps(log_line({"a": one}, {"a": ["x"]}, {"run_id": "r"})))
    assert line["sources"]["a"]["problems"] == ["x"] and line["run_id"] == "r"


def test_prometheus_text_has_one_type_line_a_metric_and_escapes_labels():
    text = prometheus({'a"b\\c': Figures(articles=2, errors=Counter(e=1))}, {}, {"seconds": 1.5})
    lines = text.splitlines()
    assert 'polyglean_source_articles{source="a\\"b\\\\c"} 2' in lines
    assert 'polyglean_source_errors{source="a\\"b\\\\c",kind="e"} 1' in lines
    types = [line for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types)) and text.endswith("\n")
    assert "polyglean_run_seconds 1.5" in lines


def test_others_may_read_the_metrics_whatever_the_services_umask(tmp_path):
    before = os.umask(0o077)
    try:
        live._replace(tmp_path / "x.prom", "x 1\n")
    finally:
        os.umask(before)
    assert (tmp_path / "x.prom").stat().st_mode & 0o777 == 0o644 and (tmp_path / "x.prom").read_text() == "x 1\n"


def test_the_summary_names_every_source_and_every_problem():
    lines = summary({"b": Figures(articles=1), "a": Figures()}, {"b": ["is unwell"]})
    assert [line.split()[0] for line in lines] == ["source", "a", "b", "b:"] and lines[-1] == "b: is unwell"
