"""The measure of captures itself: which lines the truth holds, and what the peers are given."""

from __future__ import annotations

from benchmarks.captures import fold_of, hosts
from benchmarks.captures.labels import crops, label
from benchmarks.captures.peers import by_justext, everything, wrapped
from benchmarks.captures.render import by_inscriptis

TRUTH = (
    "The council voted on Monday to keep the swimming hall open. A repair would cost more than all schools.\n"
    "Pools\nSwimmers had collected four thousand signatures in a week, and they cheered when the vote was read."
)
LINES = [
    "Pools",
    "Council keeps the hall",
    "The council voted on Monday to keep the swimming hall open. A repair would cost more than all schools.",
    "Pools",
    "Swimmers had collected four thousand signatures in a week, and they cheered when the vote was read.",
    "The council voted on Monday to keep the swimming hall open. A repair would cost more than all schools.",
    "You may also like another page about the harbour",
]


def test_lines_of_the_truth() -> None:
    assert [share > 0.5 for share in label(LINES, TRUTH)] == [False, False, True, True, True, False, False]


def test_crops_hold_the_article() -> None:
    shares = label(LINES, TRUTH)
    found = crops(shares, "seed")
    assert [name for name, _, _ in found] == ["full", "close", "tail"]
    assert all(start <= 2 and end >= 5 for _, start, end in found)
    assert found == crops(shares, "seed")
    assert crops([0.0], "seed") == [("full", 0, 1)]


def test_peers_get_every_line_as_a_paragraph() -> None:
    assert wrapped("a < b\n\n  c") == "<html><body><p>a &lt; b</p>\n<p>c</p></body></html>"
    assert everything("as it is", "en") == "as it is"
    assert by_justext("", "zh") == ""
    assert "signatures" in by_justext(" ".join(LINES[2:5] * 2), "en")


def test_hosts_stay_in_one_fold() -> None:
    assert hosts({"id": "x", "url": "https://www.example.org/a"}) == hosts({"id": "y", "url": "http://example.org/b"})
    assert hosts({"id": "x", "url": None}) == "x"
    assert fold_of("example.org", 4) == fold_of("example.org", 4)


def test_a_script_before_the_page_does_not_hide_it() -> None:
    page = "<html><head><title>T</title></head><body><p>The council voted on Monday.</p></body></html>"
    script = "<script>function f() { return 1 }</script>\n<!DOCTYPE HTML PUBLIC -//W3C//DTD HTML 4.01//EN>\n"
    assert by_inscriptis(script + page).strip() == "The council voted on Monday."
    assert by_inscriptis(page) == by_inscriptis(script + page)
    assert by_inscriptis("<script>f()</script><p>No page at all.</p>").strip() == "No page at all."
