"""Blocks that recur over the pages of a host."""

from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.templates import TemplateIndex


def block(text: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, text=text)


def pages(*common: str, count: int = 10) -> list[list[Block]]:
    return [
        [block(f"Story number {n} of its own."), *map(block, common), block(f"It ends in way {n}.")]
        for n in range(count)
    ]


def index_of(batch: list[list[Block]], host: str = "a.com") -> TemplateIndex:
    index = TemplateIndex(slots=1 << 12)
    for blocks in batch:
        index.observe(host, blocks)
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
    assert index_of([[block("again"), block("again"), block("again"), block("again")]]).pages("a.com") == 1
    assert not index_of([[block("again")] * 4]).is_template("a.com", block("again"))


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
    index = TemplateIndex(slots=1 << 10)
    before = index._counts.nbytes
    for n in range(2_000):
        index.observe(f"host{n % 50}.com", [block(f"text {n}")])
    assert index._counts.nbytes == before


def test_in_captures_two_pages_are_enough_and_a_paragraph_of_a_large_host_still_needs_its_share():
    def line(text: str) -> Block:
        return Block(kind=Kind.PARAGRAPH, text=text, line=4)

    index = index_of([[line(f"Own text {n}."), line("All rights reserved by the house")] for n in range(2)])
    assert index.is_template("a.com", line("All rights reserved by the house"))
    assert not index.is_template("a.com", block("All rights reserved by the house"))
    long = "A paragraph of an agency report that two desks of one house print word for word. " * 3
    index = index_of([[line(f"Own text {n}."), *([line(long)] if n < 2 else [])] for n in range(30)])
    assert not index.is_template("a.com", line(long))
