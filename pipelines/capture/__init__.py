"""Plain-text page captures (text selected in a browser, printed by a text renderer) → Draft."""

from pipelines.capture.draft import extract

__all__ = ["extract"]
