"""Whatever a capture holds: no error, no invented text, nothing lost without a name."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines import capture, forms, lexicon
from pipelines.capture import hyphens
from pipelines.capture.lines import read
from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

FETCHED = datetime(2024, 10, 1, 12, 0, tzinfo=UTC)
PIECES = [
    "Home", "Share to", "2024-09-12 08:15:00", "date 2024-01-22 In the valley the river rose by two metres in an hour.",
    "By Jane Miller", "Home > News > Coast", "• one", "# Head", "> quoted", "```", "a\tb\tc", "Related articles", "相关阅读",
    "免责声明：", "本文不代表本站立场，不构成投资建议。", "责任编辑：王五", "Storm cuts power to forty thousand homes",
    "A storm that crossed the northern coast on Tuesday night left more than forty thousand homes without power, the grid "
    "operator said. Crews were still working on the last lines when the sun came up.",
    "市政府周三宣布，从下个月起，所有跨河大桥在夜间封闭维修，预计工程将持续到明年春天。", "2 Jump to Llama", "and so it went on,",
    "颱風外圍環流影響，東部山區昨天累積雨量超過三百毫米。", "", "", "\u200b", "Comments (3)", "© 2024 Example", "12:30", "?", "。",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=40).map("\n".join),
)


def flat(text: str) -> str:
    # The mark of a divided word goes with the division.
    return forms.squeeze(forms.visible(text)).replace(hyphens.DIVIDED, "")


def said(block: Block) -> str:
    """Return what a block holds of its page: the cells of a row are parted by us."""
    return flat(block.text.replace(" | ", " ") if block.kind is Kind.TABLE_ROW else block.text)


def lines_of(text: str) -> list[str]:
    return [flat(line.text) for line in read(text)]


@example("A²\xad\rµ")
@example("0\t0\r" + "⺀" * 19 + "。")
@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_captures(text: str) -> None:
    draft = prune(capture.extract(text, url="file:x.txt", fetched_at=FETCHED, config=Config()), Config())
    source = "".join(lines_of(text))
    for block in draft.blocks:
        code = block.kind is Kind.CODE  # its first line may be indented
        assert block.text == (block.text.rstrip() if code else block.text.strip())
        assert block.text.strip()
        assert flat(block.text) in source or said(block) in source
    out = "".join(flat(item.text) for item in draft.removed) + "".join(said(block) for block in draft.blocks)
    out += "".join(flat(block.text) for block in draft.blocks)
    out += "".join(flat(item.text.replace(" | ", " ")) for item in draft.removed)  # a row that was cut
    for line in lines_of(text):
        # A dateline before the first sentence is cut off the line that it stood on.
        assert line in out or any(line.endswith(said(block)) for block in draft.blocks), line
    if draft.meta.title is not None:
        assert flat(draft.meta.title) in source
    if draft.meta.published is not None:
        assert draft.meta.published.at <= FETCHED.replace(day=2)
        assert flat(draft.meta.published.raw) in source


BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(Kind),
    text=st.one_of(st.sampled_from([piece for piece in PIECES if piece.strip()]), st.text(min_size=1, max_size=200)),
    level=st.integers(0, 6),
    link_density=st.floats(0, 1),
    path=st.sampled_from(["", "article/p", "div.related/ul/li"]),
)


@given(st.lists(BLOCKS, max_size=25), st.booleans(), st.one_of(st.none(), st.sampled_from(PIECES)))
@settings(max_examples=300, deadline=None)
def test_prune(blocks: list[Block], is_capture: bool, title: str | None) -> None:
    draft = Draft(url="u", meta=Metadata(title=title), blocks=tuple(blocks), is_capture=is_capture)
    done = prune(draft, Config())
    assert done.meta == draft.meta
    left = list(blocks)
    for block in done.blocks:  # kept blocks are unchanged and in order
        while left and left[0] != block:
            left.pop(0)
        assert left
        left.pop(0)
    texts = [block.text for block in done.blocks] + [item.text for item in done.removed]
    assert sorted(texts) == sorted(block.text for block in blocks)
    assert all(item.reason for item in done.removed)
    assert prune(draft, Config()) == done


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_lexicon(line: str) -> None:
    found = lexicon.match(line)
    assert found is None or found.reason in lexicon.load().widths
