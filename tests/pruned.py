"""Blocks as a test writes them, and what is left of them when they have been pruned."""

from __future__ import annotations

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune


def block(text: str, kind: Kind = Kind.PARAGRAPH, **more: object) -> Block:
    """A block of an article."""
    return Block(kind=kind, text=text, **more)  # type: ignore[arg-type]


def run(*blocks: Block | str, title: str | None = None, capture: bool = False) -> tuple[list[str], dict[str, str]]:
    """The texts that are left, and the reason of each that is cut."""
    made = tuple(item if isinstance(item, Block) else block(item) for item in blocks)
    done = prune(Draft(url="u", meta=Metadata(title=title), blocks=made, is_capture=capture), Config())
    return [item.text for item in done.blocks], {item.text: item.reason for item in done.removed}
