"""The measure of captures itself: which lines the truth holds, and what the peers are given."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.captures import fold_of, hosts, read_folds, write_folds
from benchmarks.captures.__main__ import ours
from benchmarks.captures.labels import crops, label
from benchmarks.captures.peers import by_justext, everything, wrapped
from benchmarks.captures.render import by_inscriptis
from benchmarks.captures.sheets import DRAWS, KINDS, MIXTURES, Capture, sheets, variants
from benchmarks.captures.train_title import Case, fit
from benchmarks.captures.vocabulary import LEAST_HOSTS, Vocabulary
from pipelines.capture.joins import join
from pipelines.capture.lines import read
from pipelines.capture.votes import build
from pipelines.capture.worth import NAMES as WORTHS
from pipelines.capture.worth import UNIT
from pipelines.pruning.shapes import shape

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


def captured(host: str, topic: str) -> Capture:
    """Return a page of a menu, a title, five paragraphs and a footer, all about its topic."""
    body = [
        f"The council of {topic} voted on Monday, for the {number} time, to keep it open. It costs more than all schools."
        for number in ("first", "second", "third", "fourth", "fifth")
    ]
    text = "\n\n".join(["Home", "Sport", f"Council keeps the {topic}", *body, f"More on {topic}", "Imprint"])
    lines = join(read(text))
    shares = label([line.text for line in lines], "\n".join(body))
    triples = tuple((line, shape(line.text), share) for line, share in zip(lines, shares, strict=True))
    return Capture(page=topic, host=host, language="en", renderer="x", sure=True, lines=triples)


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


def test_mixtures_hold_one_article_only() -> None:
    page, other = captured("a.example", "harbour"), captured("b.example", "library")
    found = {kind: (triples, partner) for kind, triples, partner in variants(page, [other])}
    assert set(found) == {"full", "close", "tail"} | {f"{kind} {draw}" for kind in MIXTURES for draw in range(DRAWS)}
    assert {kind.split()[0] for kind in found} == set(KINDS)
    for kind, (triples, partner) in found.items():
        assert partner == ("b.example" if kind.split()[0] in ("graft", "head", "feed") else "")
        assert any(share > 0.5 for _, _, share in triples)
        assert all("harbour" in line.text for line, _, share in triples if share > 0.5)
    feeds = [found[f"feed {draw}"][0] for draw in range(DRAWS)]
    foreign = [line.text for triples in feeds for line, _, share in triples if "library" in line.text and not share]
    assert any(text.startswith("The council of library voted") for text in foreign)
    assert list(variants(page, [other])) == list(variants(page, [other]))


def test_sheets_of_flat_captures_have_the_lines_of_the_others_and_no_blank_ones() -> None:
    pages = [captured(f"{name}.example", "harbour") for name in "abcdef"]
    numbers = Vocabulary(pages).numbers
    usual, bare = (list(sheets(pages, 1, numbers, is_flat=is_flat)) for is_flat in (False, True))
    assert [(sheet.kind, sheet.labels.tolist()) for sheet in usual] == [
        (sheet.kind, sheet.labels.tolist()) for sheet in bare
    ]
    column = usual[0].names.index("after_blank")
    assert usual[0].rows[1:, column].any()
    assert not any(sheet.rows[1:, column].any() for sheet in bare)


def test_a_mixture_s_words_are_weighed_without_either_host() -> None:
    pages = [captured(f"{name}.example", "harbour") for name in "abcdef"]
    vocabulary = Vocabulary(pages)
    every = [sheet for sheet in sheets(pages, 1, vocabulary.numbers) if sheet.host == "a.example"]
    told = {
        sheet.kind: rows
        for sheet, rows in zip(every, vocabulary.rows(every, {page.host for page in pages}), strict=True)
    }
    most = {kind: float(told[kind][:, WORTHS.index("worth_most")].max()) for kind in ("full", "feed 0")}
    assert len(pages) - 2 >= LEAST_HOSTS
    assert most == {
        "full": np.float32(UNIT * round(np.log(7 / 2) / UNIT)),
        "feed 0": np.float32(UNIT * round(np.log(3) / UNIT)),
    }


def test_there_is_a_model_for_every_fold_and_each_is_another(tmp_path: Path) -> None:
    models = read_folds()
    assert len(models) == 4
    assert all(len({str(model[part]) for model in models}) == 4 for part in ("networks", "flat"))
    text = "\n\n".join(["Home", "Council keeps the hall", *TRUTH.split("\n"), "You may also like another page"])
    for model in models:
        assert "four thousand signatures" in ours({"id": "a", "lang": "en"}, text, build(model))["body"]
    write_folds(models[:2], tmp_path / "folds")
    assert read_folds(tmp_path / "folds") == models[:2]
    assert read_folds(tmp_path / "none") == []


def test_weights_of_titles_are_learned_from_what_sets_them_apart() -> None:
    first = [{"near": 1.0, "wide": 1.0}, {"near": 0.0, "wide": 1.0}]
    second = [{"near": 0.0, "wide": 0.0}, {"near": 1.0, "wide": 0.0}]
    cases = [
        Case(host=f"{number}.test", rows=rows, is_title=titles)
        for number in range(60)
        for rows, titles in ((first, [True, False]), (second, [False, True]))
    ]
    weights = fit(cases)
    assert weights["near"] > 1 and abs(weights["wide"]) < 0.01
    assert weights["near"] + weights["wide"] + weights[""] >= 0 > weights[""]
