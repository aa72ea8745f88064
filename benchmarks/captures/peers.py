"""What peers make of a capture: they read HTML alone, so each line of the text is wrapped in a paragraph."""

from __future__ import annotations

from html import escape

import justext
import trafilatura

_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "ru": "Russian", "pl": "Polish", "tr": "Turkish", "cs": "Czech", "id": "Indonesian", "ko": "Korean",
    "vi": "Vietnamese", "lt": "Lithuanian",
}  # fmt: skip
"""Stop-word lists of jusText by language; it has none for Chinese and Japanese, so every word counts there."""


def wrapped(text: str) -> str:
    """Return the capture as the plainest page that says the same."""
    lines = (line.strip() for line in text.splitlines())
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f"<html><body>{body}</body></html>"


def by_trafilatura(text: str, language: str) -> str:
    """Return trafilatura's text of the wrapped capture."""
    del language
    return trafilatura.extract(wrapped(text), include_comments=False) or ""


def by_justext(text: str, language: str) -> str:
    """Return jusText's text of the wrapped capture, with the page's true language as its stop words."""
    name = _LANGUAGES.get(language)
    stops = justext.get_stoplist(name) if name else frozenset[str]()
    options = {} if name else {"stopwords_low": 0.0, "stopwords_high": 0.0, "length_low": 20, "length_high": 60}
    if not text.strip():
        return ""
    paragraphs = justext.justext(wrapped(text).encode(), stops, encoding="utf-8", **options)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def everything(text: str, language: str) -> str:
    """Return the capture as it is: the floor that any cleaning must beat."""
    del language
    return text


PEERS = {"no cleaning": everything, "jusText": by_justext, "trafilatura": by_trafilatura}
