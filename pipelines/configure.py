"""Reads the pipeline's configuration from Scrapy's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from pipelines import identity
from pipelines.config import Config
from pipelines.translate.corrections import corrections_sha256


class Settings(Protocol):
    """What is used of Scrapy's settings."""

    def get(self, name: Any, default: Any = None) -> Any:
        """Return a setting."""

    def getint(self, name: Any, default: int = 0) -> int:
        """Return a setting as a whole number."""


def config_from(settings: Settings) -> Config:
    """Read the pipeline's ``Config`` from Scrapy's settings."""
    return Config(
        target_language=settings.get("TARGET_LANGUAGE", "en"),
        max_page_bytes=settings.getint("MAX_PAGE_BYTES"),
        min_text_chars=settings.getint("MIN_TEXT_CHARS"),
        default_timezone=settings.get("DEFAULT_TIMEZONE") or None,
        beam_size=settings.getint("TRANSLATE_BEAM_SIZE"),
        num_hypotheses=settings.getint("TRANSLATE_HYPOTHESES"),
        glossary_sha256=_sha256_of(settings.get("GLOSSARY")),
        corrections_sha256=corrections_sha256(memory_path(settings)),
    )


def memory_path(settings: Settings) -> Path:
    """Return where the translation memory lies: ``TRANSLATION_MEMORY``, else in the output."""
    return Path(settings.get("TRANSLATION_MEMORY") or Path(settings.get("OUTPUT_DIR") or ".") / "memory.sqlite")


def _sha256_of(path: str | None) -> str:
    """Hash the glossary; one that cannot be read is the translator's to report."""
    try:
        return identity.sha256(Path(path).read_bytes()) if path else ""
    except OSError:
        return ""
