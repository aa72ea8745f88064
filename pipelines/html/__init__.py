"""HTML page → Draft: one parse, one block model, metadata from the same tree."""

from pipelines.html.draft import extract
from pipelines.html.pages import join_pages

__all__ = ["extract", "join_pages"]
