"""Rows of data tables as one block each; cells of layout tables are text like any other."""

from __future__ import annotations

from pipelines.html.blocks import Container, Leaf, Page
from pipelines.model import Kind

_MAX_CELLS, _MAX_CELL_CHARS = 60, 400
"""Cells of the longest row of data, and characters of a cell: a longer one is prose in a layout table."""
_CELL_DEPTH, _IN_CELL = 4, frozenset({"p", "div", "section", "center"})
"""Elements from a cell's text up to the row, and those that systems put there."""


def join_row(page: Page, row: Container, index: int) -> None:
    """Make one TABLE_ROW of a row (container ``index``) of short cells; a layout table's stay blocks of their own."""
    leaves, containers = page.leaves, page.containers
    cells = leaves[row.start : row.end]
    if len(cells) < 2 or len(cells) > _MAX_CELLS or any(len(cell.text) > _MAX_CELL_CHARS for cell in cells):
        return
    homes = [cell.container for cell in cells]
    if len(set(homes)) < len(homes):
        return
    # The cells of this row, or an element or two in them: a row that holds the rows of other tables is layout.
    tops = [_cell_of(containers, home, index) for home in homes]
    # Several paragraphs in the only cell: systems for small sites wrap the whole article in such a table.
    if -1 in tops or len(set(tops)) < 2:
        return
    start = row.start
    leaves[start:] = [_merged(cells, index)]
    row.end = start + 1
    for container in containers[index + 1 :]:
        container.start, container.end = start, start + 1
    for anchors in (page.links, page.images):
        for anchor in reversed(anchors):
            if anchor.block <= start:
                break
            anchor.block = start


def _cell_of(containers: list[Container], home: int, row: int) -> int:
    """Return the cell of a row around a plain element in it, -1 where other elements are between."""
    for _ in range(_CELL_DEPTH):
        container = containers[home]
        if container.parent == row:
            return home if container.tag in ("td", "th") else -1
        if container.tag not in _IN_CELL:
            return -1
        home = container.parent
    return -1


def _merged(cells: list[Leaf], index: int) -> Leaf:
    """Return the block of a row in the container ``index``."""
    merged = Leaf(
        text=" | ".join(cell.text for cell in cells),
        container=index,
        kind=Kind.TABLE_ROW,
        level=0,
        inner=0,
        link_chars=sum(cell.link_chars for cell in cells),
        links=sum(cell.links for cell in cells),
        bold_chars=sum(cell.bold_chars for cell in cells),
        breaks=0,
        images_before=sum(cell.images_before for cell in cells),
    )
    for cell in cells:
        merged.inner |= cell.inner
    return merged
