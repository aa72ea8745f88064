"""One side of the speed comparison, in a process of its own: argostranslate as it is, article by article.

Its sentence splitters need downloads (stanza, minisbd) and are replaced by the one Polyglean uses, so that both sides
translate the same sentences; everything else is argostranslate's own: one call to the model a line of text.
"""

from __future__ import annotations

import sys
import types

from benchmarks.translation.measured import Side, main


def _stub(name: str, **attributes: object) -> None:
    module = types.ModuleType(name)
    vars(module).update(attributes)
    sys.modules[name] = module


class Argos(Side):
    """argostranslate, loaded with its two splitters left out."""

    def load(self) -> None:
        """Import it and find the package; the folder of packages comes from ARGOS_PACKAGES_DIR."""
        _stub("stanza")
        _stub("minisbd", SBDetect=None, models=types.SimpleNamespace(cache_dir=""))
        import argostranslate.translate as argos
        import sentencex

        class Splitter:
            def __init__(self, package: object) -> None:
                self.package = package

            def split_sentences(self, text: str) -> list[str]:
                return [part.strip() for part in sentencex.segment("zh", text) if part.strip()]

        argos.MiniSBDSentencizer = argos.StanzaSentencizer = Splitter
        self.translation = argos.get_translation_from_codes("zh", "en")
        self.translation.translate("。")

    def translate(self, articles: list[str]) -> list[str]:
        """Translate one article after another."""
        return [self.translation.translate(article) for article in articles]


if __name__ == "__main__":
    main(Argos())
