"""The console that commands draw on; apart from ``crawler.screen``, because rich takes its time to load."""

from __future__ import annotations

from typing import Any

from rich.console import Console


class Screen(Console):
    """A console whose reader may go away (``| head``): rich would end the program with 1, which has another meaning."""

    def on_broken_pipe(self) -> None:
        """Let ``crawler.screen.printed`` see what happened."""
        raise BrokenPipeError

    @classmethod
    def wide(cls, **options: Any) -> Screen:
        """Return a screen for tables: in a pipe or a file as wide as they need to be."""
        screen = cls(**options)
        screen.width = screen.width if screen.is_terminal else 160
        return screen
