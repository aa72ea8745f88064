"""Articles in, translations out: which package, which sentences, and every article its status."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pipelines.config import Config
from pipelines.errors import PolygleanError, UsageError
from pipelines.model import Article, Kind, Sentence, Status, Translation
from pipelines.translate import checks, glossary, packages, script, sentences
from pipelines.translate.engine import Engine, cuda_devices
from pipelines.translate.explained import explained
from pipelines.translate.glossary import Term
from pipelines.translate.memory import Memory
from pipelines.translate.packages import Package
from pipelines.translate.sentences import Segment
from pipelines.translate.stage import Request, Stage

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """A title or block taken apart; ``units`` has one entry for each segment with a sentence in it."""

    segments: tuple[Segment, ...]
    units: tuple[Request | Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """An article taken apart; ``title`` is None where it has none."""

    title: _Paragraph | None
    blocks: tuple[_Paragraph, ...]

    def requests(self) -> list[Request]:
        """Return what the engine has to do for this article."""
        paragraphs = [*([self.title] if self.title else []), *self.blocks]
        return [unit for paragraph in paragraphs for unit in paragraph.units if isinstance(unit, Request)]


class Translator:
    """Translates articles into one language with the packages that are there; built once a process."""

    def __init__(
        self,
        config: Config,
        found: Sequence[Package],
        *,
        memory: Memory | None = None,
        terms: Sequence[Term] = (),
        device: str = "auto",
        threads: int = 0,
    ) -> None:
        """Take packages and memory as they are; ``open`` finds them."""
        self.target = config.target_language
        self._config = config
        self._packages = list(found)
        self._memory = memory
        self._terms = tuple(terms)
        self._device, self._threads = device, threads
        self._stages: dict[Path, Stage] = {}
        self._routes: dict[str, tuple[Stage, ...]] = {}

    @classmethod
    def open(
        cls,
        config: Config,
        *,
        packages_dirs: Sequence[Path] | None = None,
        memory_path: Path | None = None,
        glossary_path: Path | None = None,
        device: str = "auto",
        threads: int = 0,
    ) -> Self:
        """Find the packages (Argos's own folder, then the bundled ones) and open memory and glossary.

        With ``packages_dirs`` only these folders are looked at. No ``memory_path``: nothing is remembered.
        """
        if not re.fullmatch(r"[a-z]{2,3}", config.target_language):
            wrong = config.target_language
            raise UsageError(f"TARGET_LANGUAGE is {wrong!r}; it must be a code in small letters, such as en")
        if device not in ("auto", "cpu", "cuda"):
            raise UsageError(f"TRANSLATE_DEVICE is {device!r}; it may be auto, cpu or cuda")
        if device == "cuda" and not cuda_devices():
            raise UsageError("TRANSLATE_DEVICE is cuda, but CTranslate2 finds no CUDA device; use auto or cpu")
        found = packages.installed(packages_dirs)
        if packages_dirs is None:
            found += packages.bundled()
        terms = glossary.load(glossary_path) if glossary_path else ()
        memory = _memory(memory_path) if memory_path else None
        return cls(config, found, memory=memory, terms=terms, device=device, threads=threads)

    def close(self) -> None:
        """Free the models and close the memory."""
        for stage in self._stages.values():
            stage.engine.close()
        if self._memory:
            self._memory.close()

    def _stage(self, package: Package) -> Stage:
        if package.path not in self._stages:
            engine = Engine(package, device=self._device, threads=self._threads)
            self._stages[package.path] = Stage(
                engine, self._memory, beam_size=self._config.beam_size, num_hypotheses=self._config.num_hypotheses
            )
        return self._stages[package.path]

    def stages(self) -> tuple[Stage, ...]:
        """Return the stages in use so far."""
        return tuple(self._stages.values())

    def route(self, article: Article) -> tuple[Stage, ...]:
        """Return the stages an article goes through; empty where no package leads to the target language."""
        code = article.language.code
        # Argos calls Traditional Chinese zt; without such a package it goes to a Simplified one, converted.
        # A page that says it is Cantonese goes to a Mandarin package as well; its sentences are flagged.
        codes: tuple[str, ...] = (code,)
        if code in ("zh", "yue") and article.language.script == "hant":
            codes = ("yue", "zt", "zh") if code == "yue" else ("zt", "zh")
        elif code == "yue":
            codes = ("yue", "zh")
        for candidate in codes:
            if candidate not in self._routes:
                way = packages.route(self._packages, candidate, self.target)
                self._routes[candidate] = tuple(self._stage(package) for package in way)
            if self._routes[candidate]:
                return self._routes[candidate]
        return ()

    def translate(self, articles: Sequence[Article]) -> list[Translation]:
        """Return one translation for each article, in order. Never raises for an article's sake.

        Sentences of all the articles go to the engine together, each distinct one once. If that fails, every
        article is tried alone, so that one of them cannot take the others along.
        """
        try:
            return self._translate(articles)
        except Exception as error:
            if len(articles) > 1:
                logger.warning("a batch of %d articles failed (%s); trying them one by one", len(articles), error)
                return [translation for article in articles for translation in self.translate([article])]
            for article in articles:
                logger.warning("translation of %s failed: %s", article.url, error)
            return [Translation(status=Status.FAILED) for _ in articles]

    def _translate(self, articles: Sequence[Article]) -> list[Translation]:
        done: dict[int, Translation] = {}
        groups: dict[tuple[Stage, ...], list[int]] = {}
        for number, article in enumerate(articles):
            if article.language.code == self.target:
                done[number] = Translation(
                    status=Status.SOURCE_IS_TARGET, title=article.meta.title, text=article.text
                )  # fmt: skip
            elif way := self.route(article):
                groups.setdefault(way, []).append(number)
            else:
                done[number] = Translation(status=Status.NO_PACKAGE)
        for way, numbers in groups.items():
            works = [self._take_apart(articles[number], way) for number in numbers]
            results = _through(way, [request for work in works for request in work.requests()])
            for number, work in zip(numbers, works, strict=True):
                done[number] = _put_together(articles[number], work, results, way)
        return [done[number] for number in range(len(articles))]

    def _terms_of(self, article: Article) -> tuple[Term, ...]:
        """Return the user's terms, and the names this page explains; in Simplified characters, as the engine reads."""
        texts = [article.meta.title or "", *(block.text for block in article.blocks)]
        terms = list(self._terms)
        if self.target == "en":
            terms += explained(texts)  # behind the user's, which count where both hold
        if article.language.script == "hant":
            terms = [replace(term, source=script.to_simplified(term.source)) for term in terms]
        return tuple(terms)

    def _take_apart(self, article: Article, way: tuple[Stage, ...]) -> _Work:
        language = way[0].from_code
        convert = article.language.script == "hant" and language == "zh"
        # A term's target is in the last language; on the way through English it would be asked of the wrong one.
        terms = self._terms_of(article) if len(way) == 1 else ()
        site, host = article.site, _host(article.canonical_url or article.url)

        @functools.cache
        def terms_in(script_of: Callable[[str], str]) -> tuple[Term, ...]:
            return tuple(replace(term, source=script_of(term.source)) for term in terms)

        def unit(core: str, *, title: bool) -> Request | Sentence:
            if not sentences.is_text(core) or not script.has_source_letters(core, language):
                return Sentence(source=core, target=core)  # nothing to translate: a number, a Latin name, a rule
            if script.is_foreign(core, language):
                return Sentence(source=core, target=core, flags=("foreign",))
            if convert:
                text, own = script.to_simplified(core), terms
            else:
                converted = script.conversion(core) if language == "zh" else str
                text, own = converted(core), terms_in(converted)
            fitting = glossary.fitting(own, text, title=title, site=site, host=host)
            return Request(source=core, text=text, title=title, terms=fitting)

        def paragraph(text: str, *, title: bool = False, verbatim: bool = False) -> _Paragraph:
            if verbatim:
                return _Paragraph(segments=(Segment(lead=text, core="", trail=""),), units=())
            if title:
                core = text.strip()
                at = text.find(core) if core else len(text)
                segments = [Segment(lead=text[:at], core=core, trail=text[at + len(core) :])]
            else:
                segments = sentences.split(text, language)
            units = tuple(unit(segment.core, title=title) for segment in segments if segment.core)
            return _Paragraph(segments=tuple(segments), units=units)

        return _Work(
            title=paragraph(article.meta.title, title=True) if article.meta.title else None,
            blocks=tuple(paragraph(block.text, verbatim=block.kind is Kind.CODE) for block in article.blocks),
        )


def _host(url: str) -> str:
    """Return the host of an address in small letters; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _memory(path: Path) -> Memory | None:
    """Open the memory; one that cannot be used costs time, not records."""
    try:
        return Memory(path)
    except PolygleanError as error:
        logger.warning("going on without a translation memory: %s", error)
        return None


def _through(way: tuple[Stage, ...], requests: Sequence[Request]) -> dict[Request, Sentence]:
    """Send requests through one stage after another; flags of all stages stay, the worst score too."""
    results = way[0].run(requests)
    for stage in way[1:]:
        onward = {
            request: Request(source=sentence.target, text=sentence.target, title=request.title)
            for request, sentence in results.items()
        }
        second = stage.run(onward.values())
        for request, sentence in results.items():
            after = second[onward[request]]
            scores = [score for score in (sentence.score, after.score) if score is not None]
            results[request] = Sentence(
                source=sentence.source,
                target=after.target,
                score=min(scores, default=None),
                flags=tuple(dict.fromkeys(sentence.flags + after.flags)),
            )
    return results


def _sentences(paragraph: _Paragraph, results: dict[Request, Sentence], article: Article) -> list[Sentence]:
    """Return a paragraph's sentences; what its language says of the whole sentence is flagged here."""
    out = []
    for unit in paragraph.units:
        sentence = results[unit] if isinstance(unit, Request) else unit
        if article.language.code in ("zh", "yue") and isinstance(unit, Request) and script.is_cantonese(unit.source):
            flags = ("cantonese", *sentence.flags)
            sentence = Sentence(source=sentence.source, target=sentence.target, score=sentence.score, flags=flags)
        out.append(sentence)
    return out


def _put_together(
    article: Article, work: _Work, results: dict[Request, Sentence], way: tuple[Stage, ...]
) -> Translation:
    """Make an article's translation of its sentences' translations."""
    everything: list[Sentence] = []

    def text(paragraph: _Paragraph) -> str:
        found = _sentences(paragraph, results, article)
        everything.extend(found)
        targets = iter(sentence.target for sentence in found)
        translated = [next(targets) if segment.core else "" for segment in paragraph.segments]
        return sentences.join(paragraph.segments, translated, way[0].from_code, way[-1].to_code)

    title = text(work.title) if work.title else None
    body = "\n\n".join(text(paragraph) for paragraph in work.blocks)
    flagged = any(flag not in checks.NOTES for sentence in everything for flag in sentence.flags)
    return Translation(
        status=Status.TRANSLATED_WITH_FLAGS if flagged else Status.TRANSLATED,
        title=title,
        text=body,
        sentences=tuple(everything),
        translator="; ".join(stage.label for stage in way),
    )
