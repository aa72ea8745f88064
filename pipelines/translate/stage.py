"""One package with everything around it: memory, engine, checks, second attempts. Requests in, sentences out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.model import Sentence
from pipelines.translate import checks, glossary, sentences
from pipelines.translate.engine import LENGTH_PENALTY, MAX_PIECES, Engine, Hypothesis
from pipelines.translate.glossary import Term
from pipelines.translate.memory import Entry, Memory, key_of

logger = logging.getLogger(__name__)

# A hypothesis this much less likely a token than the best is another sentence, not another wording.
MAX_SCORE_LOSS = 1.0
# Sentences handed to the engine at once: it bounds the memory of their hypotheses, and how long one call to the
# interpreter takes for a page that is a book. 512 fill both cores several times over.
ENGINE_SENTENCES = 512
_NOTHING = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A sentence to translate: as it stands on the page, as the engine gets it (Simplified Chinese), and its terms."""

    source: str
    text: str
    title: bool = False
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A translation that may be kept."""

    text: str
    score: float
    flags: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Return how bad its flags are; a sentence with a gap is still better than nothing at all."""
        return checks.cost(self.flags) + (0 if sentences.is_text(self.text) else _NOTHING)


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
        terms = [part for term in request.terms for part in (term.source, *term.targets, str(term.exact))]
        return key_of(self._settings, kind, request.text, request.source, *terms)

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
        """Translate with the engine: all at once, then those that fail a check in other ways, cheapest first."""
        best = self._attempt(requests, [self._cut(request.text) for request in requests])
        for again in (self._halved, self._with_terms, self._with_marks, self._wider):
            failed = [at for at, candidate in enumerate(best) if candidate.cost]
            some = [requests[at] for at in failed]
            for at, candidate in zip(failed, again(some, [best[at] for at in failed]), strict=True):
                if candidate and candidate.cost < best[at].cost:
                    best[at] = candidate
        return [self._finish(request, candidate) for request, candidate in zip(requests, best, strict=True)]

    def _cut(self, text: str) -> list[str]:
        return sentences.cut(text, lambda part: len(self.engine.pieces(part)), MAX_PIECES)

    def _halved(self, requests: Sequence[Request], best: Sequence[Candidate]) -> list[Candidate | None]:
        """Translate the two halves of a sentence one by one; each is cut as the whole is where it is too long."""
        halves = [sentences.halves(request.text) for request in requests]
        parts = [[part for half in some for part in self._cut(half)] for some in halves]
        return self._some(requests, parts, [len(some) > 1 for some in halves])

    def _with_terms(self, requests: Sequence[Request], best: Sequence[Candidate]) -> list[Candidate | None]:
        """Write the glossary's terms into the source."""
        texts = [glossary.written_in(request.text, request.terms) for request in requests]
        wanted = ["glossary" in candidate.flags for candidate in best]
        return self._some(requests, [self._cut(text) for text in texts], wanted)

    def _with_marks(self, requests: Sequence[Request], best: Sequence[Candidate]) -> list[Candidate | None]:
        """Put codes in the terms' places, and the terms in the codes' places where every one came through."""
        marked = [glossary.with_marks(request.text, request.terms) for request in requests]
        wanted = ["glossary" in candidate.flags for candidate in best]
        found: list[Candidate | None] = []
        attempts = self._some(requests, [self._cut(text) for text, _ in marked], wanted)
        for request, candidate, (text, marks) in zip(requests, attempts, marked, strict=True):
            resolved = glossary.without_marks(candidate.text, marks, text) if candidate else None
            found.append(self._again(request, candidate, resolved) if candidate and resolved else None)
        return found

    def _wider(self, requests: Sequence[Request], best: Sequence[Candidate]) -> list[Candidate | None]:
        """Look through twice the hypotheses.

        A repetition penalty is no way out of a loop: 1.3 left it as it was, 2.0 broke it into nonsense that passes
        for text.
        """
        return list(self._attempt(requests, [self._cut(request.text) for request in requests], factor=2))

    def _some(
        self, requests: Sequence[Request], parts: Sequence[Sequence[str]], wanted: Sequence[bool]
    ) -> list[Candidate | None]:
        """Attempt the wanted ones; None in the others' places."""
        picked = [(request, some) for request, some, want in zip(requests, parts, wanted, strict=True) if want]
        results = iter(self._attempt([request for request, _ in picked], [some for _, some in picked]))
        return [next(results) if want else None for want in wanted]

    def _attempt(
        self, requests: Sequence[Request], parts: Sequence[Sequence[str]], *, factor: int = 1
    ) -> list[Candidate]:
        """Translate every request from its parts, all of them in one call; keep each part's best hypothesis."""
        flat = [part.strip() for some in parts for part in some]
        if not flat:
            return []
        beam, count = self._beam * factor, self._hypotheses * factor
        results = iter(self.engine.translate(flat, beam_size=beam, num_hypotheses=count))
        candidates = []
        for request, some in zip(requests, parts, strict=True):
            found = [next(results) for _ in some]
            if len(some) == 1:
                candidates.append(self._best(found[0], lambda text, r=request, **k: self._judged(r, text, **k)))
            else:
                candidates.append(self._joined(request, some, found))
        return candidates

    def _best(self, hypotheses: Sequence[Hypothesis], judged: Callable[..., Candidate]) -> Candidate:
        """Return the first hypothesis that passes, else the one with the least wrong."""
        near = [h for h in hypotheses if h.score >= hypotheses[0].score - MAX_SCORE_LOSS]
        candidates = []
        for hypothesis in near:
            candidates.append(judged(hypothesis.text, score=hypothesis.score, cut=hypothesis.cut))
            if not candidates[-1].cost:
                break
        return min(candidates, key=lambda c: c.cost)

    def _joined(self, request: Request, parts: Sequence[str], found: Sequence[Sequence[Hypothesis]]) -> Candidate:
        """Return one candidate of a sentence's parts, each part's best, judged as a whole.

        Where nothing came out for a part its source stands in the gap, and the flag ``empty`` says so.
        """
        best = [
            self._best(some, lambda text, p=part, **k: self._judged(Request(source=p, text=p), text, **k))
            for part, some in zip(parts, found, strict=True)
        ]
        gaps = [sentences.is_text(part) and not sentences.is_text(c.text) for part, c in zip(parts, best, strict=True)]
        texts = [part if gap else c.text for part, gap, c in zip(parts, gaps, best, strict=True)]
        text = "" if all(gaps) else sentences.join_clauses(parts, texts, self.to_code)
        weights = [len(part) for part in parts]
        score = round(sum(c.score * w for c, w in zip(best, weights, strict=True)) / sum(weights), 3)
        return self._judged(request, text, score=score, cut=any("cut" in c.flags for c in best), gap=any(gaps))

    def _judged(self, request: Request, text: str, *, score: float, cut: bool = False, gap: bool = False) -> Candidate:
        flags = checks.judge(request.text, text, from_code=self.from_code, to_code=self.to_code, cut=cut)
        if gap and "empty" not in flags:
            flags = ("empty", *flags)
        if sentences.is_text(text) and not all(term.is_met(text) for term in request.terms):
            flags = (*flags, "glossary")
        return Candidate(text=text, score=score, flags=flags)

    def _again(self, request: Request, candidate: Candidate, text: str) -> Candidate:
        """Judge a candidate whose text has been changed; what the engine did is not seen in the text, and stays."""
        flags = candidate.flags
        return self._judged(request, text, score=candidate.score, cut="cut" in flags, gap="empty" in flags)

    def _repaired(self, request: Request, candidate: Candidate) -> Candidate:
        """Put a wrong number right where that is beyond doubt; the flag then says so."""
        if "number_wrong" not in candidate.flags:
            return candidate
        text = checks.repaired_numbers(request.text, candidate.text)
        if text is None:
            return candidate
        mended = self._again(request, candidate, text)
        return replace(mended, flags=(*mended.flags, "repaired"))

    def _finish(self, request: Request, candidate: Candidate) -> Sentence:
        """Make the sentence of the record; where nothing came out the source keeps its place."""
        candidate = self._repaired(request, candidate)
        text = candidate.text
        if request.title and text.endswith((".", "。")) and request.text.rstrip()[-1:] not in ".。…":
            text = text[:-1].rstrip()
        if not sentences.is_text(text):
            text = request.source
        return Sentence(source=request.source, target=text, score=candidate.score, flags=candidate.flags)
