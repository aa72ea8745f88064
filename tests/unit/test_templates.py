"""Blocks that recur over the pages of a host."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.templates import MAX_BLOCKS, TemplateIndex


def block(text: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, text=text)


def pages(*common: str, count: int = 10) -> list[list[Block]]:
    return [
        [block(f"Story number {n} of its own."), *map(block, common), block(f"It ends in way {n}.")]
        for n in range(count)
    ]


def index_of(batch: list[list[Block]], host: str = "a.com") -> TemplateIndex:
    index = TemplateIndex()
    for number, blocks in enumerate(batch):
        index.observe(host, f"https://{host}/{number}", blocks)
    return index


def test_a_line_on_every_page_of_a_host_is_template_and_own_text_is_not():
    batch = pages("Follow us on our channel!")
    index = index_of(batch)
    assert [index.is_template("a.com", each) for each in batch[3]] == [False, True, False]


def test_the_same_line_on_another_host_is_not_template():
    assert not index_of(pages("Follow us on our channel!")).is_template("b.com", block("Follow us on our channel!"))


def test_order_of_pages_makes_no_difference():
    batch = pages("Follow us!", count=6)
    forward, backward = index_of(batch), index_of(batch[::-1])
    every = [each for blocks in batch for each in blocks]
    assert [forward.is_template("a.com", each) for each in every] == [
        backward.is_template("a.com", each) for each in every
    ]


def test_a_line_twice_on_one_page_counts_once():
    index = index_of([[block("again")] * 4, [block("other")], [block("more")]])
    assert len(index.sampled("a.com")) == 3
    assert not index.is_template("a.com", block("again"))


def test_a_page_that_comes_often_counts_once():
    index = TemplateIndex()
    for _ in range(9):
        index.observe("a.com", "https://a.com/one", [block("The only story of this host.")])
    assert not index.is_template("a.com", block("The only story of this host."))


def test_a_syndicated_paragraph_on_a_few_pages_is_kept():
    long = "A paragraph of an agency report that several desks of one house print word for word. " * 3
    batch = pages(count=30)
    for blocks in batch[:4]:
        blocks.append(block(long))
    assert not index_of(batch).is_template("a.com", block(long))


def test_a_copy_of_a_page_keeps_its_text():
    copy = [block("The only story of this host."), block("It has a second line.")]
    index = index_of([copy] * 6)
    draft = Draft(url="https://a.com/1", meta=Metadata(), blocks=tuple(copy))
    assert index.strip("a.com", draft) is draft


def test_strip_keeps_every_cut_block_with_its_reason():
    own = "A text of this page alone, long enough to outweigh the one line that all pages have in common."
    batch = [[block(f"{own} {n}"), block("Follow us!")] for n in range(8)]
    draft = Draft(url="https://a.com/1", meta=Metadata(), blocks=tuple(batch[0]))
    stripped = index_of(batch).strip("a.com", draft)
    assert [each.text for each in stripped.blocks] == [f"{own} 0"]
    assert [(piece.reason, piece.text) for piece in stripped.removed] == [("template", "Follow us!")]


def test_memory_does_not_grow_with_pages():
    index = TemplateIndex(sample=8, room=100)
    for n in range(3_000):
        index.observe(f"host{n % 40}.com", f"https://host/{n}", [block(f"text {n}"), block("Follow us!")])
    kept = [len(index.sampled(f"host{n}.com")) for n in range(40)]
    assert sum(kept) <= 100 and set(kept) == {2}


def test_with_more_hosts_than_room_nothing_is_kept_of_any():
    index = TemplateIndex(sample=8, room=20)
    for n in range(100):
        index.observe(f"host{n}.com", f"https://host{n}/1", [block("Follow us!")])
    assert not any(index.sampled(f"host{n}.com") for n in range(100)) and not index._hosts
    assert not index.is_template("host1.com", block("Follow us!"))


def test_a_page_of_very_many_blocks_takes_no_more_room_than_others():
    index = TemplateIndex()
    index.observe("a.com", "https://a.com/long", (block(f"line {n}") for n in range(5_000)))
    (marks,) = index.sampled("a.com").values()
    assert len(marks) == 8 * MAX_BLOCKS


@given(st.permutations(range(60)), st.integers(3, 20))
def test_what_is_kept_of_a_large_batch_is_the_same_in_any_order(order: list[int], room: int):
    def made(numbers: Iterable[int]) -> TemplateIndex:
        index = TemplateIndex(sample=8, room=room)
        for n in numbers:
            index.observe(f"host{n % 3}.com", f"https://host/{n}", [block(f"text {n % 7}"), block(f"own {n}")])
        return index

    there, back = made(range(60)), made(order)
    for n in range(3):
        assert dict(there.sampled(f"host{n}.com")) == dict(back.sampled(f"host{n}.com"))


def test_a_share_of_a_large_host_is_seen_on_its_sample():
    index = TemplateIndex()
    for n in range(2_000):
        lines = [block(f"Story {n}."), *([block("Join our club!")] if n % 4 == 0 else [])]
        index.observe(
            "a.com", f"https://a.com/{n}", [*lines, *([block("A word of the week.")] if n % 200 == 0 else [])]
        )
    assert index.is_template("a.com", block("Join our club!"))
    assert not index.is_template("a.com", block("A word of the week."))


def test_in_captures_two_pages_are_enough_and_a_paragraph_of_a_large_host_still_needs_its_share():
    def line(text: str) -> Block:
        return Block(kind=Kind.PARAGRAPH, text=text, line=4)

    index = index_of([[line(f"Own text {n}."), line("All rights reserved by the house")] for n in range(2)])
    assert index.is_template("a.com", line("All rights reserved by the house"))
    assert not index.is_template("a.com", block("All rights reserved by the house"))
    long = "A paragraph of an agency report that two desks of one house print word for word. " * 3
    index = index_of([[line(f"Own text {n}."), *([line(long)] if n < 2 else [])] for n in range(30)])
    assert not index.is_template("a.com", line(long))
