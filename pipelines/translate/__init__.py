"""Offline translation with Argos packages: packages, sentences, engine, memory, glossary, checks."""

from pipelines.translate.batcher import Batcher
from pipelines.translate.translator import Translator

__all__ = ["Batcher", "Translator"]
