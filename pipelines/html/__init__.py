"""HTML page → Draft: one parse, one block model, metadata from the same tree."""

from pipelines.html.draft import extract

__all__ = ["extract"]
