"""One package with everything around it: memory, engine, checks, second attempts. Requests in, sentences out."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.model import Sentence
from pipelines.translate import checks, sentences
from pipelines.translate.engine import LENGTH_PENALTY, MAX_PIECES, Engine, Hypothesis
from pipelines.translate.memory import Entry, Memory, key_of

logger = logging.getLogger(__name__)

# A hypothesis this much less likely a token than the best is another sentence, not another wording.
MAX_SCORE_LOSS = 1.0
# Sentences handed to the engine at once; it bounds the memory of their hypotheses.
ENGINE_SENTENCES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A sentence to translate: as it stands on the page, and as the engine gets it (Simplified Chinese)."""

    source: str
    text: str
    title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A translation that may be kept."""

    text: str
    score: float
    flags: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Return how bad its flags are."""
        return checks.cost(self.flags)


class Stage:
    """Translates sentences with one package, each of them once."""

    def __init__(self, engine: Engine, memory: Memory | None, *, beam_size: int, num_hypotheses: int) -> None:
        """Take the parts; ``num_hypotheses`` are looked through for one that passes the checks."""
        self.engine = engine
        self.memory = memory
        self._beam = beam_size
        self._hypotheses = num_hypotheses
        package = engine.package
        self.from_code, self.to_code = package.from_code, package.to_code
        self.label = package.label
        self._settings = f"{package.sha256}/{beam_size}/{num_hypotheses}/{LENGTH_PENALTY}/{MAX_PIECES}/{checks.VERSION}"

    def run(self, requests: Iterable[Request]) -> dict[Request, Sentence]:
        """Return every distinct request's sentence."""
        wanted = list(dict.fromkeys(requests))
        done = self._remembered(wanted)
        missing = [request for request in wanted if request not in done]
        for at in range(0, len(missing), ENGINE_SENTENCES):
            some = missing[at : at + ENGINE_SENTENCES]
            fresh = dict(zip(some, self._translate(some), strict=True))
            self._remember(fresh)
            done |= fresh
        return done

    def _key(self, request: Request) -> bytes:
        kind = "title" if request.title else "sentence"
        return key_of(self._settings, kind, request.text, request.source)

    def _remembered(self, requests: Sequence[Request]) -> dict[Request, Sentence]:
        """Return what the memory has: a person's corrections first, then earlier translations."""
        if self.memory is None or not requests:
            return {}
        try:
            human = self.memory.corrections(self.from_code, self.to_code, [r.source for r in requests])
            keys = {self._key(request): request for request in requests if request.source not in human}
            found = {keys[key]: sentence for key, sentence in self.memory.get(list(keys)).items()}
        except Exception as error:  # sqlite3 raises many kinds; none may cost a record
            logger.warning("the translation memory cannot be read: %s", error)
            return {}
        for request in requests:
            if request.source in human:
                found[request] = Sentence(source=request.source, target=human[request.source], flags=("corrected",))
        return found

    def _remember(self, fresh: dict[Request, Sentence]) -> None:
        if self.memory is None:
            return
        entries = {
            self._key(request): Entry(
                from_code=self.from_code, to_code=self.to_code, translator=self.label, sentence=sentence
            )
            for request, sentence in fresh.items()
        }
        try:
            self.memory.put(entries)
        except Exception as error:
            logger.warning("the translation memory cannot be written: %s", error)

    def _translate(self, requests: Sequence[Request]) -> list[Sentence]:
        """Translate with the engine: all at once, then those that fail a check in other ways."""
        best = self._attempt(requests, [self._cut(request.text) for request in requests])
        failed = [at for at, candidate in enumerate(best) if candidate.cost]
        if failed:
            some = [requests[at] for at in failed]
            halved = [sentences.halves(request.text) for request in some]
            for at, candidate in zip(failed, self._attempt(some, halved), strict=True):
                best[at] = min(best[at], candidate, key=lambda c: c.cost)
        failed = [at for at in failed if best[at].cost]
        if failed:
            some = [requests[at] for at in failed]
            others = self._attempt(some, [self._cut(r.text) for r in some], wide=True)
            for at, candidate in zip(failed, others, strict=True):
                best[at] = min(best[at], candidate, key=lambda c: c.cost)
        return [self._finish(request, candidate) for request, candidate in zip(requests, best, strict=True)]

    def _cut(self, text: str) -> list[str]:
        return sentences.cut(text, lambda part: len(self.engine.pieces(part)), MAX_PIECES)

    def _attempt(
        self, requests: Sequence[Request], parts: Sequence[Sequence[str]], *, wide: bool = False
    ) -> list[Candidate]:
        """Translate every request from its parts, all of them in one call; keep each part's best hypothesis.

        ``wide`` looks through twice the hypotheses. A repetition penalty is no way out of a loop: 1.3 left it as it
        was and 2.0 broke it into nonsense that passes for text.
        """
        flat = [part.strip() for some in parts for part in some]
        factor = 2 if wide else 1
        results = iter(
            self.engine.translate(
                flat,
                beam_size=self._beam * factor,
                num_hypotheses=self._hypotheses * factor,
            )
        )
        return [
            self._joined(request, some, [self._best(part, next(results)) for part in some])
            for request, some in zip(requests, parts, strict=True)
        ]

    def _judged(self, source: str, text: str, *, score: float, cut: bool = False) -> Candidate:
        flags = checks.judge(source, text, from_code=self.from_code, to_code=self.to_code, cut=cut)
        return Candidate(text=text, score=score, flags=flags)

    def _best(self, source: str, hypotheses: Sequence[Hypothesis]) -> Candidate:
        """Return the first hypothesis that passes, else the one with the least wrong."""
        near = [h for h in hypotheses if h.score >= hypotheses[0].score - MAX_SCORE_LOSS]
        candidates = []
        for hypothesis in near:
            candidates.append(self._judged(source, hypothesis.text, score=hypothesis.score, cut=hypothesis.cut))
            if not candidates[-1].cost:
                break
        return min(candidates, key=lambda c: c.cost)

    def _joined(self, request: Request, parts: Sequence[str], found: Sequence[Candidate]) -> Candidate:
        """Return one candidate of a sentence's parts, judged as a whole; a part's length limit counts for the whole."""
        if len(parts) == 1:
            return found[0]
        text = sentences.join_clauses(parts, [c.text for c in found], self.to_code)
        score = round(sum(c.score * len(part) for c, part in zip(found, parts, strict=True)) / len(request.text), 3)
        return self._judged(request.text, text, score=score, cut=any("cut" in c.flags for c in found))

    def _finish(self, request: Request, candidate: Candidate) -> Sentence:
        """Make the sentence of the record; where nothing came out the source keeps its place."""
        text = candidate.text
        if request.title and text.endswith((".", "。")) and request.text.rstrip()[-1:] not in ".。…":
            text = text[:-1].rstrip()
        if not text.strip():
            candidate, text = replace(candidate, flags=("empty",)), request.source
        return Sentence(source=request.source, target=text, score=candidate.score, flags=candidate.flags)
